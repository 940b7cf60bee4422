// `node run.mjs SCENARIO ARGUMENTS` with the arguments as JSON; prints what came of it as JSON.
import * as audit from "./audit.mjs";
import * as handbook from "./handbook.mjs";
import * as review from "./review.mjs";
import * as scenarios from "./scenarios.mjs";

const [name, given] = process.argv.slice(2);
const found = await { ...audit, ...handbook, ...scenarios, ...review }[name](JSON.parse(given));
process.stdout.write(JSON.stringify(found));
