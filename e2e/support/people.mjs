// Signs people in through the demo's own list, as a visitor would.

import { strict as assert } from "node:assert";
import { openPage } from "./browser.mjs";

/** Signs in as the demo account called `name` by its button on /demo. */
export async function signIn(page, name) {
  await page.goto("/demo");
  const button = page.getByRole("button", { name: new RegExp(`(^| )${name} `) }).first();
  assert.ok((await button.count()) > 0, `no button for ${name} on /demo`);
  await Promise.all([page.waitForURL((url) => url.pathname !== "/demo"), button.click()]);
}

/**
 * A page of its own for the demo account called `name`. `page.visitAs(path)` goes there and signs in first
 * when nobody is signed in yet or the session has ended because the demo's clock was moved.
 */
export async function openAs(browser, demo, name, options = {}) {
  const page = await openPage(browser, { address: demo.address, ...options });
  page.account = name;
  page.visitAs = async (path) => {
    await page.goto(path);
    if (new URL(page.url()).pathname !== "/sign-in") return;
    await signIn(page, name);
    await page.goto(path);
    assert.notEqual(new URL(page.url()).pathname, "/sign-in", `${name} goes to ${path}`);
  };
  return page;
}

/** The demo accounts with `role`. */
export function accountsOf(demo, role) {
  const found = demo.accounts.filter((account) => account.role === role);
  assert.ok(found.length > 0, `the demo printed no account with the role ${role}`);
  return found.map((account) => account.name);
}
