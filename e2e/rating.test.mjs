// A rating with an appeal: experts fill in their sheets alone, the committee votes by name, the result is
// public, the organisation appeals, the review board decides, and the plaque can be printed.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { expectAccepted, follow, press, pressConfirmed } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const NUMBER = "PG-2014-1-003";
const DESK = `/desk/ratings/${NUMBER}`;
const VISITORS = ["expert10", "expert11", "expert12"];
const COMMITTEE = ["expert01", "expert02", "expert03", "expert04", "expert05"];
const BOARD = ["expert13", "expert14", "expert15"];

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

async function as(name, path, flow, options = {}) {
  const page = await openAs(browser, demo, name, options);
  try {
    await page.visitAs(path);
    await inspect(page);
    await flow(page);
  } finally {
    await page.context().close();
  }
}

/** A refusal that was asked for is no trouble of the page: the browser notes its status 422. */
function refusalSeen(page) {
  page.troubles.length = 0;
}

async function sit(officer, members, votes) {
  await officer.visitAs(DESK);
  for (const box of (await officer.locator("input[name=present-call]").all()).slice(0, members)) await box.check();
  await press(officer, "召开会议并点名");
  await expectAccepted(officer, "calling the sitting");
  for (const name of votes) {
    await as(name, `/rating/ballots/${NUMBER}`, async (page) => {
      await page.getByLabel("4A", { exact: true }).check();
      await press(page, "提交表决");
      await expectAccepted(page, "voting");
    });
  }
  await officer.visitAs(DESK);
  await press(officer, "结束表决");
  await expectAccepted(officer, "concluding");
}

test("a rating with an appeal", async (t) => {
  await t.test("each expert fills in a sheet alone, on a tablet without JavaScript too", async () => {
    for (const [place, name] of VISITORS.entries()) {
      const options = place === 0 ? { script: false, viewport: TELEPHONE } : {};
      await as(name, `/rating/visits/${NUMBER}`, async (page) => {
        const hints = await page.locator(".app-score").all();
        for (const row of hints) {
          const most = Number((await row.locator(".app-score__hint").innerText()).match(/(\d+)\D*$/)[1]);
          await row.locator("input").fill((most * 0.92).toFixed(1));
        }
        await press(page, "保存");
        await expectAccepted(page, "saving the sheet");
        await press(page, "提交并锁定");
        await expectAccepted(page, "locking the sheet");
        await inspect(page);
      }, options);
    }
    await as(VISITORS[0], `/rating/visits/${NUMBER}`, async (page) => {
      await page.getByLabel("专家初步意见").fill("管理规范（示例）。");
      await press(page, "提交初步意见");
      await expectAccepted(page, "giving the opinion");
    });
  });

  const officer = await openAs(browser, demo, "rating-officer");
  await t.test("three of nine are no quorum; six sit, five vote for 4A", async () => {
    await officer.visitAs(DESK);
    for (const box of (await officer.locator("input[name=present-call]").all()).slice(0, 3)) await box.check();
    await press(officer, "召开会议并点名");
    const fault = officer.locator(".govuk-error-summary a").first();
    assert.match(await fault.innerText(), /至少须 6 人/);
    refusalSeen(officer);
    await follow(officer, officer.locator(`a[href="/desk/ratings"]`).first());
    await sit(officer, 6, COMMITTEE);
    await press(officer, "开始公示");
    await expectAccepted(officer, "publicity");
    await inspect(officer);
  });

  await t.test("the public reads names and votes; the organisation appeals in writing", async () => {
    const visitor = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
    await visit(visitor, `/ratings/${NUMBER}`);
    assert.equal(await visitor.getByRole("cell", { name: "4A", exact: true }).count(), 5);
    await visit(visitor, "/ratings");
    await visitor.context().close();
    await as("org07", `/me/rating/${NUMBER}`, async (page) => {
      await press(page, "提交申诉");
      assert.equal(await page.locator("#text-error").count(), 1);
      refusalSeen(page);
      await page.getByLabel("申诉理由").fill("档案管理得分与事实不符，请复核（示例）。");
      await press(page, "提交申诉");
      await expectAccepted(page, "appealing");
      await inspect(page);
    });
  });

  await t.test("the review board decides, the decision is served, the grade confirmed, the plaque printed", async () => {
    await sit(officer, 4, BOARD);
    await press(officer, "预览文书：送达复核决定");
    assert.match(await officer.locator("main").innerText(), /复核/);
    await inspect(officer, "the board's decision before it is served");
    await press(officer, "返回修改");
    await press(officer, "送达复核决定");
    await expectAccepted(officer, "serving");
    await press(officer, "记录已报上级复核");
    await expectAccepted(officer, "reporting");
    await as("rating-director", DESK, async (page) => {
      await press(page, "预览文书：确认等级");
      assert.match(await page.locator("main").innerText(), /4A/);
      await inspect(page, "the notice of the grade before it is issued");
      await press(page, "返回修改");
      await pressConfirmed(page, "确认等级");
      await expectAccepted(page, "confirming");
      await inspect(page);
    });
    const visitor = await openPage(browser, { address: demo.address });
    await visit(visitor, `/ratings/${NUMBER}`);
    await follow(visitor, visitor.getByRole("link", { name: "打印等级牌匾" }));
    await inspect(visitor);
    assert.match(await visitor.locator("main").innerText(), /★★★★/);
  });
});
