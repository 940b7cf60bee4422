// Chromium with one page; everything it asks for, says and downloads is written down.
import { join } from "node:path";
import { chromium } from "playwright-core";

export async function open(address, { width = 1000, height = 900, scripts = true, dark = false, profile } = {}) {
  const options = {
    acceptDownloads: true,
    env: { ...process.env, LANG: "en_US.UTF-8", LANGUAGE: "en_US" },
    colorScheme: dark ? "dark" : "light",
    executablePath: process.env.CHROMIUM,
    javaScriptEnabled: scripts,
    locale: "en-US",
    timezoneId: "Europe/Berlin",
    viewport: { width, height },
    args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
  };
  const context = await chromium.launchPersistentContext(profile ?? "", options);
  const page = context.pages()[0] ?? (await context.newPage());
  const seen = { requests: [], console: [], dialogs: [], addresses: [] };
  context.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => seen.console.push(message.text()));
  page.on("pageerror", (error) => seen.console.push(String(error)));
  page.on("framenavigated", (frame) => seen.addresses.push(frame.url()));
  page.on("dialog", (dialog) => {
    seen.dialogs.push(dialog.message());
    dialog.accept();
  });
  await page.goto(address);
  return { context, page, seen };
}

/** Do something that makes the page download a file; its path, or null where nothing came. */
export async function downloaded(page, folder, action, wait = 5000) {
  const [download] = await Promise.all([
    page.waitForEvent("download", { timeout: wait }).catch(() => null),
    action(),
  ]);
  if (download === null) return null;
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}
