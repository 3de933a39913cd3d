// Pictures for the documents. They are written only when PICTURES is set, so that a test run changes no file.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./program.mjs";

/** Saves what the page shows as docs/images/<name>.png. */
export async function picture(page, name, { fullPage = false } = {}) {
  if (!process.env.PICTURES) return;
  const folder = join(ROOT, "docs/images");
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: "disabled" });
}
