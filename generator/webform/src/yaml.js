// The record as YAML: every text in quotation marks, so that `yes`, `1:30` and dates stay texts.

import { CORE_SCHEMA, dump, load } from "js-yaml";

const LARGEST = 2 * 1024 * 1024;

export const LIMIT = LARGEST;

export function toYaml(record, comment) {
  const head = comment ? `# ${comment.replace(/\s+/g, " ")}\n` : "";
  return head + dump(record, { forceQuotes: true, lineWidth: -1, noRefs: true });
}

/** Throws where the text is no YAML, or uses what records have no need of. */
export function fromYaml(text) {
  return load(text.replace(/^\uFEFF/, ""), { schema: CORE_SCHEMA, maxDepth: 20, maxAliases: 0 });
}
