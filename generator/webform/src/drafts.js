// Drafts on this device, one a case, in the browser's local storage; nothing leaves the machine.

import { data } from "./page.js";

const PREFIX = `regelwerk:${data.process}:${data.version}${data.draft ? ":draft" : ""}:`;
const CURRENT = `${PREFIX}current`;

function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

const parsed = (key) => {
  const state = attempt(() => JSON.parse(localStorage.getItem(key)));
  return state !== null && typeof state === "object" ? state : undefined;
};

/** Every draft: `{key, name}`, where the name is the case's number. */
export function drafts() {
  const keys = attempt(() => Object.keys(localStorage)) ?? [];
  return keys
    .filter((key) => key.startsWith(PREFIX) && key !== CURRENT)
    .sort()
    .map((key) => ({ key, name: String(parsed(key)?.head?.case ?? "") }));
}

/** A key that no draft has. */
export function freshKey() {
  const taken = new Set(drafts().map((draft) => draft.key));
  let number = 1;
  while (taken.has(PREFIX + number)) number += 1;
  return PREFIX + number;
}

export const readDraft = (key) => parsed(key);

/** Keep a draft; false where the browser refuses. */
export function keep(key, state) {
  return (
    attempt(() => {
      localStorage.setItem(key, JSON.stringify(state));
      return true;
    }) ?? false
  );
}

export function drop(key) {
  attempt(() => localStorage.removeItem(key));
}

/** The draft that was last worked on in this window, else in this browser. */
export function current() {
  const key =
    attempt(() => sessionStorage.getItem(CURRENT)) ?? attempt(() => localStorage.getItem(CURRENT));
  return key && parsed(key) ? key : undefined;
}

export function setCurrent(key) {
  attempt(() => sessionStorage.setItem(CURRENT, key));
  attempt(() => localStorage.setItem(CURRENT, key));
}
