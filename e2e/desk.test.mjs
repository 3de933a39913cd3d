// The desk of the one window: two applications are ticked with the keyboard and accepted at once; one that somebody
// else has accepted meanwhile is named, and nothing is half done; then case after case is opened without a mouse.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { checkCharter, giveReasons } from "./support/applications.mjs";
import { DESK, TELEPHONE, launchBrowser } from "./support/browser.mjs";
import { follow, press } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const NAMES = [
  "南京市雨花台区示例晨光居家养老服务中心",
  "南京市雨花台区示例暮云居家养老服务中心",
  "南京市雨花台区示例松风居家养老服务中心",
];
const HEADS = ["320114196903050028", "320114197103050028", "320114197303050028"];
const PAPERS = ["登记申请书", "章程", "住所使用权证明", "身份证明"];

let demo;
let browser;
let applicant;
let officer;
let second;
const numbers = [];

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  applicant = await openAs(browser, demo, "applicant1", { viewport: DESK });
  [officer, second] = await Promise.all(
    ["officer1", "officer2"].map((name) => openAs(browser, demo, name, { viewport: DESK })),
  );
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("the desk of the one window", async (t) => {
  await t.test("three applications are sent in", async () => {
    for (const [place, name] of NAMES.entries()) numbers.push(await sendIn(name, HEADS[place]));
    assert.equal(new Set(numbers).size, 3);
  });

  await t.test("the tabs, the keys and the sheet are on the page", async () => {
    await officer.visitAs("/desk/cases");
    const text = await officer.locator("main").innerText();
    for (const word of ["待办（", "在办（", "已办（", "督办（", "快捷键", "受理所选", "下载 Excel"]) {
      assert.ok(text.includes(word), `the page says ${word}`);
    }
    await inspect(officer);
    await officer.setViewportSize(TELEPHONE);
    await inspect(officer);
    await officer.setViewportSize(DESK);
  });

  await t.test("one that somebody accepted meanwhile keeps all from being accepted, and is named", async () => {
    await tick(numbers[0], numbers[1]);
    await second.visitAs(`/desk/cases/${numbers[0]}/acceptance`);
    await press(second, "受理");
    await press(officer, "受理所选");
    const faults = await officer.locator(".govuk-error-summary").innerText();
    assert.ok(faults.includes(NAMES[0]) && faults.includes(numbers[0]), "the refused case is named");
    assert.ok(!faults.includes(NAMES[1]), "and no other");
    assert.ok(await officer.locator(`[id="case.${numbers[1]}"]`).isChecked(), "what was ticked stays ticked");
    officer.troubles.length = 0; // The browser logs the status of the refused form.
    await visit(officer, "/desk/cases?tab=own&state=submitted");
    assert.ok((await officer.locator("main").innerText()).includes(numbers[1]), "nothing is half done");
  });

  await t.test("two are ticked with the keyboard and accepted", async () => {
    await visit(officer, "/desk/cases?tab=own&state=submitted");
    await tick(numbers[1], numbers[2]);
    await press(officer, "受理所选");
    await officer.getByText("所选办件已受理").waitFor();
    for (const number of numbers.slice(1)) {
      await visit(officer, `/desk/cases/${number}`);
      assert.ok((await officer.locator("main").innerText()).includes("受理通知书"), `${number} has its notice`);
    }
  });

  await t.test("case after case without a mouse: J goes on, 1 takes the next step", async () => {
    await visit(officer, "/desk/cases?tab=own&state=accepted");
    await goTo(numbers[1]);
    await Promise.all([officer.waitForURL((url) => url.pathname.endsWith(numbers[1])), officer.keyboard.press("o")]);
    const here = officer.url();
    await Promise.all([officer.waitForURL((url) => url.href !== here), officer.keyboard.press("j")]);
    // 1 is what the case waits for: home care is visited before anyone speaks for it.
    await Promise.all([officer.waitForURL((url) => url.pathname.endsWith("/visit")), officer.keyboard.press("1")]);
    await officer.goBack();
    // Home care may be spoken for once its charter is compared with the law's list.
    await checkCharter(officer, officer.url().match(/NJSL-\d{4}-\d{4}/)[0]);
    await follow(officer, officer.getByRole("button", { name: "提出审查意见", exact: true }));
    assert.ok(await officer.locator("input[name=verdict][value=yes]").isChecked(), "its page agrees");
    const text = officer.locator("#text");
    await text.fill("1j");
    assert.equal(await text.inputValue(), "1j", "keys in a field are only typed");
    await text.fill("材料齐全，建议准予登记（示例）。");
    await giveReasons(officer);
    await press(officer, "提出审查意见");
    await inspect(officer);
  });

  await t.test("a paper is read beside the case, by keyboard, and folds into its link on a telephone", async () => {
    await visit(officer, "/desk/cases/NJSL-2014-0006");
    const link = officer.getByRole("link", { name: /^登记申请书.*pdf$/ });
    await link.focus();
    await Promise.all([officer.waitForURL((url) => url.hash === "#paper"), officer.keyboard.press("Enter")]);
    const frame = officer.locator("iframe.app-paper__frame");
    await frame.waitFor();
    const shown = await officer.request.get(await frame.getAttribute("src"));
    assert.equal(shown.headers()["content-type"], "application/pdf");
    await inspect(officer);
    await officer.setViewportSize(TELEPHONE);
    assert.ok(!(await frame.isVisible()), "the pane folds");
    assert.ok(await officer.getByRole("link", { name: "单独打开" }).isVisible(), "into the link");
    await inspect(officer);
    await officer.setViewportSize(DESK);
  });

  await t.test("a notice is seen, changed and seen again before it goes out", async () => {
    await visit(officer, "/desk/cases/NJSL-2014-0006/correction");
    await officer.locator("#defect-premises").fill("合同缺少签章（示例）。");
    await press(officer, "预览文书");
    const sheet = await officer.locator("main").innerText();
    for (const word of ["预览，尚未出具", "补正材料一次性告知书", "合同缺少签章", "没有编号和验证码"]) {
      assert.ok(sheet.includes(word), `the sheet says ${word}`);
    }
    await inspect(officer);
    await officer.setViewportSize(TELEPHONE);
    await inspect(officer);
    await officer.setViewportSize(DESK);
    await press(officer, "返回修改");
    assert.equal(await officer.locator("#defect-premises").inputValue(), "合同缺少签章（示例）。", "all is there again");
    await officer.locator("#defect-premises").fill("合同缺少出租方签章（示例）。");
    await press(officer, "预览文书");
    await press(officer, "告知补正");
    await visit(officer, "/desk/cases/NJSL-2014-0006");
    assert.ok((await officer.locator("main").innerText()).includes("补正材料一次性告知书"), "and then it is issued");
  });

  await t.test("a case is handed over with a reason, and two are given out from the list", async () => {
    await visit(officer, `/desk/cases/${numbers[0]}/hand-off`);
    await inspect(officer);
    const to = officer.locator("#to");
    await to.selectOption({ label: (await to.locator("option", { hasText: "审查二" }).innerText()).trim() });
    await officer.locator("#reason").fill("外出培训（示例）");
    await press(officer, "交办");
    assert.ok((await officer.locator("main").innerText()).includes("承办人：审查二（示例）"));
    await visit(officer, "/desk?tab=own");
    assert.ok(!(await officer.locator("main").innerText()).includes(numbers[0]), "no task of the first any more");
    await second.visitAs("/desk?tab=own");
    assert.ok((await second.locator("main").innerText()).includes(numbers[0]), "but of the second");
    await visit(officer, "/desk/cases?tab=all&state=accepted");
    for (const number of numbers.slice(0, 2)) await officer.locator(`[id="case.${number}"]`).check();
    await to.selectOption({ label: (await to.locator("option", { hasText: "窗口一" }).innerText()).trim() });
    await officer.locator("#reason").fill("按片分工（示例）");
    await press(officer, "分派所选");
    await visit(officer, `/desk/cases/${numbers[0]}`);
    assert.ok((await officer.locator("main").innerText()).includes("承办人：窗口一（示例）"));
  });

  await t.test("the own figures open to their rows", async () => {
    await visit(officer, "/desk/statistics");
    const all = officer.locator(".app-stat__link").first();
    const number = Number.parseInt(await all.locator(".app-stat__value").innerText(), 10);
    await follow(officer, all);
    assert.ok((await officer.locator(".app-count").innerText()).includes(String(number)));
  });
});

/** Walks with J to the row of this number; the row opens and answers keys from there. */
async function goTo(number) {
  for (let presses = 0; presses < 60; presses++) {
    const here = officer.locator("tr.app-row-here");
    if ((await here.count()) === 1 && (await here.innerText()).includes(number)) return;
    await officer.keyboard.press("j");
  }
  assert.fail(`J leads to ${number}`);
}

/** Ticks the rows of these numbers with J and X, each from the top. */
async function tick(...wished) {
  for (const number of wished) {
    for (let presses = 0; presses < 60; presses++) await officer.keyboard.press("k");
    await goTo(number);
    await officer.keyboard.press("x");
    assert.ok(await officer.locator(`[id="case.${number}"]`).isChecked(), `X ticks ${number}`);
  }
}

/** An application of this name, from the name to the receipt; gives its number. */
async function sendIn(name, head) {
  const [one, choose] = [(field) => applicant.locator(`#${field}`), (field, value) => applicant.locator(`input[name=${field}][value=${value}]`).check()];
  const save = () => press(applicant, "保存并继续");
  await applicant.visitAs("/apply");
  await applicant.getByLabel("社会服务机构").check();
  await applicant.getByLabel("名称", { exact: true }).fill(name);
  await press(applicant, "核对名称");
  await press(applicant, "以此名称开始申请");
  const address = new URL(applicant.url()).pathname;
  await visit(applicant, `${address}/premises`);
  await one("division").selectOption({ label: "雨花台区雨花街道" });
  await one("domicile").fill("听雨路1号");
  await one("premises_from").fill("2014-01-01");
  await one("premises_until").fill("2015-12-31");
  await save();
  await choose("basis", "home_care");
  await save();
  await choose("path", "community_service");
  await one("unit").fill("南京市民政局");
  await save();
  await one("aim").fill("为居家老人提供照料（示例）");
  await one("scope").fill("居家养老服务");
  await choose("fields", "elderly_care");
  await save();
  await choose("legal_form", "legal_person");
  await one("sponsor_people").fill("3");
  await one("sponsor_units").fill("0");
  await save();
  await one("capital").fill("0");
  await save();
  await one("representative").fill("孙晴（示例）");
  await one("identity").fill(head);
  await one("telephone").fill("025-83630001");
  await one("staff").fill("2");
  await choose("leads_other", "no");
  await save();
  await choose("has_branches", "no");
  await choose("lost_rights", "no");
  await save();
  for (const kind of PAPERS) {
    await one("kind").selectOption({ label: kind });
    const file = { name: `${kind}.pdf`, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 paper") };
    await applicant.locator("input[type=file]").setInputFiles(file);
    await press(applicant, "上传一份新材料");
  }
  await visit(applicant, `${address}/check`);
  await press(applicant, "确认提交");
  const number = (await applicant.locator("main").innerText()).match(/NJSL-\d{4}-\d{4}/)?.[0];
  assert.ok(number, `the receipt of ${name} has a number`);
  return number;
}
