// Supervision in the browser: a director opens the points of the account, an overdue milestone becomes a finding,
// discipline opens a ticket, the office answers it, discipline closes it, and everyone reads the overview.

import { strict as assert } from "node:assert";
import { after, before, test } from "node:test";
import { TELEPHONE, launchBrowser, openPage } from "./support/browser.mjs";
import { expectAccepted, faults, follow, press } from "./support/forms.mjs";
import { openAs } from "./support/people.mjs";
import { startDemo } from "./support/program.mjs";
import { inspect, visit } from "./support/visit.mjs";

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

test("every point of an account opens to what it came from", async () => {
  const lead = await openAs(browser, demo, "lead1");
  await lead.visitAs("/desk/accounts?year=2014");
  await inspect(lead, "the accounts of all offices");
  await follow(lead, lead.locator("table.govuk-table tbody tr", { hasText: "合格" }).locator("a").first());
  await inspect(lead, "one office's account");
  const line = lead.locator("section[id^=part-] tbody tr").first();
  assert.ok((await line.count()) > 0, "the account has lines");
  await follow(lead, line.locator("td:nth-child(2) a"));
  assert.match(new URL(lead.url()).pathname, /^\/(tenders|contracts|purchase)/);
  await lead.context().close();
});

test("a finding becomes a ticket, is answered by one and closed by another", async () => {
  const discipline = await openAs(browser, demo, "supervisor");
  await discipline.visitAs("/desk/supervision");
  await inspect(discipline, "the findings");
  await follow(discipline, discipline.locator("tbody td:first-child a").first());
  const office = await discipline.locator("dd.govuk-summary-list__value").first().innerText();
  await press(discipline, "发督查单");
  assert.match((await faults(discipline)).join(), /请写明督查要求/);
  discipline.troubles = discipline.troubles.filter((trouble) => !trouble.includes("status of 422"));
  await discipline.getByLabel("督查要求").fill("请于期限内整改，并说明原因。");
  await press(discipline, "发督查单");
  await expectAccepted(discipline, "the ticket");
  await inspect(discipline, "the ticket");
  const ticket = new URL(discipline.url()).pathname;

  const staff = demo.accounts.filter((account) => account.role === "office_staff").map((account) => account.name);
  let answered = false;
  for (const name of staff) {
    const page = await openAs(browser, demo, name);
    await page.visitAs("/desk/tickets");
    const link = page.locator(`a[href="${ticket}"]`);
    if ((await link.count()) > 0) {
      await follow(page, link.first());
      await page.getByLabel("答复").fill("已整改完毕，材料附后。");
      await press(page, "提交答复");
      await expectAccepted(page, "the answer");
      answered = true;
    }
    await page.context().close();
    if (answered) break;
  }
  assert.ok(answered, `the ticket lies on a desk of ${office}`);

  await discipline.visitAs(ticket);
  await discipline.getByLabel("审查意见").fill("属实，同意销号。");
  await press(discipline, "认可并销号");
  await expectAccepted(discipline, "the end of the ticket");
  await discipline.context().close();
});

test("everyone reads the overview on a telephone", async () => {
  const page = await openPage(browser, { address: demo.address, viewport: TELEPHONE });
  await visit(page, "/oversight?year=2014");
  await inspect(page, "the public overview");
  await page.context().close();
});

test("the file of a purchase prints its seven parts", async () => {
  const lead = await openAs(browser, demo, "lead1");
  await lead.visitAs("/desk/tenders/NJGZ-2014-001/archive");
  await inspect(lead, "the file");
  assert.equal(await lead.locator("main table").first().locator("tbody tr").count(), 7);
  await lead.context().close();
});
