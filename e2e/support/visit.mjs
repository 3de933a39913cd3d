// Visits a page and holds it to what every page of ours must be: answered, silent, accessible, no wider
// than the screen. A failure says which page, which rule and which element.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { strict as assert } from "node:assert";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Goes to `path`, expects `status`, and inspects what came. */
export async function visit(page, path, { status = 200 } = {}) {
  page.troubles.length = 0;
  const response = await page.goto(path, { waitUntil: "load" });
  assert.equal(response?.status(), status, `GET ${path}`);
  if (status >= 400) {
    // The browser itself logs the status of the page we asked for.
    page.troubles = page.troubles.filter((trouble) => !trouble.includes(`status of ${status}`));
  }
  await inspect(page, path);
  return response;
}

/** Inspects the page as it stands, after a click or a submitted form as well as after a visit. */
export async function inspect(page, name = page.url()) {
  const found = [];
  if (page.script) {
    found.push(...(await accessibility(page)));
    found.push(...(await overflow(page)));
  }
  found.push(...page.troubles.splice(0));
  const { width } = page.viewportSize();
  assert.equal(found.length, 0, `${name} at ${width} px:\n  ${found.join("\n  ")}\n`);
}

async function accessibility(page) {
  // Through evaluate, not through a script element, so that the page's own policy stays in force.
  await page.evaluate(AXE);
  const violations = await page.evaluate(async (values) => {
    const result = await globalThis.axe.run(document, {
      runOnly: { type: "tag", values },
      resultTypes: ["violations"],
    });
    return result.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ target, html, failureSummary }) => ({ target: target.join(" "), html, failureSummary })),
    }));
  }, RULES);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html, failureSummary }) => {
      const why = (failureSummary ?? "").split("\n").slice(1).join("; ").replace(/\s+/g, " ");
      return `axe ${id} (${help})\n    at ${target}\n    ${html.slice(0, 200)}\n    ${why}`;
    }),
  );
}

/** Elements that reach over the right edge; what scrolls inside a box of its own may be wide. */
async function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const scrolls = (element) => {
      for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
        if (getComputedStyle(box).overflowX !== "visible") return true;
      }
      return false;
    };
    const wide = [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element))
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${[...element.classList].join(".")}`);
    return [`wider than the screen: ${document.documentElement.scrollWidth} > ${width}; ${wide.join(", ")}`];
  });
}
