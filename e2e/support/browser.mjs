// One Chromium for a test file, and pages that remember what went wrong on them.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

/** The two widths every page must work at: a desk and a telephone. */
export const DESK = { width: 1280, height: 900 };
export const TELEPHONE = { width: 390, height: 844 };

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchBrowser() {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (!found) throw new Error("no Chromium found; cargo xtask test --install brings one");
  return chromium.launch({ executablePath: found, args: FLAGS });
}

/**
 * A page in a context of its own (own cookies). `troubles` collects what the browser complains about:
 * console errors, uncaught exceptions, failed requests, violations of the content security policy.
 */
export async function openPage(browser, { address, viewport = DESK, locale = "zh-CN", script = true } = {}) {
  const context = await browser.newContext({
    baseURL: address,
    viewport,
    locale,
    timezoneId: "Asia/Shanghai",
    javaScriptEnabled: script,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.script = script;
  page.troubles = [];
  page.on("console", (message) => {
    if (message.type() === "error") page.troubles.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.troubles.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // Leaving a page ends its open requests (event streams); that is not a fault.
    if (why !== "net::ERR_ABORTED") page.troubles.push(`request failed: ${request.url()} ${why}`);
  });
  if (script) await watchPolicy(context, page);
  return page;
}

/** Reports each `securitypolicyviolation` event, from the first script on, in every frame. */
async function watchPolicy(context, page) {
  await context.exposeFunction("__reportViolation", (text) => page.troubles.push(`CSP: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const from = `${event.sourceFile ?? ""}:${event.lineNumber}`;
      globalThis.__reportViolation(`${event.violatedDirective} blocked ${event.blockedURI} ${event.sample} ${from}`);
    });
  });
}

/** Runs `flow(page)` on a page of its own with JavaScript disabled. */
export async function withoutScript(browser, options, flow) {
  const page = await openPage(browser, { ...options, script: false });
  try {
    await flow(page);
  } finally {
    await page.context().close();
  }
}
