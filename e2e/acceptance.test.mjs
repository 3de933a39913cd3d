// From the first line of the ledger to the bank's answer: the provider registers whom it serves and enters a
// line on a telephone, somebody independent accepts with recipients and deducts by the published table, and the
// money goes through three hands, each of them looking at the same papers.

import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { DESK, TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { expectAccepted, follow, moveClock, press, pressConfirmed } from "./support/forms.mjs";
import { accountsOf, openAs } from "./support/people.mjs";
import { picture } from "./support/pictures.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const PROJECT = "低保对象入户核查辅助";
const STAFF = "staff-jiuzhu";
/** The milestone's amount, and what the line “服务质量未达到合同标准” of the table leaves of it. */
const CLAIMED = "119,600.00";
const DEDUCTED = "11,960.00";
const ACCEPTED = "107,640.00";
const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let demo;
let browser;
let number;
let provider;
let request;
let batch;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("an acceptance with recipients", (t) =>
  walk(t, [
    ["the provider finds its contract", find],
    ["it registers a worker and recipients by code", register],
    ["it enters a line of the ledger on a telephone", enter],
    ["it reports the milestone", report],
    ["the office gives its opinion", opine],
    ["an independent lead calls with recipients and draws call-backs", call],
    ["nothing is accepted before a recipient was heard", tooEarly],
    ["recipients and call-backs are recorded", hear],
    ["it is accepted with a deduction by the published table", accept],
    ["the result is published, and everybody reads it", publish],
  ]));

test("a payment from request to reconciliation", (t) =>
  walk(t, [
    ["a wrong invoice is refused beside its field and nothing typed is lost", ask],
    ["finance checks the papers and approves", approve],
    ["who approved does not pay", ownApproval],
    ["another person sends the batch and downloads the bank's sheet", send],
    ["an answer with one wrong row is not taken in", wrongAnswer],
    ["the right answer is", answer],
    ["everybody sees where the money went", money],
  ]));

/** One step after another; what follows a failed step would only hide it. */
async function walk(t, steps) {
  assert.ok(steps[0][1] === find || number, "the contract was accepted before");
  for (const [name, step] of steps) {
    let went = false;
    await t.test(name, async () => {
      await step();
      went = true;
    });
    if (!went) break;
  }
}

/** A page of its own for `name`, at `path`. */
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

async function visitor(flow, options = {}) {
  const page = await openPage(browser, { address: demo.address, ...options });
  try {
    await flow(page);
  } finally {
    await page.context().close();
  }
}

const text = (page) => page.locator("main").innerText();

/** Presses, and expects that it was done and that the page stands. */
async function done(page, name) {
  await pressConfirmed(page, name);
  await expectAccepted(page, name);
  await inspect(page);
}

/** Presses, expects a refusal that says `words`, and gives the page. */
async function refused(page, name, words) {
  await pressConfirmed(page, name);
  const summary = page.locator(".govuk-error-summary");
  assert.ok((await summary.count()) > 0, `${name} at ${page.url()} is refused`);
  assert.match(await summary.innerText(), words);
  page.troubles.length = 0; // The browser logs the status of the refused form.
  await inspect(page);
}

async function find() {
  await visitor(async (page) => {
    await visit(page, `/contracts?q=${encodeURIComponent(PROJECT)}`);
    const link = page.locator("main a[href^='/contracts/NJGZ']").first();
    number = (await link.getAttribute("href")).split("/").pop();
    await visit(page, `/contracts/${number}`);
    await follow(page, page.getByRole("link", { name: "履约与验收", exact: true }).first());
    await inspect(page);
    assert.match(await text(page), /扣减表[\s\S]*服务质量未达到合同标准/);
  });
  for (const name of accountsOf(demo, "organisation_user")) {
    const page = await openAs(browser, demo, name);
    await page.visitAs("/me/contracts");
    if ((await page.locator(`a[href='/me/contracts/${number}']`).count()) > 0) provider = name;
    await page.context().close();
    if (provider) return;
  }
  assert.fail(`nobody holds ${number}`);
}

async function register() {
  await as(provider, "/me/contracts", async (page) => {
    await follow(page, page.locator(`a[href='/me/contracts/${number}']`).first());
    await inspect(page);
    await follow(page, page.getByRole("link", { name: "履约与验收", exact: true }).first());
    await inspect(page);
    await follow(page, page.getByRole("link", { name: "服务人员与服务对象", exact: true }).first());
    await inspect(page);
    await page.getByLabel("工号", { exact: true }).fill("W01");
    await page.getByLabel("姓名", { exact: true }).fill("陈核查（示例）");
    await press(page, "登记", page.locator("form", { has: page.locator("input[value=worker]") }));
    await expectAccepted(page, "the worker");
    await page.getByLabel("编码和类别").fill("A001 独居老人\nA002 失能老人\nA003 低保家庭");
    await press(page, "登记", page.locator("form", { has: page.locator("input[value=recipients]") }));
    await expectAccepted(page, "the recipients");
    await inspect(page);
    assert.match(await text(page), /服务对象（3 人）/);
  });
}

async function enter() {
  await visitor((page) => moveClock(page, "2014-07-30T09:00"));
  await as(
    provider,
    `/me/contracts/${number}/ledger`,
    async (page) => {
      const lines = [["A001", "2014-06-10"], ["A002", "2014-06-11"], ["A003", "2014-06-12"]];
      for (const [at, [token, day]] of lines.entries()) {
        await page.getByLabel("服务日期").fill(day);
        await page.getByLabel("服务对象编码").fill(token);
        await page.getByLabel("数量").fill("1");
        if (at === 0) {
          await refused(page, "登记", /地点/);
          assert.equal(await page.getByLabel("服务对象编码").inputValue(), token, "what was typed stays");
        }
        await page.getByLabel("地点").fill("梅园新村社区（示例）");
        if (at === 0) {
          const photo = { name: "现场.png", mimeType: "image/png", buffer: PHOTO };
          await page.locator("input[type=file]").setInputFiles(photo);
        }
        await done(page, "登记");
      }
      assert.equal(await page.locator("tbody tr").count(), lines.length);
      await picture(page, "ledger-390", { fullPage: true });
    },
    { viewport: TELEPHONE },
  );
}

async function report() {
  await as(provider, `/me/contracts/${number}/delivery`, async (page) => {
    await page.getByLabel("完成情况").first().fill("上半年服务已按约定完成（示例）");
    await done(page, "报告完成");
  });
}

async function opine() {
  await as(STAFF, `/desk/contracts/${number}/delivery`, async (page) => {
    await page.getByLabel("书面意见").fill("多数核查按约定完成，个别记录不完整（示例）");
    await done(page, "提交意见");
  });
}

const desk = () => `/desk/acceptance/${number}/1`;

async function call() {
  await as("lead2", "/desk/acceptance", async (page) => {
    await follow(page, page.locator(`a[href='${desk()}']`).first());
    await inspect(page);
    await page.getByLabel("验收日期").fill("2014-07-30");
    await page.getByLabel("地点").fill("梅园新村社区会议室（示例）");
    await refused(page, "召集并发出邀请", /服务对象/);
    for (const box of await page.locator("input[name=recipients]").all()) await box.check();
    await done(page, "召集并发出邀请");
    await done(page, "抽取回访记录");
  });
}

async function tooEarly() {
  await as("lead2", `${desk()}/decision`, async (page) => {
    await refused(page, "验收通过", /服务对象/);
  });
}

async function hear() {
  await as("lead2", desk(), async (page) => {
    for (;;) {
      const outcome = page.getByLabel("回访结果").first();
      if ((await outcome.count()) === 0) break;
      await outcome.selectOption({ label: "情况属实" });
      await done(page, "记录回访");
    }
    for (const verdict of ["满意", "满意", "不满意"]) {
      await page.getByLabel("意见", { exact: true }).first().selectOption({ label: verdict });
      await page.getByLabel("原话").first().fill("核查人员讲得清楚（示例）");
      await page.getByLabel("由他人协助表达").first().check();
      await done(page, "记录意见");
    }
    assert.match(await text(page), /满意 2 人，不满意 1 人/);
    await picture(page, "acceptance-desk-1280", { fullPage: true });
  });
}

async function accept() {
  await as("lead2", desk(), async (page) => {
    await press(page, "逐项验收并作出决定");
    await inspect(page);
    const choice = page.getByLabel("按比例扣减");
    const quality = choice.locator("option", { hasText: "服务质量未达到合同标准" });
    await choice.selectOption(await quality.getAttribute("value"));
    await page.getByLabel("说明").fill("两份核查记录不完整（示例）");
    await done(page, "验收通过");
    assert.match(await text(page), new RegExp(ACCEPTED));
  });
}

async function publish() {
  await as("lead2", desk(), (page) => done(page, "公开验收结果"));
  for (const viewport of [DESK, TELEPHONE]) {
    await visitor(
      async (page) => {
        for (const lang of ["/en", ""]) {
          await visit(page, `${lang}/contracts/${number}/delivery`);
          await visit(page, `${lang}/contracts/${number}/acceptance/1`);
        }
        const said = await text(page);
        for (const amount of [CLAIMED, DEDUCTED, ACCEPTED]) assert.ok(said.includes(amount), amount);
        assert.match(said, /满意 2 人，不满意 1 人[\s\S]*服务质量未达到合同标准/);
        assert.ok(!said.includes("陈核查"), "no worker is named");
        await picture(page, `acceptance-${viewport.width}`, { fullPage: true });
      },
      { viewport },
    );
  }
}

async function ask() {
  await as(
    provider,
    `/me/contracts/${number}`,
    async (page) => {
      await follow(page, page.getByRole("link", { name: "收款", exact: true }).first());
      await inspect(page);
      const invoice = { name: "发票（示例）.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 示例") };
      const typed = { 发票号码: "04403225", 发票日期: "2014-07-30", 开户银行: "南京银行（示例）", 账号: "0123 4567" };
      await page.locator("input[name=acceptance]").check();
      for (const [label, value] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(value);
      await page.getByLabel("发票金额", { exact: true }).fill("119600.00");
      await page.locator("input[type=file]").setInputFiles(invoice);
      await refused(page, "申请付款", new RegExp(ACCEPTED));
      assert.ok(await page.locator("#invoice_amount-error").isVisible(), "the sentence stands at its field");
      assert.equal(await page.getByLabel("发票金额", { exact: true }).inputValue(), "119600.00");
      for (const [label, value] of Object.entries(typed)) {
        assert.equal(await page.getByLabel(label, { exact: true }).inputValue(), value, `${label} stays`);
      }
      assert.ok(await page.locator("input[name=acceptance]").isChecked(), "the milestone stays chosen");
      await page.getByLabel("发票金额", { exact: true }).fill("107640");
      await page.locator("input[type=file]").setInputFiles(invoice);
      await done(page, "申请付款");
      request = (await text(page)).match(/FK-2014-\d{4}/)[0];
    },
    { viewport: TELEPHONE },
  );
}

async function approve() {
  await as("finance", "/desk/payments", async (page) => {
    await follow(page, page.getByRole("link", { name: request }));
    await inspect(page);
    const said = await text(page);
    assert.match(said, /三单匹配/);
    assert.ok(!said.includes("不符"), "contract, acceptance and invoice say the same");
    await picture(page, "payment-1280", { fullPage: true });
    await done(page, "审核通过");
  });
}

async function choose(page) {
  await page.locator("label", { hasText: request }).first().click();
}

async function ownApproval() {
  await as("finance", "/desk/payment-batches", async (page) => {
    await choose(page);
    await refused(page, "送交银行", new RegExp(request));
  });
}

async function send() {
  await as("payer", "/desk/payment-batches", async (page) => {
    await choose(page);
    await done(page, "送交银行");
    batch = new URL(page.url()).pathname.match(/PC-2014-\d{3}/)?.[0];
    if (!batch) batch = (await text(page)).match(/PC-2014-\d{3}/)[0];
    await visit(page, `/desk/payment-batches/${batch}`);
    assert.match(await text(page), new RegExp(`${request}-1[\\s\\S]*未回复`));
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "下载银行支付文件" }).click();
    const sheet = await readFile(await (await download).path());
    assert.equal(sheet.subarray(0, 2).toString(), "PK", "an Excel file");
  });
}

/** Hands in the bank's answer of these rows. */
async function handIn(page, rows) {
  const csv = `付款流水号,金额（元）,结果,备注\n${rows.join("\n")}\n`;
  const file = { name: "回单.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
  await page.locator("input[type=file]").setInputFiles(file);
}

async function wrongAnswer() {
  await as("payer", "/desk/payment-batches", async (page) => {
    await handIn(page, [`${request}-1,107640.00,成功,`, "FK-2014-0999-1,5.00,成功,"]);
    await pressConfirmed(page, "导入银行回单");
    assert.match(await page.locator("main table").first().innerText(), /3[\s\S]*FK-2014-0999-1/);
    page.troubles.length = 0;
    await inspect(page);
    await visit(page, `/desk/payment-batches/${batch}`);
    assert.match(await text(page), /未回复/, "nothing was taken in");
  });
}

async function answer() {
  await as("payer", "/desk/payment-batches", async (page) => {
    await handIn(page, [`${request}-1,107640.00,成功,`]);
    await done(page, "导入银行回单");
    await visit(page, `/desk/payment-batches/${batch}`);
    assert.ok(!(await text(page)).includes("未回复"));
  });
}

async function money() {
  for (const viewport of [DESK, TELEPHONE]) {
    await visitor(
      async (page) => {
        for (const lang of ["/en", ""]) {
          await visit(page, `${lang}/funds`);
          await visit(page, `${lang}/contracts/${number}/money`);
        }
        assert.match(await text(page), new RegExp(`已付\\s+${ACCEPTED}[\\s\\S]*${request}`));
        await picture(page, `money-${viewport.width}`, { fullPage: true });
        await visit(page, "/funds");
        assert.match(await text(page), new RegExp(ACCEPTED), "the only payment so far");
        await follow(page, page.locator("main a[href^='/funds/']").first());
        await inspect(page);
        await picture(page, `funds-${viewport.width}`, { fullPage: true });
      },
      { viewport },
    );
  }
}
