// Pages of the handbook as they are in a browser, opened from a folder.
import { readFileSync, writeFileSync } from "node:fs";
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
    screen: document.documentElement.scrollWidth,
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

/** Tab to a step in the picture that is shown, press Enter, and tell where that leads. */
export async function follow({ address, width, picture, href }) {
  const { context, page } = await open(address, { width, height: 900 });
  const there = ([name, wanted]) => {
    const active = document.activeElement;
    return active.getAttribute("href") === wanted && active.closest(`.${name}`) !== null;
  };
  for (let count = 0; count < 300 && !(await page.evaluate(there, [picture, href])); count += 1) {
    await page.keyboard.press("Tab");
  }
  const marked = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  });
  await page.keyboard.press("Enter");
  await page.waitForTimeout(500);
  const found = await page.evaluate(() => {
    const target = document.querySelector(location.hash || "body");
    const heading = target.matches("h3") ? target : target.closest("h3") ?? target;
    const { top, bottom } = heading.getBoundingClientRect();
    return { hash: location.hash, heading: heading.innerText, seen: top >= 0 && bottom <= innerHeight };
  });
  await context.close();
  return { marked, ...found };
}

/** Change a file while its page is open; what the page shows each time, and how often it came anew. */
export async function watch({ address, file, changes }) {
  const { context, page, seen } = await open(address);
  let loads = 0;
  page.on("load", () => (loads += 1));
  const found = [];
  for (const { before, after, shows, hides } of changes) {
    const text = readFileSync(file, "utf-8");
    if (!text.includes(before)) throw new Error(`${file} does not hold ${before}`);
    loads = 0;
    const began = Date.now();
    writeFileSync(file, text.replace(before, after));
    await page.locator(".md-content").getByText(shows).first().waitFor({ timeout: 60000 });
    if (hides) {
      const gone = (text) => {
        const content = document.querySelector(".md-content");
        return document.readyState === "complete" && content && !content.innerText.includes(text);
      };
      await page.waitForFunction(gone, hides, { timeout: 60000 });
    }
    const took = Date.now() - began;
    await page.waitForTimeout(1500); // a second rebuild would follow at once
    found.push({ took, loads, text: await page.locator(".md-content").innerText() });
  }
  await context.close();
  return { found, console: seen.console };
}
