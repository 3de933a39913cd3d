// A visitor without an account looks around: every public page, in both languages, at a desk and on a
// telephone, and the main ones without JavaScript.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { DESK, TELEPHONE, launchBrowser, openPage, withoutScript } from "./support/browser.mjs";
import { picture } from "./support/pictures.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

// The public pages. `first` opens the first link of a list whose address matches, to reach a single record.
const PAGES = [
  { name: "home", path: "/", picture: "home" },
  { name: "directory", path: "/orgs", picture: "directory" },
  { name: "profile", path: "/orgs", first: /^\/orgs\/[^/?#]+$/ },
  { name: "catalogue", path: "/purchase/catalogue", picture: "catalogue" },
  { name: "tenders", path: "/tenders" },
  { name: "tender", path: "/tenders", first: /^\/tenders\/[^/?#]+$/, picture: "tender" },
  { name: "contracts", path: "/contracts" },
  { name: "API manual", path: "/api/docs" },
  { name: "style guide", path: "/style" },
];
const LANGUAGES = [
  { code: "zh-CN", lang: /^zh/ },
  { code: "en", lang: /^en/ },
];
const SCREENS = [DESK, TELEPHONE];

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

for (const language of LANGUAGES) {
  for (const viewport of SCREENS) {
    for (const place of PAGES) {
      test(`${place.name} in ${language.code} at ${viewport.width} px`, async () => {
        const page = await openPage(browser, { address: demo.address, viewport, locale: language.code });
        try {
          await visit(page, await addressOf(page, place));
          assert.match(await page.getAttribute("html", "lang"), language.lang);
          if (place.picture && viewport === DESK) await picture(page, `${place.picture}-${language.code}`);
        } finally {
          await page.context().close();
        }
      });
    }
  }
}

test("the language link changes the language and stays on the page", async () => {
  const page = await openPage(browser, { address: demo.address });
  await visit(page, "/orgs");
  await page.getByRole("link", { name: "English" }).or(page.getByRole("button", { name: "English" })).first().click();
  await page.waitForLoadState("load");
  assert.match(await page.getAttribute("html", "lang"), /^en/);
  assert.equal(new URL(page.url()).pathname, "/orgs");
  await inspect(page);
  await page.context().close();
});

test("an unknown address is answered by a page that leads on", async () => {
  const page = await openPage(browser, { address: demo.address });
  await visit(page, "/no-such-page", { status: 404 });
  assert.ok((await page.locator("main a[href]").count()) > 0);
  await page.context().close();
});

test("the first link of a page leads to its main part", async () => {
  const page = await openPage(browser, { address: demo.address });
  await visit(page, "/");
  await page.keyboard.press("Tab");
  const target = await page.evaluate(() => document.activeElement.getAttribute("href"));
  assert.match(target ?? "", /^#/);
  assert.equal(await page.locator(`main${target}, ${target}`).count(), 1);
  await page.context().close();
});

test("the public pages also work without JavaScript", async () => {
  await withoutScript(browser, { address: demo.address }, async (page) => {
    for (const place of PAGES) {
      await visit(page, await addressOf(page, place));
      assert.ok((await page.locator("main h1").innerText()).trim(), `${place.name} has a heading`);
    }
  });
});

/** The address of a page of the table: its path, or the first matching link on it. */
async function addressOf(page, place) {
  if (!place.first) return place.path;
  await page.goto(place.path);
  const links = await page.locator("main a[href]").all();
  for (const link of links) {
    const address = new URL(await link.getAttribute("href"), page.url());
    if (place.first.test(address.pathname)) return address.pathname;
  }
  assert.fail(`${place.path} has no link to a ${place.name}`);
}
