// Every page and state the itinerary knows, looked at in every way that a machine can look.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { axe } from "../lib/axe.mjs";
import { desktop, openWindow, phone } from "../lib/browser.mjs";
import { arrive, enter, outside, record, speak, wholeRecord } from "../lib/itinerary.mjs";
import { cutOff, overflow, smallTargets, tooWide } from "../lib/look.mjs";
import { mandates } from "../lib/mandates-walk.mjs";

const small = { width: 320, height: 640 };
const spaced = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }";

/** Adds a style sheet as a reader's own tool would: the page's policy is not asked. */
const wear = (page, css) => page.evaluate((text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [sheet];
}, css);

async function fits(page, seen, name, how) {
  const over = await overflow(page);
  if (over > 0) seen.wide.push(`${name}, ${how}: ${over} px: ${(await tooWide(page)).join(" | ")}`);
}

async function keepsItsText(page, seen, name) {
  const cut = await cutOff(page);
  if (cut.length) seen.cut.push(`${name}: ${cut.join(" | ")}`);
}

/** All questions to one page. */
async function look(page, seen, around, { name, thorough }) {
  for (const size of thorough ? [desktop, phone] : [phone]) {
    await page.setViewportSize(size);
    seen.axe.push(...(await axe(page)).map((what) => `${name}, ${size.width}: ${what}`));
  }
  if (!thorough) return;
  seen.small.push(...(await smallTargets(page)).map((what) => `${name}: ${what}`));
  await page.setViewportSize(small);
  await fits(page, seen, name, "320 px");
  await wear(page, spaced);
  await fits(page, seen, name, "320 px, spaced text");
  await keepsItsText(page, seen, name);
  await wear(page, "html { font-size: 125% !important }");
  await page.setViewportSize(phone);
  await fits(page, seen, name, "390 px, text of 200 %");
  await page.setViewportSize(desktop);
  await fits(page, seen, name, "1280 px, text of 200 %");
  await wear(page, "");
  const { links, lost } = await page.evaluate(() => {
    const here = location.href.split("#")[0];
    const all = [...document.querySelectorAll("a[href]")].map((link) => link.href);
    const inside = all.filter((link) => link.startsWith(`${here}#`));
    return { links: all.filter((link) => !inside.includes(link)), lost: inside.filter((link) => !document.getElementById(link.split("#")[1])) };
  });
  for (const link of links) around.add(link);
  seen.dead.push(...lost.map((link) => `${name}: nothing at ${link}`));
  seen.headings.push([name, await page.locator("h1").count(), await page.title()]);
  seen.tabindex += await page.locator("[tabindex]:not([tabindex='-1']):not([tabindex='0'])").count();
}

/** Links that lead nowhere, or to a place on a page that is not there. */
async function dead(page, links, url) {
  const wrong = [];
  for (const link of links) {
    const to = new URL(link);
    if (!link.startsWith(url) || /^\/(log-paa|sprog|session\/step-up)|\/messages\/drafts\//.test(to.pathname)) continue;
    const answer = await page.request.get(to.href);
    // An area that a mandate does not cover stays in the menu; its page says why.
    if (answer.status() === 403 && (await answer.text()).includes("Du har ikke fuldmagt til dette")) continue;
    if (answer.status() >= 400) wrong.push(`${answer.status()} ${link}`);
    else if (to.hash && !(await answer.text()).includes(`id="${to.hash.slice(1)}"`)) wrong.push(`no ${to.hash} at ${link}`);
  }
  return wrong;
}

const mette = { person: "Mette Holm-Larsen", role: "Pårørende", code: "0217" };

const visitors = [
  [null, outside],
  [null, (page, visit) => mandates(page, visit, { asker: "Niels Krogh", language: "da" })],
  [mette, wholeRecord],
  [{ person: "Inger Holm", role: "Borger", code: "0217" }, record],
  [{ person: "Karen Wulff", role: "Pårørende", code: "0217" }, record],
  [{ person: "Sofie Aabo", role: "Borger", code: "0530" }, null],
  [{ person: "Jonas Aabo", role: "Forælder", code: "0530" }, null],
  [{ person: "Samir Haddad", role: "Pårørende", code: "0730" }, null],
  [{ person: "Lone Friis", role: "Borger", code: "0217" }, null],
  [{ person: "Peter Dahl", role: "Forælder", code: "0217" }, null],
  [{ person: "Noah Vind", role: "Borger", code: "0217" }, null],
  [{ person: "Poul Ravn", role: "Borger", code: "0217" }, null],
];

async function visitAll(world, seen, visits) {
  for (const { who, further, lang, thorough } of visits) {
    const { page, complaints, close } = await openWindow(world.browser, world.portal.url);
    if (lang !== "da") await speak(page, lang);
    const links = new Set();
    const visit = async (name, act) => {
      await page.setViewportSize(desktop);
      await act();
      await page.waitForLoadState("load");
      const here = new Set();
      await look(page, seen, here, { name: `${who?.person ?? "nobody"}: ${name} (${lang})`, thorough });
      // What Digital Fuldmagt links to lives as long as the draft does, and is this person's alone.
      const brief = new URL(page.url()).pathname.startsWith("/fuldmagter");
      if (brief) seen.dead.push(...await dead(page, here, world.portal.url));
      else for (const link of here) links.add(link);
    };
    const inside = who ? await arrive(page, visit, who) : false;
    if (inside) await enter(page, visit);
    if (further && (inside || !who)) await further(page, visit);
    seen.dead.push(...await dead(page, links, world.portal.url));
    seen.complaints.push(...complaints);
    await close();
  }
}

export default function everyPage(world) {
  describe("every page", () => {
    const seen = { axe: [], wide: [], cut: [], small: [], dead: [], complaints: [], headings: [], tabindex: 0 };
    before(async () => {
      const all = [
        ...visitors.map(([who, further]) => ({ who, further, lang: "da", thorough: true })),
        { who: null, further: outside, lang: "en", thorough: false },
        { who: null, further: (page, visit) => mandates(page, visit, { asker: "Karen Wulff", language: "en" }), lang: "en", thorough: false },
        { who: mette, further: record, lang: "en", thorough: false },
      ];
      // Two people at a time: the browser is the slow part, and machines have two cores.
      await Promise.all([0, 1].map((turn) => visitAll(world, seen, all.filter((_, index) => index % 2 === turn))));
    });
    it("has nothing that axe-core objects to: WCAG 2.2 AA and best practice, 1280 and 390 px, in both languages", () => assert.deepEqual(seen.axe, []));
    it("fits 320 px, also with the spacing of WCAG, and the double text at 390 and 1280 px", () => assert.deepEqual(seen.wide, []));
    it("cuts no text off", () => assert.deepEqual(seen.cut, []));
    it("has targets of at least 44 px", () => assert.deepEqual([...new Set(seen.small)], []));
    it("has no dead link", () => assert.deepEqual(seen.dead, []));
    it("lets the browser complain of nothing: no message, no refused source, nobody else asked", () => assert.deepEqual(seen.complaints, []));
    it("has one heading of the first rank and a title of its own", () => {
      for (const [name, count, title] of seen.headings) {
        assert.equal(count, 1, name);
        assert.match(title, /\S – Borgerportalen$/, name);
      }
      assert.equal(seen.tabindex, 0, "the order is the page's own");
      assert.ok(seen.headings.length > 45, `${seen.headings.length} pages`);
    });
  });
}
