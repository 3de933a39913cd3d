// Every role walks through its own desk: each link of the menu, and each link those pages offer, is answered;
// each page of the menu is accessible, silent, no wider than a telephone, and still whole at twice the letters.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { DESK, TELEPHONE, launchBrowser } from "./support/browser.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const PEOPLE = [
  "staff-fushi", "director-fushi", "lead1", "supervisor", "finance", "admin", "org01", "expert01",
  "inspector", "inspection-director", "window1", "approver", "applicant1", "street1", "bureau1", "credit-director",
];
/** Pages shown with letters of double size: the widest table and the longest form. */
const LARGE = [
  { name: "lead1", path: "/desk/tenders" },
  { name: "org01", path: "/tenders/NJGZ-2014-019/bid" },
];

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

for (const name of PEOPLE) {
  test(`the desk of ${name}`, async (t) => {
    const page = await openAs(browser, demo, name);
    await page.visitAs("/desk"); // leads each role to its own desk
    const menu = await addresses(page, ".app-side a[href]");
    assert.ok(menu.length > 0, "the desk has a menu");
    /** Each address the pages offer, with the page that offers it. */
    const offered = new Map();

    for (const path of menu) {
      await t.test(path, async () => {
        await page.setViewportSize(DESK);
        await visit(page, path);
        assert.equal(await page.locator("h1").count(), 1, "one h1");
        for (const link of await addresses(page, "a[href]")) {
          if (!offered.has(link)) offered.set(link, path);
        }
        await page.setViewportSize(TELEPHONE);
        await inspect(page, path);
      });
    }

    await t.test("every link on these pages leads somewhere", async () => {
      const dead = [];
      for (const [link, from] of offered) {
        const answer = await page.request.get(link, { headers: { accept: "text/html" } });
        if (!answer.ok()) dead.push(`${link} on ${from}: ${answer.status()}`);
      }
      assert.deepEqual(dead, []);
    });

    await page.context().close();
  });
}

for (const { name, path } of LARGE) {
  test(`${path} with letters of double size`, async () => {
    const page = await openAs(browser, demo, name);
    await page.visitAs(path);
    await page.locator(".app-display > summary").click();
    await page.getByLabel("字号").selectOption("200");
    const apply = page.locator(".app-display__apply");
    await Promise.all([page.waitForNavigation({ waitUntil: "load" }), apply.click()]);
    assert.equal(new URL(page.url()).pathname, path, "the reader stays on the page");
    assert.equal(await page.getAttribute("html", "data-size"), "200");
    const size = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector("main")).fontSize));
    assert.ok(size >= 28, `letters of the main part are ${size} px`);
    await inspect(page);
    await page.setViewportSize(TELEPHONE);
    await inspect(page);
    await page.context().close();
  });
}

/** The addresses of the site the links of `selector` lead to, each once. */
async function addresses(page, selector) {
  const found = await page.locator(selector).evaluateAll((links) => links.map((link) => link.href));
  const own = found.map((href) => new URL(href)).filter((url) => url.origin === demo.address);
  return [...new Set(own.map((url) => url.pathname + url.search))];
}
