// What the tests ask of the review page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { downloaded, open } from "./browser.mjs";
import { Keyboard } from "./keyboard.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");

const ready = (page) => page.waitForSelector("#box:not([hidden]), #unable:not([hidden])", { timeout: 15000 });

const key = async (page) => ({
  line: await page.locator("#key-line").inputValue(),
  fingerprint: await page.locator("#key-fingerprint").innerText(),
  whose: await page.locator("#key-whose").innerText(),
});

/** Make a key by keyboard alone and download its public part. */
export async function reviewEnrol({ address, folder, profile }) {
  const { context, page, seen } = await open(address, { profile });
  const keyboard = new Keyboard(page);
  await ready(page);
  const before = await page.locator("#sign-box").isVisible();
  await keyboard.press("key-make");
  await page.waitForSelector("#key-there:not([hidden])");
  const made = await key(page);
  const focus = await page.evaluate(() => document.activeElement.id);
  const path = await downloaded(page, folder, () => keyboard.press("key-save"));
  const kept = await page.evaluate(async () => {
    const database = await new Promise((resolve) => {
      const request = indexedDB.open("regelwerk-approval");
      request.onsuccess = () => resolve(request.result);
    });
    const pair = await new Promise((resolve) => {
      const request = database.transaction("keys").objectStore("keys").get("mine");
      request.onsuccess = () => resolve(request.result);
    });
    const forms = ["pkcs8", "jwk", "raw"].map((form) =>
      crypto.subtle.exportKey(form, pair.privateKey).then(
        () => "exported",
        (error) => error.name,
      ),
    );
    return { extractable: pair.privateKey.extractable, exported: await Promise.all(forms) };
  });
  await context.close();
  return { before, ...made, focus, path, kept, ...seen };
}

/** Sign by keyboard alone, with a new key where this profile has none; download the signature. */
export async function reviewSign({ address, folder, profile, person, comment }) {
  const { context, page, seen } = await open(address, { profile });
  const keyboard = new Keyboard(page);
  await ready(page);
  if (await page.locator("#key-make").isVisible()) {
    await keyboard.press("key-make");
    await page.waitForSelector("#key-there:not([hidden])");
  }
  const chosen = await page.locator("#who").inputValue();
  const people = await page.locator("#who option").evaluateAll((all) => all.map((one) => one.value));
  if (person) await keyboard.select("who", person);
  if (comment) await keyboard.type("comment", comment);
  await keyboard.press("show");
  const shown = await page.locator("#statement").textContent();
  const role = await page.locator("#role").innerText();
  await keyboard.press("sign");
  await page.waitForSelector("#done:not([hidden])");
  const focus = await page.evaluate(() => document.activeElement.id);
  const path = await downloaded(page, folder, () => keyboard.press("save"));
  const text = await page.locator("#file-text").inputValue();
  const command = await page.locator("#command").innerText();
  const found = { chosen, people, shown, role, focus, path, text, command, ...(await key(page)) };
  await context.close();
  return { ...found, ...seen };
}

/** What does not go: nobody chosen, a comment that cannot be kept, something changed afterwards. */
export async function reviewCareless({ address, profile, person }) {
  const { context, page, seen } = await open(address, { profile });
  await ready(page);
  const look = async () => ({
    wrong: await page.locator("#act-wrong").innerText(),
    focus: await page.evaluate(() => document.activeElement.id),
    look: await page.locator("#look").isVisible(),
    done: await page.locator("#done").isVisible(),
  });
  await page.selectOption("#who", "");
  await page.click("#show");
  const nobody = await look();
  await page.selectOption("#who", person);
  await page.fill("#comment", "x".repeat(20001));
  await page.click("#show");
  const long = await look();
  await page.fill("#comment", "Read.");
  await page.click("#show");
  await page.click("#sign");
  await page.waitForSelector("#done:not([hidden])");
  const signed = await look();
  await page.fill("#comment", "Read twice.");
  const changed = await look();
  await context.close();
  return { nobody, long, signed, changed, ...seen };
}

/** Delete the key: asked once more, kept on no, gone on yes, also after loading the page again. */
export async function reviewDelete({ address, profile }) {
  const { context, page, seen } = await open(address, { profile });
  const keyboard = new Keyboard(page);
  await ready(page);
  const there = () => page.locator("#key-there").isVisible();
  await keyboard.press("key-delete");
  await keyboard.press("key-delete-no");
  const kept = await there();
  await keyboard.press("key-delete");
  await keyboard.press("key-delete-yes");
  await page.waitForSelector("#key-none:not([hidden])");
  const focus = await page.evaluate(() => document.activeElement.id);
  await page.reload();
  await ready(page);
  const after = await there();
  await context.close();
  return { kept, focus, after, ...seen };
}

/** What people see where the browser lacks something; `lacking` runs before the page does. */
export async function reviewWithout({ address, lacking, scripts = true }) {
  const { context, page, seen } = await open("about:blank", { scripts });
  if (lacking) await context.addInitScript(lacking);
  await page.goto(address);
  if (scripts) await ready(page);
  if (await page.locator("#key-make").isVisible()) await page.click("#key-make");
  if (scripts) await page.waitForSelector("#unable:not([hidden])");
  const found = {
    told: await page.locator(scripts ? "#unable" : "noscript").innerText(),
    box: await page.locator("#box").isVisible(),
    read: await page.locator("main").innerText(),
  };
  await context.close();
  return { ...found, ...seen };
}

/** axe-core, width and pictures: before a key, with a mistake, and with everything open. */
export async function reviewLooks({ address, folder, looks, person }) {
  const { context, page, seen } = await open(address);
  await ready(page);
  await page.evaluate(axeSource);
  const found = [];
  const each = async (name, some) => {
    for (const look of some) {
      await page.emulateMedia({ colorScheme: look.dark ? "dark" : "light" });
      await page.setViewportSize({ width: look.width, height: 900 });
      const { violations } = await page.evaluate(() => globalThis.axe.run(document));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      const told = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html)}`);
      found.push({ name, ...look, scroll: width, violations: told });
      const path = join(folder, `${name}-${look.width}-${look.dark ? "dark" : "light"}.png`);
      await page.screenshot({ path, fullPage: true });
    }
  };
  await each("open", looks.slice(0, 1));
  await page.click("#key-make");
  await page.waitForSelector("#key-there:not([hidden])");
  await page.click("#show");
  await each("wrong", looks.slice(1, 2));
  if (person) await page.selectOption("#who", person);
  await page.click("#show");
  await page.click("#sign");
  await page.waitForSelector("#done:not([hidden])");
  await page.click("#key-delete");
  await each("signed", looks);
  await page.emulateMedia({ media: "print" });
  const printed = await page.evaluate(() => ({
    box: getComputedStyle(document.getElementById("box")).display,
    text: document.querySelector("main").innerText.length,
  }));
  await page.pdf({ path: join(folder, "print.pdf"), format: "A4" });
  await context.close();
  return { found, printed, ...seen };
}
