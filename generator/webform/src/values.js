// Values by path in records, whose keys come from files and are never trusted to be harmless.

const FIRST = {
  record: [
    ...["process", "version", "x-status", "case", "subject", "status", "started", "closed", "end"],
    ...["cancelled", "inputs", "source", "steps", "deviations"],
  ],
  entry: [
    ...["step", "by", "role", "started", "completed", "option", "called_case", "x-outcome"],
    ...["checks", "fields", "outputs", "remarks"],
  ],
};

export const isMapping = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const has = (mapping, key) => isMapping(mapping) && Object.hasOwn(mapping, key);

export function at(mapping, path) {
  let value = mapping;
  for (const key of path) {
    if (!has(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** Put a value at a path, or take away what is there where it is undefined. */
export function put(mapping, path, value) {
  const [key, ...rest] = path;
  if (rest.length === 0) {
    if (value === undefined) delete mapping[key];
    else define(mapping, key, value);
    return;
  }
  if (!has(mapping, key) || !isMapping(mapping[key])) {
    if (value === undefined) return;
    define(mapping, key, {});
  }
  put(mapping[key], rest, value);
  if (Object.keys(mapping[key]).length === 0) delete mapping[key];
}

function define(mapping, key, value) {
  Object.defineProperty(mapping, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** The same in the order in which a person reads it. */
export function ordered(mapping, kind) {
  const keys = Object.keys(mapping);
  const known = FIRST[kind].filter((key) => keys.includes(key));
  const sorted = {};
  for (const key of [...known, ...keys.filter((key) => !known.includes(key))]) {
    define(sorted, key, mapping[key]);
  }
  return sorted;
}

export const copy = (value) => structuredClone(value);
