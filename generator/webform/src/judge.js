// What is missing or wrong, each with the field it stands at.

import { Validator } from "@cfworker/json-schema";
import { fieldsIn, isRequired, labelOf, missing, pathOf, read, wrong } from "./fields.js";
import { skipped } from "./flow.js";
import { byId, data, say } from "./page.js";
import { headFields } from "./record.js";
import { isMapping } from "./values.js";
import { keyOf } from "./visits.js";

const validator = new Validator(data.schema, "2020-12", false);

/** Every problem: `{text, field, section}`; `field` or `section` is where to look. */
export function problemsOf(state) {
  const found = [];
  const atVisit = (visit, text) => {
    const { number } = data.steps[visit.step];
    const key = visit.round > 1 ? "at_round" : "at_step";
    return say(key, { number, n: visit.round, text });
  };
  const add = (text, field, section) => found.push({ text, field, section });

  for (const field of headFields()) {
    if (field.closest("[data-when][hidden]") === null) judge(field, true, (text) => add(text, field));
  }
  const done = state.entries.filter((one) => one.visit !== undefined);
  for (const { visit } of done) {
    for (const field of fieldsIn(state.visits.section(visit.step, visit.round))) {
      const asked = pathOf(field)[0] !== "x-outcome";
      judge(field, asked, (text) => add(atVisit(visit, text), field));
    }
  }
  for (const visit of leftOut(state, done)) {
    const section = state.visits.section(visit.step, visit.round);
    add(atVisit(visit, say("skipped", data.steps[visit.step])), undefined, section);
  }
  for (const { visit, field, text } of fourEyes(state, done)) add(atVisit(visit, text), field);
  for (const { text, field } of wrongEnd(state)) add(text, field);
  const known = new Set(found.map((one) => one.field));
  for (const { text, field, visit } of schemaFaults(state)) {
    if (field !== undefined && known.has(field)) continue;
    known.add(field);
    add(visit ? atVisit(visit, text) : text, field, visit && state.visits.section(visit.step, visit.round));
  }
  return inOrder(found);
}

function judge(field, asked, add) {
  const value = read(field);
  const label = labelOf(field);
  const fault = wrong(field, value);
  if (fault !== undefined) add(say(fault, { label }));
  else if (value === undefined && asked && isRequired(field)) add(say(missing(field), { label }));
}

const accepted = (state, finding, step) =>
  Array.isArray(state.head.deviations) &&
  state.head.deviations.some((one) => one?.finding === finding && one.step === step);

function leftOut(state, done) {
  const keys = new Set(done.map(({ visit }) => keyOf(visit)));
  const found = [];
  const closed = state.head.status === "closed";
  skipped(state.way.items, data.steps, (item) => keys.has(keyOf(item)), closed, found);
  return found.filter((item) => !accepted(state, "record/skipped-step", item.step));
}

const people = (entry) => [entry.by ?? []].flat();

function* fourEyes(state, done) {
  for (const [place, { visit, entry }] of done.entries()) {
    for (const other of data.steps[visit.step].four_eyes) {
      const earlier = done.slice(0, place).reverse().find((one) => one.visit.step === other);
      const both = earlier && people(entry).find((id) => people(earlier.entry).includes(id));
      if (both === undefined || accepted(state, "record/four-eyes", visit.step)) continue;
      const section = state.visits.section(visit.step, visit.round);
      const field = fieldsIn(section).find((one) => one.dataset.kind === "people");
      const { number, title } = data.steps[other] ?? { number: "", title: other };
      const person = data.people[both] ?? both;
      const text = say("same_person", { label: labelOf(field), person, other: `${number} ${title}` });
      yield { visit, field, text };
    }
  }
}

function* wrongEnd(state) {
  const { status, end } = state.head;
  if (status !== "closed" || end === undefined) return;
  const field = fieldsIn(byId("result")).find((one) => pathOf(one)[0] === "end");
  const reached = state.way.at.replace(/^end:/, "");
  const label = labelOf(field);
  if (state.way.at === "") yield { field, text: say("end.open", { label }) };
  else if (reached !== end) yield { field, text: say("end.wrong", { label, event: data.ends[reached] }) };
}

/** What the schema of the records says beyond that; the deepest fault of each place. */
function* schemaFaults(state) {
  // What is missing is said in other words already.
  const errors = validator.validate(state.record).errors.filter((one) => one.keyword !== "required");
  const places = errors.map((error) => error.instanceLocation);
  const told = new Set();
  for (const error of [...errors].reverse()) {
    const place = error.instanceLocation;
    if (told.has(place) || places.some((other) => other.startsWith(`${place}/`))) continue;
    told.add(place);
    const path = place.split("/").slice(1).map(unescaped);
    yield located(state, path, error);
  }
}

function located(state, path, error) {
  const reason = description(error.keywordLocation) || error.error;
  if (path[0] === "steps" && path.length > 1) {
    const { visit } = state.entries[Number(path[1])];
    const section = visit && state.visits.section(visit.step, visit.round);
    const field = section && fieldFor(fieldsIn(section), path.slice(2));
    return { visit, field, text: told(field, path, reason) };
  }
  const field = fieldFor(headFields(), path);
  return { field, text: told(field, path, reason) };
}

const told = (field, path, reason) =>
  say("wrong.other", { label: field ? labelOf(field) : path.join(" "), reason });

const fieldFor = (fields, path) =>
  fields.find((field) => pathOf(field).every((key, place) => key === path[place]));

const unescaped = (key) => decodeURIComponent(key).replace(/~1/g, "/").replace(/~0/g, "~");

/** The description nearest to the keyword that does not hold. */
function description(location) {
  let schema = data.schema;
  let found = "";
  for (const key of location.split("/").slice(1).map(unescaped)) {
    if (key === "$ref" && isMapping(schema)) schema = referred(schema.$ref);
    else schema = isMapping(schema) || Array.isArray(schema) ? schema[key] : undefined;
    if (isMapping(schema) && typeof schema.description === "string") found = schema.description;
  }
  return found;
}

const referred = (reference) =>
  reference.split("/").slice(1).reduce((schema, key) => schema?.[key], data.schema);

function inOrder(found) {
  const place = (one) => one.field ?? one.section;
  return [...found].sort((one, two) => {
    const [first, second] = [place(one), place(two)];
    if (!first || !second || first === second) return 0;
    return first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  });
}
