// A change that comes back once, is corrected, taken up and approved; and a cancellation from its ground to the
// announcement: the organisation asks, an officer takes it up and reviews, another person decides, the certificate is no
// longer good, and certificate, seals and vouchers are taken back.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { DESK, TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { expectAccepted, follow, press, pressConfirmed } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

/** Organisations of the demo, some of which have contracts or reviews under way. */
const ORGANISATIONS = ["org12", "org14", "org16", "org18", "org20", "org22", "org24", "org26", "org28", "org30"];

let demo;
let browser;
let own;
let officer;
let director;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  officer = await openAs(browser, demo, "officer1", { viewport: DESK });
  director = await openAs(browser, demo, "approver", { viewport: DESK });
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("a change that comes back once", async (t) => {
  let member;
  let caseAddress;
  let ownAddress;

  await t.test("the organisation asks", async () => {
    for (const account of ORGANISATIONS.toReversed()) {
      member = await openAs(browser, demo, account, { viewport: TELEPHONE });
      await member.visitAs("/me/changes?item=scope");
      if ((await member.locator("#value").count()) > 0) break;
      await member.context().close(); // Only filed: it asks elsewhere.
      member = undefined;
    }
    assert.ok(member, "one of them is registered");
    await give(member, "会议纪要");
    await ask(member, "社区养老服务（示例）");
    await expectAccepted(member, "the application");
    ownAddress = new URL(member.url()).pathname;
    await inspect(member, "the change that was asked for");
  });

  await t.test("an officer tells every defect, once", async () => {
    await officer.visitAs("/desk/endings");
    await follow(officer, officer.locator('a[href*="/desk/endings/c"]').first());
    caseAddress = new URL(officer.url()).pathname;
    await inspect(officer, "the change to be taken up");
    await officer.locator("#defects").fill("业务范围应当写明服务对象（示例）");
    await press(officer, "告知补正");
    await expectAccepted(officer, "the notice");
    await inspect(officer, "the returned change");
  });

  await t.test("the organisation corrects it", async () => {
    await member.visitAs("/me");
    assert.match(await member.locator("main").innerText(), /补正变更申请/);
    await member.visitAs(ownAddress);
    await follow(member, member.getByRole("button", { name: "去补正" }));
    await inspect(member, "the correction");
    await member.locator("#value").fill("面向老年人的社区养老服务（示例）");
    await press(member, "提交补正");
    await expectAccepted(member, "the correction");
  });

  await t.test("it is taken up, reviewed and approved", async () => {
    await officer.visitAs(caseAddress);
    assert.equal(await officer.locator("#defects").count(), 0, "a correction is asked for once");
    await press(officer, "受理");
    await expectAccepted(officer, "the acceptance");
    await officer.locator("#opinion").fill("材料齐全（示例）");
    await press(officer, "认为符合规定");
    await expectAccepted(officer, "the review");
    await director.visitAs(caseAddress);
    await director.locator("#decision").fill("符合规定（示例）");
    await pressConfirmed(director, "准予变更");
    await expectAccepted(director, "the decision");
    await member.visitAs(ownAddress);
    const page = await member.locator("main").innerText();
    assert.match(page, /准予变更/);
    assert.match(page, /补正材料一次性告知书/);
    await member.context().close();
  });

  async function give(page, kind) {
    await page.visitAs("/me/papers");
    await page.locator("#kind").selectOption({ label: kind });
    const file = { name: `${kind}.pdf`, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 paper") };
    await page.locator("input[type=file]").setInputFiles(file);
    await press(page, "存入一份材料");
    await expectAccepted(page, kind);
  }

  async function ask(page, value) {
    await visit(page, "/me/changes?item=scope");
    await page.locator("#value").fill(value);
    await page.locator("#consent_on").fill("2014-03-05");
    await page.locator("#reason").fill("业务发展（示例）");
    await page.getByLabel(/^会议纪要/).first().check();
    await press(page, "提交申请");
  }
});

test("a cancellation", async (t) => {
  let code;
  let name;
  let caseAddress;

  await t.test("whoever has open matters is told which", async () => {
    const busy = await openAs(browser, demo, "org01", { viewport: TELEPHONE });
    await busy.visitAs("/me/cancellation");
    assert.ok((await busy.locator(".app-tag--stop").count()) > 0, "open contracts stand in the way");
    await inspect(busy, "what stands in the way");
    await busy.context().close();
  });

  await t.test("an organisation without open matters gives its liquidation report", async () => {
    for (const account of ORGANISATIONS) {
      own = await openAs(browser, demo, account, { viewport: TELEPHONE });
      await own.visitAs("/me/cancellation");
      const isAsked = (await own.locator("#liquidated_on").count()) > 0; // Who is only filed is told to go elsewhere.
      if (isAsked && (await own.locator(".app-tag--stop").count()) === 0) break;
      await own.context().close();
      own = undefined;
    }
    assert.ok(own, "one of them has no open matters");
    await visit(own, "/me");
    const link = own.locator('main a[href^="/orgs/"]').first();
    code = (await link.getAttribute("href")).split("/")[2];
    await visit(own, "/me/papers");
    await own.locator("#kind").selectOption({ label: "清算报告" });
    const file = { name: "清算报告.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 report") };
    await own.locator("input[type=file]").setInputFiles(file);
    await press(own, "存入一份材料");
    await expectAccepted(own, "the liquidation report");
  });

  await t.test("the remainder never goes to the members", async () => {
    await ask("members");
    assert.equal(await own.locator("#remainder-error").count(), 1);
    assert.equal(await own.locator("#reason").inputValue(), "宗旨已经完成，清算完毕（示例）");
    own.troubles.length = 0; // The browser logs the status of the refused form.
    await inspect(own, "the refused application");
    await ask("nothing");
    await expectAccepted(own, "the application");
  });

  await t.test("one reviews and another decides", async () => {
    await officer.visitAs("/desk/endings");
    await follow(officer, officer.locator('a[href*="/desk/endings/e"]').first());
    caseAddress = new URL(officer.url()).pathname;
    name = await officer.locator("h1").innerText();
    await inspect(officer, "the case");
    assert.equal(await officer.locator("#opinion").count(), 0, "no opinion before it is taken up");
    await press(officer, "受理");
    await expectAccepted(officer, "the acceptance");
    await officer.locator("#opinion").fill("清算报告和材料齐全（示例）");
    await press(officer, "认为符合规定");
    await expectAccepted(officer, "the review");
    assert.equal(await officer.getByRole("button", { name: /^准予注销/ }).count(), 0, "who reviewed does not decide");
    await director.visitAs(caseAddress);
    await director.locator("#decision").fill("清算完毕，没有未了结事项，准予注销（示例）");
    await pressConfirmed(director, "准予注销");
    await expectAccepted(director, "the decision");
    await inspect(director, "the decided case");
  });

  await t.test("the window takes certificate, seals and vouchers back", async () => {
    await officer.visitAs("/desk");
    assert.match(await officer.locator("main").innerText(), /收回证书、印章和财务凭证/);
    await officer.visitAs(caseAddress);
    await officer.locator("input[name=seals][value=handed_in]").check();
    await officer.locator("input[name=vouchers][value=lost]").check();
    await officer.locator("#given_on").fill("2014-03-10");
    await press(officer, "记录");
    assert.equal(await officer.locator("#surrender_note-error").count(), 1, "a loss is announced");
    officer.troubles.length = 0; // The browser logs the status of the refused form.
    await inspect(officer, "the refused record");
    await officer.locator("#surrender_note").fill("示例日报声明");
    await press(officer, "记录");
    await expectAccepted(officer, "the record");
    await officer.locator("#void_reason").fill("多次通知未交回（示例）");
    await press(officer, "公告作废");
    await expectAccepted(officer, "declared void");
    assert.match(await officer.locator("main").innerText(), /未交回，已公告作废/);
    await inspect(officer, "what was given back");
  });

  await t.test("everyone reads the announcement, and the organisation's post has ended", async () => {
    const visitor = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
    await visit(visitor, `/orgs/${code}`);
    const record = await visitor.locator("main").innerText();
    assert.match(record, /宁民社销〔2014〕\d{4}号/);
    assert.match(record, /已注销/);
    await follow(visitor, visitor.locator('a[href*="/documents/"]', { hasText: "宁民社销" }).first());
    await inspect(visitor, "the decision");
    await visitor.context().close();
    const answer = await own.goto("/me/cancellation");
    assert.notEqual(new URL(own.url()).pathname === "/me/cancellation" && answer.status() === 200, true, name);
  });

  async function ask(remainder) {
    await visit(own, "/me/cancellation");
    await own.locator("#liquidated_on").fill("2014-03-05");
    await own.locator(`input[name=remainder][value=${remainder}]`).check();
    await own.locator("#reason").fill("宗旨已经完成，清算完毕（示例）");
    await own.getByLabel(/^清算报告/).first().check();
    await press(own, "提交申请");
  }
});
