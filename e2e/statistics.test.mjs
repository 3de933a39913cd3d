// The statistics page: each number opens the rows that it counts, and both say the same.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { DESK, TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

let demo;
let browser;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** The count that a link shows: the number before 家, or the whole text when it is nothing but digits. */
function shownIn(text) {
  const plain = text.replaceAll(",", "");
  const found = plain.match(/(\d+)\s*家/) ?? plain.match(/^(\d+)$/);
  return found ? Number(found[1]) : Number.NaN;
}

test("each number opens its rows", async (t) => {
  const page = await openPage(browser, { address: demo.address, viewport: DESK });
  await visit(page, "/statistics");
  // The marks of the line of years are named by their year; what they open is counted in the table below.
  const found = await page.locator('main a[href*="/orgs"]').evaluateAll((all) =>
    all.filter((one) => !one.closest("svg") || /家/.test(one.textContent)).map((one) => ({
      href: one.getAttribute("href"),
      text: one.textContent.trim(),
    })));
  const links = found.filter(({ text, href }) => !Number.isNaN(shownIn(text)) && !href.endsWith(`=${text}`));
  assert.ok(links.length >= 10, `numbers are links: ${links.length}`);
  for (const { href, text } of links) {
    await t.test(`${text} ${href}`, async () => {
      await visit(page, href);
      const said = await page.locator("#results").getAttribute("data-said");
      assert.equal(Number(said.replaceAll(",", "").match(/\d+/)?.[0]), shownIn(text), `${href} says ${said}`);
    });
  }
  await page.setViewportSize(TELEPHONE);
  await visit(page, "/statistics");
  await inspect(page, "the statistics on a telephone");
  const csv = await page.request.get("/statistics.csv");
  assert.ok(csv.ok() && (await csv.text()).includes(","), "and as a file");
  await page.context().close();
});
