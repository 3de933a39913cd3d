// A change of head: whoever already leads an association is refused with the ground, the right one is approved by two
// people, and the number by which both were looked up is shown on no page. The area of activity is narrowed as well.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import * as application from "./support/applications.mjs";
import { DESK, TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { expectAccepted, follow, press, pressConfirmed } from "./support/forms.mjs";
import { accountsOf, openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const FIRST = "南京市示例家庭服务业协会";
const LEADER = application.identity("32011419690305002");
const OTHER = application.identity("32010519700305003");

let demo;
let browser;
let founder;
let officer;
let second;
let approver;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  [founder, second, officer, approver] = await Promise.all(
    ["applicant2", "officer2", "officer1", "approver"].map((name) =>
      openAs(browser, demo, name, { viewport: DESK }),
    ),
  );
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("a change of head", async (t) => {
  let own;
  let caseAddress;

  await t.test("somebody leads an association that works in one district", async () => {
    const at = await application.begin(founder, FIRST);
    await application.answer(founder, at, { purpose: { area: "南京市秦淮区" }, head: { identity: LEADER } });
    await application.upload(founder, at);
    const number = await application.submit(founder, at);
    assert.ok(number, "the receipt has a number");
    await application.act(officer, number, "受理");
    await application.review(number, [officer, second]);
    await application.allow(number, approver, officer);
    const visitor = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
    await visit(visitor, `/search?q=${encodeURIComponent(FIRST)}`);
    await follow(visitor, visitor.getByRole("link", { name: FIRST, exact: true }).first());
    assert.match(await visitor.locator("main").innerText(), /活动地域\s*南京市秦淮区/);
    const line = visitor.locator("tr", { hasText: "登记证书" }).locator('a[href*="/documents/"]').first();
    await visit(visitor, await line.getAttribute("href"));
    const certificate = (await visitor.locator("main").innerText()).replace(/\s+/g, " ");
    assert.match(certificate, /宗旨 服务行业（示例）/);
    assert.match(certificate, /活动地域 南京市秦淮区/);
    await inspect(visitor, "the certificate");
    await visitor.context().close();
  });

  await t.test("another association gives its minutes and its audit", async () => {
    for (const account of accountsOf(demo, "organisation_user")) {
      own = await openAs(browser, demo, account, { viewport: TELEPHONE });
      await own.visitAs("/me/changes");
      const areas = await own.locator('a[href*="item=area"]').count(); // Associations alone register an area.
      if (areas > 0) break;
      await own.context().close();
      own = undefined;
    }
    assert.ok(own, "one of them is an association");
    await inspect(own, "the registered items");
    await visit(own, "/me/papers");
    for (const kind of ["会议纪要", "审计报告"]) {
      await own.locator("#kind").selectOption({ label: kind });
      const file = { name: `${kind}.pdf`, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 paper") };
      await own.locator("input[type=file]").setInputFiles(file);
      await press(own, "存入一份材料");
      await expectAccepted(own, kind);
    }
  });

  await t.test("whoever leads one already is refused, with the ground and everything typed", async () => {
    await ask(LEADER);
    await application.expectRefused(own, new RegExp(`已是${FIRST}的法定代表人`), "B5");
    assert.match(await own.locator("#identity-error").innerText(), /不得同时担任/);
    assert.equal(await own.locator("#value").inputValue(), "钱晴（示例）");
    own.troubles.length = 0; // The browser logs the status of the refused form.
    await inspect(own, "the refused change");
  });

  await t.test("somebody else is asked for", async () => {
    await ask(OTHER);
    await expectAccepted(own, "the application");
    await inspect(own, "the case");
    assert.ok(!(await own.content()).includes(OTHER), "the number is shown nowhere");
  });

  await t.test("one reads that nobody of this number leads another one, and another person decides", async () => {
    await officer.visitAs("/desk/endings");
    await follow(officer, officer.locator('a[href*="/desk/endings/c"]').first());
    caseAddress = new URL(officer.url()).pathname;
    const said = await officer.locator("main").innerText();
    assert.match(said, /登记库没有该人担任其他社会团体、基金会法定代表人的记载/);
    assert.ok(!(await officer.content()).includes(OTHER), "nor to the office");
    await inspect(officer, "the change on the desk");
    await press(officer, "受理");
    await expectAccepted(officer, "the acceptance");
    await officer.locator("#opinion").fill("材料齐全，任职情况已核对（示例）");
    await press(officer, "认为符合规定");
    await expectAccepted(officer, "the review");
    await approver.visitAs(caseAddress);
    await approver.locator("#decision").fill("符合规定，准予变更（示例）");
    await pressConfirmed(approver, "准予变更");
    await expectAccepted(approver, "the decision");
  });

  await t.test("its area of activity is narrowed to a district of its registrar", async () => {
    await visit(own, "/me/changes?item=area");
    const offered = await own.locator("#value option").allInnerTexts();
    assert.ok(offered.includes("南京市") && offered.every((area) => area.startsWith("南京市")), offered.join(" "));
    await own.locator("#value").selectOption("南京市玄武区");
    await common("活动范围调整（示例）");
    await expectAccepted(own, "the application");
    await inspect(own, "the change of area");
  });

  async function ask(identity) {
    await visit(own, "/me/changes?item=legal_representative");
    await own.locator("#value").fill("钱晴（示例）");
    await own.locator("#identity").fill(identity);
    await own.locator("input[name=leads_other][value=no]").check();
    await own.locator("input[name=lost_rights][value=no]").check();
    await common("换届（示例）");
  }

  async function common(reason) {
    await own.locator("#consent_on").fill("2014-03-05");
    await own.locator("#reason").fill(reason);
    for (const paper of await own.locator("input[name=papers]").all()) await paper.check();
    await press(own, "提交申请");
  }
});
