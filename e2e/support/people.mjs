// Signs people in through the demo's own list, as a visitor would.

import { strict as assert } from "node:assert";

/** Signs in as the demo account called `name` by its button on /demo. */
export async function signIn(page, name) {
  await page.goto("/demo");
  const button = page.getByRole("button", { name, exact: false });
  assert.ok((await button.count()) > 0, `no button for ${name} on /demo`);
  await Promise.all([page.waitForURL((url) => url.pathname !== "/demo"), button.first().click()]);
}

/** The first demo account with `role`. */
export function accountOf(demo, role) {
  const found = demo.accounts.find((account) => account.role === role);
  assert.ok(found, `the demo printed no account with the role ${role}`);
  return found;
}
