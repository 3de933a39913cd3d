// An out-of-area chamber: firms of one prefecture, no persons, nobody from elsewhere, no branch in a district,
// one for each origin; and the place has to be one.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { launchBrowser, TELEPHONE } from "./support/browser.mjs";
import * as application from "./support/applications.mjs";
import { press } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const NAME = "南京市示例温州商会";
const FIRMS = {
  individual_members: "0",
  unit_members: "30",
  outside_members: "",
  origin: "温州市",
  origin_level: "prefecture",
  initiators: "5",
};
const WRONG = { ...FIRMS, individual_members: "60", unit_members: "0", outside_members: "2", initiators: "4" };

let demo;
let browser;
let founder;
let officer;
let second;
let approver;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  founder = await openAs(browser, demo, "applicant2", { viewport: TELEPHONE });
  [officer, second, approver] = await Promise.all(
    ["officer1", "officer2", "approver"].map((name) => openAs(browser, demo, name)),
  );
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function refusedAgain(at, text, rule) {
  assert.equal(await application.submit(founder, at), undefined, `${text} is refused`);
  await application.expectRefused(founder, text, rule);
}

test("an out-of-area chamber", async (t) => {
  let at;

  await t.test("persons, members elsewhere, too few founders and a district branch are refused at once", async () => {
    at = await application.begin(founder, NAME);
    await application.answer(founder, at, {
      members: WRONG,
      head: { identity: application.identity("33030119700305001") },
      declaration: { has_branches: "yes" },
    });
    await application.upload(founder, at);
    assert.equal(await application.submit(founder, at), undefined);
    const told = await application.refusals(founder);
    for (const [text, rule] of [
      [/不能吸收个人会员/, "B19"],
      [/需要单位会员30家以上/, "B19"],
      [/发起企业只有4家，需要5家以上/, "B19"],
      [/不能吸收活动地域以外的会员/, "B19"],
      [/不得设立分支机构/, "B5"],
    ]) {
      const found = told.some((one) => text.test(one.text) && one.rules.includes(`/rules/${rule}`));
      assert.ok(found, `${text} under ${rule}: ${JSON.stringify(told)}`);
    }
    await inspect(founder, "the refused chamber");
  });

  await t.test("an origin within the city is none, and a county is too low", async () => {
    await application.change(founder, at, "声明事项", { has_branches: "no" });
    await application.change(founder, at, "会员", { ...FIRMS, origin: "南京市" });
    await refusedAgain(at, /在本市范围内，不是异地商会的原籍地/, "B19");
    await application.change(founder, at, "会员", { ...FIRMS, origin_level: "county" });
    await refusedAgain(at, /低于允许登记的级别/, "B19");
  });

  await t.test("thirty firms, five of them founding, are registered; party building is noted", async () => {
    await application.change(founder, at, "会员", FIRMS);
    const number = await application.submit(founder, at);
    assert.ok(number, "the receipt has a number");
    await officer.visitAs(`/desk/cases/${number}`);
    assert.match(await officer.locator("main").innerText(), /异地商会（温州）须落实党建工作要求/);
    await inspect(officer, "the chamber's case");
    await application.act(officer, number, "受理");
    await application.checkCharter(officer, number);
    // What is doubtful asks whoever gives an opinion for a reason; the second officer finds the first one's.
    await officer.visitAs(`/desk/cases/${number}/opinion`);
    await officer.locator("input[name=verdict][value=yes]").check();
    await officer.locator("#text").fill("材料齐全，符合条件。");
    await press(officer, "提出审查意见");
    await application.expectRefused(officer, /请写明理由：异地商会的党建工作 温州/, "B19");
    assert.equal(await officer.locator("#text").inputValue(), "材料齐全，符合条件。", "what was typed stays");
    await inspect(officer, "the refused opinion");
    await application.review(number, [officer]);
    await second.visitAs(`/desk/cases/${number}/opinion`);
    assert.notEqual(await second.locator("textarea[name^=reason-]").inputValue(), "", "to be agreed with");
    await inspect(second, "the second opinion");
    await application.review(number, [second]);
    await officer.visitAs(`/desk/cases/${number}`);
    assert.match(await officer.locator("main").innerText(), /不构成障碍 审查一（示例）[^]*不构成障碍 审查二（示例）/);
    await inspect(officer, "the reasons on the case");
    await application.allow(number, approver, officer);
  });

  await t.test("a second chamber of the same origin is refused, by whatever name and in whatever district", async () => {
    for (const [place, name] of ["南京市示例温州人商会", "南京市鼓楼区示例温州商会"].entries()) {
      const other = await application.begin(founder, name);
      await application.answer(founder, other, {
        members: FIRMS,
        head: { representative: "周晴（示例）", identity: application.identity(`3303011971030500${place}`) },
      });
      await refusedAgain(other, new RegExp(`温州籍商会已经登记：${NAME}。一地只能登记一会`), "B19");
    }
    await visit(founder, "/rules/B19");
    assert.match(await founder.locator("main").innerText(), /异地商会/);
  });
});
