// The way in: a street files groups, one by hand and many from a sheet; a founder makes an account; the filed
// group grows into a registered organisation, and its filing ends with the certificate.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { checkCharter, giveReasons } from "./support/applications.mjs";
import { DESK, TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { expectAccepted, faults, follow, press, pressConfirmed } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { picture } from "./support/pictures.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const GROUP = "听雨邻里互助会（示例）";
const NAME = "南京市秦淮区示例听雨邻里互助协会";
const PASSWORD = "听雨邻里互助会的发起人自己记得住";
const PAPERS = ["登记申请书", "章程", "住所使用权证明", "身份证明", "会员（理事）名单"];
const HEAD = "名称,类型,业务领域,活动地点,负责人,联系电话,成员数,管理主体,社区,资金代管组织代码";

let demo;
let browser;
let street;
let founder;
let officer;
let second;
let approver;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  founder = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
  [street, officer, second, approver] = await Promise.all(
    ["street1", "officer1", "officer2", "approver"].map((name) => openAs(browser, demo, name, { viewport: DESK })),
  );
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("from a filed group to a registered organisation", async (t) => {
  let filing;
  let account;
  let caseAddress;
  let number;

  await t.test("the street files one group, and a field says at once what cannot stay", async () => {
    await street.visitAs("/desk/filings/new");
    await street.getByLabel("名称", { exact: true }).fill(GROUP);
    await street.getByLabel("社会团体", { exact: true }).check();
    await street.locator("input[name=fields][value=community]").check();
    await street.getByLabel("活动地点").fill("社区活动室（示例）");
    await street.getByLabel("负责人").fill("林夏（示例）");
    await street.getByLabel("联系电话").fill("025-83632222");
    await street.getByLabel("成员数").fill("0");
    await street.getByLabel("成员数").blur();
    await street.locator("#members-error").waitFor();
    await street.getByLabel("成员数").fill("22");
    await street.getByLabel("成员数").blur();
    await street.locator("#members-error").waitFor({ state: "detached" });
    await street.locator("input[name=led_by][value=street]").check();
    await press(street, "提交备案");
    await expectAccepted(street, "filing");
    filing = new URL(street.url()).pathname.split("/").at(-1);
    assert.match(filing, /^BA\d{13}$/);
    await inspect(street, "the filing");
  });

  await t.test("the group has a new place, and its street puts the filing to rights", async () => {
    await follow(street, street.getByRole("link", { name: "备案变更" }));
    await inspect(street, "the amendment");
    await street.getByLabel("活动地点").fill("社区新活动室（示例）");
    await press(street, "保存变更");
    assert.equal(await street.locator("#why-error").count(), 1, "a reason is asked for");
    assert.equal(await street.getByLabel("活动地点").inputValue(), "社区新活动室（示例）", "what was typed stays");
    street.troubles = street.troubles.filter((trouble) => !trouble.includes("status of 422"));
    await street.getByLabel("变更原因").fill("活动室搬迁（示例）");
    await press(street, "保存变更");
    await expectAccepted(street, "the amendment");
    assert.match(await street.locator("main").innerText(), /活动室搬迁（示例）/);
    await inspect(street, "the amended filing");
  });

  await t.test("a sheet with one wrong row files nothing, and a sound one files all", async () => {
    await upload(["晨练队（示例）,社会团体,养老服务,社区广场,示例甲,025-1,15,街道,,", "棋社（示例）,社会团体,养老服务,活动室,示例乙,025-2,0,街道,,"]);
    assert.match((await street.locator("main").innerText()).replace(/\s+/g, " "), /3 成员数 请填写成员数/);
    street.troubles = street.troubles.filter((trouble) => !trouble.includes("status of 422"));
    await inspect(street, "the refused sheet");
    await upload(["晨练队（示例）,社会团体,养老服务,社区广场,示例甲,025-1,15,街道,,", "棋社（示例）,社会团体,养老服务,活动室,示例乙,025-2,9,街道,,"]);
    await expectAccepted(street, "the sheet");
    for (const name of ["晨练队（示例）", "棋社（示例）"]) {
      assert.equal(await street.getByRole("link", { name, exact: true }).count(), 1, name);
    }
    await inspect(street, "the ledger");
    await visit(street, "/desk/filings/import");
    const download = street.waitForEvent("download");
    await street.getByRole("link", { name: "下载模板" }).click();
    assert.equal((await download).suggestedFilename(), "filings.xlsx");
  });

  await t.test("a founder reads the guide and makes an account", async () => {
    await visit(founder, "/services/filing");
    await follow(founder, founder.getByRole("link", { name: "注册申请人账号" }));
    await founder.getByLabel("姓名").fill("林夏（示例）");
    await founder.getByLabel("手机号、电话或电子邮箱").fill("随便");
    await founder.getByLabel("账号名").fill("linxia");
    await founder.getByLabel("密码", { exact: true }).fill("太短");
    await founder.getByLabel("再输入一次密码").fill("太短");
    await press(founder, "注册并开始申请");
    assert.equal(await founder.locator(".govuk-error-message").count(), 2, "everything wrong is told at once");
    assert.equal(await founder.getByLabel("姓名").inputValue(), "林夏（示例）");
    assert.equal(await founder.getByLabel("密码", { exact: true }).inputValue(), "", "no password comes back");
    founder.troubles.length = 0; // The browser logs the status of the refused form.
    await inspect(founder, "the refused account");
    await founder.getByLabel("手机号、电话或电子邮箱").fill("025-83632222");
    await founder.getByLabel("密码", { exact: true }).fill(PASSWORD);
    await founder.getByLabel("再输入一次密码").fill(PASSWORD);
    await press(founder, "注册并开始申请");
    await expectAccepted(founder, "the account");
    account = (await founder.locator("main").innerText()).match(/linxia-[a-z0-9]{4}/)?.[0];
    assert.ok(account, "the account's name is told");
    await inspect(founder, "where applications begin");
    await picture(founder, "sign-up");
  });

  await t.test("whoever comes back signs in with it", async () => {
    await press(founder, "退出");
    await visit(founder, "/sign-in");
    await founder.getByLabel("登录名").fill(account);
    await founder.getByLabel("密码", { exact: true }).fill(PASSWORD);
    await press(founder, "登录", founder.locator("main"));
    assert.equal(new URL(founder.url()).pathname, "/apply");
  });

  await t.test("the street begins the application, and intake stays with the window", async () => {
    await street.visitAs(`/desk/filings/${filing}`);
    await street.getByLabel("申请人账号名").fill(account);
    await press(street, "建立登记申请");
    assert.match((await faults(street)).join(), /名称/, "the filed name is no name to be registered");
    assert.equal(await street.getByLabel("申请人账号名").inputValue(), account);
    street.troubles = street.troubles.filter((trouble) => !trouble.includes("status of 422"));
    await street.getByLabel("拟登记的名称").fill(NAME);
    await press(street, "建立登记申请");
    await expectAccepted(street, "the draft");
    assert.ok((await street.locator("main").innerText()).includes(NAME), "the street sees what becomes of it");
    await inspect(street, "the filing with its application");
    await picture(street, "filing-to-registration");
  });

  await t.test("the founder finds what was filed and completes it", async () => {
    await visit(founder, "/apply");
    await follow(founder, founder.getByRole("link", { name: NAME }));
    caseAddress = new URL(founder.url()).pathname;
    assert.ok((await founder.locator("main").innerText()).includes(filing));
    await visit(founder, `${caseAddress}/premises`);
    assert.equal(await founder.getByLabel("详细地址").inputValue(), "社区新活动室（示例）");
    await founder.getByLabel("使用权起始日").fill("2014-01-01");
    await save();
    await founder.locator("input[name=basis][value=community]").check();
    await save();
    await founder.locator("input[name=path][value=community_service]").check();
    await founder.getByLabel("业务主管单位（直接登记的填行业指导部门）").fill("南京市民政局");
    await save();
    await founder.getByLabel("宗旨").fill("邻里互助（示例）");
    await founder.getByLabel("业务范围").fill("社区邻里互助");
    await founder.locator("input[name=fields][value=community]").check();
    await save();
    assert.equal(await founder.getByLabel("个人会员数").inputValue(), "22", "members were carried over");
    await founder.getByLabel("单位会员数").fill("0");
    await save();
    await founder.getByLabel("活动（开办、原始）资金").fill("0");
    await save();
    assert.equal(await founder.getByLabel("法定代表人姓名").inputValue(), "林夏（示例）");
    await founder.getByLabel("法定代表人公民身份号码").fill("3201");
    await founder.locator("[role=status]", { hasText: "自动保存" }).waitFor();
    await founder.getByLabel("法定代表人公民身份号码").fill("320114196903050028");
    await founder.getByLabel("专职工作人员数").fill("1");
    await founder.locator("input[name=leads_other][value=no]").check();
    await save();
    await founder.locator("input[name=has_branches][value=no]").check();
    await founder.locator("input[name=lost_rights][value=no]").check();
    await save();
    for (const kind of PAPERS) {
      await founder.locator("#kind").selectOption({ label: kind });
      const file = { name: `${kind}.pdf`, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 paper") };
      await founder.locator("input[type=file]").setInputFiles(file);
      await press(founder, "上传一份新材料");
      await expectAccepted(founder, `uploading ${kind}`);
    }
    await visit(founder, `${caseAddress}/check`);
    await press(founder, "确认提交");
    number = (await founder.locator("main").innerText()).match(/NJSL-\d{4}-\d{4}/)?.[0];
    assert.ok(number, "the receipt has a number");
  });

  await t.test("a second application for the same filing is refused with its ground", async () => {
    const response = await founder.goto(`/apply?filing=${filing}`);
    assert.equal(response.status(), 422);
    assert.ok((await founder.locator("main").innerText()).includes(number));
    founder.troubles.length = 0; // The browser logs the status of the refused page.
  });

  await t.test("it is accepted, reviewed by two and decided by a third", async () => {
    await act(officer, "受理");
    await checkCharter(officer, number);
    for (const page of [officer, second]) {
      await page.visitAs(`/desk/cases/${number}/opinion`);
      await page.locator("input[name=verdict][value=yes]").check();
      await page.locator("#text").fill("材料齐全，符合条件。");
      await giveReasons(page);
      await press(page, "提出审查意见");
      await expectAccepted(page, "an opinion");
    }
    await approver.visitAs(`/desk/cases/${number}/approval`);
    await pressConfirmed(approver, "准予登记");
    await expectAccepted(approver, "the decision");
    await act(officer, "发放证书");
    await act(officer, "公告");
  });

  await t.test("the filing has ended, and one account serves the new organisation", async () => {
    await visit(street, `/desk/filings/${filing}`);
    assert.ok((await street.locator("main").innerText()).includes("已转为登记"));
    assert.equal(await street.getByRole("button", { name: "建立登记申请" }).count(), 0);
    await visit(founder, caseAddress);
    await follow(founder, founder.getByRole("link", { name: "查看登记的组织" }));
    assert.ok((await founder.locator("h1").innerText()).includes(NAME));
    await visit(founder, caseAddress);
    await press(founder, "为该组织办事");
    await expectAccepted(founder, "changing to the organisation's post");
    for (const page of ["/me", "/me/inspection", "/me/changes", "/me/rating"]) {
      await visit(founder, page);
      await inspect(founder, `${page} of the new organisation`);
    }
    await founder.getByText("切换岗位", { exact: true }).click();
    const posts = founder.getByLabel("以哪个岗位办事");
    assert.equal(await posts.locator("option").count(), 2, "the founder keeps the applicant's post");
    await inspect(founder, "the posts of the founder");
    await posts.selectOption({ index: 0 });
    await press(founder, "切换", founder.locator(".app-posts"));
    await expectAccepted(founder, "changing back");
    await visit(founder, `/orgs/${filing}`);
    assert.equal(await founder.getByRole("button", { name: "申请登记" }).count(), 0, "nothing is applied for twice");
  });

  async function upload(rows) {
    await visit(street, "/desk/filings/import");
    const buffer = Buffer.from([HEAD, ...rows].join("\r\n"), "utf8");
    await street.locator("input[type=file]").setInputFiles({ name: "filings.csv", mimeType: "text/csv", buffer });
    await press(street, "用表格批量备案");
  }

  async function save() {
    await press(founder, "保存并继续");
    await expectAccepted(founder, "saving a page");
  }

  async function act(page, name) {
    await page.visitAs(`/desk/cases/${number}`);
    await follow(page, page.getByRole("button", { name, exact: true }));
    await press(page, name);
    await expectAccepted(page, name);
  }
});
