// `node run.mjs SCENARIO ARGUMENTS` with the arguments as JSON; prints what came of it as JSON.
import * as scenarios from "./scenarios.mjs";

const [name, given] = process.argv.slice(2);
const found = await scenarios[name](JSON.parse(given));
process.stdout.write(JSON.stringify(found));
