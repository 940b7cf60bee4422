// What the tests ask of the page; each opens it, does something, and tells what it saw.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { downloaded, open } from "./browser.mjs";
import { Keyboard } from "./keyboard.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");

/** Type a record by keyboard alone and hand it in. */
export async function fill({ address, record, folder, picture }) {
  const { context, page, seen } = await open(address);
  const keyboard = new Keyboard(page);
  await keyboard.record(record);
  const path = await downloaded(page, folder, () => keyboard.press("check"));
  if (picture) await page.screenshot({ path: join(folder, picture), fullPage: true });
  const found = {
    path,
    problems: await page.locator("#problem-list li").allInnerTexts(),
    shown: await shownSteps(page),
    ...seen,
    at: page.url(),
  };
  await context.close();
  return found;
}

const shownSteps = (page) =>
  page.locator("#steps [data-step]").evaluateAll((sections) =>
    sections.map((one) => `${one.dataset.step}#${one.dataset.round}`),
  );

/** Open the page and try to save and to hand in without having entered anything. */
export async function untouched({ address, folder }) {
  const { context, page, seen } = await open(address);
  const saved = await downloaded(page, folder, () => page.locator("#save").click(), 700);
  const said = await page.locator("#said").innerText();
  const checked = await downloaded(page, folder, () => page.locator("#check").click(), 700);
  const state = await page.evaluate(() => ({
    stored: Object.keys(localStorage),
    answered: document.querySelectorAll("input:checked, option:checked:not([value=''])").length,
    typed: [...document.querySelectorAll("input, textarea")].filter(
      (one) => !["radio", "checkbox"].includes(one.type) && one.value !== "",
    ).length,
    focus: document.activeElement.id,
  }));
  const problems = await page.locator("#problem-list li").allInnerTexts();
  await context.close();
  return { saved, said, checked, problems, ...state, ...seen };
}

/** Enter a record, load the page again, and hand in what is restored; then delete the draft. */
export async function reload({ address, record, folder }) {
  const { context, page, seen } = await open(address);
  const keyboard = new Keyboard(page);
  await keyboard.record(record);
  await page.reload();
  const said = await page.locator("#said").innerText();
  const path = await downloaded(page, folder, () => page.locator("#check").click());
  const problems = await page.locator("#problem-list li").allInnerTexts();
  await page.locator("#delete").click();
  const left = await page.evaluate(() => ({
    stored: Object.keys(localStorage).filter((key) => !key.endsWith(":current")),
    typed: [...document.querySelectorAll("#case input")].map((one) => one.value).join(""),
    focus: document.activeElement.id,
  }));
  await context.close();
  return { said, path, problems, ...left, ...seen };
}

/** Load files one after the other and save each again, or hand it in; `more` is typed on top. */
export async function load({ address, files, folder, button = "save", more, touch }) {
  const { context, page, seen } = await open(address);
  const loaded = [];
  for (const [index, file] of files.entries()) {
    await page.locator("#said").evaluate((place) => place.replaceChildren());
    await page.locator("#file").setInputFiles(file);
    await page.waitForFunction(() => document.getElementById("said").textContent !== "");
    const said = await page.locator("#said").innerText();
    if (touch) await page.evaluate(touch);
    if (more) await new Keyboard(page).record(more);
    const name = join(folder, String(index));
    const accepted = said.includes(" is loaded.");
    const path = accepted && (await downloaded(page, name, () => page.locator(`#${button}`).click()));
    const problems = await page.locator("#problem-list li").allInnerTexts();
    const aside = await page
      .locator("#kept-steps [data-step]")
      .evaluateAll((all) => all.map((one) => one.dataset.step));
    const typed = await page.locator("#f-case").inputValue();
    loaded.push({ said, path, problems, aside, typed, shown: await shownSteps(page) });
  }
  await context.close();
  return { loaded, ...seen };
}

/** What axe-core says of it, and how wide it is: as it is, and after an attempt to hand in. */
export async function judge({ address, looks, record, file, folder, picture }) {
  const { context, page, seen } = await open(address);
  const found = [];
  const axe = async () => {
    const { violations } = await page.evaluate(() => globalThis.axe.run(document));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    return {
      width,
      violations: violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html)}`),
    };
  };
  const shoot = async (look, name) => {
    const path = join(folder, `${picture}-${look.width}-${look.dark ? "dark" : "light"}-${name}.png`);
    if (picture) await page.screenshot({ path, fullPage: true });
  };
  if (record) await new Keyboard(page).record(record);
  if (file) {
    await page.locator("#file").setInputFiles(file);
    await page.waitForFunction(() => document.getElementById("said").textContent !== "");
  }
  await page.evaluate(axeSource);
  const each = async (name) => {
    for (const look of looks) {
      await page.emulateMedia({ colorScheme: look.dark ? "dark" : "light" });
      await page.setViewportSize({ width: look.width, height: 900 });
      found.push({ name, ...look, ...(await axe()) });
      await shoot(look, name);
    }
  };
  await each("open");
  await page.locator("#check").click();
  const errors = await page.locator("p.error").count();
  await each("checked");
  await context.close();
  return { found, errors, ...seen };
}

/** Where the links of the list of problems lead. */
export async function links({ address }) {
  const { context, page } = await open(address);
  await page.locator("#check").click();
  const found = [];
  for (const link of await page.locator("#problem-list a").all()) {
    await link.focus();
    await page.keyboard.press("Enter");
    found.push(await page.evaluate(() => document.activeElement.closest("[data-field]")?.dataset.label ?? ""));
  }
  await context.close();
  return { found, at: page.url() };
}

/** Print the page, filled or without scripts. */
export async function print({ address, record, folder, name, scripts = true }) {
  const { context, page, seen } = await open(address, { scripts });
  if (record) await new Keyboard(page).record(record);
  const text = await page.locator("body").innerText();
  await page.pdf({ path: join(folder, name), preferCSSPageSize: true });
  await context.close();
  return { text, ...seen };
}

/** Submit the form as a browser without scripts does: with Enter in a text. */
export async function submit({ address }) {
  const { context, page, seen } = await open(address, { scripts: false });
  await page.locator("#f-case").fill("Secret-1");
  await page.locator("#f-case").press("Enter");
  await page.waitForTimeout(300);
  const at = page.url();
  await context.close();
  return { at, ...seen };
}

/** Two cases on one device; an answer given and taken back; what each leaves behind. */
export async function cases({ address, radio }) {
  const { context, page, seen } = await open(address);
  const keyboard = new Keyboard(page);
  const listed = () => page.locator("#draft-list button").allInnerTexts();
  await keyboard.type("f-case", "A-1");
  await keyboard.radio(radio);
  const clear = page.locator(`[data-field]:has(#${radio}) [data-clear]`);
  const offered = await clear.isVisible();
  await clear.press("Enter");
  const cleared = await page.locator(`#${radio}`).isChecked();
  const focus = await page.evaluate(() => document.activeElement.name);
  await keyboard.press("new");
  const fresh = await page.locator("#f-case").inputValue();
  await keyboard.type("f-case", "B-2");
  await page.waitForTimeout(400);
  const first = await listed();
  await page.locator("#draft-list button").first().press("Enter");
  const opened = await page.locator("#f-case").inputValue();
  const second = await listed();
  await page.reload();
  const again = await page.locator("#f-case").inputValue();
  await page.locator("#delete").press("Enter");
  const stored = await page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => !key.endsWith(":current"))
      .map(([, value]) => JSON.parse(value)),
  );
  await context.close();
  return { offered, cleared, focus, fresh, first, opened, second, again, stored, ...seen };
}

/** Drafts of another wording, of another shape, and a browser that keeps none. */
export async function strange({ address }) {
  const { context, page, seen } = await open(address);
  const keyboard = new Keyboard(page);
  await keyboard.type("f-case", "A-1");
  await page.waitForTimeout(400);
  const said = [];
  const change = async (action) => {
    await page.evaluate(action);
    await page.reload();
    said.push([await page.locator("#said").innerText(), await page.locator("#f-case").inputValue()]);
  };
  await change(() => {
    const key = localStorage.getItem(Object.keys(localStorage).find((one) => one.endsWith(":current")));
    const draft = JSON.parse(localStorage.getItem(key));
    draft.digest = "sha256:other";
    draft.visits = [["gone", 1, { step: "gone", by: "x" }, false]];
    localStorage.setItem(key, JSON.stringify(draft));
  });
  await change(() => {
    const key = localStorage.getItem(Object.keys(localStorage).find((one) => one.endsWith(":current")));
    localStorage.setItem(key, JSON.stringify({ digest: 1, head: "x", visits: [7], again: 5 }));
  });
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new Error("full");
    };
  });
  await keyboard.type("f-case", "B");
  await page.waitForTimeout(400);
  said.push([await page.locator("#said").innerText(), await page.locator("#f-case").inputValue()]);
  await context.close();
  return { said, ...seen };
}
