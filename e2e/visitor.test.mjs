// A visitor without an account looks around: every public page, in both languages, at a desk and on a
// telephone, and all of them without JavaScript.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { DESK, TELEPHONE, launchBrowser, openPage, withoutScript } from "./support/browser.mjs";
import { picture } from "./support/pictures.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

// The public pages. `first` opens the first link of a list whose address matches, to reach a single record;
// `then` is what follows that record's address.
const PAGES = [
  { name: "home", path: "/" },
  { name: "directory", path: "/orgs" },
  { name: "profile", path: "/orgs", first: /^\/orgs\/[^/?#.]+$/ },
  { name: "search", path: "/search?q=养老" },
  { name: "offices", path: "/offices" },
  { name: "office", path: "/offices/fushi" },
  { name: "purchase", path: "/purchase" },
  { name: "catalogue", path: "/purchase/catalogue" },
  { name: "item", path: "/purchase/catalogue", first: /^\/purchase\/catalogue\/[^/?#]+$/ },
  { name: "measures", path: "/purchase/measures" },
  { name: "edition of the measures", path: "/purchase/measures", first: /^\/purchase\/measures\/\d+$/ },
  { name: "batch", path: "/purchase/batches/2014-1" },
  { name: "tenders", path: "/tenders" },
  { name: "open tender", path: "/tenders/NJGZ-2014-008" },
  { name: "tender", path: "/tenders/NJGZ-2014-001" },
  { name: "questions", path: "/tenders/NJGZ-2014-001/qa" },
  { name: "corrections", path: "/tenders/NJGZ-2014-001/corrections" },
  { name: "deadlines", path: "/tenders/NJGZ-2014-001/deadlines" },
  { name: "notice", path: "/tenders/NJGZ-2014-001/notice" },
  { name: "opening room", path: "/tenders/NJGZ-2014-001/opening" },
  { name: "opening record", path: "/tenders/NJGZ-2014-001/opening/record" },
  { name: "live session", path: "/tenders/NJGZ-2014-001/session" },
  { name: "result", path: "/tenders/NJGZ-2014-001/result" },
  { name: "draw", path: "/tenders/NJGZ-2014-001/draw" },
  { name: "report", path: "/tenders/NJGZ-2014-001/report" },
  { name: "results", path: "/results" },
  { name: "contracts", path: "/contracts" },
  { name: "contract", path: "/contracts", first: /^\/contracts\/[^/?#]+$/ },
  { name: "contract document", path: "/contracts", first: /^\/contracts\/[^/?#]+$/, then: "/document" },
  { name: "rules", path: "/rules" },
  { name: "rule", path: "/rules/C18" },
  { name: "calendar", path: "/rules/calendar/2014" },
  { name: "about", path: "/about" },
  { name: "help", path: "/help" },
  { name: "verify", path: "/verify" },
  { name: "open data", path: "/open-data" },
  { name: "accessibility", path: "/accessibility" },
  { name: "privacy", path: "/privacy" },
  { name: "sitemap", path: "/sitemap" },
  { name: "API manual", path: "/api/docs" },
  { name: "style guide", path: "/style" },
  { name: "demo accounts", path: "/demo" },
  { name: "sign in", path: "/sign-in" },
  { name: "sign up", path: "/sign-up" },
  { name: "guide to filing", path: "/services/filing" },
  { name: "blank application form", path: "/services/social-association/forms/application" },
  { name: "blank list of the council", path: "/services/foundation/forms/list" },
  { name: "outline of a charter", path: "/services/social-service-institution/forms/charter" },
  { name: "announcements", path: "/announcements" },
  { name: "cases behind a promise", path: "/promises/simpler-procedure" },
  { name: "filed organisation", path: "/orgs?legal=filed", first: /^\/orgs\/BA\d+$/ },
];
const LANGUAGES = [
  { code: "zh-CN", lang: /^zh/, prefix: "" },
  { code: "en", lang: /^en/, prefix: "/en" },
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
    test(`every public page in ${language.code} at ${viewport.width} px`, async (t) => {
      const page = await openPage(browser, { address: demo.address, viewport, locale: language.code });
      for (const place of PAGES) {
        await t.test(place.name, async () => {
          await visit(page, await addressOf(page, place, language.prefix));
          assert.match(await page.getAttribute("html", "lang"), language.lang);
          assert.equal(await page.locator("h1").count(), 1, "one h1");
        });
      }
      await page.context().close();
    });
  }
}

test("the language link changes the language and stays on the page", async () => {
  const page = await openPage(browser, { address: demo.address });
  await visit(page, "/orgs");
  const link = page.getByRole("link", { name: "English" });
  await Promise.all([page.waitForURL("**/en/orgs"), link.click()]);
  assert.match(await page.getAttribute("html", "lang"), /^en/);
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
  await visit(page, "/orgs");
  await page.keyboard.press("Tab");
  const target = await page.evaluate(() => document.activeElement.getAttribute("href"));
  assert.match(target ?? "", /^#/);
  assert.equal(await page.locator(`main${target}`).count(), 1);
  await page.context().close();
});

test("the public pages also work without JavaScript", async () => {
  await withoutScript(browser, { address: demo.address }, async (page) => {
    for (const place of PAGES) {
      await visit(page, await addressOf(page, place));
      assert.ok((await page.locator("h1").first().innerText()).trim(), `${place.name} has a heading`);
    }
  });
});

test("the picture of the README is taken", { skip: !process.env.PICTURES }, async () => {
  const page = await openPage(browser, { address: demo.address });
  await page.goto("/");
  await picture(page, "home");
  await page.context().close();
});

/** The address of a page of the table, in the language of `prefix`. */
async function addressOf(page, place, prefix = "") {
  const path = prefix && place.path === "/" ? prefix : prefix + place.path;
  if (!place.first) return path;
  await page.goto(path);
  for (const link of await page.locator("main a[href]").all()) {
    const { pathname } = new URL(await link.getAttribute("href"), page.url());
    if (place.first.test(pathname.slice(prefix.length))) return pathname + (place.then ?? "");
  }
  assert.fail(`${path} has no link to a ${place.name}`);
}
