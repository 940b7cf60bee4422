// From the form to a record and back.

import { fieldsIn, pathOf, read, write } from "./fields.js";
import { byId, data } from "./page.js";
import { at, copy, isMapping, ordered, put } from "./values.js";
import { keyOf } from "./visits.js";

const DERIVED = ["process", "version", "steps"];

export const headFields = () => [...fieldsIn(byId("case")), ...fieldsIn(byId("result"))];

const applies = (field) => field.closest("[data-when][hidden]") === null;

/** What is entered about the case itself, with what a file said beyond that. */
export function head(kept) {
  const found = copy(kept);
  for (const field of headFields()) {
    put(found, pathOf(field), applies(field) ? read(field) : undefined);
  }
  return found;
}

export function fillHead(values) {
  for (const field of headFields()) write(field, at(values, pathOf(field)));
}

/** Without what the form knows by itself. */
export function headOf(record) {
  const kept = copy(record);
  for (const key of DERIVED) delete kept[key];
  if (kept["x-status"] === "DRAFT") delete kept["x-status"];
  if (isMapping(kept.source) && kept.source.kind === "web") delete kept.source;
  return kept;
}

/** The record, and for each entry the visit that it comes from. */
export function assemble(values, entries) {
  const record = {
    process: data.process,
    version: data.version,
    ...(data.draft ? { "x-status": "DRAFT" } : {}),
    ...values,
    source: values.source ?? {
      kind: "web",
      ...(data.digest ? { "x-definition": data.digest } : {}),
    },
    steps: entries.map(({ entry }) => entry),
  };
  return ordered(record, "record");
}

/**
 * The visits in the order in which they were done: as in the file where it says so, else as the
 * way leads; the branches of a parallel by their days.
 */
export function sequence(items, filed, entryOf) {
  const order = [...filed];
  let before = -1;
  for (const visit of merged(items, entryOf)) {
    const key = keyOf(visit);
    const place = order.indexOf(key);
    if (place >= 0) {
      before = place;
    } else {
      before += 1;
      order.splice(before, 0, key);
    }
  }
  return order;
}

function merged(items, entryOf) {
  return items.flatMap((item) => {
    if (item.step !== undefined) return [item];
    const branches = item.branches.map((branch) => merged(branch.items, entryOf));
    const sorted = [];
    for (;;) {
      const open = branches.filter((branch) => branch.length > 0);
      if (open.length === 0) return sorted;
      const days = open.map((branch) => day(branch, entryOf));
      const first = days.indexOf([...days].sort()[0]);
      sorted.push(open[first].shift());
    }
  });
}

/** The day of the branch's next entry; what has none comes after what has one. */
function day(branch, entryOf) {
  for (const visit of branch) {
    const completed = entryOf(visit)?.completed;
    if (typeof completed === "string") return completed.slice(0, 10);
  }
  return "9999";
}
