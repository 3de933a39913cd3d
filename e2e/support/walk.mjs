// Moves about like a person who was given the home page and nothing else: by links, buttons and forms.

import { strict as assert } from "node:assert";
import { openPage } from "./browser.mjs";
import { expectAccepted, follow, press, pressConfirmed } from "./forms.mjs";
import { inspect } from "./visit.mjs";

/** Follows one link after the other; each by its whole name, or by a part of it. */
export async function hop(page, ...names) {
  for (const name of names) {
    const link = await named(page, name);
    assert.ok(link, `${page.url()} has no link “${name}”`);
    await follow(page, link);
  }
}

/** Of links with one name: those of one's desk, then those of the way of one yuan, then the page's own. */
function rank(link) {
  if (/^(\/en)?\/(desk|me|expert)\b/.test(link.getAttribute("href"))) return 0;
  if (link.closest(".app-way")) return 1;
  return link.closest("main") ? 2 : 3;
}

async function named(page, name) {
  for (const exact of [true, false]) {
    const drawn = page.getByRole("button", { name, exact }).and(page.locator("a"));
    const found = await page.getByRole("link", { name, exact }).or(drawn).all();
    const ranked = await Promise.all(found.map(async (link) => ({ link, rank: await link.evaluate(rank) })));
    ranked.sort((one, other) => one.rank - other.rank);
    if (ranked.length > 0) return ranked[0].link;
  }
  return null;
}

/** Pages for people of one demo, each of whom begins at the home page. */
export function people(browser, demo) {
  const visitor = async (flow, options = {}) => {
    const page = await openPage(browser, { address: demo.address, ...options });
    try {
      await page.goto(options.home ?? "/");
      await flow(page);
    } finally {
      await page.context().close();
    }
  };
  /** Signs in from the home page as the account whose button says `who`, and follows `names` from the desk. */
  const as = (who, names, flow, options = {}) =>
    visitor(async (page) => {
      await hop(page, "登录", "查看演示账号，一键登录");
      const button = page.getByRole("button", { name: new RegExp(`(^| )${who}`) }).first();
      assert.ok((await button.count()) > 0, `no button for ${who} on ${page.url()}`);
      await follow(page, button);
      await hop(page, ...names);
      await flow(page);
    }, options);
  /** Moves the clock on the demo's page, which the home page leads to. */
  const clock = (moment) =>
    visitor(async (page) => {
      await hop(page, "示例账户");
      await page.locator("input[name=to]").fill(moment);
      await press(page, "前进");
      await expectAccepted(page, `moving the clock to ${moment}`);
    });
  return { visitor, as, clock };
}

/** What the page says. */
export const text = (page) => page.locator("main").innerText();

/** Fills fields by their labels. */
export async function fill(page, typed) {
  for (const [label, value] of Object.entries(typed)) {
    await page.getByLabel(label, { exact: true }).first().fill(value);
  }
}

/** Presses, and expects that it was done. The pages themselves are inspected in the stories of their parts. */
export async function done(page, name) {
  await pressConfirmed(page, name);
  await expectAccepted(page, name);
}

/** Presses, and expects a refusal that says `words`, with what was typed still there. */
export async function refused(page, name, words, kept = []) {
  const typed = [];
  for (const label of kept) typed.push(await page.getByLabel(label, { exact: true }).first().inputValue());
  await pressConfirmed(page, name);
  const summary = page.locator(".govuk-error-summary");
  assert.ok((await summary.count()) > 0, `${name} at ${page.url()} is refused`);
  assert.match(await summary.innerText(), words);
  for (const [at, label] of kept.entries()) {
    assert.equal(await page.getByLabel(label, { exact: true }).first().inputValue(), typed[at], `${label} stays`);
  }
  page.troubles.length = 0; // The browser logs the status of the refused form.
  await inspect(page);
}
