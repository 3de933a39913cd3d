// A yearly inspection that an organisation stays away from: no fail is recorded for it, it cannot be rated, it is
// listed within five working days, and after a second year its revocation is proposed, heard and decided. Beside
// it one organisation passes with a basic result and mends it, and a fine of 50,000 leads to the serious list.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { launchBrowser, openPage, TELEPHONE } from "./support/browser.mjs";
import { expectRefused } from "./support/applications.mjs";
import { expectAccepted, follow, moveClock, press, pressConfirmed } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const ABSENT = "南京市江宁区乐龄养老服务中心（示例）";
const BASIC = "南京市晨曦儿童关爱中心（示例）";
const FINED = "南京市残障人士融合发展中心（示例）";

let demo;
let browser;
let inspector;
let director;
let clerk;
let head;
let own;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  own = await openAs(browser, demo, "org19", { viewport: TELEPHONE });
  [inspector, director, clerk, head] = await Promise.all(
    ["inspector", "inspection-director", "credit-officer", "credit-director"].map((name) => openAs(browser, demo, name)),
  );
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Opens what the inbox gives a reader to do with an organisation. */
async function openTask(page, what, name) {
  await page.visitAs("/desk");
  const row = page.locator("tr", { hasText: what }).filter({ hasText: name });
  await follow(page, row.getByRole("link", { name }).first());
}

async function sent(page, name, what) {
  await press(page, name);
  await expectAccepted(page, what);
}

test("an inspection that nobody came to", async (t) => {
  await t.test("a pass with an open ground and a fail without a serious one are refused; a basic result is mended", async () => {
    await openTask(inspector, "审查年检报告", BASIC);
    await inspector.locator("[name='ground.finance']").selectOption("minor");
    await press(inspector, "提交审查意见");
    await expectRefused(inspector, /未消除的情形，不能定为合格/, "B26");
    await inspector.locator("[name=outcome][value=fail]").check();
    await press(inspector, "提交审查意见");
    await expectRefused(inspector, /没有情节严重的情形，不能定为不合格/, "B26");
    await inspector.locator("[name=outcome][value=basic_pass]").check();
    await sent(inspector, "提交审查意见", "the opinion");
    await openTask(director, "核定年检结论", BASIC);
    await sent(director, "作出结论", "the outcome");
    assert.match(await director.locator("main").innerText(), /整改截止日\s+2014年6月10日/, "three months to mend");
    const mending = await openAs(browser, demo, "org15", { viewport: TELEPHONE });
    await mending.visitAs("/me");
    await follow(mending, mending.locator("tr", { hasText: "整改" }).getByRole("link"));
    await press(mending, "报送整改报告");
    await expectRefused(mending, /请写明整改情况/, "B27");
    await mending.getByLabel("整改情况").fill("已建立财务制度（示例）。");
    await sent(mending, "报送整改报告", "the report");
    await mending.context().close();
    await openTask(inspector, "整改", BASIC);
    await sent(inspector, "整改到位", "the verification");
  });

  await t.test("a fine of 50,000 leads to the serious list directly", async () => {
    const known = await openAs(browser, demo, "org27");
    await known.visitAs("/me");
    const code = (await known.locator('main a[href^="/orgs/"]').first().getAttribute("href")).split("/")[2];
    await known.context().close();
    await clerk.visitAs("/desk/credit");
    await clerk.locator("input[name=code]").fill(code);
    await press(clerk, "打开");
    await clerk.locator("[name=offence][value=unlawful_fees]").check();
    await clerk.locator("[name=kind][value=fine]").check();
    await clerk.locator("[name=illegal_gains]").fill("10000");
    await clerk.locator("[name=illegal_evidence]").fill("收费台账和银行流水（示例）。");
    await press(clerk, "计算罚款幅度");
    assert.match(await clerk.locator("#ranges").innerText(), /30,000\.00 元以上、50,000\.00 元以下/);
    for (const [field, text] of Object.entries({
      amount: "50000", document_number: "宁民立〔2014〕示例2号", authority: "南京市民政局", imposed_on: "2014-03-06",
      reason: "违规收费（示例）。",
    })) {
      await clerk.locator(`[name=${field}]`).fill(text);
    }
    await sent(clerk, "登记一项处罚", "the penalty");
    await sent(clerk, "送达事先告知书", "the prior notice");
    const fined = await openAs(browser, demo, "org27", { viewport: TELEPHONE });
    await fined.visitAs("/me");
    await follow(fined, fined.locator("tr", { hasText: "答复行政处罚事先告知" }).getByRole("link"));
    await fined.locator("[name=statement_kind][value=waived]").check();
    await sent(fined, "提交答复", "the answer");
    await fined.context().close();
    await openTask(head, "决定行政处罚", FINED);
    assert.equal(await head.locator("[name=amount]").inputValue(), "50,000.00", "as it was told");
    await pressConfirmed(head, "决定处罚");
    await expectAccepted(head, "the decision");
    await clerk.visitAs("/desk/credit");
    const due = await clerk.locator("tr", { hasText: FINED }).first().innerText();
    assert.match(due, /受到五万元以上罚款/);
    assert.match(due, /2014年3月17日/, "five working days after the decision");
    await sent(clerk, "办理全部到期事项", "the proposals");
    assert.match(await clerk.locator("tr", { hasText: FINED }).first().innerText(), /严重违法失信名单/);
  });

  await t.test("no fail is recorded for who stayed away; it is absent, and cannot be rated", async () => {
    await moveClock(inspector, "2014-06-04T09:00");
    await inspector.visitAs("/desk/inspections");
    await follow(inspector, inspector.getByRole("link", { name: /逾期未报/ }).first());
    const row = inspector.locator("tr", { hasText: ABSENT });
    await row.locator("input[name=row]").check();
    await press(inspector, "提交拟定结论");
    await expectRefused(inspector, /没有报送年检报告，不能作结论。未参加年检是单独的状态/, "B27");
    await follow(inspector, inspector.getByRole("link", { name: ABSENT, exact: true }));
    await sent(inspector, "记录未参加年检", "the absence");
    await own.visitAs("/me");
    assert.match(await own.locator("main").innerText(), /最近年检：未参加年检/);
    await follow(own, own.getByRole("link", { name: "申请评估", exact: true }));
    assert.match((await own.locator("tr", { hasText: "上一次年度检查已参加" }).innerText()).replace(/\s+/g, " "), /不符合 B30/);
    assert.equal(await own.getByRole("button", { name: "提交申请" }).count(), 0);
    await inspect(own, "the conditions after an absence");
  });

  await t.test("it is told, heard and listed, within five working days of the fact", async () => {
    await clerk.visitAs("/desk/credit");
    assert.match(await clerk.locator("tr", { hasText: ABSENT }).first().innerText(), /2014年6月11日/);
    await sent(clerk, "办理全部到期事项", "the proposal");
    await openTask(clerk, "送达事先告知书", ABSENT);
    await sent(clerk, "送达事先告知书", "the notice");
    await own.visitAs("/me");
    await follow(own, own.getByRole("link", { name: "答复", exact: true }));
    await own.locator("#statement").fill("承办人离职，漏报（示例）。");
    await sent(own, "提交答复", "the answer");
    await openTask(head, "决定是否列入", ABSENT);
    await head.locator("#reason").fill("未按时报送2013年度报告，属实（示例）。");
    await pressConfirmed(head, "决定列入");
    await expectAccepted(head, "the listing");
    const visitor = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
    await visit(visitor, "/credit/abnormal");
    assert.ok((await visitor.locator("main").innerText()).includes(ABSENT));
    await visitor.context().close();
  });

  await t.test("after a second year its revocation is proposed, heard, and decided by another", async () => {
    await moveClock(inspector, "2015-06-03T09:00");
    await inspector.visitAs("/desk/inspections");
    await inspector.getByLabel("报告年度").fill("2014");
    await sent(inspector, "开启", "the campaign");
    await follow(inspector, inspector.getByRole("link", { name: /逾期未报/ }).first());
    await follow(inspector, inspector.getByRole("link", { name: ABSENT, exact: true }));
    await sent(inspector, "记录未参加年检", "the second absence");
    assert.match(await inspector.locator("main").innerText(), /2013 年至 2014 年连续 2 年未年检/);
    await follow(inspector, inspector.getByRole("link", { name: "提出撤销登记或者吊销证书" }));
    await press(inspector, "提出");
    await expectRefused(inspector, /请填写这一项/, "B27");
    await inspector.getByLabel("事实和证据").fill("2013年、2014年连续两年未参加年检（示例）。");
    await sent(inspector, "提出", "the proposal");
    await sent(inspector, "送达事先告知书", "the notice");
    await own.visitAs("/me");
    await follow(own, own.locator("tr", { hasText: "答复撤销登记" }).getByRole("link"));
    await own.locator("input[value=hearing]").check();
    await own.getByLabel("陈述内容").fill("请求听证（示例）。");
    await sent(own, "提交答复", "the answer");
    await director.visitAs("/desk");
    const early = director.locator("tr", { hasText: "决定注销、撤销或者吊销" }).filter({ hasText: ABSENT });
    assert.equal(await early.count(), 0, "nothing is decided before the hearing");
    await openTask(inspector, "听证", ABSENT);
    await inspector.getByLabel("听证日期").fill("2015-06-03");
    await inspector.getByLabel("听证笔录摘要").fill("双方到场，已听取意见（示例）。");
    await sent(inspector, "记录听证", "the hearing");
    await openTask(director, "决定注销、撤销或者吊销", ABSENT);
    assert.equal(await director.getByRole("button", { name: /注销/ }).count(), 0, "it is no cancellation");
    await director.locator("#decision").fill("连续两年未参加年检，属实（示例）。");
    await pressConfirmed(director, "决定撤销登记、吊销证书");
    await expectAccepted(director, "the decision");
    await inspect(director, "the revoked registration");
  });
});
