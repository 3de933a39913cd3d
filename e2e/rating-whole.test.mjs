// A rating from its application to its end: an expert who served there is replaced, nobody affiliated rates, nobody
// pays, nine of fifteen do not sit, seven votes decide nothing, eight do; an appeal; the report upward; then the
// grade is lowered, and a year later the organisation may not apply again.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { launchBrowser, openPage, TELEPHONE } from "./support/browser.mjs";
import { expectRefused } from "./support/applications.mjs";
import { expectAccepted, follow, moveClock, press, pressConfirmed } from "./support/forms.mjs";
import { openAs, signIn } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const NAME = "南京市青竹青少年社会工作服务中心（示例）";
const AFFILIATE = "52320104MJ2014018E";
const AGENCY = "52320102MJ201400XH";
const BODY = "第二届评估委员会（示例）";
/** Points of each item, 902 in all. */
const POINTS = {
  legal_person: 24, charter: 16, inspection: 24, organs: 64, staff: 64, party: 40, finance: 120, archives: 32,
  services: 198, public_good: 80, integrity: 80, disclosure: 60, inside: 40, outside: 60,
};

let demo;
let browser;
let officer;
let director;
let own;
let number;
let code;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  own = await openAs(browser, demo, "org12", { viewport: TELEPHONE });
  officer = await openAs(browser, demo, "rating-officer");
  director = await openAs(browser, demo, "rating-director");
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Lets an expert, without JavaScript, do something on what the list of tasks offers under `part`. */
async function judge(name, part, flow) {
  const page = await openPage(browser, { address: demo.address, script: false });
  try {
    await signIn(page, name);
    await page.goto("/rating");
    await follow(page, page.locator(`main a[href$="/rating/${part}/${number}"]`));
    await flow(page);
  } finally {
    await page.context().close();
  }
}

/** Opens what the inbox gives a reader to do with the organisation. */
async function openTask(page, what) {
  await page.visitAs("/desk");
  const row = page.locator("tr", { hasText: what }).filter({ hasText: NAME });
  await follow(page, row.getByRole("link", { name: NAME }).first());
}

async function openCase(page) {
  await page.visitAs("/desk/ratings");
  await follow(page, page.getByRole("link", { name: number, exact: true }));
}

async function appoint(name) {
  const option = officer.locator("#expert-appoint option", { hasText: name });
  await officer.locator("#expert-appoint").selectOption(await option.getAttribute("value"));
  await press(officer, "确定考察专家");
}

/** Calls the first `many` members of a body; gives their names. */
async function call(body, many) {
  await openCase(officer);
  const form = officer.locator("form", { has: officer.locator("legend", { hasText: body }) });
  const boxes = (await form.locator(".govuk-checkboxes__item").all()).slice(0, many);
  const names = [];
  for (const box of boxes) {
    await box.locator("input").check();
    names.push((await box.locator("label").innerText()).trim());
  }
  await press(officer, "召开会议并点名", form);
  return names;
}

const SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张";
const account = (name) => `expert${String(SURNAMES.indexOf(name[0]) + 1).padStart(2, "0")}`;

/** Members vote at the same time, each with a page of their own. */
async function vote(names, grade) {
  await Promise.all(
    names.map((name) =>
      judge(account(name), "ballots", async (page) => {
        await page.getByLabel(grade, { exact: true }).check();
        await press(page, "提交表决");
        await expectAccepted(page, "voting");
      }),
    ),
  );
}

test("a rating from start to end", async (t) => {
  await t.test("a round that asks for money is refused", async () => {
    await officer.visitAs("/desk/ratings");
    await officer.getByLabel("批次名称").fill("2014年度第二批评估（示例）");
    await officer.getByLabel("公告内容").fill("公告（示例）");
    await officer.getByLabel("申报截止日").fill("2014-05-30");
    await officer.getByLabel("向参评单位收取的费用（元）").fill("500");
    await press(officer, "发布评估公告");
    await expectRefused(officer, /不得向参评单位收取费用/, "B14");
    assert.equal(await officer.getByLabel("批次名称").inputValue(), "2014年度第二批评估（示例）");
  });

  await t.test("fifteen experts become the committee", async () => {
    await director.visitAs("/desk/ratings");
    await follow(director, director.getByRole("link", { name: "评估委员会和复核委员会" }));
    await director.getByLabel("名称", { exact: true }).fill(BODY);
    await director.getByLabel("任期开始").fill("2014-03-01");
    await director.getByLabel("任期届满").fill("2019-02-28");
    for (const surname of [...SURNAMES].slice(0, 12).concat("秦", "尤", "何")) {
      const item = director.locator(".govuk-checkboxes__item", { hasText: `${surname}专家（示例）` });
      await item.locator("input").check();
    }
    await press(director, "组成委员会");
    await expectAccepted(director, "forming the committee");
    await inspect(director, "the bodies");
  });

  await t.test("the organisation reads its conditions and applies", async () => {
    await own.visitAs("/me");
    code = (await own.locator('main a[href^="/orgs/"]').first().getAttribute("href")).split("/")[2];
    await follow(own, own.getByRole("link", { name: "申请评估", exact: true }));
    await press(own, "提交申请");
    await expectRefused(own, /阅读并勾选声明/, "B30");
    await own.getByLabel("自评报告").fill("自评报告（示例）");
    await own.locator("input[name=papers]").first().check();
    await own.locator("input[name=declares]").check();
    await press(own, "提交申请");
    await expectAccepted(own, "applying");
    number = (await own.locator("h1").innerText()).match(/PG-2014-1-\d{3}/)[0];
    await inspect(own, "the own rating");
  });

  await t.test("whoever served there twenty months ago steps back and is replaced", async () => {
    await openTask(officer, "审核评估资格");
    await press(officer, "审核资格");
    await expectAccepted(officer, "the check");
    for (const name of ["许专家", "陈专家", "褚专家"]) {
      await appoint(name);
      await expectAccepted(officer, name);
    }
    const expert = await openAs(browser, demo, "expert20");
    await expert.visitAs("/expert");
    await follow(expert, expert.getByRole("link", { name: "申报利害关系" }));
    await expert.getByLabel("有关单位").fill(code);
    await expert.getByLabel("终止日期").fill("2012-07-10");
    await press(expert, "登记关系");
    await expectAccepted(expert, "the declaration");
    await expert.context().close();
    await judge("expert20", "visits", async (page) => {
      await page.locator("[name='points.charter']").fill("16");
      await press(page, "保存");
      await expectRefused(page, /在本页下方“回避”处写明理由/, "B32");
      await page.getByLabel("回避理由").fill("二十个月前曾在该单位任职（示例）");
      await press(page, "回避");
      await expectAccepted(page, "stepping back");
    });
    await openCase(officer);
    const row = officer.locator("tr", { hasText: "陈专家" });
    await press(officer, "回避", row);
    await expectRefused(officer, /回避理由/, "B32");
    assert.equal(await row.locator(".govuk-error-message").count(), 1, "the sentence stands beside its field");
    await appoint("施专家");
    await expectAccepted(officer, "the replacement");
    assert.match(await officer.locator("tr", { hasText: "许专家" }).innerText(), /已回避/);
    await inspect(officer, "the visit");
  });

  await t.test("no affiliate of the bureau rates, and no agency takes money", async () => {
    for (const [agency, fee, text, rule] of [
      [AFFILIATE, "0", /民政部门所属单位未脱钩前不得作为评估的第三方机构/, "T8"],
      [AGENCY, "300", /不得向参评单位收取费用/, "B14"],
    ]) {
      await officer.getByLabel("第三方机构统一社会信用代码").fill(agency);
      await officer.getByLabel("该机构向参评单位收取的费用（元）").fill(fee);
      await press(officer, "登记第三方机构");
      await expectRefused(officer, text, rule);
    }
  });

  await t.test("three sheets come to 902 points", async () => {
    for (const name of ["expert10", "expert11", "expert23"]) {
      await judge(name, "visits", async (page) => {
        for (const [item, points] of Object.entries(POINTS)) {
          await page.locator(`[name='points.${item}']`).fill(String(points));
        }
        await press(page, "提交并锁定");
        await expectAccepted(page, "locking the sheet");
      });
    }
    await judge("expert10", "visits", async (page) => {
      await page.getByLabel("专家初步意见").fill("管理规范（示例）。");
      await press(page, "提交初步意见");
      await expectAccepted(page, "the opinion");
    });
    await openCase(officer);
    assert.match(await officer.locator("main").innerText(), /902\.00 分[\s\S]*按得分对应等级\s+4A/);
  });

  await t.test("nine of fifteen do not sit; ten do, and seven votes decide nothing", async () => {
    await call(BODY, 9);
    await expectRefused(officer, /9 人，全体 15 人，至少须 10 人/, "B32");
    const present = await call(BODY, 10);
    await expectAccepted(officer, "the roll-call");
    await vote(present.slice(0, 7), "4A");
    await vote(present.slice(7, 10), "3A");
    await openCase(officer);
    await press(officer, "结束表决");
    await expectRefused(officer, /7 票，全体 15 人至少须 8 票/, "B32");
    await vote(present.slice(7, 8), "4A");
    await openCase(officer);
    await press(officer, "结束表决");
    await expectAccepted(officer, "the conclusion");
    await press(officer, "开始公示");
    await expectAccepted(officer, "the publicity");
  });

  await t.test("the organisation appeals in writing, and the board's decision is served", async () => {
    await own.visitAs("/me");
    await follow(own, own.locator("tr", { hasText: "评估结果正在公示" }).getByRole("link"));
    await press(own, "提交申诉");
    await expectRefused(own, /请写明申诉理由/, "B32");
    await own.getByLabel("申诉理由").fill("档案管理得分与事实不符，请复核（示例）。");
    await press(own, "提交申诉");
    await expectAccepted(own, "the appeal");
    const board = await call("复核", 4);
    await expectAccepted(officer, "the board's roll-call");
    await vote(board.slice(0, 3), "4A");
    await openCase(officer);
    await press(officer, "结束表决");
    await expectAccepted(officer, "the board's conclusion");
    await press(officer, "送达复核决定");
    await expectAccepted(officer, "the service");
    const line = await officer.locator("tr", { hasText: "复核决定送达期限" }).innerText();
    assert.match(line, /2014年3月25日/, "fifteen days after the decision");
  });

  await t.test("4A is reported upward before it is confirmed, and printed as what it is", async () => {
    await openCase(director);
    assert.equal(await director.getByRole("button", { name: "确认等级" }).count(), 0, "not before the report");
    await press(director, "记录已报上级复核");
    await expectAccepted(director, "the report upward");
    await pressConfirmed(director, "确认等级");
    await expectAccepted(director, "the confirmation");
    const visitor = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
    await visit(visitor, "/ratings");
    assert.match(await visitor.locator("main").innerText(), /居家养老服务中心的设施等级（AAA、AA、A）是两种不同的等级/);
    await visit(visitor, `/ratings/${number}`);
    await follow(visitor, visitor.getByRole("link", { name: "打印等级牌匾" }));
    const plaque = await visitor.locator("main").innerText();
    assert.match(plaque, /★★★★/);
    assert.doesNotMatch(plaque, /AAA/, "no plaque of an organisation shows a facility's grade");
    await inspect(visitor, "the plaque");
    await visitor.context().close();
  });

  await t.test("after a penalty the grade is lowered, on record alone", async () => {
    await openCase(director);
    await lower();
    await expectRefused(director, /登记库中没有“受到行政处罚/, "B33");
    const clerk = await openAs(browser, demo, "credit-officer");
    await clerk.visitAs("/desk/credit");
    await clerk.locator("input[name=code]").fill(code);
    await press(clerk, "打开");
    await clerk.locator("[name=offence][value=other_law]").check();
    await clerk.locator("[name=kind][value=warning]").check();
    for (const [field, text] of Object.entries({
      document_number: "宁民罚〔2014〕示例1号", authority: "南京市民政局", imposed_on: "2014-03-10", reason: "违规（示例）",
    })) {
      await clerk.locator(`[name=${field}]`).fill(text);
    }
    await press(clerk, "登记一项处罚");
    await expectAccepted(clerk, "the penalty");
    await clerk.context().close();
    const head = await openAs(browser, demo, "credit-director");
    await openTask(head, "复核处罚");
    await pressConfirmed(head, "复核无误");
    await expectAccepted(head, "the penalty's confirmation");
    await head.context().close();
    await openCase(director);
    await lower();
    await expectAccepted(director, "the lowering");
    await inspect(director, "the lowered rating");
  });

  await t.test("a year later it may not apply, and reads why and until when", async () => {
    await moveClock(own, "2015-03-11T09:00");
    await own.visitAs("/me");
    await follow(own, own.getByRole("link", { name: "申请评估", exact: true }));
    const row = await own.locator("tr", { hasText: "限制期" }).innerText();
    assert.match(row.replace(/\s+/g, " "), /可申请日：2016年3月10日.*不符合 B33/);
    assert.equal(await own.getByRole("button", { name: "提交申请" }).count(), 0);
    await inspect(own, "the conditions a year later");
  });
});

async function lower() {
  await director.locator("#to-lower").selectOption("3a");
  await director.locator("#ground-lower").selectOption("penalty");
  await director.locator("#reason-lower").fill("受到行政处罚（示例）。");
  await pressConfirmed(director, "降低或者取消等级");
}
