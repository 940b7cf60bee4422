// Bundles the form's script into the generator: `npm ci && npm run build`; `--to FILE` elsewhere.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const assets = join(here, "..", "regelwerk", "artifacts", "webform", "assets");
const place = process.argv.indexOf("--to");
const target = place > 0 ? process.argv[place + 1] : assets;

const { outputFiles } = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.js"],
  bundle: true,
  charset: "ascii",
  format: "iife",
  legalComments: "none",
  minify: true,
  target: ["es2022"],
  write: false,
});
writeFileSync(join(target, "webform.js"), outputFiles[0].text);

const licences = ["@cfworker/json-schema", "js-yaml"].map((name) => {
  const folder = join(here, "node_modules", name);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf-8"));
  const licence = readFileSync(join(here, "licences", `${name.replace("/", "-")}.txt`), "utf-8");
  return `${name} ${version}\n\n${licence.trim()}\n`;
});
writeFileSync(join(target, "LICENSES.txt"), licences.join(`\n${"-".repeat(72)}\n\n`));
