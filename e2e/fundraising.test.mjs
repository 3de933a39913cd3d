// Public fundraising from the refusal before the Charity Law to the certificate that everyone can verify: a charity
// explains condition by condition, one officer asks for a correction and checks, another person decides.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { DESK, TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { applyForCharity, givePapers, recognise } from "./support/charity.mjs";
import { expectAccepted, faults, follow, moveClock, press, pressConfirmed } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

/** Rated 4A until March 2019. */
const GRADED = "org03";
/** The Monday after the Charity Law came into force. */
const LAW = "2016-09-05T09:00";
/** Two years after the Charity Law came into force: what its first wording asks for. */
const LATER = "2018-09-10T09:00";

let demo;
let browser;
let own;
let officer;
let director;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  own = await openAs(browser, demo, GRADED, { viewport: TELEPHONE });
  officer = await openAs(browser, demo, "officer1", { viewport: DESK });
  director = await openAs(browser, demo, "approver", { viewport: DESK });
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Ticks and explains every condition of the form. */
async function explain() {
  for (const box of await own.locator("input[name^=met_]").all()) await box.check();
  for (const text of await own.locator("textarea[name^=says_]").all()) await text.fill("符合，见章程和制度（示例）");
  for (const paper of await own.locator("input[name=papers]").all()) await paper.check();
  await own.locator("#promise").check();
}

test("the qualification to raise funds from the public", async (t) => {
  let code;
  let address;

  await t.test("before the law the page says so, with its rule", async () => {
    await own.visitAs("/me");
    code = (await own.locator('main a[href^="/orgs/"]').first().getAttribute("href")).split("/")[2];
    await follow(own, own.locator('main a[href="/me/fundraising"]').first());
    const page = await own.locator("main").innerText();
    assert.match(page, /慈善法已经施行（2016年9月1日起）/);
    assert.match(page, /慈善法自2016年9月1日起施行，在这之前没有公开募捐资格可以申请/);
    assert.ok((await own.locator('main a[href="/rules/B39"]').count()) > 0);
    await inspect(own, "before the law");
  });

  await t.test("two years into the law it is a charity and may apply", async () => {
    const visitor = await openPage(browser, { address: demo.address });
    await moveClock(visitor, LAW);
    await givePapers(own, ["审计报告", "会议纪要"]);
    await recognise({ officer, director }, await applyForCharity(own));
    await moveClock(visitor, LATER);
    await visitor.context().close();
    await own.visitAs("/me/fundraising");
    assert.equal(await own.locator("input[name^=met_]").count(), 5, "Decree 59 asks for five");
    await inspect(own, "the form");
  });

  await t.test("everything that is missing is told at once and nothing typed is lost", async () => {
    await own.locator("#says_tax").fill("按时纳税（示例）");
    await press(own, "提交申请");
    const said = (await faults(own)).join("\n");
    for (const missing of [/内部治理结构/, /缺少“审计报告”/, /缺少“会议纪要”/, /书面承诺/]) assert.match(said, missing);
    assert.equal(await own.locator("#says_tax").inputValue(), "按时纳税（示例）");
    own.troubles.length = 0; // The browser logs the status of the refused form.
    await inspect(own, "the refused form");
    await explain();
    await press(own, "提交申请");
    await expectAccepted(own, "the application");
    address = new URL(own.url()).pathname.replace("/me/", "/desk/");
    await inspect(own, "the application");
  });

  await t.test("one correction, and the form is as it was", async () => {
    await officer.visitAs("/desk");
    await follow(officer, officer.locator(`a[href="${address}"]`).first());
    await inspect(officer, "the case");
    await officer.locator("#defects").fill("补充年度支出专项信息（示例）");
    await press(officer, "告知补正");
    await expectAccepted(officer, "the correction");
    await own.visitAs("/me");
    await follow(own, own.locator('main a[href^="/me/fundraising/"]').first());
    assert.equal(await own.locator("#says_tax").inputValue(), "符合，见章程和制度（示例）");
    await inspect(own, "to be corrected");
    await explain();
    await press(own, "提交补正");
    await expectAccepted(own, "the corrected application");
  });

  await t.test("one checks condition by condition, another decides", async () => {
    await officer.visitAs(address);
    assert.equal(await officer.getByRole("button", { name: "告知补正" }).count(), 0, "only once");
    await press(officer, "受理");
    await expectAccepted(officer, "the acceptance");
    for (const box of await officer.locator("input[name^=found_][value=yes]").all()) await box.check();
    await officer.locator("#opinion").fill("逐项核对，均符合（示例）");
    await inspect(officer, "the check");
    await press(officer, "提交审查意见");
    await expectAccepted(officer, "the opinion");
    assert.equal(await officer.getByRole("button", { name: "发给证书" }).count(), 0, "who reviewed does not decide");
    await director.visitAs(address);
    await director.locator("#decision").fill("各项条件均符合（示例）");
    await pressConfirmed(director, "不予发证");
    assert.match((await faults(director)).join(), /不予发证要有依据/);
    director.troubles.length = 0;
    await inspect(director, "the refused denial");
    await pressConfirmed(director, "发给证书");
    await expectAccepted(director, "the certificate");
    await inspect(director, "decided");
  });

  await t.test("everyone sees and verifies the certificate", async () => {
    const visitor = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
    await visit(visitor, "/orgs?fundraising=yes");
    await follow(visitor, visitor.locator(`a[href="/orgs/${code}"]`).first());
    assert.match(await visitor.locator("main").innerText(), /可以面向公众募捐：公开募捐资格证书 宁民募〔2018〕0001号/);
    await inspect(visitor, "the profile");
    await follow(visitor, visitor.getByRole("link", { name: "核验证书" }));
    assert.match(await visitor.locator("main").innerText(), /现行有效/);
    await inspect(visitor, "the verification");
    await follow(visitor, visitor.locator('a[href^="/documents/"]').first());
    await inspect(visitor, "the certificate");
    await visit(visitor, "/services/fundraising");
    await visitor.context().close();
    await own.visitAs("/me/fundraising");
    assert.match(await own.locator("main").innerText(), /已取得公开募捐资格证书/);
    await inspect(own, "the holder's page");
  });
});
