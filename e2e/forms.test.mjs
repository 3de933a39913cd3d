// Forms before they are sent: filters refresh their list in place, a field says at once what cannot stay, drafts
// save themselves. And the same forms without JavaScript, where the buttons do it all.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { DESK, TELEPHONE, launchBrowser, openPage, withoutScript } from "./support/browser.mjs";
import { faults, press } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect } from "./support/visit.mjs";

const SHEET = "/tenders/NJGZ-2014-019/bid";
const NEW = "/desk/organisations/new";
/** A tender that its office is still drafting. */
const DRAFTING = "/desk/tenders/NJGZ-2014-020/requirement";
/** A wrong check character: the sentence must say which place. */
const WRONG_CODE = "53100000500020462H";
const RIGHT_CODE = "53100000500020462K";
/** Each list with one of its filters: a choice, or words to type. They share one mechanism, so few are looked at whole. */
const LISTS = [
  { path: "/orgs", name: "district", choose: 3, isLookedAt: true },
  { path: "/tenders", name: "stage", choose: 2 },
  { path: "/purchase/catalogue", name: "office", choose: 2 },
  { path: "/contracts", name: "q", words: "养老" },
  { path: "/results", name: "q", words: "养老" },
  { path: "/rules", name: "q", words: "公告" },
  { path: "/search", name: "q", words: "养老" },
  { path: "/desk", name: "kind", choose: 1, who: "lead1", isLookedAt: true },
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

for (const list of LISTS) {
  test(`the list of ${list.path} follows its filter in place`, async () => {
    const page = await openPerson(list.who);
    await page.visitAs(list.path);
    const field = page.locator(`main [name=${list.name}]`);
    await page.evaluate(() => { globalThis.isSamePage = true; });
    await field.focus();
    if (list.words) await field.pressSequentially(list.words);
    else await field.selectOption({ index: list.choose });
    await page.waitForFunction(() => document.getElementById("results-said").textContent.trim() !== "");
    assert.ok(await page.evaluate(() => globalThis.isSamePage), "the page was not loaded again");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("name")), list.name, "the focus stays");
    const address = new URL(page.url());
    assert.equal(address.searchParams.get(list.name), await field.inputValue(), "the address can be shared");
    if (list.isLookedAt) await inspect(page);
    assert.deepEqual(page.troubles, []);
    const said = await page.locator("#results-said").innerText();
    await page.goto(page.url());
    assert.equal(await page.locator("#results").getAttribute("data-said"), said, "the address gives the same list");
    await page.context().close();
  });
}

test("Back gives the list and the filter as they were", async () => {
  const page = await openPage(browser, { address: demo.address });
  await page.goto("/orgs");
  const all = await page.locator("#results").getAttribute("data-said");
  await page.locator("#district").selectOption({ index: 3 });
  await page.waitForURL(/district=/);
  await page.locator("#street").waitFor();
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.goBack()]);
  await page.waitForFunction((said) => document.getElementById("results")?.dataset.said === said, all);
  assert.equal(new URL(page.url()).search, "");
  assert.equal(await page.locator("#district").inputValue(), "");
  await inspect(page);
  await page.context().close();
});

test("a field says what cannot stay as soon as it is left, and is quiet once it is mended", async () => {
  const page = await openPerson("lead1");
  await page.visitAs(NEW);
  await page.locator("#code").fill(WRONG_CODE);
  await page.locator("#name").focus();
  const sentence = page.locator("#code-error");
  await sentence.waitFor();
  assert.match(await sentence.innerText(), /第 \S*18\S* 位/);
  assert.match(await page.locator("#code").getAttribute("aria-describedby"), /code-hint code-error/);
  const told = page.locator("form[data-check] > [role=status]");
  assert.ok((await told.allInnerTexts()).join("").includes(await sentence.innerText()), "it is read out");
  assert.equal(await page.evaluate(() => document.activeElement.id), "name", "the focus stays");
  assert.equal(await page.locator("#name-error").count(), 0, "what was not touched is left alone");
  await inspect(page);
  await page.locator("#code").fill(RIGHT_CODE);
  await sentence.waitFor({ state: "detached" });
  assert.equal(await page.locator("#code").getAttribute("aria-invalid"), null);
  await page.locator("#registered_on").fill("2012-02-30");
  await page.locator("#domicile").focus();
  await page.locator("#registered_on-error").waitFor();
  await press(page, "保存");
  page.troubles.splice(0); // the browser logs the status 422
  assert.equal(await page.locator("#code").inputValue(), RIGHT_CODE, "everything typed is still there");
  assert.ok((await page.locator(".govuk-error-summary a[href='#registered_on']").count()) > 0, "the form says the same");
  await page.locator("#registered_on").fill("2012-03-05");
  await page.locator("#domicile").focus();
  await page.locator("#registered_on-error").waitFor({ state: "detached" });
  assert.equal(await page.locator(".govuk-error-summary a[href='#registered_on']").count(), 0, "nor does the summary");
  await inspect(page);
  await page.context().close();
});

test("a bid saves itself, survives a reload and another window, and loses nothing", async () => {
  const page = await openPerson("org03");
  await page.visitAs(SHEET);
  await page.getByLabel("联系人", { exact: true }).fill("吴静（示例）");
  await saved(page);
  await inspect(page);
  await page.reload();
  assert.equal(await page.getByLabel("联系人", { exact: true }).inputValue(), "吴静（示例）");
  const other = await page.context().newPage();
  await other.goto(SHEET);
  await other.getByLabel("联系人", { exact: true }).fill("郑平（示例）");
  await saved(other);
  await other.close();
  await page.getByLabel("服务方案", { exact: true }).fill("按采购需求逐项完成（示例）。");
  await page.locator(".app-saved--bad a").waitFor();
  page.troubles.splice(0); // the browser logs the status 409 that we asked for
  assert.match(await page.locator(".app-saved").innerText(), /自动保存已停止/);
  await inspect(page);
  await press(page, "保存草稿");
  assert.equal((await faults(page)).length, 1, "the form comes back");
  page.troubles.splice(0);
  assert.equal(await page.getByLabel("服务方案", { exact: true }).inputValue(), "按采购需求逐项完成（示例）。");
  await press(page, "保存草稿");
  assert.deepEqual(await faults(page), []);
  await page.context().close();
});

test("what was typed while the server could not be reached is there again, and is saved", async () => {
  const page = await openPerson("staff-jiuzhu");
  await page.visitAs(DRAFTING);
  await page.route(`**${DRAFTING}`, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await page.locator("#deliverables").fill("每月一份过程记录（示例）。");
  await page.locator(".app-saved--bad").waitFor();
  page.troubles.splice(0); // the requests that we broke
  await page.unroute(`**${DRAFTING}`);
  await page.reload();
  assert.equal(await page.locator("#deliverables").inputValue(), "每月一份过程记录（示例）。");
  await saved(page);
  await page.reload();
  assert.equal(await page.locator("#deliverables").inputValue(), "每月一份过程记录（示例）。");
  assert.equal(await page.evaluate(() => Object.keys(localStorage).length), 0, "the device keeps no copy of what is saved");
  await page.context().close();
});

test("without JavaScript the same forms work by their buttons", async () => {
  await withoutScript(browser, { address: demo.address, viewport: TELEPHONE }, async (page) => {
    await page.goto("/orgs");
    await page.locator("#district").selectOption({ index: 3 });
    await press(page, "应用筛选");
    assert.match(page.url(), /district=\d{6}/);
    assert.equal(await page.locator("#street").count(), 1);
    await inspect(page);
  });
  const page = await openAs(browser, demo, "lead1", { script: false, viewport: DESK });
  await page.visitAs(NEW);
  await page.locator("#code").fill(WRONG_CODE);
  await press(page, "保存");
  assert.match(await page.locator("#code-error").innerText(), /第 \S*18\S* 位/);
  assert.equal(await page.locator("#code").inputValue(), WRONG_CODE);
  await page.context().close();
  const bidder = await openAs(browser, demo, "org04", { script: false, viewport: TELEPHONE });
  await bidder.visitAs(SHEET);
  await bidder.getByLabel("联系人", { exact: true }).fill("吴静（示例）");
  await press(bidder, "保存草稿");
  assert.equal(await bidder.getByLabel("联系人", { exact: true }).inputValue(), "吴静（示例）");
  await bidder.context().close();
});

/** A page for the account called `who`, or for a visitor. */
async function openPerson(who) {
  if (who) return openAs(browser, demo, who);
  const page = await openPage(browser, { address: demo.address });
  page.visitAs = (path) => page.goto(path);
  return page;
}

/** Waits until the form says at what time it saved itself. */
async function saved(page) {
  await page.waitForFunction(() => /已于 \S*\d\d:\d\d\S* 自动保存/.test(document.querySelector(".app-saved").textContent));
}
