// What the page brings along: its data, its words, its elements.

export const data = JSON.parse(document.getElementById("data").textContent);

export const byId = (id) => document.getElementById(id);

/** A phrase with its gaps filled; values are text and nothing else. */
export function say(key, values = {}) {
  return data.words[key].replace(/\{(\w+)\}/g, (gap, name) => String(values[name] ?? gap));
}

/** A new element with text in it. */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}
