// Reads BPMN files as bpmn.io's tools do and lints them; prints {file: {warnings, problems}} as JSON.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import BpmnModdle from "bpmn-moddle";
import { Linter } from "bpmnlint";
import NodeResolver from "bpmnlint/lib/resolver/node-resolver.js";

// `standard-size` wants every task to be 100 × 80, however long its name is.
const config = { extends: "bpmnlint:all", rules: { "standard-size": "off" } };
const require = createRequire(import.meta.url);
const resolver = new NodeResolver({ require });
const verdicts = {};
for (const file of process.argv.slice(2)) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(await readFile(file, "utf8"));
  // One linter a file: some rules remember what they have seen.
  const found = await new Linter({ config, resolver }).lint(rootElement);
  verdicts[file] = {
    warnings: warnings.map((warning) => warning.message),
    problems: Object.entries(found).flatMap(([rule, reports]) =>
      reports.map((report) => `${rule} ${report.id}: ${report.message}`),
    ),
  };
}
process.stdout.write(JSON.stringify(verdicts));
