// Showing the way: the sections that are asked for, in their order, and what may be done again.

import { byId, data, element, say } from "./page.js";
import { keyOf } from "./visits.js";

const frames = new Map();

/** Put exactly these elements into a place, moving none that is right already. */
function arrange(place, wanted) {
  for (const [index, one] of wanted.entries()) {
    if (place.children[index] !== one) place.insertBefore(one, place.children[index] ?? null);
  }
  while (place.children.length > wanted.length) place.lastElementChild.remove();
}

/** Show the steps of the way; `repeat(id, round)` and `takeOut(visit)` are what buttons do. */
export function showWay(state, { repeat, takeOut }) {
  arrange(byId("steps"), [...elements(state, state.way.items, repeat)]);
  byId("waiting").hidden = state.way.at !== "";
  const event = data.ends[state.way.at.replace(/^end:/, "")];
  byId("reached").hidden = event === undefined;
  byId("reached").textContent = event === undefined ? "" : say("end.reached", { event });
  const aside = state.entries.filter((one) => one.aside && one.visit !== undefined);
  byId("kept").hidden = aside.length === 0;
  arrange(
    byId("kept-steps"),
    aside.map(({ visit }) => {
      const section = state.visits.section(visit.step, visit.round);
      button(section.querySelector("[data-more]"), "take_out", () => takeOut(visit));
      return section;
    }),
  );
  const status = state.head.status;
  for (const part of document.querySelectorAll("[data-when]")) {
    part.hidden = part.dataset.when !== status;
  }
}

function* elements(state, items, repeat) {
  for (const [index, item] of items.entries()) {
    if (item.step === undefined) {
      yield* parallel(state, item, repeat);
      continue;
    }
    const section = state.visits.section(item.step, item.round);
    const more = section.querySelector("[data-more]");
    const again = data.steps[item.step].repeatable && !items[index + 1]?.repetition;
    if (again) button(more, "again", () => repeat(item.step, item.round));
    else more.hidden = true;
    yield section;
  }
}

function* parallel(state, item, repeat) {
  const { number, title, repeatable } = data.steps[item.parallel];
  const key = keyOf({ step: item.parallel, round: item.round });
  if (!frames.has(key)) {
    const round = item.round > 1 ? ` – ${say("round", { n: item.round })}` : "";
    const heading = element("h3", {}, `${number} ${title}${round}`);
    const hint = element("p", { class: "note" }, say("branch_hint"));
    frames.set(key, {
      head: element("div", { class: "parallel" }, heading, hint),
      foot: element("p", { class: "more" }),
    });
  }
  const { head, foot } = frames.get(key);
  yield head;
  for (const branch of item.branches) yield* elements(state, branch.items, repeat);
  if (!repeatable || state.again.has(key)) return;
  button(foot, "again_all", () => repeat(item.parallel, item.round));
  yield foot;
}

function button(place, words, action) {
  place.hidden = false;
  if (place.dataset.does === words) return;
  place.dataset.does = words;
  const made = element("button", { type: "button" }, say(words));
  made.addEventListener("click", action);
  place.replaceChildren(made);
}
