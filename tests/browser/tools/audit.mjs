// What the tests ask of the first page of an audit pack.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { open } from "./browser.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");

/** axe-core, how wide it is, whether every link leads somewhere, and pictures on screen and paper. */
export async function auditPage({ address, folder, width, dark }) {
  const { context, page, seen } = await open(address, { width, dark });
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  const room = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    window: globalThis.innerWidth,
  }));
  const links = await page
    .locator("a")
    .evaluateAll((all) => all.map((one) => ({ href: one.href, there: !one.hash || !!document.querySelector(one.hash) })));
  const headings = await page.locator("h1, h2").allInnerTexts();
  const name = `${width}${dark ? "-dark" : ""}`;
  await page.screenshot({ path: join(folder, `audit-${name}.png`), fullPage: true });
  await page.pdf({ path: join(folder, `audit-${name}.pdf`), format: "A4" });
  await context.close();
  return { violations: violations.map((one) => [one.id, one.nodes.map((node) => node.html)]), room, links, headings, ...seen };
}
