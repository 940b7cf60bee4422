// A file's entries on the way that the form shows: each where it comes next.

import { visitsOf, walk } from "./flow.js";
import { data } from "./page.js";
import { keyOf } from "./visits.js";

/**
 * The entries as `[step, round, entry, filed]`. Sets in the state their order, what must be done
 * again for the way to lead to them, the outcomes that only what follows tells, and entries of
 * steps that the form does not know.
 */
export function settle(entries, visits, state) {
  const settler = new Settler(state);
  const found = [];
  state.filed = entries.map((entry, place) => {
    const step = String(entry.step);
    if (!visits.knows(step)) {
      state.strange.set(`?#${place}`, entry);
      return `?#${place}`;
    }
    const round = settler.place(step, entry);
    found.push([step, round, { ...entry }, true]);
    return keyOf({ step, round });
  });
  return found;
}

class Settler {
  constructor(state) {
    this.state = state;
    state.derived = new Map();
    this.filled = new Map();
    this.last = -1;
    this.follow();
  }

  follow() {
    const answer = (step, round) => {
      const key = keyOf({ step, round });
      const entry = this.filled.get(key);
      return entry?.option ?? entry?.["x-outcome"] ?? this.state.derived.get(key);
    };
    const done = (visit) => this.filled.has(keyOf(visit));
    this.items = walk(data, answer, this.state.again, done).items;
    this.shown = [...visitsOf(this.items)];
  }

  /** The round in which the step comes next; one that is not shown where the way has none. */
  place(step, entry) {
    const visit = this.next(step) ?? this.onceMore(step) ?? this.byOutcome(step);
    const rounds = [...this.shown, ...this.keys()].filter((one) => one.step === step);
    const round = visit?.round ?? 1 + Math.max(0, ...rounds.map((one) => one.round));
    this.filled.set(keyOf({ step, round }), entry);
    this.follow();
    const index = this.shown.findIndex((one) => one.step === step && one.round === round);
    if (index >= 0) this.last = index;
    return round;
  }

  keys() {
    return [...this.filled.keys()].map((key) => {
      const [step, round] = key.split("#");
      return { step, round: Number(round) };
    });
  }

  /** The step's visit that is not filled: the first after the last entry, else the nearest. */
  next(step) {
    const open = [...this.shown.entries()].filter(
      ([, visit]) => visit.step === step && !this.filled.has(keyOf(visit)),
    );
    return (open.find(([index]) => index > this.last) ?? open.at(-1))?.[1];
  }

  /** The step by doing it, or the parallel round it, once more. */
  onceMore(step) {
    for (const id of [step, ...[...data.steps[step].within].reverse()]) {
      const key = data.steps[id].repeatable ? lastOf(this.items, id) : "";
      if (key === "" || this.state.again.has(key)) continue;
      this.state.again.add(key);
      this.follow();
      const visit = this.next(step);
      if (visit !== undefined) return visit;
      this.state.again.delete(key);
      this.follow();
    }
    return undefined;
  }

  /** The step by the end of a called process that the file does not name. */
  byOutcome(step) {
    for (const visit of this.shown) {
      const key = keyOf(visit);
      const ways = data.flow.nodes[`step:${visit.step}`].ways;
      const asked = ways.some((way) => way.kind === "outcome") && this.filled.has(key);
      if (!asked || this.filled.get(key)["x-outcome"] || this.state.derived.has(key)) continue;
      for (const { label } of ways) {
        this.state.derived.set(key, label);
        this.follow();
        const found = this.next(step);
        if (found !== undefined) return found;
      }
      this.state.derived.delete(key);
      this.follow();
    }
    return undefined;
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
