// Pages of the handbook as they are in a browser, opened from a folder.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { open } from "./browser.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");

/** For each page and look: what axe-core says of its content, and which tables need a swipe. */
export async function regard({ addresses, looks }) {
  const found = [];
  for (const look of looks) {
    const { context, page, seen } = await open("about:blank", look);
    for (const address of addresses) {
      await page.goto(address);
      await page.waitForLoadState("networkidle");
      await page.evaluate(axeSource);
      found.push({ address, ...look, ...(await page.evaluate(regardPage)) });
    }
    await context.close();
    found.push({ console: seen.console, requests: seen.requests });
  }
  return { found };
}

async function regardPage() {
  const { violations } = await globalThis.axe.run(document.querySelector(".md-content"), {
    preload: false, // it would ask for style sheets by XMLHttpRequest, which a folder does not allow
  });
  const wide = [...document.querySelectorAll(".md-typeset__scrollwrap")]
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => box.innerText.split("\n")[0]);
  return {
    violations: violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html)}`),
    wide,
    width: document.documentElement.scrollWidth,
  };
}

/** What a search for some words finds: the addresses of the pages. */
export async function search({ address, words }) {
  const { context, page } = await open(address);
  await page.keyboard.press("f");
  await page.keyboard.type(words);
  await page.locator(".md-search-result__link").first().waitFor({ timeout: 15000 });
  const found = await page
    .locator(".md-search-result__link")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  await context.close();
  return { found };
}
