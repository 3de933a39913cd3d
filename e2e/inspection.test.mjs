// A batch inspection in the browser: the officer ticks rows by keyboard and proposes, one wrong row stops the
// batch and is named, the director decides what is left, an organisation reads its outcome.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { TELEPHONE, launchBrowser } from "./support/browser.mjs";
import { expectAccepted, faults, follow, press } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const GRID = "/desk/inspections/2013";

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

test("a batch is proposed by keyboard and decided by another", async () => {
  const officer = await openAs(browser, demo, "inspector");
  await officer.visitAs("/desk/inspections");
  await inspect(officer, "the campaign");
  await follow(officer, officer.getByRole("link", { name: /已报送/ }).first());
  await inspect(officer, "the grid of reports");
  const boxes = officer.locator("input[name=row]");
  const waiting = await boxes.count();
  assert.ok(waiting >= 2, "reports wait");
  const first = await boxes.first().getAttribute("value");
  await boxes.first().focus();
  await officer.keyboard.press("Space");
  assert.ok(await boxes.first().isChecked(), "the space bar ticks");
  // A fail without a serious ground stops the batch, and the page says which row and why.
  await officer.locator(`[id="outcome.${first}"]`).selectOption("fail");
  await press(officer, "提交拟定结论");
  assert.match((await faults(officer)).join(), /：没有情节严重的情形/);
  assert.ok(await officer.locator("input[name=row]").first().isChecked(), "what was ticked stays ticked");
  // The browser itself logs the status of a refused form.
  officer.troubles = officer.troubles.filter((trouble) => !trouble.includes("status of 422"));
  await inspect(officer, "the refused batch");
  await follow(officer, officer.getByRole("link", { name: "勾选本页全部" }));
  assert.equal(await officer.locator("input[name=row]:checked").count(), waiting);
  await press(officer, "提交拟定结论");
  await expectAccepted(officer, "the proposals");
  await officer.context().close();

  const director = await openAs(browser, demo, "inspection-director");
  await director.visitAs(`${GRID}?state=reviewed&all=1`);
  await inspect(director, "the grid of proposals");
  const proposed = await director.locator("input[name=row]:checked").count();
  assert.ok(proposed >= waiting, "every proposal is there");
  // Every notice can be looked at before any is issued, and the ticks are still there afterwards.
  await press(director, "预览文书：批准所选结论");
  assert.match(await director.locator("main").innerText(), /检查结论为/);
  await inspect(director, "a notice before it is issued");
  await director.locator(".app-preview details summary").click();
  const notice = director.locator(".app-preview details button").first();
  const addressee = (await notice.innerText()).match(/：(.+)$/)[1];
  await follow(director, notice);
  assert.ok((await director.locator("main").innerText()).includes(addressee), "the notice that was asked for");
  await press(director, "返回修改");
  assert.equal(await director.locator("input[name=row]:checked").count(), proposed, "what was ticked stays ticked");
  await press(director, "批准所选结论");
  await expectAccepted(director, "the decisions");
  await visit(director, `${GRID}?state=reviewed`);
  assert.equal(await director.locator("input[name=row]").count(), 0, "nothing is left to decide");
  const download = director.waitForEvent("download");
  await visit(director, `${GRID}?state=decided`);
  await director.getByRole("link", { name: "下载 Excel" }).click();
  assert.equal((await download).suggestedFilename(), "inspection-2013.xlsx");
  await director.context().close();
});

test("an organisation reads its own year on a telephone", async () => {
  const page = await openAs(browser, demo, "org01", { viewport: TELEPHONE });
  await page.visitAs("/me");
  await visit(page, "/me/inspection");
  assert.match(await page.locator("h1").innerText(), /年度检查/);
  await page.context().close();
});
