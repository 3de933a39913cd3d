// An organisation comes into the cultivation programme: a form with its faults told at once, a score, the partner
// department, publicity, a second person, the profile; and every page holds on a telephone and in both languages.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { expectAccepted, faults, moveClock, press, pressConfirmed } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const OWN = "org29";
const NAME = "南京市溧水区银发互助服务中心（示例）";

let demo;
let browser;
let desk;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A refusal that was asked for is no trouble of the page: the browser notes its status 422. */
function refusalSeen(page) {
  page.troubles.length = 0;
}

test("an organisation is told every fault at once and loses nothing it typed", async () => {
  const own = await openAs(browser, demo, OWN, { viewport: TELEPHONE });
  await own.visitAs("/me/cultivation");
  await inspect(own);
  await own.getByLabel("养老服务类", { exact: true }).check();
  await own.getByLabel("志愿服务（综合服务类）", { exact: true }).check();
  await own.getByLabel("申请说明", { exact: true }).fill("为居家老人送餐、陪医（示例）");
  await press(own, "提交申请");
  refusalSeen(own);
  const told = (await faults(own)).join();
  assert.match(told, /不属于养老服务类/);
  assert.match(told, /请确认内容真实/);
  assert.equal(await own.locator("#statement").inputValue(), "为居家老人送餐、陪医（示例）");
  await inspect(own);
  await own.getByLabel("志愿服务（综合服务类）", { exact: true }).uncheck();
  await own.getByLabel("居家养老服务中心（养老服务类）", { exact: true }).check();
  await own.getByLabel("以上内容真实，愿意接受年度复核").check();
  await press(own, "提交申请");
  await expectAccepted(own, "applying");
  desk = new URL(own.url()).pathname.replace("/me/", "/desk/");
  await inspect(own);
  await own.visitAs("/me/cultivation");
  assert.match(await own.locator("main").innerText(), /没有正在办理的申请，也没有列入中的计划\s+不符合/);
  await own.context().close();
});

test("the bureau scores, hears the department and publishes; a second person confirms", async () => {
  const scorer = await openAs(browser, demo, "bureau2");
  await scorer.visitAs("/desk");
  assert.match(await scorer.locator("main").innerText(), new RegExp(NAME));
  await scorer.visitAs(desk);
  await inspect(scorer);
  await press(scorer, "提交评分");
  refusalSeen(scorer);
  assert.match((await faults(scorer)).join(), /功能性[\s\S]*有效性[\s\S]*便民性/);
  await inspect(scorer);
  for (const name of ["功能性", "有效性", "便民性"]) await scorer.getByLabel(name, { exact: true }).fill("85");
  await scorer.getByLabel("评分理由", { exact: true }).fill("走访属实（示例）");
  await press(scorer, "提交评分");
  await expectAccepted(scorer, "scoring");
  await scorer.getByLabel("同意列入", { exact: true }).check();
  await scorer.getByLabel("意见内容", { exact: true }).fill("同意（示例）");
  await scorer.getByLabel("来文文号", { exact: true }).fill("卫〔2014〕3号");
  await scorer.getByLabel("来文日期", { exact: true }).fill("2014-03-10");
  await press(scorer, "登记意见");
  await expectAccepted(scorer, "hearing the department");
  await press(scorer, "开始公示");
  await expectAccepted(scorer, "publishing");
  await inspect(scorer);
  assert.match(await scorer.locator("main").innerText(), /须由另一人作出/);

  const visitor = await openPage(browser, { address: demo.address });
  await visit(visitor, "/cultivation");
  assert.match(await visitor.locator("main").innerText(), new RegExp(NAME));
  const other = await openAs(browser, demo, "bureau3");
  await other.visitAs(desk);
  await pressConfirmed(other, "确认列入");
  refusalSeen(other);
  assert.match((await faults(other)).join(), /期满后才能确认/);
  await moveClock(visitor, "2014-03-24T09:00");
  await other.visitAs(desk);
  await pressConfirmed(other, "确认列入");
  await expectAccepted(other, "confirming");
  await inspect(other);
  await visit(visitor, "/cultivation/organisations?year=2014&kind=elderly&state=enrolled");
  await visitor.getByRole("link", { name: NAME }).click();
  assert.match(await visitor.locator("main").innerText(), /专项培育计划：养老服务类，自2014年3月24日起/);
  for (const page of [scorer, visitor, other]) await page.context().close();
});

test("the public pages hold on a telephone and in both languages", async () => {
  const page = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
  for (const path of ["/cultivation", "/cultivation/organisations", "/cultivation/PY-2014-001"]) {
    await visit(page, path);
    await visit(page, `/en${path}`);
  }
  await page.context().close();
});
