// A registration from the name to the certificate: the applicant fills in one page after another, the window
// asks for one correction, two officers visit and review, a third person decides, and the certificate is printed.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { checkCharter, giveReasons } from "./support/applications.mjs";
import { DESK, TELEPHONE, launchBrowser } from "./support/browser.mjs";
import { expectAccepted, follow, press, pressConfirmed } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const NAME = "南京市雨花台区示例听雨居家养老服务中心";
const PAPERS = ["登记申请书", "章程", "住所使用权证明", "身份证明"];

let demo;
let browser;
let applicant;
let officer;
let second;
let approver;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  // The applicant has a telephone and no JavaScript; the officials sit at a desk.
  applicant = await openAs(browser, demo, "applicant1", { viewport: TELEPHONE, script: false });
  [officer, second, approver] = await Promise.all(
    ["officer1", "officer2", "approver"].map((name) => openAs(browser, demo, name, { viewport: DESK })),
  );
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("a registration", async (t) => {
  let number;
  let caseAddress;

  await t.test("a name that is not allowed is told why", async () => {
    await applicant.visitAs("/apply");
    await checkName("中国听雨居家养老服务中心");
    await applicant.getByText("名称不符合规定").waitFor();
    await inspect(applicant);
  });

  await t.test("a free name starts the application", async () => {
    await checkName(NAME);
    await applicant.getByText("名称可以申请。").waitFor();
    await press(applicant, "以此名称开始申请");
    caseAddress = new URL(applicant.url()).pathname;
    await inspect(applicant);
  });

  await t.test("one page after another is answered", async () => {
    await follow(applicant, applicant.getByRole("link", { name: "住所", exact: true }));
    await applicant.getByLabel("所在街道（镇）").selectOption({ label: "雨花台区雨花街道" });
    await applicant.getByLabel("详细地址").fill("听雨路1号");
    await applicant.getByLabel("使用权起始日").fill("2014-01-01");
    await applicant.getByLabel("使用权终止日").fill("2014-08-31");
    await save();
    await applicant.getByLabel("居家养老服务", { exact: true }).check();
    await save();
    await applicant.getByLabel("城乡社区服务类").check();
    await applicant.getByLabel("业务主管单位（直接登记的填行业指导部门）").fill("南京市民政局");
    await save();
    await applicant.getByLabel("宗旨").fill("为居家老人提供照料（示例）");
    await applicant.getByLabel("业务范围").fill("居家养老服务");
    await applicant.getByLabel("养老服务", { exact: true }).check();
    await save();
    await applicant.getByLabel("法人", { exact: true }).check();
    await applicant.getByLabel("自然人举办者数").fill("3");
    await applicant.getByLabel("单位举办者数").fill("0");
    await save();
    await applicant.getByLabel("活动（开办、原始）资金").fill("零元");
    await press(applicant, "保存并继续");
    assert.equal(await applicant.locator("#capital-error").count(), 1, "a wrong amount has its sentence");
    assert.equal(await applicant.locator("#capital").inputValue(), "零元", "and stays as typed");
    applicant.troubles.length = 0; // The browser logs the status of the refused form.
    await applicant.getByLabel("活动（开办、原始）资金").fill("0");
    await save();
    await applicant.getByLabel("法定代表人姓名").fill("孙晴（示例）");
    await applicant.getByLabel("法定代表人公民身份号码").fill("320114196903050028");
    await applicant.getByLabel("联系电话").fill("025-83630001");
    await applicant.getByLabel("专职工作人员数").fill("2");
    await applicant.locator("input[name=leads_other][value=no]").check();
    await save();
    await applicant.locator("input[name=has_branches][value=no]").check();
    await applicant.locator("input[name=lost_rights][value=no]").check();
    await save();
    assert.ok(new URL(applicant.url()).pathname.endsWith("/papers"), "the papers come last");
  });

  await t.test("papers are uploaded on the spot", async () => {
    for (const kind of PAPERS) {
      await applicant.locator("#kind").selectOption({ label: kind });
      const file = { name: `${kind}.pdf`, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 paper") };
      await applicant.locator("input[type=file]").setInputFiles(file);
      await press(applicant, "上传一份新材料");
      await expectAccepted(applicant, `uploading ${kind}`);
    }
    await inspect(applicant);
  });

  await t.test("everything is read once more and submitted", async () => {
    await visit(applicant, `${caseAddress}/check`);
    await press(applicant, "确认提交");
    const text = await applicant.locator("main").innerText();
    number = text.match(/NJSL-\d{4}-\d{4}/)?.[0];
    assert.ok(number, "the receipt has a number");
    assert.equal(await applicant.locator("svg.app-qr").count(), 1, "and a code to scan");
    await inspect(applicant);
  });

  await t.test("an officer compares the charter with the law's list", async () => {
    await officer.visitAs(`/desk/cases/${number}`);
    await follow(officer, officer.getByRole("button", { name: "核对章程" }));
    await inspect(officer, "the empty checklist");
    await press(officer, "核对章程");
    assert.equal(await officer.locator(".govuk-error-message").count(), 9, "every item is asked for at once");
    officer.troubles.length = 0; // The browser logs the status of the refused form.
    await inspect(officer, "the refused checklist");
    await officer.locator("#note-ending").fill("没有写终止后资产的处理（示例）");
    await checkCharter(officer, number, ["ending"]);
    assert.match(await officer.locator("main").innerText(), /缺少必备事项[^]*终止程序和终止后资产的处理/);
    await inspect(officer, "the case with its checklist");
  });

  await t.test("the window asks for one correction", async () => {
    await officer.visitAs("/desk/cases");
    await inspect(officer);
    await visit(officer, `/desk/cases/${number}`);
    await follow(officer, officer.getByRole("button", { name: "告知补正" }));
    const lacks = await officer.getByLabel("章程").first().inputValue();
    assert.match(lacks, /章程草案缺少下列事项，请补写：终止程序和终止后资产的处理/, "what is lacking is filled in");
    await officer.getByLabel("住所使用权证明").fill("租期只有八个月，请提供一年以上的使用权证明。");
    await press(officer, "告知补正");
    await expectAccepted(officer, "the correction notice");
    assert.equal(await officer.getByRole("button", { name: "受理", exact: true }).count(), 0);
  });

  await t.test("the applicant mends it and submits again", async () => {
    await visit(applicant, caseAddress);
    await applicant.getByText("租期只有八个月").waitFor();
    await applicant.getByText("章程草案缺少下列事项").waitFor();
    await visit(applicant, `${caseAddress}/premises`);
    await applicant.getByLabel("使用权终止日").fill("2014-12-31");
    await save();
    await visit(applicant, `${caseAddress}/check`);
    await press(applicant, "确认提交");
    assert.ok((await applicant.locator("main").innerText()).includes(number), "the number stays");
  });

  await t.test("two officers visit the premises: one records, the other signs", async () => {
    await act(officer, "受理", []);
    await visit(officer, `/desk/cases/${number}`);
    assert.equal(await officer.getByRole("button", { name: "告知补正" }).count(), 0, "no second correction");
    await follow(officer, officer.getByRole("button", { name: "登记现场核查" }));
    await inspect(officer, "the empty record");
    const today = await officer.getByLabel("核查日期").inputValue();
    assert.match(today, /^2014-/, "the day of the demo is filled in");
    await officer.getByLabel("核查日期").fill("2014-01-02");
    await press(officer, "登记现场核查");
    const told = await officer.locator(".govuk-error-message").count();
    assert.equal(told, 7, "an early day, companion, whom they met, three points and the account are told at once");
    officer.troubles.length = 0; // The browser logs the status of the refused form.
    await inspect(officer, "the refused record");
    await officer.getByLabel("核查日期").fill(today);
    await officer.getByLabel("另一名核查人员").selectOption({ label: "审查二（示例）" });
    await officer.getByLabel("现场人员").fill("孙晴（示例），拟任负责人");
    for (const point of ["premises", "originals", "purpose"]) {
      await officer.locator(`input[name=point-${point}][value=yes]`).check();
    }
    await officer.getByLabel("核查情况").fill("场所已经装修，可以开展服务（示例）。");
    await press(officer, "登记现场核查");
    await expectAccepted(officer, "the record");
    await second.visitAs(`/desk/cases/${number}`);
    await follow(second, second.getByRole("button", { name: "现场核查签字" }));
    await second.locator("input[name=verdict][value=yes]").check();
    await inspect(second, "the record to be signed");
    await press(second, "现场核查签字");
    await expectAccepted(second, "the signature");
    await visit(second, `/desk/cases/${number}`);
    await follow(second, second.getByRole("link", { name: "现场核查笔录" }));
    assert.match(await second.locator("main").innerText(), /审查一（示例）、审查二（示例）到听雨路1号核查/);
    await inspect(second, "the record on paper");
  });

  await t.test("the mended charter is compared anew, before any opinion", async () => {
    await officer.visitAs(`/desk/cases/${number}`);
    assert.match(await officer.locator("main").innerText(), /补正后须重新核对/);
    assert.equal(await officer.getByRole("button", { name: "提出审查意见" }).count(), 0, "no opinion before that");
    await checkCharter(officer, number);
    assert.match(await officer.locator("main").innerText(), /章程必备事项（9项）：齐全/);
  });

  await t.test("it is reviewed by two and decided by a third", async () => {
    for (const page of [officer, second]) {
      await page.visitAs(`/desk/cases/${number}/opinion`);
      await page.locator("input[name=verdict][value=yes]").check();
      await page.locator("#text").fill("材料齐全，符合条件。");
      await giveReasons(page);
      await press(page, "提出审查意见");
      await expectAccepted(page, "an opinion");
    }
    await approver.visitAs(`/desk/cases/${number}/approval`);
    await inspect(approver);
    await pressConfirmed(approver, "准予登记");
    await expectAccepted(approver, "the decision");
  });

  await t.test("the certificate is issued, printed and announced", async () => {
    await act(officer, "发放证书", []);
    await act(officer, "公告", []);
    await visit(officer, `/desk/cases/${number}`);
    await follow(officer, officer.getByRole("link", { name: "登记证书" }));
    const sheet = await officer.locator("main").innerText();
    assert.match(sheet, /5232\d{4}MJ[0-9A-Z]{8}/, "the certificate has a credit code");
    assert.ok(sheet.includes(NAME));
    await visit(applicant, caseAddress);
    await follow(applicant, applicant.getByRole("link", { name: "查看登记的组织" }));
    assert.ok((await applicant.locator("h1").innerText()).includes(NAME), "the register has it");
  });

  await t.test("the organisation files its seal and its account, and the window receives them", async () => {
    await visit(applicant, caseAddress);
    await press(applicant, "为该组织办事");
    await expectAccepted(applicant, "changing to the organisation's post");
    await visit(applicant, "/me");
    await applicant.getByText("备案银行账号").first().waitFor();
    await follow(applicant, applicant.locator('main tr:has-text("备案印章式样") a'));
    await inspect(applicant, "nothing filed yet");
    await press(applicant, "报送印章式样");
    await applicant.getByText("请上传印章式样").first().waitFor();
    applicant.troubles.length = 0; // The browser logs the status of the refused form.
    const file = { name: "印章式样.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 seal") };
    await applicant.locator("input[type=file]").setInputFiles(file);
    await press(applicant, "报送印章式样");
    await expectAccepted(applicant, "the seal specimen");
    await applicant.getByLabel("开户银行").fill("示例银行雨花台支行");
    await applicant.getByLabel("账号", { exact: true }).fill("3201 0000 1111 2222");
    await press(applicant, "报送银行账号");
    await expectAccepted(applicant, "the account");
    assert.match(await applicant.locator("main").innerText(), /账号\*+2222/, "the account is hidden but for its end");
    await inspect(applicant, "both handed in");
    await officer.visitAs("/desk");
    await follow(officer, officer.locator('main a[href^="/desk/seals/"]', { hasText: NAME }).first());
    await inspect(officer, "the seal at the window");
    await press(officer, "退回");
    await officer.getByText("请写明退回的理由").first().waitFor();
    officer.troubles.length = 0;
    await officer.getByLabel("退回理由").fill("印文不清，请重新报送（示例）。");
    await press(officer, "退回");
    await expectAccepted(officer, "sending back");
    await visit(applicant, "/me/seal");
    await applicant.getByText("印文不清").waitFor();
    await applicant.locator("input[name=papers]").first().check();
    await press(applicant, "报送印章式样");
    await expectAccepted(applicant, "the seal specimen again");
    for (const matter of ["the account", "the seal"]) {
      await officer.visitAs("/desk");
      await follow(officer, officer.locator('main a[href^="/desk/seals/"]', { hasText: NAME }).first());
      await press(officer, "签收备案");
      await expectAccepted(officer, `receiving ${matter}`);
    }
    await inspect(officer, "received");
    await visit(applicant, "/me");
    assert.equal(await applicant.getByText("备案印章式样").count(), 0, "nothing is owed any more");
  });

  async function checkName(name) {
    await applicant.getByLabel("社会服务机构").check();
    await applicant.getByLabel("名称", { exact: true }).fill(name);
    await press(applicant, "核对名称");
  }

  async function save() {
    await press(applicant, "保存并继续");
    await expectAccepted(applicant, "saving a page");
  }

  async function act(page, name) {
    await page.visitAs(`/desk/cases/${number}`);
    await follow(page, page.getByRole("button", { name, exact: true }));
    await press(page, name);
    await expectAccepted(page, name);
  }
});
