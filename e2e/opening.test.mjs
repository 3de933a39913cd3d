// A tender from its opening to its published result, by everyone who has a part in it: the bids are opened
// before witnesses, their qualification is checked, a panel is drawn, the bidders present, five experts score
// without knowing a price, the report is signed, the director decides.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { expectAccepted, moveClock, press, pressConfirmed } from "./support/forms.mjs";
import { accountsOf, openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const TENDER = "NJGZ-2014-008";
const DESK = `/desk/tenders/${TENDER}`;
const SEAT = `/expert/${TENDER}`;
const SCORES = `${SEAT}/scores`;
const PANEL_SIZE = 5;
const DEADLINE = "2014-03-12T09:00";
const LIVE = "2014-03-12T14:00";
const REVIEW = "2014-03-12T16:00";
const TABLET = { width: 820, height: 1180 };
/** The screens of the five experts: two score on a telephone, one on a tablet. */
const SCREENS = [TELEPHONE, TELEPHONE, TABLET, undefined, undefined];

let demo;
let browser;
let visitor;
let lead;
let staff;
let director;
/** The pages of the five experts of the panel. */
const experts = [];
/** The opened prices as the sheet shows them. */
const prices = [];

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  visitor = await openPage(browser, { address: demo.address });
  lead = await openAs(browser, demo, "lead1");
  staff = await openAs(browser, demo, "staff-fushi");
  director = await openAs(browser, demo, "director-fushi");
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("a tender goes from its opening to its published result", async (t) => {
  const steps = [
    ["nobody can open before the deadline", tooEarly],
    ["the bids are opened before witnesses", open],
    ["the room shows every price in figures and capitals", room],
    ["the office checks every bidder's qualification", qualify],
    ["the lead draws the panel and fixes the sessions", drawAndSchedule],
    ["five experts are called and accept", accept],
    ["the bidders present one after another", present],
    ["each expert votes on conformity without seeing a price", vote],
    ["each expert scores every bid and locks, without seeing a price", score],
    ["the ranking is computed", rank],
    ["every expert signs the report", sign],
    ["the director decides", decide],
    ["the public result names the five experts", result],
  ];
  for (const [name, step] of steps) {
    let went = false;
    await t.test(name, async () => {
      await step();
      went = true;
    });
    // What follows stands on this step; its failures would only hide the first.
    if (!went) break;
  }
});

/** Goes to one of the tender's desk pages and does one act there. */
async function act(page, path, button) {
  await page.visitAs(path);
  await press(page, button);
  await expectAccepted(page, `${page.account}: ${button}`);
}

async function tooEarly() {
  await lead.visitAs(`${DESK}/opening`);
  assert.equal(await lead.getByRole("button", { name: "开标", exact: true }).count(), 0);
  await visit(visitor, `/tenders/${TENDER}/opening`);
  assert.equal(await visitor.locator("table").count(), 0);
}

async function open() {
  await moveClock(visitor, DEADLINE);
  await act(lead, `${DESK}/opening`, "我已到场");
  const supervisor = await openAs(browser, demo, "supervisor");
  await act(supervisor, `${DESK}/opening`, "我已到场");
  await inspect(supervisor);
  await supervisor.context().close();
  await act(staff, `${DESK}/opening`, "我已到场");
  const watcher = await openPage(browser, { address: demo.address });
  await visit(watcher, `/tenders/${TENDER}/opening`);
  await lead.visitAs(`${DESK}/opening`);
  await inspect(lead);
  await pressConfirmed(lead, "开标");
  await expectAccepted(lead, "opening");
  // The projector's page shows the prices without anyone touching it.
  await watcher.locator("tbody tr td.num").first().waitFor();
  await inspect(watcher);
  await watcher.context().close();
  await inspect(lead);
}

async function room() {
  await visit(visitor, `/tenders/${TENDER}/opening`);
  for (const row of await visitor.locator("tbody tr").all()) {
    const cells = await row.locator("td").allInnerTexts();
    const capitals = cells.find((cell) => /^[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整]+$/.test(cell.trim()));
    assert.ok(capitals, `${cells.join(" | ")} has the amount in capitals`);
    prices.push((await row.locator("td.num").innerText()).trim(), capitals.trim());
  }
  assert.ok(prices.length >= 4, "two bids or more");
  await visit(visitor, `/tenders/${TENDER}/opening/record`);
}

async function qualify() {
  const path = `${DESK}/qualification`;
  await staff.visitAs(path);
  await inspect(staff);
  const count = await staff.getByRole("button", { name: "通过", exact: true }).count();
  assert.equal(count, prices.length / 2);
  for (let index = 0; index < count; index += 1) {
    await staff.visitAs(path);
    await press(staff, "通过", staff.locator("main section").nth(index));
    await expectAccepted(staff, `qualifying bid ${index + 1}`);
  }
  await press(staff, "资格审查结束，转入评审");
  await expectAccepted(staff, "closing the qualification");
}

async function drawAndSchedule() {
  await act(lead, `${DESK}/panel`, "抽取专家");
  await inspect(lead);
  for (const [kind, moment] of [["live", LIVE], ["review", REVIEW]]) {
    await lead.visitAs(`${DESK}/sessions`);
    const form = lead.locator("main form").filter({ has: lead.locator(`input[name=kind][value=${kind}]`) }).first();
    await form.getByLabel("计划时间").fill(moment);
    await press(lead, "确定时间地点", form);
    await expectAccepted(lead, `scheduling the ${kind} session`);
  }
  await inspect(lead);
}

async function accept() {
  for (const name of accountsOf(demo, "expert")) {
    const page = await openAs(browser, demo, name, { viewport: SCREENS[experts.length] });
    await page.visitAs("/expert");
    if ((await page.locator(`main a[href="${SEAT}"]`).count()) === 0) {
      await page.context().close();
      continue;
    }
    await page.visitAs(SEAT);
    await inspect(page);
    await expectNoPrice(page);
    await press(page, "接受邀请");
    await expectAccepted(page, `${name} accepts`);
    experts.push(page);
    if (experts.length === PANEL_SIZE) return;
  }
  assert.fail(`only ${experts.length} experts were called`);
}

async function present() {
  await moveClock(visitor, LIVE);
  for (const page of experts) await act(page, SEAT, "现场竞标签到");
  await attendAndStart("live");
  await visit(visitor, `/tenders/${TENDER}/session`);
  for (let turn = 0; turn < prices.length / 2; turn += 1) {
    const table = () => lead.locator("main tbody tr").nth(turn);
    await press(lead, await onlyButton(table()), table());
    await expectAccepted(lead, `calling presenter ${turn + 1}`);
    if (turn === 0) await visit(visitor, `/tenders/${TENDER}/session`);
    await press(lead, await onlyButton(table()), table());
    await expectAccepted(lead, `ending presentation ${turn + 1}`);
  }
  await inspect(lead);
  await press(lead, "结束会议");
  await expectAccepted(lead, "ending the live session");
  await moveClock(visitor, REVIEW);
  for (const page of experts) await act(page, SEAT, "评审签到");
  await attendAndStart("review");
}

async function attendAndStart(kind) {
  const form = () => lead.locator("main form").filter({ has: lead.locator(`input[name=kind][value=${kind}]`) }).first();
  await lead.visitAs(`${DESK}/sessions`);
  await press(lead, "我已到场", form());
  await expectAccepted(lead, `attending the ${kind} session`);
  await press(lead, "点名并开始", form());
  await expectAccepted(lead, `starting the ${kind} session`);
}

async function onlyButton(row) {
  return (await row.getByRole("button").first().innerText()).trim();
}

async function vote() {
  for (const page of experts) {
    await page.visitAs(SCORES);
    await inspect(page);
    await expectNoPrice(page);
    for (let index = 0; index < prices.length / 2; index += 1) {
      await page.visitAs(SCORES);
      await press(page, "提交意见", page.locator("main section").nth(index));
      await expectAccepted(page, `${page.account} votes on bid ${index + 1}`);
    }
  }
}

async function score() {
  for (const path of [`/tenders/${TENDER}/opening`, `/tenders/${TENDER}/opening/record`]) {
    await visit(experts[0], path);
    await expectNoPrice(experts[0]);
  }
  for (const [place, page] of experts.entries()) {
    await page.visitAs(SCORES);
    await expectNoPrice(page);
    const fields = await page.locator(".app-score input").all();
    assert.ok(fields.length > 0, "the sheet asks for points");
    for (const [index, field] of fields.entries()) {
      const hint = await page.locator(`[id="${await field.getAttribute("aria-describedby")}"]`).innerText();
      const most = Number(/\d+(?:\.\d+)?(?=\D*分)/.exec(hint)?.[0] ?? 1);
      await field.fill(String(Math.max(0, most - ((index + place) % 3) / 2)));
    }
    for (const reason of await page.locator(".app-score textarea").all()) await reason.fill("方案完整（示例）。");
    await press(page, "保存");
    await expectAccepted(page, `${page.account} saves`);
    await inspect(page);
    await expectNoPrice(page);
    await pressConfirmed(page, "提交并锁定");
    await expectAccepted(page, `${page.account} locks`);
    await page.getByText("锁定，不能再改").waitFor();
    await inspect(page);
  }
}

async function rank() {
  await lead.visitAs(`${DESK}/review`);
  await inspect(lead);
  await press(lead, "计算排名");
  await expectAccepted(lead, "ranking");
}

async function sign() {
  for (const page of experts) {
    await page.visitAs(`${SEAT}/report`);
    await inspect(page);
    await pressConfirmed(page, "签字");
    await expectAccepted(page, `${page.account} signs`);
  }
}

async function decide() {
  await director.visitAs(`${DESK}/result`);
  await inspect(director);
  await pressConfirmed(director, "确定中标单位");
  await expectAccepted(director, "deciding");
}

async function result() {
  await visit(visitor, `/tenders/${TENDER}/result`);
  const text = await visitor.locator("main").innerText();
  for (const page of experts) {
    await page.visitAs(SEAT);
    const name = (await page.locator(".app-side__who").evaluate((node) => node.firstChild.textContent)).trim();
    assert.ok(text.includes(name), `the result names ${name}`);
  }
  await visit(visitor, `/tenders/${TENDER}/draw`);
  await visit(visitor, `/tenders/${TENDER}/report`);
  await visit(visitor, "/results");
  assert.ok((await visitor.locator(`main a[href*="${TENDER}"]`).count()) > 0);
}

/** No opened price stands on the expert's page, neither for the eye nor in its source. */
async function expectNoPrice(page) {
  const source = await page.content();
  for (const price of prices) assert.ok(!source.includes(price), `${page.account} sees ${price} at ${page.url()}`);
}
