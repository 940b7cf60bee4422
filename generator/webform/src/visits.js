// The sections of the steps: one for each step and round, made when it is needed.

import { fieldsIn, pathOf, read, write } from "./fields.js";
import { say } from "./page.js";
import { copy, ordered, put } from "./values.js";

const ATTRIBUTES = ["id", "name", "for", "aria-describedby", "aria-labelledby", "data-field", "data-help"];

export const keyOf = ({ step, round }) => `${step}#${round}`;

/** Holds every section, shown or not, and what a file said beyond what it shows. */
export class Visits {
  constructor(sections) {
    this.blank = new Map(sections.map((one) => [one.dataset.step, one.cloneNode(true)]));
    this.clear();
  }

  clear() {
    this.made = new Map();
  }

  /** The section of a step in a round. */
  section(step, round) {
    return this.visit(step, round).section;
  }

  visit(step, round) {
    const key = keyOf({ step, round });
    if (!this.made.has(key)) {
      const section = renamed(this.blank.get(step).cloneNode(true), round);
      this.made.set(key, { step, round, section, kept: { step }, filed: false });
    }
    return this.made.get(key);
  }

  /** The visits made so far, whether or not the way leads there. */
  all() {
    return [...this.made.values()];
  }

  knows(step) {
    return this.blank.has(step);
  }

  /** Fill a section; `filed` says that it comes from a file. */
  fill(step, round, entry, filed) {
    const visit = this.visit(step, round);
    visit.kept = copy(entry);
    visit.filed = filed;
    for (const field of fieldsIn(visit.section)) write(field, atPath(entry, pathOf(field)));
  }

  /** What is entered for a step; undefined where nothing is. */
  entry(step, round) {
    const visit = this.made.get(keyOf({ step, round }));
    if (visit === undefined) return undefined;
    const entry = copy(visit.kept);
    for (const field of fieldsIn(visit.section)) put(entry, pathOf(field), read(field));
    return Object.keys(entry).length > 1 ? ordered(entry, "entry") : undefined;
  }

  forget(step, round) {
    this.made.delete(keyOf({ step, round }));
  }

  /** The option or outcome that decides the way. */
  answer(step, round) {
    const visit = this.made.get(keyOf({ step, round }));
    if (visit === undefined) return undefined;
    const deciding = fieldsIn(visit.section).filter((field) =>
      ["option", "x-outcome"].includes(pathOf(field)[0]),
    );
    return deciding.map(read).find((value) => value !== undefined);
  }
}

const atPath = (entry, path) =>
  path.reduce(
    (value, key) =>
      value !== null && typeof value === "object" && Object.hasOwn(value, key)
        ? value[key]
        : undefined,
    entry,
  );

/** The section's ids and names for another round: they differ in the number after the step's. */
function renamed(section, round) {
  const before = section.dataset.stem;
  const stem = before.replace(/_1$/, `_${round}`);
  for (const one of [section, ...section.querySelectorAll("*")]) {
    for (const name of ATTRIBUTES) {
      const value = one.getAttribute(name);
      if (value !== null) one.setAttribute(name, value.split(before).join(stem));
    }
  }
  section.dataset.stem = stem;
  section.dataset.round = String(round);
  const told = section.querySelector(".round");
  told.hidden = round === 1;
  told.textContent = round === 1 ? "" : say("round", { n: round });
  return section;
}
