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
  await page.getByRole("link", { name: "行政区划代码与沿革" }).click();
  await inspect(page, "the divisions on a telephone");
  await page.getByLabel("只看某一天").fill("2012-06-30");
  await page.locator("main form").getByRole("button").click();
  await page.getByText("2012年6月30日有 13 个区划").first().waitFor({ state: "attached" });
  assert.ok(await page.getByRole("link", { name: "白下区" }).isVisible(), "a former district of that day");
  await page.getByRole("link", { name: "白下区" }).click();
  await page.waitForURL(/district=320103/);
  assert.match(await page.locator("main").innerText(), /白下区已于2013年3月27日终止，以下是今天的秦淮区/);
  const csv = await page.request.get("/statistics.csv");
  assert.ok(csv.ok() && (await csv.text()).includes(","), "and as a file");
  await page.context().close();
});
