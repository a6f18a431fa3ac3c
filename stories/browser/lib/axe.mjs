// The accessibility checker: WCAG 2.0, 2.1, 2.2 at A and AA, and its best practices. It skips no rule.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What the page does wrong, one line for each rule with the places. */
export async function axe(page) {
  await page.evaluate(source);
  const found = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }),
    tags,
  );
  return found.violations.map(({ id, help, nodes }) => {
    const places = nodes.map((node) => `${node.target.join(" ")} (${node.failureSummary?.replace(/\s+/g, " ")})`);
    return `${id}: ${help}: ${places.join(" | ")}`;
  });
}
