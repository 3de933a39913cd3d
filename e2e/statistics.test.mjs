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

/** The first whole number in a text. */
function numberIn(text) {
  const found = text.replaceAll(",", "").match(/\d+/);
  return found ? Number(found[0]) : Number.NaN;
}

test("each number opens its rows", async (t) => {
  const page = await openPage(browser, { address: demo.address, viewport: DESK });
  await visit(page, "/statistics");
  const links = await page.locator("main a[href*='/orgs?'], main a[href='/orgs'], main a[href*='/districts/']").evaluateAll(
    (found) => found.map((one) => ({ href: one.getAttribute("href"), text: one.textContent.trim() })),
  );
  assert.ok(links.length >= 10, `numbers are links: ${links.length}`);
  for (const { href, text } of links) {
    await t.test(`${text} ${href}`, async () => {
      const shown = numberIn(text.replace(/^\D*?(?=\d)/, ""));
      await visit(page, href);
      if (Number.isNaN(shown)) return;
      const said = await page.locator("#results").getAttribute("data-said").catch(() => null);
      const counted = numberIn(said ?? (await page.locator("main").innerText()));
      assert.equal(counted, shown, `${text} opens ${href}, which says: ${said}`);
    });
  }
  await page.setViewportSize(TELEPHONE);
  await visit(page, "/statistics");
  await inspect(page, "the statistics on a telephone");
  const csv = await page.request.get("/statistics.csv");
  assert.ok(csv.ok() && (await csv.text()).includes(","), "and as a file");
  await page.context().close();
});
