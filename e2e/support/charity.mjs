// Recognition as a charity as three people do it: the organisation, an officer, the director.

import { expectAccepted, press, pressConfirmed } from "./forms.mjs";

/** Puts one paper of each kind into the organisation's store. */
export async function givePapers(own, kinds) {
  await own.visitAs("/me/papers");
  for (const kind of kinds) {
    await own.locator("#kind").selectOption({ label: kind });
    const file = { name: `${kind}.pdf`, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 report") };
    await own.locator("input[type=file]").setInputFiles(file);
    await press(own, "存入一份材料");
    await expectAccepted(own, kind);
  }
}

/** Ticks and explains every condition of the form, chooses all papers and promises. */
export async function explainAll(own) {
  for (const box of await own.locator("input[name^=met_]").all()) await box.check();
  for (const text of await own.locator("textarea[name^=says_]").all()) await text.fill("符合，见章程和制度（示例）");
  for (const paper of await own.locator("input[name=papers]").all()) await paper.check();
  await own.locator("#promise").check();
}

/** Sends a whole application; gives the address of its page on the desk. */
export async function applyForCharity(own) {
  await own.visitAs("/me/charity");
  await own.locator("#statement").fill("面向社会扶老助困（示例）");
  await explainAll(own);
  await press(own, "提交申请");
  await expectAccepted(own, "the application");
  return new URL(own.url()).pathname.replace("/me/", "/desk/");
}

/** Takes it up, finds every condition met and recognises it. */
export async function recognise({ officer, director }, address) {
  await officer.visitAs(address);
  await press(officer, "受理");
  await expectAccepted(officer, "the acceptance");
  for (const box of await officer.locator("input[name^=found_][value=yes]").all()) await box.check();
  await officer.locator("#opinion").fill("逐项核对，均符合（示例）");
  await press(officer, "提交审查意见");
  await expectAccepted(officer, "the opinion");
  await director.visitAs(address);
  await director.locator("#decision").fill("各项条件均符合（示例）");
  await pressConfirmed(director, "认定为慈善组织");
  await expectAccepted(director, "the recognition");
}
