// An application for the registration of an association, filled in page by page as its founder would, and taken
// through the window by the officials.

import { strict as assert } from "node:assert";
import { expectAccepted, follow, press, pressConfirmed } from "./forms.mjs";

const PAPERS = ["登记申请书", "章程", "住所使用权证明", "身份证明", "会员（理事）名单", "验资报告"];

/** What an association of 23 firms and 30 persons answers, by page. */
const ASSOCIATION = {
  premises: { division: "320104002", domicile: "示例路1号", premises_from: "2014-01-01", premises_until: "" },
  basis: { basis: "ordinary" },
  path: { path: "trade", unit: "南京市商务局" },
  purpose: { aim: "服务行业（示例）", scope: "行业自律与交流", fields: "trade_and_industry" },
  members: { individual_members: "30", unit_members: "23" },
  capital: { capital: "30000" },
  head: { representative: "孙晴（示例）", telephone: "025-83630001", staff: "1", leads_other: "no" },
  declaration: { has_branches: "no", lost_rights: "no" },
};

/** An identity number with its check character, for invented people. */
export function identity(seventeen) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...seventeen].reduce((total, digit, place) => total + Number(digit) * weights[place], 0);
  return seventeen + "10X98765432"[sum % 11];
}

/** Checks the name and begins the application; gives its address. */
export async function begin(page, name) {
  await page.visitAs("/apply");
  await page.getByLabel("社会团体", { exact: true }).check();
  await page.getByLabel("名称", { exact: true }).fill(name);
  await press(page, "核对名称");
  await press(page, "以此名称开始申请");
  await expectAccepted(page, "the beginning");
  return new URL(page.url()).pathname;
}

/** Answers every page; `other` says, by page, what is answered otherwise. */
export async function answer(page, at, other = {}) {
  await page.goto(at);
  await follow(page, page.getByRole("link", { name: "住所", exact: true }));
  for (const [step, plain] of Object.entries(ASSOCIATION)) {
    assert.ok(page.url().includes(`${at}/${step}`), `${page.url()} asks for ${step}`);
    await type(page, { ...plain, ...other[step] });
  }
}

/** Answers one page of an application that has been filled in before, found from its list of tasks. */
export async function change(page, at, link, values) {
  await page.goto(at);
  await follow(page, page.getByRole("link", { name: link, exact: true }));
  await type(page, values);
}

async function type(page, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`[name="${name}"]`);
    const kind = await field.first().evaluate((element) => element.type);
    if (kind === "radio" || kind === "checkbox") await page.locator(`[name="${name}"][value="${value}"]`).check();
    else if (kind === "select-one") await field.selectOption(value);
    else await field.fill(value);
  }
  await press(page, "保存并继续");
  await expectAccepted(page, "saving a page");
}

/** Uploads every paper that an association needs. */
export async function upload(page, at) {
  await page.goto(`${at}/papers`);
  for (const kind of PAPERS) {
    await page.locator("#kind").selectOption({ label: kind });
    const file = { name: `${kind}.pdf`, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 paper") };
    await page.locator("input[type=file]").setInputFiles(file);
    await press(page, "上传一份新材料");
    await expectAccepted(page, `uploading ${kind}`);
  }
}

/** Sends the application in; gives its number, or nothing when it was refused. */
export async function submit(page, at) {
  await page.goto(at);
  await follow(page, page.getByRole("link", { name: "核对并提交" }));
  await press(page, "确认提交");
  return (await page.locator("main").innerText()).match(/受理编号\s*(NJSL-\d{4}-\d{4})/)?.[1];
}

/** Presses the act of a case that has a page of its own, and sends that page. */
export async function act(page, number, name) {
  await page.visitAs(`/desk/cases/${number}`);
  await follow(page, page.getByRole("button", { name, exact: true }));
  await press(page, name);
  await expectAccepted(page, name);
}

/** Writes a reason for each doubtful condition that has none yet; gives how many there were. */
export async function giveReasons(page) {
  const fields = await page.locator("textarea[name^=reason-]").all();
  for (const field of fields) {
    if ((await field.inputValue()) === "") await field.fill("已经核实，不影响登记（示例）。");
  }
  return fields.length;
}

/** An officer says of every item of the law's list that the charter has it, but of `lacks` that it lacks them. */
export async function checkCharter(page, number, lacks = []) {
  await page.visitAs(`/desk/cases/${number}`);
  await follow(page, page.getByRole("button", { name: "核对章程", exact: true }));
  for (const answer of await page.locator("input[name^=item-][value=yes]").all()) await answer.check();
  for (const item of lacks) await page.locator(`input[name=item-${item}][value=no]`).check();
  await press(page, "核对章程");
  await expectAccepted(page, "the checklist");
}

/** Two officers say that they would allow it, after one of them has compared the charter with the law's list. */
export async function review(number, officers) {
  await officers[0].visitAs(`/desk/cases/${number}`);
  const opinion = officers[0].getByRole("button", { name: "提出审查意见", exact: true });
  if ((await opinion.count()) === 0) await checkCharter(officers[0], number);
  for (const page of officers) {
    await page.visitAs(`/desk/cases/${number}`);
    await follow(page, page.getByRole("button", { name: "提出审查意见", exact: true }));
    await page.locator("input[name=verdict][value=yes]").check();
    await page.locator("#text").fill("材料齐全，符合条件。");
    await giveReasons(page);
    await press(page, "提出审查意见");
    await expectAccepted(page, "an opinion");
  }
}

/** The third person allows it; the certificate is issued and announced. */
export async function allow(number, approver, officer) {
  await approver.visitAs(`/desk/cases/${number}`);
  await follow(approver, approver.getByRole("button", { name: "准予登记", exact: true }));
  await pressConfirmed(approver, "准予登记");
  await expectAccepted(approver, "the decision");
  await act(officer, number, "发放证书");
  await act(officer, number, "公告");
}

/** The refusals at the head of a page, each with the rules that it links to. */
export async function refusals(page) {
  const lines = await page.locator(".govuk-error-summary__list li").all();
  const told = await Promise.all(
    lines.map(async (line) => ({
      text: await line.innerText(),
      rules: await line.locator(".app-rule").evaluateAll((links) => links.map((link) => link.pathname)),
    })),
  );
  page.troubles.length = 0; // The browser logs the status of a refused form.
  return told;
}

/** Fails unless one of the refusals says `text` and links to `rule`. */
export async function expectRefused(page, text, rule) {
  const told = await refusals(page);
  const found = told.some((one) => text.test(one.text) && one.rules.includes(`/rules/${rule}`));
  assert.ok(found, `${page.url()} does not refuse with ${text} under ${rule}: ${JSON.stringify(told)}`);
}
