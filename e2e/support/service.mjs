// A part of a contract from the ledger of service to the bank's answer, by the hands of all who have to do it.

import { press, pressConfirmed } from "./forms.mjs";
import { TELEPHONE } from "./browser.mjs";
import { done, fill, hop, refused, text } from "./walk.mjs";

const INVOICE = { name: "发票（示例）.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 示例") };

/** Plays the parts of one contract; `contract` says how to come to its pages and who keeps its office's desk. */
export function serviceOf(contract) {
  const half = async (milestone, days, meets) => pay(contract, meets, await serve(contract, milestone, days, meets));
  return { half };
}

/** A part of the service from its ledger to the published acceptance; gives the accepted amount. */
async function serve({ go, desk, own, staff, number }, milestone, days, meets) {
  await own(["履约与验收", "登记服务"], async (page) => {
    for (const [at, day] of days.entries()) {
      await fill(page, { 服务日期: day, 服务对象编码: `A00${at + 1}`, 数量: "1", 地点: "梅园新村社区（示例）" });
      await done(page, "登记");
    }
  }, { viewport: TELEPHONE });
  await own(["履约与验收"], async (page) => {
    await page.getByLabel("完成情况").first().fill("探访已按约定完成（示例）");
    await done(page, "报告完成");
  });
  await desk(staff, ["履约与验收"], async (page) => {
    await page.getByLabel("书面意见").fill("探访按约定完成（示例）");
    await done(page, "提交意见");
  });
  let amount;
  await go.as("lead2", ["履约验收", `${number} / ${milestone}`], async (page) => {
    await fill(page, { 验收日期: meets, 地点: "梅园新村社区会议室（示例）" });
    await refused(page, "召集并发出邀请", /服务对象/, ["验收日期", "地点"]);
    for (const box of (await page.locator("input[name=recipients]").all()).slice(0, 3)) await box.check();
    await done(page, "召集并发出邀请");
    await done(page, "抽取回访记录");
    while ((await page.getByLabel("回访结果").count()) > 0) {
      await page.getByLabel("回访结果").first().selectOption({ label: "情况属实" });
      await pressConfirmed(page, "记录回访");
    }
    for (const verdict of ["满意", "满意", "不满意"]) {
      await page.getByLabel("意见", { exact: true }).first().selectOption({ label: verdict });
      await pressConfirmed(page, "记录意见");
    }
    await press(page, "逐项验收并作出决定");
    await done(page, "验收通过");
    await done(page, "公开验收结果");
    amount = (await text(page)).match(/验收金额\s+([\d,.]+) 元/)[1];
  });
  return amount;
}

/** Through three hands: the provider asks, finance approves, another pays, the bank answers. */
async function pay({ go, own }, day, amount) {
  const plain = amount.replaceAll(",", "");
  let request;
  await own(["收款"], async (page) => {
    await page.locator("input[name=acceptance]").first().check();
    await fill(page, { 发票号码: `示例${day}`, 发票日期: day, 发票金额: plain, 开户银行: "南京银行（示例）", 账号: "0123 4567" });
    await page.locator("input[type=file]").setInputFiles(INVOICE);
    await done(page, "申请付款");
    request = (await text(page)).match(/FK-\d{4}-\d{4}/g).at(-1);
  });
  await go.as("finance", ["付款申请", request], (page) => done(page, "审核通过"));
  await go.as("payer", ["付款批次"], async (page) => {
    await page.locator("label", { hasText: request }).first().click();
    await done(page, "送交银行");
    if ((await page.locator("input[type=file]").count()) === 0) await hop(page, "付款批次");
    const csv = `付款流水号,金额（元）,结果,备注\n${request}-1,${plain},成功,\n`;
    await page.locator("input[type=file]").setInputFiles({ name: "回单.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await done(page, "导入银行回单");
  });
}
