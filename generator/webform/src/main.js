// The checklist: what is entered, kept on this device, and downloaded as the record of a case.

import { current, drafts, drop, freshKey, keep, readDraft, setCurrent } from "./drafts.js";
import { pathOf, write } from "./fields.js";
import { visitsOf, walk } from "./flow.js";
import { problemsOf } from "./judge.js";
import { settle } from "./loaded.js";
import { byId, data, element, say } from "./page.js";
import { assemble, fillHead, head, headOf, sequence } from "./record.js";
import { showWay } from "./show.js";
import { focusSummary, show } from "./summary.js";
import { isMapping } from "./values.js";
import { keyOf, Visits } from "./visits.js";
import { fromYaml, LIMIT, toYaml } from "./yaml.js";

const PAUSE = 250;
const MOST_STEPS = 300; // of a file; more would hold the page up for longer than anybody waits

/**
 * What the sections do not hold: `kept` is what a file said about the case beyond the form, `again`
 * what is to be done once more, `filed` the order of a file's entries, `derived` outcomes that only
 * that order tells, `strange` a file's entries of steps that the form does not know.
 */
function blankState() {
  return { kept: {}, again: new Set(), filed: [], derived: new Map(), strange: new Map() };
}

const visits = new Visits([...byId("steps").querySelectorAll("[data-step]")]);
const state = { visits, ...blankState() };
let key = freshKey();
let checked = false;
let timer;

/** Bring everything that follows from what is entered up to date. */
function follow() {
  state.head = head(state.kept);
  const answer = (step, round) =>
    visits.answer(step, round) ?? state.derived.get(keyOf({ step, round }));
  const entered = ({ step, round }) => visits.entry(step, round) !== undefined;
  state.way = walk(data, answer, state.again, entered);
  const shown = new Set([...visitsOf(state.way.items)].map(keyOf));
  const made = new Map(visits.all().map((visit) => [keyOf(visit), visit]));
  const entryOf = ({ step, round }) => visits.entry(step, round);
  state.entries = sequence(state.way.items, state.filed, entryOf).flatMap((one) => {
    if (state.strange.has(one)) return [{ entry: state.strange.get(one) }];
    const visit = made.get(one);
    const aside = !shown.has(one);
    if (visit === undefined || (aside && !visit.filed)) return [];
    const entry = entryOf(visit);
    return entry === undefined && !aside ? [] : [{ visit, aside, entry: entry ?? visit.kept }];
  });
  showWay(state, { repeat, takeOut });
  state.head = head(state.kept);
  state.record = assemble(state.head, state.entries);
  for (const clear of document.querySelectorAll("[data-clear]")) {
    clear.hidden = clear.parentElement.querySelector("input:checked") === null;
  }
  for (const day of document.querySelectorAll("input[type=date]")) {
    day.toggleAttribute("data-empty", day.value === "");
  }
  if (checked) show(problemsOf(state));
}

const isBlank = () => state.entries.length === 0 && Object.keys(state.head).length === 0;
const caseName = () => String(state.head.case ?? "") || say("unnamed");

function tell(text, place = "said") {
  for (const id of ["said", "done"]) byId(id).textContent = id === place ? text : "";
}

// Drafts

const snapshot = () => ({
  digest: data.digest,
  head: state.head,
  visits: visits
    .all()
    .map(({ step, round, filed }) => [step, round, visits.entry(step, round), filed])
    .filter(([, , entry]) => entry !== undefined),
  again: [...state.again],
  filed: state.filed,
  derived: [...state.derived],
  strange: [...state.strange],
});

function keepNow() {
  clearTimeout(timer);
  timer = undefined;
  if (isBlank() && visits.all().every((one) => visits.entry(one.step, one.round) === undefined)) {
    drop(key);
  } else if (keep(key, snapshot())) {
    setCurrent(key);
    tell(say("said.draft", { case: caseName() }));
  } else {
    tell(say("said.full"));
  }
  listDrafts();
}

function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(keepNow, PAUSE);
}

function listDrafts() {
  const found = drafts();
  byId("delete").hidden = !found.some((draft) => draft.key === key);
  const others = found.filter((draft) => draft.key !== key);
  byId("drafts").hidden = others.length === 0;
  byId("draft-list").replaceChildren(
    ...others.map((draft) => {
      const name = draft.name || say("unnamed");
      const open = element("button", { type: "button" }, say("open_draft", { case: name }));
      open.addEventListener("click", () => {
        flush();
        restoreOrBegin(draft.key);
        byId("new").focus();
      });
      return element("li", {}, open);
    }),
  );
}

function flush() {
  if (timer !== undefined) keepNow();
}

function reset() {
  clearTimeout(timer);
  timer = undefined;
  visits.clear();
  Object.assign(state, blankState());
  fillHead({});
  checked = false;
  show([]);
}

function restore(from) {
  const draft = readDraft(from);
  if (draft === undefined) return;
  reset();
  key = from;
  fill(draft.head ?? {}, draft.visits ?? []);
  state.again = new Set(draft.again);
  state.filed = draft.filed ?? [];
  state.derived = new Map(draft.derived);
  state.strange = new Map(draft.strange);
  setCurrent(key);
  follow();
  listDrafts();
  const changed = draft.digest !== data.digest;
  const warning = changed ? [say("file.digest", { version: data.version })] : [];
  tell([say("said.restored", { case: caseName() }), ...warning].join(" "));
}

/** A draft that cannot be shown, whoever wrote it, does not keep the form from opening. */
function restoreOrBegin(from) {
  try {
    restore(from);
  } catch {
    reset();
    key = freshKey();
    follow();
    listDrafts();
  }
}

function fill(values, entries) {
  state.kept = values;
  fillHead(values);
  for (const [step, round, entry, filed] of entries) {
    if (visits.knows(step) && isMapping(entry)) visits.fill(step, round, entry, filed === true);
  }
}

// Actions

function repeat(id, round) {
  state.again.add(`${id}#${round}`);
  const before = new Set(byId("steps").children);
  follow();
  keepSoon();
  const fresh = [...byId("steps").children].find((one) => !before.has(one));
  fresh?.querySelector("input, textarea, select")?.focus();
}

function takeOut(visit) {
  visits.forget(visit.step, visit.round);
  state.filed = state.filed.filter((one) => one !== keyOf(visit));
  follow();
  keepSoon();
  byId("check").focus();
}

function startNew() {
  flush();
  reset();
  key = freshKey();
  follow();
  listDrafts();
  tell(say("said.new"));
}

function remove() {
  if (!confirm(say("ask.delete", { case: caseName() }))) return;
  drop(key);
  startNew();
  tell(say("said.deleted"));
  byId("new").focus();
}

async function load(file) {
  if (file.size > LIMIT) return tell(say("file.large"));
  let record;
  try {
    record = fromYaml(await file.text());
  } catch (error) {
    return tell(say("file.unreadable", { reason: error.reason ?? error.message }));
  }
  const refusal = refused(record);
  if (refusal !== undefined) return tell(refusal);
  flush();
  const same = drafts().find((draft) => draft.name !== "" && draft.name === String(record.case));
  const question = { case: String(record.case), file: file.name };
  if (same !== undefined && !confirm(say("ask.replace", question))) return undefined;
  reset();
  key = same?.key ?? freshKey();
  const settled = settle(record.steps ?? [], visits, state);
  fill(headOf(record), settled);
  follow();
  keepNow();
  return tell([say("said.loaded", { file: file.name }), ...warnings(record)].join(" "));
}

function refused(record) {
  if (Array.isArray(record)) return say("file.list");
  if (!isMapping(record) || record.process === undefined) return say("file.no_record");
  const { process, version } = data;
  if (record.process !== process) {
    return say("file.foreign", { process: String(record.process), own: process });
  }
  if (String(record.version) !== version) {
    return say("file.version", { version: String(record.version), own: version });
  }
  if (!Array.isArray(record.steps ?? []) || !(record.steps ?? []).every(isMapping)) {
    return say("file.no_record");
  }
  if ((record.steps ?? []).length > MOST_STEPS) return say("file.large");
  return undefined;
}

function* warnings(record) {
  const digest = record.source?.["x-definition"];
  if (digest !== undefined && digest !== data.digest) {
    yield say("file.digest", { version: data.version });
  }
  const strange = [...state.strange.values()].map((entry) => String(entry.step));
  if (Array.isArray(record.deviations)) strange.push("deviations");
  if (strange.length > 0) yield say("kept", { what: strange.join(", ") });
}

function download(name) {
  const text = toYaml(state.record, data.draft ? say("draft.record") : "");
  const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

const fileName = (mark) =>
  `${String(state.head.case ?? "case").replace(/[^A-Za-z0-9._-]+/g, "-")}${mark}.yaml`;

function save() {
  follow();
  if (isBlank()) return tell(say("said.blank"));
  const name = fileName(problemsOf(state).length > 0 ? "-unfinished" : "");
  keepNow();
  download(name);
  return tell(say("said.saved", { file: name }));
}

function check() {
  checked = true;
  follow();
  const problems = problemsOf(state);
  if (problems.length > 0) {
    tell("");
    focusSummary();
    return;
  }
  keepNow();
  download(fileName(""));
  tell(say("said.downloaded", { file: fileName("") }), "done");
}

function clearAnswer(button) {
  const field = button.closest("[data-field]");
  write(field, undefined);
  follow();
  keepSoon();
  field.querySelector("input").focus();
}

// Start

byId("further")?.remove();
byId("steps").replaceChildren();
for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;
byId("form").addEventListener("submit", (event) => event.preventDefault());
for (const name of ["input", "change"]) {
  byId("form").addEventListener(name, (event) => {
    if (event.target.closest("[data-field]") === null) return;
    follow();
    keepSoon();
  });
}
byId("form").addEventListener("click", (event) => {
  const button = event.target.closest("[data-clear]");
  if (button !== null) clearAnswer(button);
});
byId("new").addEventListener("click", startNew);
byId("load").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file !== undefined) await load(file);
  event.target.value = "";
});
byId("save").addEventListener("click", save);
byId("delete").addEventListener("click", remove);
byId("check").addEventListener("click", check);
addEventListener("pagehide", flush);
document.addEventListener("visibilitychange", flush);
addEventListener("storage", (event) => {
  if (event.key === key) tell(say("said.elsewhere"));
});
const last = current();
if (last === undefined) {
  follow();
  listDrafts();
} else {
  restoreOrBegin(last);
}
