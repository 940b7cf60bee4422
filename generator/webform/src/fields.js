// Reading and writing one field. Nothing that nobody entered is ever read; what a loaded file said
// comes back unchanged unless its control was changed.

const originals = new WeakMap();
const LARGEST = Number.MAX_SAFE_INTEGER;
const NUMBER = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/;
// A separator that may be of thousands or of decimals.
const DOUBTFUL = /^[+-]?[1-9][0-9]{0,2}\.[0-9]{3}$/;
const EARLIEST_YEAR = 1900;

export const fieldsIn = (place) => [...place.querySelectorAll("[data-field]")];
export const pathOf = (field) => JSON.parse(field.dataset.path);
export const labelOf = (field) => field.dataset.label;
export const isRequired = (field) => field.hasAttribute("data-required");

const controls = (field) => [...field.querySelectorAll("input, select, textarea")];
const part = (field, name) => field.querySelector(`[data-part="${name}"]`);
const blank = (text) => text.trim() === "";

/** Where the focus goes for this field. */
export const focusOf = (field) => controls(field)[0];

/** The controls that say of themselves that they are wrong. */
export function judged(field) {
  if (field.getAttribute("role") === "radiogroup") return [field];
  return controls(field).filter((control) => control.type !== "checkbox");
}

/** What stands in the controls, to see whether anything was changed. */
function signature(field) {
  return JSON.stringify(
    controls(field).map((control) => {
      if (control.type === "radio" || control.type === "checkbox") return control.checked;
      if (control.multiple) return [...control.selectedOptions].map((option) => option.value);
      return control.value;
    }),
  );
}

/** The field's value as a record holds it; undefined where nothing is entered. */
export function read(field) {
  const original = originals.get(field);
  if (original !== undefined && original.shown === signature(field)) return original.value;
  return READ[field.dataset.kind](field, original?.value);
}

const single = (field) => {
  const { value } = controls(field)[0];
  return blank(value) ? undefined : value;
};

const READ = {
  text: single,
  choice: (field) => controls(field)[0].value || undefined,
  date: single,
  number(field) {
    const text = single(field);
    if (text === undefined) return undefined;
    const sure = NUMBER.test(text.trim()) && !DOUBTFUL.test(text.trim());
    const number = sure ? Number(text) : NaN;
    return Math.abs(number) <= LARGEST ? number : text;
  },
  boxes: (field) => controls(field).find((control) => control.checked)?.value,
  people(field) {
    const ticked = controls(field).flatMap((control) => {
      if (control.multiple) return [...control.selectedOptions].map((option) => option.value);
      return control.type === "checkbox" && control.checked ? [control.value] : [];
    });
    const others = part(field, "other").value.split(",").map((id) => id.trim());
    const people = [...new Set([...ticked, ...others.filter(Boolean)])];
    return people.length > 1 ? people : people[0];
  },
  evidence(field, before) {
    const [file, reference] = ["file", "reference"].map((name) => part(field, name).value);
    const kept = before !== null && typeof before === "object" ? before : {};
    const entered = {};
    if (!blank(file)) {
      Object.assign(entered, file === kept.file ? { file, sha256: kept.sha256 } : { file });
    }
    if (!blank(reference)) {
      const { system, url } = kept;
      Object.assign(entered, { reference }, blank(file) ? { system, url } : {});
    }
    for (const key of Object.keys(entered)) if (entered[key] === undefined) delete entered[key];
    if (Object.keys(entered).length === 0) return undefined;
    const free = Object.entries(kept).filter(([key]) => key.startsWith("x-"));
    return { ...entered, ...Object.fromEntries(free) };
  },
  called(field) {
    const number = part(field, "case")?.value ?? "";
    const reference = part(field, "reference").value;
    if (blank(number)) return blank(reference) ? undefined : { reference };
    return blank(reference) ? number : { case: number, reference };
  },
};

/** Show a value, or nothing for undefined. */
export function write(field, value) {
  originals.delete(field);
  for (const control of controls(field)) {
    if (control.type === "radio" || control.type === "checkbox") control.checked = false;
    else if (control.multiple) for (const option of control.options) option.selected = false;
    else if (field.dataset.kind === "date") asDate(control, undefined);
    else control.value = "";
  }
  if (value === undefined) return;
  WRITE[field.dataset.kind](field, value);
  originals.set(field, { value, shown: signature(field) });
}

const shown = (value) => (["string", "number"].includes(typeof value) ? String(value) : "");

function asDate(control, value) {
  const text = shown(value);
  // A day with its time cannot be shown in a date control without losing the time.
  control.type = text === "" || /^\d{4}-\d{2}-\d{2}$/.test(text) ? "date" : "text";
  control.value = text;
}

function writeText(field, value) {
  controls(field)[0].value = shown(value);
}

const WRITE = {
  text: writeText,
  number: writeText,
  date: (field, value) => asDate(controls(field)[0], value),
  choice(field, value) {
    const [control] = controls(field);
    const text = shown(value);
    if (text !== "" && ![...control.options].some((option) => option.value === text)) {
      control.append(new Option(text, text));
    }
    control.value = text;
  },
  boxes(field, value) {
    const found = controls(field).find((control) => control.value === value);
    if (found !== undefined) found.checked = true;
  },
  people(field, value) {
    const rest = (Array.isArray(value) ? value : [value]).filter((id) => {
      for (const control of controls(field)) {
        if (control.type === "checkbox" && control.value === id) {
          control.checked = true;
          return false;
        }
        const option = control.multiple && [...control.options].find((one) => one.value === id);
        if (option) {
          option.selected = true;
          return false;
        }
      }
      return true;
    });
    part(field, "other").value = rest.map(shown).join(", ");
  },
  evidence(field, value) {
    for (const name of ["file", "reference"]) part(field, name).value = shown(value?.[name]);
  },
  called(field, value) {
    const number = part(field, "case");
    const text = shown(value);
    part(field, "reference").value = shown(value?.reference) || (number === null ? text : "");
    if (number !== null) number.value = text || shown(value?.case);
  },
};

/** What is wrong with what was typed, as a key of the words; undefined where nothing is. */
export function wrong(field, value) {
  const { kind } = field.dataset;
  if (kind === "date") {
    const [control] = controls(field);
    if (control.validity.badInput) return "wrong.date";
    if (typeof value === "string" && Number(value.slice(0, 4)) < EARLIEST_YEAR) return "wrong.date";
  }
  if (kind === "number" && typeof value === "string") return "wrong.number";
  if (kind === "evidence" && value?.file !== undefined && value.reference !== undefined) {
    return "wrong.both";
  }
  if (kind === "called" && value?.case !== undefined) return "wrong.both";
  return undefined;
}

/** What to say where a value is missing. */
export function missing(field) {
  const { kind } = field.dataset;
  if (kind === "boxes" || kind === "choice") return "missing.answer";
  return kind === "evidence" ? "missing.evidence" : "missing";
}
