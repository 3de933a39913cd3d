// Presses buttons and links the way a person does, and waits for the page that answers.

import { strict as assert } from "node:assert";

/** What the demo prints as everyone's password. */
export const PASSWORD = "gongzhi-demo-2014";

/** Presses the button of this exact name and waits for the page that follows. */
export async function press(page, name, within = page) {
  const button = within.getByRole("button", { name, exact: true }).first();
  assert.ok((await button.count()) > 0, `${page.url()} has no button “${name}”`);
  await follow(page, button);
}

/** Clicks and waits until the next page stands, also when its address is the same. */
export async function follow(page, target) {
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), target.click()]);
}

/** Presses a button of an act that asks for the password again; gives it when asked, then repeats the act. */
export async function pressConfirmed(page, name) {
  await press(page, name);
  if (!/\/password$/.test(new URL(page.url()).pathname)) return;
  await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
  await press(page, "确认");
  await press(page, name);
}

/** The errors the page shows at its head; empty when it shows none. */
export async function faults(page) {
  return page.locator(".govuk-error-summary").allInnerTexts();
}

/** Fails with what the page complains about. */
export async function expectAccepted(page, act) {
  assert.deepEqual(await faults(page), [], `${act} at ${page.url()}`);
}

/** Moves the demo's clock, from its own page. `moment` as a date and time field takes it. */
export async function moveClock(page, moment) {
  await page.goto("/demo");
  await page.locator("input[name=to]").fill(moment);
  await press(page, "前进");
  await expectAccepted(page, `moving the clock to ${moment}`);
}
