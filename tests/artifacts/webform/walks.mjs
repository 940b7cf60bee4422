// `node walks.mjs FILE`: loads records into the form's logic, without a page, and tells the way.
import { readFileSync } from "node:fs";

const cases = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const source = new URL("../../../generator/webform/src/", import.meta.url);
globalThis.document = { getElementById: () => ({ textContent: "{}" }) };
const { data } = await import(new URL("page.js", source));
const { visitsOf, walk, skipped } = await import(new URL("flow.js", source));
const { settle } = await import(new URL("loaded.js", source));
const { sequence } = await import(new URL("record.js", source));
const { keyOf } = await import(new URL("visits.js", source));

const told = cases.map(({ form, entries }) => {
  Object.assign(data, form);
  const state = { again: new Set(), strange: new Map() };
  const found = settle(entries, { knows: (step) => step in data.steps }, state);
  const filled = new Map(found.map(([step, round, entry]) => [keyOf({ step, round }), entry]));
  const entryOf = (visit) => filled.get(keyOf(visit));
  const done = (visit) => filled.has(keyOf(visit));
  const answer = (step, round) =>
    entryOf({ step, round })?.option ?? state.derived.get(keyOf({ step, round }));
  const way = walk(data, answer, state.again, done);
  const shown = [...visitsOf(way.items)].map(keyOf);
  const left = [];
  skipped(way.items, data.steps, done, true, left);
  return {
    at: way.at,
    aside: [...filled.keys()].filter((key) => !shown.includes(key)),
    skipped: left.map(keyOf),
    kept: sequence(way.items, state.filed, entryOf).filter((key) => filled.has(key)),
    fresh: sequence(way.items, [], entryOf).filter((key) => filled.has(key)),
  };
});
process.stdout.write(JSON.stringify(told));
