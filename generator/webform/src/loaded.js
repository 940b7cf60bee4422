// A file's entries as visits: each step's first entry is its first round, and so on.

import { visitsOf, walk } from "./flow.js";
import { data } from "./page.js";
import { isMapping } from "./values.js";
import { keyOf } from "./visits.js";

/**
 * The entries as `[step, round, entry, filed]`. Sets in the state their order, what must be done
 * again for the way to lead to them, and entries of steps that the form does not know.
 */
export function settle(entries, visits, state) {
  const rounds = new Map();
  const found = [];
  const order = [];
  for (const [place, entry] of entries.entries()) {
    const step = String(entry.step);
    if (!visits.knows(step)) {
      order.push(`?#${place}`);
      state.strange.set(`?#${place}`, entry);
      continue;
    }
    const round = (rounds.get(step) ?? 0) + 1;
    rounds.set(step, round);
    found.push([step, round, { ...entry }, true]);
    order.push(keyOf({ step, round }));
  }
  state.filed = order;
  outcomes(found);
  repetitions(found, state.again);
  return found;
}

const nodeOf = (step) => data.flow.nodes[`step:${step}`];

/** Where a file does not say how a called process ended, the entry that follows does. */
function outcomes(found) {
  for (const [place, [step, , entry]] of found.entries()) {
    const { ways } = nodeOf(step);
    const asked = ways.some((way) => way.kind === "outcome");
    if (!asked || entry["x-outcome"] !== undefined) continue;
    const next = found[place + 1]?.[0];
    const way = ways.find(({ to }) => next !== undefined && begins(to, next));
    if (way !== undefined && way.label !== "") entry["x-outcome"] = way.label;
  }
}

const begins = (place, step) =>
  place === `step:${step}` ||
  (place.startsWith("split:") && data.steps[step].within.includes(place.slice("split:".length)));

/** Do again what is repeatable as long as that leads to more of the entries. */
function repetitions(found, again) {
  const answers = new Map(
    found.map(([step, round, entry]) => [
      keyOf({ step, round }),
      isMapping(entry) ? (entry.option ?? entry["x-outcome"]) : undefined,
    ]),
  );
  for (let guard = found.length; guard > 0; guard -= 1) {
    const way = walk(data, (step, round) => answers.get(keyOf({ step, round })), again);
    const reached = new Set([...visitsOf(way.items)].map(keyOf));
    const open = found.find(([step, round]) => !reached.has(keyOf({ step, round })));
    if (open === undefined) return;
    const [step, round] = open;
    const wanted = [step, ...[...data.steps[step].within].reverse()].find(
      (id) => data.steps[id].repeatable && !again.has(lastOf(way.items, id)) && lastOf(way.items, id),
    );
    if (wanted === undefined || round < 2) return;
    again.add(lastOf(way.items, wanted));
  }
}

/** The last time that a step or parallel is done on the way, as a key. */
function lastOf(items, id) {
  let last = "";
  for (const item of items) {
    if ((item.step ?? item.parallel) === id) last = keyOf({ step: id, round: item.round });
    for (const branch of item.branches ?? []) last = lastOf(branch.items, id) || last;
  }
  return last;
}
