// English: chosen in the footer, kept for the visit, and without a Danish word but in what the record says.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { it } from "node:test";
import { openWindow } from "../lib/browser.mjs";
import { arrive, enter, outside, speak, wholeRecord } from "../lib/itinerary.mjs";

const locales = new URL("../../../crates/i18n/locales/", import.meta.url);

/** The whole sentences of a language: those without a gap to fill. */
function sentences(language) {
  const folder = new URL(`${language}/`, locales);
  const text = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8")).join("\n");
  return new Set([...text.matchAll(/^[\w-]+ = ([^{}\n]{4,})$/gm)].map((found) => found[1].trim()));
}

/** What a page says by itself, piece by piece, without what the record says. */
const said = (page) => page.evaluate(() => {
  const words = [];
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentElement.closest("script, title, [lang=da], article h1, .bp-doc, .bp-row-link")) words.push(node.data.trim());
    } else for (const name of ["aria-label", "alt", "title", "placeholder"]) {
      if (node.hasAttribute(name)) words.push(node.getAttribute(name));
    }
  }
  return words.filter(Boolean);
});

export default function language(world) {
  it("English pages hold no Danish but what the record says", async () => {
    const english = sentences("en");
    const danish = [...sentences("da")].filter((sentence) => !english.has(sentence));
    assert.ok(danish.length > 200, `${danish.length} sentences`);
    const wrong = [];
    for (const [who, further] of [[null, outside], [{ person: "Mette Holm-Larsen", role: "Pårørende", code: "0217" }, wholeRecord],
      [{ person: "Inger Holm", role: "Borger", code: "0217" }, null], [{ person: "Lone Friis", role: "Borger", code: "0217" }, null]]) {
      const { page, close } = await openWindow(world.browser, world.portal.url);
      await speak(page, "en");
      const visit = async (name, act) => {
        await act();
        if (!page.url().startsWith(world.portal.url)) return;
        assert.equal(await page.locator("html").getAttribute("lang"), "en", name);
        // A document's name is what the record calls it, and stands in heading and title.
        const document = await page.locator(".bp-doc").count();
        const pieces = document ? await said(page) : [...await said(page), await page.title()];
        for (const piece of pieces) {
          if (danish.some((sentence) => piece === sentence || (sentence.length > 12 && piece.includes(sentence)))) wrong.push(`${name}: ${piece}`);
        }
      };
      const inside = who ? await arrive(page, visit, who) : false;
      if (inside) await enter(page, visit);
      if (further) await further(page, visit);
      await close();
    }
    // A grant is called what the record calls it, and what a search finds is the record's own words.
    const ours = [...new Set(wrong)].filter((piece) => !/^(Bevilling|Dokumenter, søgt): /.test(piece));
    assert.deepEqual(ours, []);
  });

  it("the language is chosen in the footer, on the page where one is, and stays", async () => {
    const { page, complaints, close } = await openWindow(world.browser, world.portal.url);
    await page.goto("/hjaelp");
    await page.getByRole("link", { name: "English" }).click();
    assert.equal(new URL(page.url()).pathname, "/hjaelp");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await page.goto("/");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await page.getByRole("link", { name: "Dansk" }).click();
    assert.equal(await page.locator("html").getAttribute("lang"), "da");
    assert.deepEqual(complaints, []);
    await close();
  });
}
