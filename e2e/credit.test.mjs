// An organisation that cannot be reached: two letters come back, the listing is proposed, told, heard and decided
// by two people, everyone reads the list, and the organisation leaves it again once it has mended matters.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { DESK, TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { expectAccepted, faults, follow, press, pressConfirmed } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

let demo;
let browser;
let officer;
let director;
let own;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  own = await openAs(browser, demo, "org06", { viewport: TELEPHONE });
  officer = await openAs(browser, demo, "credit-officer", { viewport: DESK });
  director = await openAs(browser, demo, "credit-director", { viewport: DESK });
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("a listing with notice, hearing and removal", async (t) => {
  let code;
  let caseAddress;
  let removal;

  await t.test("the officer opens the file of the organisation", async () => {
    await own.visitAs("/me");
    const link = await own.locator('main a[href^="/orgs/"]').first().getAttribute("href");
    code = link.split("/")[2];
    await officer.visitAs(`/desk/credit/organisations/${code}`);
    await inspect(officer, "the file");
  });

  await t.test("a listing without its letters is refused", async () => {
    await propose();
    assert.match((await faults(officer)).join(), /信函/, "the ground says what is missing");
    assert.equal(await officer.locator("#evidence").inputValue(), "按登记住所寄送，均被退回（示例）");
    officer.troubles.length = 0; // The browser logs the status of the refused form.
  });

  await t.test("two letters are sent and come back", async () => {
    for (const [sent, back, mail] of [["2014-02-10", "2014-02-14", "示例0001"], ["2014-02-25", "2014-03-03", "示例0002"]]) {
      await officer.locator("#sent_on").fill(sent);
      await officer.locator("#mail_number").fill(mail);
      await press(officer, "登记寄出信函");
      await expectAccepted(officer, "a letter");
      await officer.locator("#letter").selectOption({ label: mail }).catch(async () => {
        await officer.locator("#letter").selectOption({ index: 0 });
      });
      await officer.locator("#returned_on").fill(back);
      await press(officer, "登记信函退回");
      await expectAccepted(officer, "a returned letter");
    }
  });

  await t.test("the listing is proposed and the organisation is told", async () => {
    await propose();
    await expectAccepted(officer, "the proposal");
    await visit(officer, "/desk/credit");
    const line = officer.locator("tr").filter({ hasText: code }).getByRole("link").first();
    await follow(officer, line);
    caseAddress = new URL(officer.url()).pathname;
    assert.match(caseAddress, /^\/desk\/credit\/cases\/\d+$/);
    await press(officer, "送达事先告知书");
    await expectAccepted(officer, "the notice");
    await inspect(officer, "the told case");
  });

  await t.test("the organisation asks for a hearing, on its telephone", async () => {
    await visit(own, caseAddress.replace("/desk/credit/cases/", "/me/credit/"));
    await own.locator("input[name=statement_kind][value=hearing]").check();
    await own.locator("#statement").fill("住所正在变更，请求听证（示例）。");
    await press(own, "提交答复");
    await expectAccepted(own, "the answer");
    await inspect(own, "the answered case");
  });

  await t.test("nobody decides before the hearing was held", async () => {
    await director.visitAs(caseAddress);
    assert.equal(await director.getByRole("button", { name: "决定列入" }).count(), 0);
    await visit(officer, caseAddress);
    await officer.locator("#heard_on").fill("2014-03-10");
    await officer.locator("#note").fill("双方到场，已听取意见（示例）。");
    await press(officer, "登记听证");
    await expectAccepted(officer, "the hearing");
    assert.equal(await officer.getByRole("button", { name: "决定列入" }).count(), 0, "who proposed does not decide");
  });

  await t.test("another person decides, and everyone reads the list", async () => {
    await visit(director, caseAddress);
    await director.locator("#reason").fill("两次专用信函均被退回，情形属实；变更住所应当办理变更登记（示例）。");
    await pressConfirmed(director, "决定列入");
    await expectAccepted(director, "the decision");
    const visitor = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
    await visit(visitor, "/credit/abnormal");
    assert.equal(await visitor.locator("tr, li, td").filter({ hasText: code }).count() > 0, true, "the list has it");
    await visitor.context().close();
  });

  await t.test("the organisation asks to leave the list", async () => {
    await visit(own, "/me/credit");
    await follow(own, own.getByRole("link", { name: /^申请移出/ }).first());
    await press(own, "申请移出");
    assert.equal(await own.locator("#statement-error").count(), 1, "it must say what was done");
    own.troubles.length = 0; // The browser logs the status of the refused form.
    await own.locator("#statement").fill("已恢复登记住所的联系（示例）。");
    await press(own, "申请移出");
    await expectAccepted(own, "the application");
  });

  await t.test("it is looked into, decided by another, and gone from the list", async () => {
    await visit(officer, "/desk/credit");
    await follow(officer, officer.locator('a[href*="/desk/credit/removals/"]').first());
    removal = new URL(officer.url()).pathname;
    await officer.locator("#finding").fill("已实地核实，取得联系（示例）。");
    await press(officer, "已整改，报请移出");
    await expectAccepted(officer, "the finding");
    await visit(director, removal);
    await director.locator("#reason").fill("义务已经履行（示例）。");
    await pressConfirmed(director, "决定移出");
    await expectAccepted(director, "the removal");
    await visit(director, "/credit/abnormal?state=removed");
    assert.ok((await director.locator("main").innerText()).includes(code), "the list of those removed has it");
    await visit(director, "/credit/abnormal");
    assert.ok(!(await director.locator("#results, main").first().innerText()).includes(code), "and the list has not");
  });

  async function propose() {
    await visit(officer, `/desk/credit/organisations/${code}`);
    await officer.locator("#ground").selectOption("unreachable");
    await officer.locator("#evidence").fill("按登记住所寄送，均被退回（示例）");
    await press(officer, "提出列入");
  }
});
