// A second association in one trade: 49 members are too few, nobody leads two associations, being alike denies
// nothing by itself, and with an opinion on its necessity it is registered. Sixty days end after the holiday.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { launchBrowser, openPage, TELEPHONE } from "./support/browser.mjs";
import * as application from "./support/applications.mjs";
import { PASSWORD, expectAccepted, follow, moveClock, press } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const FIRST = "南京市示例家庭服务业协会";
const SECOND = "南京市示例家庭服务行业协会";
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
  // Who founds the first one, and who only gives an opinion, needs no JavaScript.
  [founder, second] = await Promise.all(
    ["applicant2", "officer2"].map((name) => openAs(browser, demo, name, { script: false })),
  );
  [officer, approver] = await Promise.all(["officer1", "approver"].map((name) => openAs(browser, demo, name)));
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("a second association in one trade", async (t) => {
  let applicant;
  let at;
  let number;

  await t.test("the guide says who may be registered beside whom", async () => {
    const visitor = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
    await visit(visitor, "/services");
    await follow(visitor, visitor.getByRole("link", { name: "社会团体成立登记" }));
    const text = await visitor.locator("main").innerText();
    for (const said of ["业务相同相似不得一律拒绝", "不得同时担任其他社会团体的法定代表人", "一地一会"]) {
      assert.ok(text.includes(said), said);
    }
    await inspect(visitor, "the guide");
    await visitor.context().close();
  });

  await t.test("the first one is registered", async () => {
    const first = await application.begin(founder, FIRST);
    await application.answer(founder, first, { head: { identity: LEADER } });
    await application.upload(founder, first);
    const its = await application.submit(founder, first);
    await application.act(officer, its, "受理");
    await application.review(its, [officer, second]);
    await application.allow(its, approver, officer);
  });

  await t.test("years later 49 members and the same leader are refused, each with its ground", async () => {
    await moveClock(founder, "2026-03-02T09:00");
    applicant = await openAs(browser, demo, "applicant3");
    at = await application.begin(applicant, SECOND);
    const few = { individual_members: "29", unit_members: "20" };
    await application.answer(applicant, at, { members: few, head: { identity: LEADER } });
    await application.upload(applicant, at);
    assert.equal(await application.submit(applicant, at), undefined);
    await application.expectRefused(applicant, /合计49/, "B1");
    await application.expectRefused(applicant, new RegExp(`已是${FIRST}的法定代表人`), "B5");
    await inspect(applicant, "the refused application");
  });

  await t.test("with 53 members and somebody else it is sent in; what is alike is only noted", async () => {
    await application.change(applicant, at, "会员", { individual_members: "30", unit_members: "23" });
    await application.change(applicant, at, "法定代表人和人员", { representative: "钱晴（示例）", identity: OTHER });
    number = await application.submit(applicant, at);
    assert.ok(number, "the receipt has a number");
  });

  await t.test("accepted on 2 March, sixty days end on 6 May, after the holiday", async () => {
    await application.act(officer, number, "受理");
    assert.ok((await officer.locator("main").innerText()).includes(FIRST), "the officer sees whom it is like");
    await visit(applicant, at);
    const line = await applicant.locator("tr", { hasText: "登记决定法定期限" }).innerText();
    assert.match(line.replace(/\s+/g, " "), /60 日（自然日） 2026年5月6日/);
    await application.review(number, [officer, second]);
  });

  await t.test("nobody denies it for being alike, or without reasons", async () => {
    await approver.visitAs(`/desk/cases/${number}`);
    await follow(approver, approver.getByRole("button", { name: "不予登记", exact: true }));
    const reasons = "同一区域已有业务相似的协会，没有必要成立。";
    await approver.locator("[name=ground][value=not_necessary]").check();
    await approver.getByLabel("理由", { exact: true }).fill(reasons);
    // Years after signing in the password is asked for again, and what was typed waits.
    await press(approver, "不予登记");
    assert.match(approver.url(), /\/password/);
    await approver.getByLabel("密码", { exact: true }).fill(PASSWORD);
    await press(approver, "确认");
    assert.equal(await approver.getByLabel("理由", { exact: true }).inputValue(), reasons, "what was typed is there");
    await press(approver, "不予登记");
    await application.expectRefused(approver, /业务相似不能单独作为不予登记的理由/, "B18");
    assert.equal(await approver.getByLabel("理由", { exact: true }).inputValue(), reasons, "what was typed stays");
    assert.ok(await approver.locator("[name=ground][value=not_necessary]").isChecked());
    await approver.getByLabel("理由", { exact: true }).fill("不行");
    await press(approver, "不予登记");
    await application.expectRefused(approver, /理由，至少10个字/, "B10");
    assert.match(await approver.locator("main").innerText(), /复议和诉讼权利/);
    await inspect(approver, "the refused denial");
  });

  await t.test("nor allows it before its necessity is on record", async () => {
    await approver.visitAs(`/desk/cases/${number}`);
    await follow(approver, approver.getByRole("button", { name: "准予登记", exact: true }));
    assert.equal(await approver.getByRole("button", { name: "准予登记" }).count(), 0, "what is barred is not offered");
    assert.match(await approver.locator("main").innerText(), /先由审查人员写明有必要成立的意见/);
    assert.ok(await approver.locator('main a[href$="/rules/B18"]').isVisible(), "with its ground");
    approver.troubles.length = 0; // The browser logs the status of the refused page.
    await officer.visitAs(`/desk/cases/${number}`);
    await follow(officer, officer.getByRole("button", { name: "提出必要性意见", exact: true }));
    await officer.locator("input[name=verdict][value=yes]").check();
    await officer.locator("#text").fill("现有协会以公司为主，新协会以个体服务者为主，有必要成立。");
    await press(officer, "提出必要性意见");
    await application.expectRefused(officer, /写明已有相似组织的全称/, "B18");
    await officer.locator("#named").fill(FIRST);
    await press(officer, "提出必要性意见");
    await expectAccepted(officer, "the opinion on necessity");
    await inspect(officer, "the case with its opinion");
  });

  await t.test("it is registered, and everyone finds both", async () => {
    await application.allow(number, approver, officer);
    const visitor = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
    await visit(visitor, "/");
    await visitor.getByRole("searchbox", { name: "查找社会组织、项目或合同" }).fill("家庭服务");
    await press(visitor, "搜索", visitor.locator("main"));
    for (const name of [FIRST, SECOND]) {
      assert.ok((await visitor.getByRole("link", { name, exact: true }).count()) > 0, name);
    }
    await visitor.context().close();
  });
});
