// Being a charity from the refusal before the Charity Law to the end: an organisation explains condition by
// condition, one officer asks for a correction and checks, the term is extended, another person recognises it,
// everyone sees it; then it turns out that it deceived.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { DESK, TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { explainAll, givePapers } from "./support/charity.mjs";
import { expectAccepted, faults, follow, moveClock, press, pressConfirmed } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const ORGANISATION = "org03";
/** The Monday after the Charity Law came into force. */
const LAW = "2016-09-05T09:00";

let demo;
let browser;
let own;
let officer;
let director;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  own = await openAs(browser, demo, ORGANISATION, { viewport: TELEPHONE });
  officer = await openAs(browser, demo, "officer1", { viewport: DESK });
  director = await openAs(browser, demo, "approver", { viewport: DESK });
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("recognition as a charity", async (t) => {
  let code;
  let address;

  await t.test("before the law the page says so, with its rule", async () => {
    await own.visitAs("/me");
    code = (await own.locator('main a[href^="/orgs/"]').first().getAttribute("href")).split("/")[2];
    await follow(own, own.locator('main a[href="/me/charity"]').first());
    const page = await own.locator("main").innerText();
    assert.match(page, /慈善法自2016年9月1日起施行，在这之前没有慈善组织可以登记或者认定/);
    assert.ok((await own.locator('main a[href="/rules/B46"]').count()) > 0);
    assert.equal(await own.locator("input[name^=met_]").count(), 0, "nothing to fill in");
    await inspect(own, "before the law");
  });

  await t.test("with the law everything that is missing is told at once and nothing typed is lost", async () => {
    const visitor = await openPage(browser, { address: demo.address });
    await moveClock(visitor, LAW);
    await visitor.context().close();
    await givePapers(own, ["审计报告", "会议纪要"]);
    await own.visitAs("/me/charity");
    await inspect(own, "the form");
    await own.locator("#says_finance").fill("有财务制度（示例）");
    await press(own, "提交申请");
    const said = (await faults(own)).join("\n");
    for (const missing of [/请说明申请理由/, /开展慈善活动为宗旨/, /缺少“会议纪要”/, /书面承诺/]) assert.match(said, missing);
    assert.equal(await own.locator("#says_finance").inputValue(), "有财务制度（示例）");
    own.troubles.length = 0; // The browser logs the status of the refused form.
    await inspect(own, "the refused form");
    await own.locator("#statement").fill("面向社会扶老助困（示例）");
    await explainAll(own);
    await press(own, "提交申请");
    await expectAccepted(own, "the application");
    address = new URL(own.url()).pathname.replace("/me/", "/desk/");
    await inspect(own, "the application");
  });

  await t.test("one correction, and the form is as it was", async () => {
    await officer.visitAs("/desk");
    await follow(officer, officer.locator(`a[href="${address}"]`).first());
    await inspect(officer, "the case");
    await officer.locator("#defects").fill("补充表决情况（示例）");
    await press(officer, "告知补正");
    await expectAccepted(officer, "the correction");
    await own.visitAs("/me");
    await follow(own, own.locator('main a[href^="/me/charity/"]').first());
    assert.equal(await own.locator("#says_finance").inputValue(), "符合，见章程和制度（示例）");
    await inspect(own, "to be corrected");
    await explainAll(own);
    await press(own, "提交补正");
    await expectAccepted(own, "the corrected application");
  });

  await t.test("one checks, the term is extended, another recognises", async () => {
    await officer.visitAs(address);
    assert.equal(await officer.getByRole("button", { name: "告知补正" }).count(), 0, "only once");
    await press(officer, "受理");
    await expectAccepted(officer, "the acceptance");
    await director.visitAs(address);
    await inspect(director, "to be extended");
    await director.locator("#approval").fill("民函〔2016〕示例1号，2016年9月5日");
    await director.locator("#extension_reason").fill("需要多部门核实（示例）");
    await press(director, "延长期限并告知");
    await expectAccepted(director, "the extension");
    assert.match(await director.locator("main").innerText(), /延长办理期限告知书/);
    await officer.visitAs(address);
    for (const box of await officer.locator("input[name^=found_][value=yes]").all()) await box.check();
    await officer.locator("#opinion").fill("逐项核对，均符合（示例）");
    await inspect(officer, "the check");
    await press(officer, "提交审查意见");
    await expectAccepted(officer, "the opinion");
    assert.equal(await officer.getByRole("button", { name: "认定为慈善组织" }).count(), 0, "who reviewed does not decide");
    await director.visitAs(address);
    await director.locator("#decision").fill("各项条件均符合（示例）");
    await pressConfirmed(director, "不予认定");
    assert.match((await faults(director)).join(), /不予认定要有依据/);
    director.troubles.length = 0;
    await inspect(director, "the refused denial");
    await pressConfirmed(director, "认定为慈善组织");
    await expectAccepted(director, "the recognition");
    await inspect(director, "decided");
  });

  await t.test("everyone sees the charity and its decision", async () => {
    const visitor = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
    await visit(visitor, "/orgs?charity=yes");
    await follow(visitor, visitor.locator(`a[href="/orgs/${code}"]`).first());
    assert.match(await visitor.locator("main").innerText(), /自2016年9月5日起（宁民慈认〔2016〕0001号）/);
    await inspect(visitor, "the profile");
    await visit(visitor, "/services/charity");
    await visit(visitor, "/rules/B46");
    await visitor.context().close();
    await own.visitAs("/me/charity");
    assert.match(await own.locator("main").innerText(), /本组织自2016年9月5日起是慈善组织/);
    await inspect(own, "the charity's page");
    await follow(own, own.locator('main a[href^="/me/charity/"]').first());
    await follow(own, own.locator('main a[href^="/documents/"]', { hasText: "认定决定书" }).first());
    await inspect(own, "the decision");
  });

  await t.test("whoever deceived is told, heard and no charity any more", async () => {
    await officer.visitAs(address);
    await officer.locator("#false_facts").fill("会议纪要系伪造（示例）");
    await press(officer, "出具事先告知书");
    await expectAccepted(officer, "the notice");
    await director.visitAs(address);
    assert.equal(await director.getByRole("button", { name: "撤销认定并公告" }).count(), 0, "not before the answer");
    await inspect(director, "waiting for the answer");
    await own.visitAs("/me");
    await follow(own, own.locator('main a[href^="/me/charity/"]').first());
    await own.locator("#answer").fill("没有异议（示例）");
    await inspect(own, "the answer");
    await press(own, "提交陈述、申辩");
    await expectAccepted(own, "the answer");
    await director.visitAs(address);
    await director.locator("#annulment").fill("属实（示例）");
    await inspect(director, "to be annulled");
    await pressConfirmed(director, "撤销认定并公告");
    await expectAccepted(director, "the annulment");
    const visitor = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
    await visit(visitor, `/orgs/${code}`);
    assert.match(await visitor.locator("main").innerText(), /2016年9月5日至2016年9月5日，已终止/);
    await visitor.context().close();
  });
});
