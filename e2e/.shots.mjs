import { launchBrowser, openPage } from "/work/wt/register/e2e/support/browser.mjs";
import { signIn } from "/work/wt/register/e2e/support/people.mjs";
const b = await launchBrowser();
const shots = JSON.parse(process.argv[2]);
for (const [who, path, file, width] of shots) {
  const page = await openPage(b, { address: "http://127.0.0.1:8111", viewport: { width: width ?? 1280, height: 900 } });
  if (who) await signIn(page, who);
  let p = path;
  if (p.startsWith("first:")) { await page.goto(p.slice(6)); const a = await page.locator("main table a, main td a").first().getAttribute("href"); p = a; }
  await page.goto(p);
  await page.screenshot({ path: `/tmp/register-${file}.png`, fullPage: true });
  await page.close();
}
await b.close();
