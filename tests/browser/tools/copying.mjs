// What the tests ask of the page to copy an e-mail from: `node copying.mjs ARGUMENTS`, JSON both ways.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { downloaded, open } from "./browser.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const { address, folder, looks = [], picture } = JSON.parse(process.argv[2]);

const { context, page, seen } = await open(address);
const copied = {};
const said = [];

await context.grantPermissions(["clipboard-read", "clipboard-write"]);
const buttons = await page.locator("[data-copy]").all();
for (const button of buttons) {
  await button.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("said").textContent !== "");
  said.push(await page.locator("#said").innerText());
  const key = await button.getAttribute("data-copy");
  copied[key] = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type) => (item.types.includes(type) ? (await item.getType(type)).text() : "");
    return { text: await read("text/plain"), html: await read("text/html") };
  });
  await page.evaluate(() => (document.getElementById("said").textContent = ""));
}

const files = [];
for (const link of await page.locator("a[download]").all()) {
  files.push(await downloaded(page, folder, () => link.click()));
}
const widths = [];
await page.evaluate(axeSource);
for (const look of looks) {
  await page.emulateMedia({ colorScheme: look.dark ? "dark" : "light", media: look.print ? "print" : "screen" });
  await page.setViewportSize({ width: look.width, height: 900 });
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  widths.push({
    ...look,
    shown: await page.evaluate(() => document.documentElement.scrollWidth),
    violations: violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html)}`),
  });
  const name = `${picture}-${look.width}-${look.print ? "print" : look.dark ? "dark" : "light"}.png`;
  if (picture) await page.screenshot({ path: join(folder, name), fullPage: true });
}
await context.close();
process.stdout.write(JSON.stringify({ copied, said, files, widths, ...seen }));
