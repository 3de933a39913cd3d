// A year of one contract on one demo, by links and forms alone: an offered contract is signed, its plan fixed,
// old people visited, accepted, asked by card, evaluated, paid; the provider says what the office asked beside
// the contract, the director's points fall, a district misses two thirds, and a stranger follows the yuan.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DESK, TELEPHONE, launchBrowser } from "./support/browser.mjs";
import { follow, press } from "./support/forms.mjs";
import { ROOT, startDemo } from "./support/program.mjs";
import { serviceOf } from "./support/service.mjs";
import { inspect } from "./support/visit.mjs";
import { done, fill, hop, people, refused, text } from "./support/walk.mjs";

const PROGRAM = process.env.GONGZHI_PROGRAM ?? join(ROOT, "target/debug/gongzhi");
const ITEM = "空巢独居老人探访关爱服务";
const [STAFF, DIRECTOR] = ["staff-laoling", "director-laoling"];
const RECIPIENTS = 120;

let demo;
let browser;
let go;
let number;
let provider;
let codes;
let score;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  go = people(browser, demo);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("the year of one contract", { timeout: 300_000 }, async (t) => {
  const steps = [
    ["the provider finds the offered contract and signs it", sign],
    ["the purchaser's word cannot weigh 60 %, and the plan is fixed", plan],
    ["120 recipients are registered and visited, half the year is accepted and paid", firstHalf],
    ["half way the office reports and the lead publishes", midTerm],
    ["the office asks for more than the contract, and its director's points fall", tell],
    ["a district spends 6,666,666 of 10,000,000, and a ticket follows", district],
    ["27 of 30 answers close nothing; the provider's staff cannot answer", ask],
    ["six more make 33, 29 of them satisfied", enough],
    ["experts 85, purchaser 95: 88.2, a good grade", judge],
    ["recipients hear the second half, and the rest is paid", secondHalf],
    ["the project is closed, and its grade renews nothing", close],
    ["three years need four ticks", ticks],
    ["a stranger follows the yuan in both languages, there and back", stranger],
  ];
  for (const [name, step] of steps) {
    let went = false;
    await t.test(name, async () => {
      await step();
      went = true;
    });
    if (!went) break;
  }
});

/** The contract's pages on the desk of the office or the lead. */
const desk = (who, names, flow, options) => go.as(who, ["合同", number, ...names], flow, options);
/** The contract's pages on the provider's own desk. */
const own = (names, flow, options) => go.as(provider, ["我的合同", number, ...names], flow, options);
const service = () => serviceOf({ go, desk, own, staff: STAFF, number });
/** The public pages of the contract, from the catalogue on. */
const open = (names, flow, options) => go.visitor(async (page) => {
  await hop(page, "清单项目", ITEM, "合同", ...names);
  await inspect(page);
  await flow(page);
}, options);

async function sign() {
  // A question unanswered since March would hold the office's points for feedback at nothing already.
  await go.as(STAFF, ["老年人健康生活方式宣讲", "答复提问"], async (page) => {
    await page.locator("textarea[name=answer]").first().fill("可以，场地须符合消防要求（示例）。");
    await done(page, "公开答复");
  });
  await go.as(DIRECTOR, ["合同"], async (page) => {
    const row = page.locator("tr", { hasText: ITEM });
    number = (await row.locator("a").first().innerText()).trim();
    const name = (await row.locator("td").nth(3).innerText()).trim();
    await hop(page, "示例账户");
    const button = page.getByRole("button", { name }).first();
    provider = (await button.locator("strong").innerText()).trim();
  });
  await own(["签署合同"], async (page) => {
    await done(page, "签署合同");
    assert.match(await text(page), /已签署/);
  });
}

async function plan() {
  await desk(STAFF, ["绩效评价", "编写评价方案"], async (page) => {
    await page.getByLabel("服务类别").selectOption({ label: "养老服务" });
    await press(page, "换成这一类指标");
    for (const field of await page.locator("input[name^='targets.']").all()) await field.fill("不低于95%（示例）");
    await fill(page, { 专家权重: "20", 服务对象权重: "20", 购买处室权重: "60" });
    await refused(page, "保存", /50%/, ["购买处室权重"]);
    await fill(page, { 专家权重: "40", 服务对象权重: "40", 购买处室权重: "20" });
    await done(page, "保存");
    await done(page, "提交采购牵头人");
  });
  await desk("lead1", ["绩效评价"], (page) => done(page, "确定并公开"));
}

async function firstHalf() {
  await own(["履约与验收", "服务人员与服务对象"], async (page) => {
    await fill(page, { 工号: "W01", 姓名: "陈探访（示例）" });
    await press(page, "登记", page.locator("form", { has: page.locator("input[value=worker]") }));
    const tokens = Array.from({ length: RECIPIENTS }, (_, at) => `A${String(at + 1).padStart(3, "0")} 独居老人`);
    await page.getByLabel("编码和类别").fill(tokens.join("\n"));
    await press(page, "登记", page.locator("form", { has: page.locator("input[value=recipients]") }));
    assert.match(await text(page), /服务对象（120 人）/);
    await inspect(page);
  });
  await go.clock("2014-08-25T09:00");
  await service().half(1, ["2014-06-10", "2014-06-11", "2014-06-12"], "2014-08-25");
}

async function midTerm() {
  await go.clock("2014-09-09T09:00");
  await report("中期评价");
  await desk("lead1", ["绩效评价"], (page) => done(page, "公开"));
}

async function report(kind) {
  await desk(STAFF, ["绩效评价"], async (page) => {
    await page.getByLabel("评价类型").selectOption({ label: kind });
    await done(page, "开始评价");
    for (const field of await page.locator("input[name^='actuals.']").all()) await field.fill("96%（示例）");
    await done(page, "保存完成情况");
  });
}

/** The director's points of 2014, as everyone reads them. */
async function points() {
  let found;
  await open(["处长责任"], async (page) => {
    found = Number((await text(page)).match(/结果\s+([\d.]+)/)[1]);
  });
  return found;
}

async function tell() {
  score = await points();
  await own(["双向反馈"], async (page) => {
    await page.getByLabel("合同外要求").check();
    await page.getByLabel("内容").first().fill("处室要求承担合同以外的会务工作（示例）");
    await fill(page, { 依据: "2014年9月5日工作联系单（示例）" });
    await done(page, "提交反馈");
  });
  await go.clock("2014-10-21T09:00");
  await go.as(STAFF, ["双向反馈"], async (page) => {
    await hop(page, ITEM);
    await done(page, "受理");
    await page.getByLabel("答复意见").first().fill("已改正，不再提出合同以外的要求（示例）");
    await done(page, "答复");
  });
  const fallen = await points();
  assert.ok(fallen < score, `${fallen} is less than ${score}`);
  await open(["处长责任", "反馈办理"], async (page) => {
    const line = page.locator("#part-feedback tbody tr", { hasText: number }).first();
    await follow(page, line.locator("td:nth-child(2) a"));
    assert.match(await text(page), /承接单位向处室提出的意见[\s\S]*2014年10月21日/);
    assert.ok(!(await text(page)).includes("会务工作"), "the words stay between the two sides");
    await inspect(page);
  });
}

async function district() {
  const typed = { "用于购买社会组织服务（元）": "6666666", "经费总额（元）": "10000000", 佐证: "区财政支出报表（示例）" };
  await go.as("staff-shequ", ["督查指标"], async (page) => {
    const offered = await page.getByLabel("指标", { exact: true }).locator("option").allInnerTexts();
    assert.ok(!offered.includes("按时完成的事项"), "what is computed cannot be typed");
    // Whoever changes the form by hand is told the rule.
    const select = page.getByLabel("指标", { exact: true });
    await select.evaluate((one) => one.add(new Option("按时完成的事项", "steps_on_time")));
    await select.selectOption("steps_on_time");
    await fill(page, typed);
    await refused(page, "报送区级数据", /系统/, Object.keys(typed));
    await page.getByLabel("指标", { exact: true }).selectOption({ label: "社区建设经费购买社会组织服务" });
    for (const quarter of ["2", "3"]) {
      for (const [where, part, whole] of [["玄武区", "6666666", "10000000"], ["鼓楼区", "4500000", "5000000"]]) {
        await page.getByLabel("指标", { exact: true }).selectOption({ label: "社区建设经费购买社会组织服务" });
        await page.getByLabel("区", { exact: true }).selectOption({ label: where });
        await page.getByLabel("季度", { exact: true }).selectOption({ label: `第 ${quarter} 季度` });
        await fill(page, { ...typed, "用于购买社会组织服务（元）": part, "经费总额（元）": whole });
        await done(page, "报送区级数据");
      }
    }
    const said = await text(page);
    assert.match(said, /玄武区[^\n]*6,666,666\.00[^\n]*66\.66%[^\n]*红灯/);
    // The city is the sum of the parts over the sum of the wholes, not the mean of percentages (78.33 %).
    assert.match(said, /22,333,332\.00 元 \/ 30,000,000\.00 元[^%]*\s74\.44%/);
  });
  let ticket;
  await go.as("supervisor", ["督查清单", "指标连续红灯"], async (page) => {
    await refused(page, "发督查单", /督查要求/);
    await fill(page, { 督查要求: "请说明原因并整改（示例）。" });
    await done(page, "发督查单");
    ticket = (await page.locator("h1").innerText()).match(/[A-Z]+-\d{4}-\d+/)[0];
  });
  await go.as("staff-shequ", ["督查单", ticket], async (page) => {
    await fill(page, { 答复: "已督促玄武区调整支出（示例）。" });
    await done(page, "提交答复");
  });
  await go.as("supervisor", ["督查单", ticket], async (page) => {
    await fill(page, { 审查意见: "整改安排可行（示例）。" });
    await done(page, "认可并销号");
    assert.match(await text(page), /已销号/);
  });
}

async function ask() {
  await go.clock("2015-02-02T09:00");
  await desk(STAFF, ["服务对象满意度"], async (page) => {
    const held = await page.getByLabel("服务台账").inputValue();
    assert.equal(held.trim().split("\n").length, RECIPIENTS, "the register is offered");
    await fill(page, { 公开随机数的来源: "示例：当场掷骰二十次" });
    await done(page, "冻结台账并公布承诺");
    await fill(page, { 公开随机数的结果: "3 1 4 1 5 9 2 6 5 3 5 1 2 6 4 4 2 1 3 6" });
    await done(page, "抽取");
    const command = (await page.locator("pre.app-code").innerText()).trim().split(/\s+/);
    const folder = join(demo.folder, "cards");
    execFileSync(PROGRAM, [...command.slice(1, -1), folder]);
    const made = (end) => join(folder, readdirSync(folder).find((name) => name.endsWith(end)));
    const sheet = readFileSync(made("-cards.html"), "utf8");
    codes = [...sheet.matchAll(/<p class="code">(.*?)<\/p>/g)].map(([, groups]) =>
      [...groups.matchAll(/<span>(.{4})<\/span>/g)].map(([, group]) => group).join("-"));
    await page.locator("input[type=file]").setInputFiles(made("-keys.txt"));
    await done(page, "提交公钥");
  });
  await go.as(provider, ["购买清单", ITEM, "合同", "服务对象评价", "我有评价卡"], async (page) => {
    await page.getByLabel("评价卡上的卡号").fill(codes[39]);
    await mark(page, 0);
    await refused(page, "提交评价", /承接单位/);
  }, { script: false });
  await answer(codes.slice(0, 27), 2);
  await desk(STAFF, ["服务对象满意度"], async (page) => {
    await refused(page, "结束评价", /27[\s\S]*30|30[\s\S]*27/);
  });
}

/** Marks every question with the `place`-th answer. */
async function mark(page, place) {
  for (const group of await page.locator(".app-rating").all()) {
    await group.locator("input[type=radio]").nth(place).check();
  }
}

/** Answers with these cards, on the page whose address is printed on them; the first are not satisfied. */
async function answer(cards, unsatisfied) {
  await go.visitor(async (page) => {
    for (const [at, code] of cards.entries()) {
      await page.goto(`/s/${number}`);
      await page.getByLabel("评价卡上的卡号").fill(code);
      await mark(page, at < unsatisfied ? 2 : 1);
      await press(page, "提交评价");
      assert.ok(await page.getByRole("heading", { name: "谢谢您的评价" }).isVisible());
    }
  }, { script: false, viewport: TELEPHONE });
}

async function enough() {
  await answer(codes.slice(27, 33), 2);
  await desk(STAFF, ["服务对象满意度"], (page) => done(page, "结束评价"));
  await open(["服务对象评价"], async (page) => {
    assert.match(await text(page), /87\.88%[\s\S]*有效评价（份）\s+33[\s\S]*满意及以上（份）\s+29/);
  }, { viewport: TELEPHONE });
}

async function judge() {
  await go.clock("2015-03-09T09:00");
  await report("期末评价");
  let drawn;
  await desk("lead1", ["绩效评价"], async (page) => {
    await done(page, "抽取");
    drawn = new Set((await text(page)).match(/\S+专家（示例）/g));
    assert.equal(drawn.size, 3);
  });
  for (const name of drawn) {
    await go.as(name, ["项目评价", ITEM], async (page) => {
      for (const row of await page.locator(".app-score").all()) {
        const most = Number((await row.locator(".app-score__hint").innerText()).match(/(\d+)\D*$/)[1]);
        await row.locator("input").fill((most * 0.85).toFixed(2));
      }
      await done(page, "提交并锁定");
    });
  }
  await desk(DIRECTOR, ["绩效评价"], async (page) => {
    await fill(page, { "得分（0—100）": "95", 评分依据: "验收单和服务台账（示例）" });
    await done(page, "提交评分");
  });
  await desk("lead1", ["绩效评价"], (page) => done(page, "计算并送达"));
  await go.clock("2015-03-18T09:00");
  await desk("lead1", ["绩效评价"], (page) => done(page, "确定并公开"));
  await open(["绩效评价"], async (page) => {
    assert.match(await text(page), /良[\s\S]*评价得分 88\.20 分/);
  });
}

async function secondHalf() {
  await service().half(2, ["2014-10-10", "2014-10-11", "2015-01-12"], "2015-03-18");
}

async function close() {
  await own(["双向反馈"], async (page) => {
    await page.getByLabel("3 分").check();
    await page.locator("textarea[name=judgement]").fill("有合同以外的要求（示例）");
    await done(page, "提交评价");
  });
  await desk(DIRECTOR, ["绩效评价"], async (page) => {
    await refused(page, "申请继续履行", /请重新竞标/);
    await done(page, "结项");
  });
  await open(["绩效评价", "社会组织对处室的评价"], async (page) => {
    assert.match(await text(page), /老龄工作处[\s\S]*3\.00 分/);
  });
}

/** The second batch has a tender whose award waits for its notice; its contract is drafted for three years. */
async function ticks() {
  await go.as("director-shenpi", ["采购任务", "社会组织登记档案整理数字化", "定标"], (page) => done(page, "发出中标通知书"));
  await go.as("staff-shenpi", ["合同"], async (page) => {
    await page.getByRole("button", { name: /起草合同/ }).first().click();
    await page.waitForLoadState();
    await fill(page, { 结束日期: "2018-03-18" });
    for (const tick of ["服务内容固定", "需求连续", "资金来源稳定"]) await page.getByLabel(tick).check();
    await page.getByLabel("各年度预算均有保障").check();
    await refused(page, "保存", /价格变化小/, ["结束日期"]);
  });
}

/** Budget, item, tender, result, contract, acceptance, payment, answers, evaluation, account: by links alone. */
const WAYS = [
  {
    home: "/",
    viewport: DESK,
    first: "预算",
    fund: "2014-FC",
    stops: ["招标", "竞标结果", "合同", "履约验收", "付款", "服务对象评价", "绩效评价", "处长责任"],
  },
  {
    home: "/en",
    viewport: TELEPHONE,
    first: "Budget",
    fund: "2014-FC",
    stops: ["Tender", "Result", "Contract", "Acceptance", "Payment", "Recipients", "Evaluation", "Director's account"],
  },
];

async function stranger() {
  for (const { home, viewport, first, fund, stops } of WAYS) {
    await go.visitor(async (page) => {
      await hop(page, first, fund, ITEM);
      for (const stop of stops) {
        await hop(page, stop);
        await inspect(page);
      }
      // Back again: every point of the account opens to its evidence, and from there to the money's source.
      const points = page.locator("section[id^=part-] tbody td:nth-child(2) a");
      for (const address of await points.evaluateAll((all) => all.map((one) => one.href))) {
        assert.equal((await page.request.get(address)).status(), 200, address);
      }
      await follow(page, page.locator("section[id^=part-] tbody tr", { hasText: number }).first().locator("td:nth-child(2) a"));
      await hop(page, first);
      assert.match(page.url(), /\/funds\//);
    }, { viewport, home });
  }
}
