// A stop of activity of the registrar's own: proposed, told to the organisation with its rights, a hearing asked for on a
// telephone, called, held with its minutes, and decided by another person, lighter than it was told and never heavier.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { launchBrowser, TELEPHONE } from "./support/browser.mjs";
import { expectRefused } from "./support/applications.mjs";
import { expectAccepted, follow, moveClock, press, pressConfirmed } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect } from "./support/visit.mjs";

const NAME = "南京市残障人士融合发展中心（示例）";

let demo;
let browser;
let clerk;
let head;
let own;
let code;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  own = await openAs(browser, demo, "org27", { viewport: TELEPHONE });
  [clerk, head] = await Promise.all(["credit-officer", "credit-director"].map((name) => openAs(browser, demo, name)));
  await own.visitAs("/me");
  code = (await own.locator('main a[href^="/orgs/"]').first().getAttribute("href")).split("/")[2];
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function openTask(page, what) {
  await page.visitAs("/desk");
  const row = page.locator("tr", { hasText: what }).filter({ hasText: NAME });
  await follow(page, row.getByRole("link", { name: NAME }).first());
}

async function openOwn(what) {
  await own.visitAs("/me");
  await follow(own, own.locator("tr", { hasText: what }).getByRole("link"));
}

async function sent(page, name, what) {
  await press(page, name);
  await expectAccepted(page, what);
}

async function fill(page, fields) {
  for (const [field, text] of Object.entries(fields)) await page.locator(`[name=${field}]`).fill(text);
}

test("a stop of activity with a hearing", async (t) => {
  await t.test("it is proposed, read beforehand and told", async () => {
    await clerk.visitAs(`/desk/credit/organisations/${code}`);
    await clerk.locator("[name=offence][value=branches]").check();
    await clerk.locator("[name=kind][value=suspension]").check();
    await fill(clerk, {
      until: "2014-04-08", document_number: "宁民立〔2014〕示例3号", authority: "南京市民政局", imposed_on: "2014-03-10",
      reason: "未经批准设立分支机构（示例）。",
    });
    await sent(clerk, "登记一项处罚", "the proposal");
    await inspect(clerk, "a penalty that is proposed");
    await head.visitAs(new URL(clerk.url()).pathname);
    assert.match(await head.locator("main").innerText(), /未告知的处罚不成立/);
    assert.equal(await head.getByRole("button", { name: "决定处罚" }).count(), 0);
    await openTask(clerk, "送达行政处罚事先告知书");
    await press(clerk, "预览文书");
    const notice = await clerk.locator("body").innerText();
    assert.match(notice, /停止活动 30 天/);
    assert.match(notice, /有权要求听证/);
    await inspect(clerk, "the notice before it goes out");
    await sent(clerk, "送达事先告知书", "the notice");
  });

  await t.test("the organisation reads its last day and asks for a hearing", async () => {
    await openOwn("答复行政处罚事先告知");
    assert.match(await own.locator("main").innerText(), /2014年3月13日/, "three days of the calendar");
    await own.locator("[name=statement_kind][value=hearing]").check();
    await press(own, "提交答复");
    await expectRefused(own, /请填写/, "B23");
    await own.locator("[name=statement]").fill("分支机构没有活动，已经撤销（示例）。");
    await sent(own, "提交答复", "the request");
    await inspect(own, "an answered notice");
  });

  await t.test("the hearing is called seven days before and held with its minutes", async () => {
    await openTask(clerk, "举行行政处罚听证");
    await fill(clerk, { hearing_on: "2014-03-14", hearing_place: "下午2时30分，市民政局301室（示例）" });
    await press(clerk, "通知听证");
    await expectRefused(clerk, /至少提前 7 日通知/, "B23");
    await clerk.locator("[name=hearing_on]").fill("2014-03-17");
    await sent(clerk, "通知听证", "the call");
    await openOwn("参加行政处罚听证");
    assert.match(await own.locator("main").innerText(), /2014年3月17日[\s\S]*下午2时30分，市民政局301室/);
    await moveClock(clerk, "2014-03-17T14:00");
    await openTask(clerk, "举行行政处罚听证");
    await fill(clerk, { heard_on: "2014-03-17", note: "双方到场，质证完毕（示例）。" });
    await clerk.locator("input[type=file]").setInputFiles({
      name: "minutes.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"),
    });
    await sent(clerk, "登记听证", "the hearing");
    assert.match(await clerk.locator("main").innerText(), /minutes\.pdf/);
  });

  await t.test("another decides, not heavier, and says what became of the defence", async () => {
    await openTask(head, "决定行政处罚");
    assert.equal(await head.locator("[name=stop_days]").inputValue(), "30", "as it was told");
    await fill(head, { stop_days: "31", reason: "已撤销分支机构的意见采纳，从轻（示例）。" });
    await press(head, "决定处罚");
    await expectRefused(head, /不得因陈述、申辩加重处罚/, "B23");
    await head.locator("[name=stop_days]").fill("15");
    await inspect(head, "the decision to be made");
    await pressConfirmed(head, "决定处罚");
    await expectAccepted(head, "the decision");
    await own.visitAs("/me/credit");
    await follow(own, own.getByRole("link", { name: /宁民社罚〔2014〕/ }).first());
    const decision = await own.locator("main").innerText();
    assert.match(decision, /已于2014年3月17日举行听证/);
    assert.match(decision, /自2014年3月17日至2014年3月31日停止活动/);
    assert.match(decision, /意见采纳，从轻/);
    await inspect(own, "the decision");
  });
});
