// The list of problems above the form, and each problem at its field.

import { focusOf, judged } from "./fields.js";
import { byId, element, say } from "./page.js";

/** Show the problems; none takes the list away. */
export function show(problems) {
  clear();
  const box = byId("problems");
  box.hidden = problems.length === 0;
  if (problems.length === 0) return;
  const key = problems.length === 1 ? "problems.one" : "problems.other";
  byId("problems-title").textContent = say(key, { n: problems.length });
  byId("problem-list").replaceChildren(...problems.map(line));
  for (const { text, field } of problems) if (field !== undefined) mark(field, text);
}

export function focusSummary() {
  byId("problems").focus();
  byId("problems").scrollIntoView({ block: "start" });
}

function line({ text, field, section }) {
  const target = field ? focusOf(field) : section && section.querySelector("input, textarea, select");
  if (!target) return element("li", {}, text);
  const link = element("a", { href: `#${target.id}` }, text);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    target.focus();
    (field ?? section).scrollIntoView({ block: "center" });
  });
  return element("li", {}, link);
}

function mark(field, text) {
  if (field.querySelector(":scope > .error") !== null) return;
  const id = `e-${field.dataset.field}`;
  const message = element("p", { class: "error", id }, text);
  field.querySelector("legend, label").after(message);
  field.classList.add("wrong");
  for (const control of judged(field)) {
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", [field.dataset.help, id].filter(Boolean).join(" "));
  }
}

function clear() {
  for (const message of document.querySelectorAll("p.error")) message.remove();
  for (const field of document.querySelectorAll(".field.wrong")) {
    field.classList.remove("wrong");
    for (const control of judged(field)) {
      control.removeAttribute("aria-invalid");
      if (field.dataset.help) control.setAttribute("aria-describedby", field.dataset.help);
      else control.removeAttribute("aria-describedby");
    }
  }
}
