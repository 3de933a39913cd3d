// An organisation bids: it learns whether it may, saves what it has, is told what is wrong beside the field,
// attaches a file, reads everything once more, submits, and keeps its receipt. Once with JavaScript, once without.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { DESK, TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { follow, press } from "./support/forms.mjs";
import { accountsOf, signIn } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

const TENDER = "NJGZ-2014-019";
const SHEET = `/tenders/${TENDER}/bid`;
const RECEIPT = `/me/bids/${TENDER}/receipt`;
const PARTS = ["对任务的理解", "服务方案", "人员安排", "以往业绩", "质量保证"];
const TYPED = { 项目负责人: "周明（示例）", 联系人: "吴静（示例）", 联系电话: "025-83630000" };

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

for (const way of [
  { name: "with JavaScript", script: true, viewport: DESK },
  { name: "without JavaScript, on a telephone", script: false, viewport: TELEPHONE },
]) {
  test(`an organisation bids ${way.name}`, async (t) => {
    const page = await openPage(browser, { address: demo.address, viewport: way.viewport, script: way.script });
    const bidder = await eligibleBidder(page);

    await t.test("the tender leads to the sheet, which says that the organisation may bid", async () => {
      await visit(page, `/tenders/${TENDER}`);
      await follow(page, page.locator(`main a[href="${SHEET}"]`).first());
      await page.getByText("本单位目前符合投标资格。").waitFor();
      await inspect(page);
    });

    await t.test("a wrong amount is kept as typed, and a sentence leads from the check to its field", async () => {
      await fill(page, "九千块");
      await press(page, "保存草稿");
      await inspect(page);
      for (const wrong of ["九千块", "99999999"]) {
        await visit(page, SHEET);
        await page.getByLabel("报价", { exact: true }).fill(wrong);
        await press(page, "保存并核对");
        const sentence = page.locator('main a[href$="#price"]').first();
        assert.ok((await sentence.innerText()).trim().length > 4);
        assert.equal(await page.getByRole("button", { name: "确认提交投标" }).count(), 0);
        await inspect(page);
        await follow(page, sentence);
        assert.equal(new URL(page.url()).hash, "#price");
        await expectTyped(page, wrong);
        assert.equal(await page.locator("#price-error").count(), 1, `no sentence beside ${wrong}`);
      }
    });

    await t.test("a file is attached and listed", async () => {
      await fill(page, "9000.50");
      await page.locator(`input[type="file"][name="file"]`).setInputFiles({ name: "方案.pdf", mimeType: "application/pdf", buffer: pdf() });
      await press(page, "保存草稿");
      await page.getByRole("link", { name: "方案.pdf" }).waitFor();
      await inspect(page);
    });

    await t.test("everything is shown once more before it is sealed", async () => {
      await press(page, "保存并核对");
      assert.equal(new URL(page.url()).pathname, `${SHEET}/check`);
      const text = await page.locator("main").innerText();
      for (const part of ["玖仟元伍角", "方案.pdf", "SHA-256", ...Object.values(TYPED)]) {
        assert.ok(text.includes(part), `the page shows ${part}`);
      }
      await inspect(page);
    });

    await t.test("submitting twice gives one receipt, with digest and time", async () => {
      const form = {};
      for (const name of ["csrf", "request_key", "version"]) {
        form[name] = await page.locator(`main input[name=${name}]`).getAttribute("value");
      }
      await press(page, "确认提交投标");
      assert.equal(new URL(page.url()).pathname, `/me/bids/${TENDER}`);
      await inspect(page);
      await visit(page, RECEIPT);
      const first = await page.locator("main pre, pre").first().innerText();
      assert.match(first, /[0-9a-f]{64}/);
      assert.match(await page.locator("body").innerText(), /2014年3月10日/);
      const again = await page.request.post(`${SHEET}/check`, { form, headers: { origin: demo.address } });
      assert.equal(again.status(), 200);
      await visit(page, RECEIPT);
      assert.equal(await page.locator("main pre, pre").first().innerText(), first);
    });

    await t.test("another organisation finds no such receipt, a visitor must sign in", async () => {
      const other = await openPage(browser, { address: demo.address });
      await signIn(other, bidder === "org16" ? "org17" : "org16");
      const answer = await other.goto(RECEIPT);
      assert.equal(answer.status(), 404);
      await other.context().clearCookies();
      await other.goto(RECEIPT);
      assert.equal(new URL(other.url()).pathname, "/sign-in");
      await other.context().close();
    });

    await page.context().close();
  });
}

/** Signs in as the first organisation that may bid on the tender and has not. */
async function eligibleBidder(page) {
  for (const name of accountsOf(demo, "organisation_user")) {
    if (["org16", "org17"].includes(name)) continue;
    await page.context().clearCookies();
    await signIn(page, name);
    const receipt = await page.request.get(RECEIPT);
    await page.goto(SHEET);
    const may = await page.getByText("本单位目前符合投标资格。").count();
    if (receipt.status() === 404 && may > 0) return name;
  }
  return assert.fail(`no organisation may bid on ${TENDER}`);
}

async function fill(page, price) {
  await page.getByLabel("报价", { exact: true }).fill(price);
  for (const [label, value] of Object.entries(TYPED)) await page.getByLabel(label, { exact: true }).fill(value);
  for (const part of PARTS) await page.getByLabel(part, { exact: true }).fill(`${part}：按采购需求逐项完成（示例）。`);
  for (const box of await page.locator("main input[type=checkbox][name^=statement]").all()) await box.check();
}

async function expectTyped(page, price) {
  assert.equal(await page.getByLabel("报价", { exact: true }).inputValue(), price);
  for (const [label, value] of Object.entries(TYPED)) {
    assert.equal(await page.getByLabel(label, { exact: true }).inputValue(), value);
  }
  for (const part of PARTS) assert.match(await page.getByLabel(part, { exact: true }).inputValue(), /逐项完成/);
  for (const box of await page.locator("main input[type=checkbox][name^=statement]").all()) assert.ok(await box.isChecked());
}

/** The smallest document with one empty page, its table of offsets right. */
function pdf() {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((body, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const table = text.length;
  const rows = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}
