// Recipients answer with cards: the street office issues them offline, the office draws a sample and hands in
// the keys, one recipient answers on a telephone with scripts and one without, and the result is recounted.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { expectAccepted, press } from "./support/forms.mjs";
import { accountsOf, openAs } from "./support/people.mjs";
import { ROOT, startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const PROGRAM = process.env.GONGZHI_PROGRAM ?? join(ROOT, "target/debug/gongzhi");
const CARDS = 24;

let demo;
let browser;
let number;
let codes;
let folder;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
  folder = join(demo.folder, "cards");
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("recipients answer with cards that carry no name", { timeout: 300_000 }, async (t) => {
  await t.test("a street office issues cards without a server", issue);
  await t.test("the office freezes the ledger, draws, hands in the keys", prepare);
  await t.test("a telephone signs, and the code stays on it", signed);
  await t.test("without scripts the code is typed, and the page says what is weaker", typed);
  await t.test("ten answers are shown and recounted by the program", recounted);
});

async function visitor(flow, options = {}) {
  const page = await openPage(browser, { address: demo.address, viewport: TELEPHONE, ...options });
  try {
    await flow(page);
  } finally {
    await page.context().close();
  }
}

async function issue() {
  await visitor(async (page) => {
    await visit(page, "/contracts");
    const link = page.locator("a[href^='/contracts/']").first();
    number = (await link.getAttribute("href")).split("/")[2];
  });
  const words = ["cards", "issue", "--contract", number, "--count", String(CARDS), "--site", demo.address];
  execFileSync(PROGRAM, [...words, "--service", "社区服务（示例）", "--out", folder]);
  assert.deepEqual(readdirSync(folder).sort(), [`${number}-cards.html`, `${number}-keys.txt`]);
  const sheet = readFileSync(join(folder, `${number}-cards.html`), "utf8");
  codes = [...sheet.matchAll(/<p class="code">(.*?)<\/p>/g)].map(([, groups]) =>
    [...groups.matchAll(/<span>(.{4})<\/span>/g)].map(([, group]) => group).join("-"),
  );
  assert.equal(codes.length, CARDS);
  const keys = readFileSync(join(folder, `${number}-keys.txt`), "utf8");
  for (const code of codes) assert.ok(!keys.includes(code.replaceAll("-", "")), "no code leaves the sheet");
}

async function prepare() {
  const desk = `/desk/contracts/${number}/satisfaction`;
  for (const name of accountsOf(demo, "office_staff")) {
    const page = await openAs(browser, demo, name);
    try {
      await page.visitAs(desk);
      if ((await page.locator("textarea[name=ledger]").count()) === 0) continue;
      await inspect(page);
      const lines = Array.from({ length: 20 }, (_, at) => `R-${at + 1}`);
      await page.getByLabel("服务台账").fill([...lines, "R-21,工作人员"].join("\n"));
      await page.getByLabel("公开随机数的来源").fill("示例：当场掷骰二十次");
      await press(page, "冻结台账并公布承诺");
      await expectAccepted(page, "freezing the ledger");
      await page.getByLabel("公开随机数的结果").fill("3 1 4 1 5 9 2 6 5 3 5 1 2 6 4 4 2 1 3 6");
      await press(page, "抽取");
      await expectAccepted(page, "drawing");
      await page.locator("input[type=file]").setInputFiles(join(folder, `${number}-keys.txt`));
      await press(page, "提交公钥");
      await expectAccepted(page, "handing in the keys");
      await inspect(page);
      return;
    } finally {
      await page.context().close();
    }
  }
  assert.fail(`no office has ${desk}`);
}

/** Marks every question with the `place`-th answer. */
async function mark(page, place) {
  for (const group of await page.locator(".app-rating").all()) {
    await group.locator("input[type=radio]").nth(place).check();
  }
}

async function signed() {
  await visitor(async (page) => {
    let sent = "";
    page.on("request", (request) => {
      if (request.method() === "POST") sent = request.postData() ?? "";
    });
    await page.goto(`/s/${number}#${codes[0].replaceAll("-", "")}`);
    await page.locator("[data-survey-signed]").waitFor({ state: "visible" });
    assert.equal(await page.getByLabel("评价卡上的卡号").inputValue(), codes[0]);
    assert.equal(new URL(page.url()).hash, "", "the code is in no address any more");
    assert.ok(await page.locator("[data-survey-typed]").isHidden());
    await inspect(page, "the card's page");
    const size = await page.locator(".app-main p.govuk-body").first().evaluate((one) => parseFloat(getComputedStyle(one).fontSize));
    assert.ok(size >= 19, `${size} px`);
    await mark(page, 0);
    await page.getByLabel("请跟进我的意见").check();
    await page.getByLabel("您的意见").fill("希望多来几次（示例）");
    await press(page, "提交评价");
    await page.getByRole("heading", { name: "谢谢您的评价" }).waitFor();
    assert.ok(sent.includes("signature=") && !sent.includes("code="), sent);
    assert.ok(!sent.includes(codes[0].slice(0, 4) + codes[0].slice(5, 9)) && !sent.includes(codes[0]), "the code is not sent");
    await inspect(page, "the receipt");
    const progress = await page.locator("a[href*='/feedback/']").getAttribute("href");
    await visit(page, progress);
    assert.ok(await page.getByText("待受理").isVisible());
    await page.goto(`/s/${number}#${codes[0]}`);
    await page.locator("[data-survey-signed]").waitFor({ state: "visible" });
    await mark(page, 4);
    await press(page, "提交评价");
    await page.getByRole("heading", { name: "这张卡已经评价过了" }).waitFor();
    // A misread code stays on the telephone as well.
    await page.goto(`/s/${number}`);
    await page.locator("[data-survey-signed]").waitFor({ state: "visible" });
    const first = codes[2].startsWith("0") ? "1" : "0";
    await page.getByLabel("评价卡上的卡号").fill(first + codes[2].slice(1));
    await mark(page, 1);
    await page.getByRole("button", { name: "提交评价" }).click();
    const said = await page.getByLabel("评价卡上的卡号").evaluate((one) => one.validationMessage);
    assert.match(said, /对照评价卡/);
  });
}

async function typed() {
  await visitor(
    async (page) => {
      await page.goto(`/s/${number}`);
      assert.ok(await page.getByText("稍弱一些").isVisible());
      await page.getByLabel("评价卡上的卡号").fill(codes[1].toLowerCase());
      await press(page, "提交评价");
      assert.equal(await page.locator(".govuk-error-summary li").count(), 3, "each question is asked for");
      page.troubles.length = 0;
      await mark(page, 1);
      await page.getByLabel("代填").check();
      await press(page, "提交评价");
      assert.ok(await page.getByRole("heading", { name: "谢谢您的评价" }).isVisible());
    },
    { script: false },
  );
}

async function recounted() {
  await visitor(async (page) => {
    for (const code of codes.slice(2, 12)) {
      await page.goto(`/s/${number}#${code}`);
      await page.locator("[data-survey-signed]").waitFor({ state: "visible" });
      await mark(page, 1);
      await press(page, "提交评价");
      await page.getByRole("heading", { name: "谢谢您的评价" }).waitFor();
    }
    const result = `/contracts/${number}/satisfaction`;
    await visit(page, result);
    assert.ok(await page.getByText("95% 置信区间").isVisible());
    const answer = await page.request.get(`${result}/final/answers.json`);
    const file = join(folder, "answers.json");
    writeFileSync(file, await answer.body());
    const said = execFileSync(PROGRAM, ["cards", "verify", file], { encoding: "utf8" });
    assert.match(said, /valid 10\n/);
    assert.match(said, /holds/);
  });
}
