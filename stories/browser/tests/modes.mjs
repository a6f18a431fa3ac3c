// Special modes: forced colours, print, little motion, a low window.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { desktop, openWindow } from "../lib/browser.mjs";
import { choosePerson, logIn, recordOf } from "../lib/visitor.mjs";

const style = (locator, names) => locator.first().evaluate((one, wanted) => {
  const computed = getComputedStyle(one);
  return Object.fromEntries(wanted.map((name) => [name, computed[name]]));
}, names);

export default function modes(world) {
  describe("special modes", () => {
    let seat, page, here;
    before(async () => {
      seat = await openWindow(world.browser, world.portal.url);
      page = seat.page;
      await logIn(page, { role: "Pårørende", code: "0217", person: "Mette Holm-Larsen" });
      await choosePerson(page, "Inger Holm");
      here = recordOf(page);
    });
    after(() => seat.close());

    it("forced colours: native choices, borders round what colour alone held together", async () => {
      await page.emulateMedia({ forcedColors: "active" });
      await page.goto(`${here}/`);
      for (const place of [".bp-panel", ".bp-tile", ".bp-disc", ".button-primary"]) {
        const { borderTopStyle, borderTopWidth } = await style(page.locator(`main ${place}`), ["borderTopStyle", "borderTopWidth"]);
        assert.ok(borderTopStyle !== "none" && parseFloat(borderTopWidth) >= 1, `${place} has no border`);
      }
      const current = await style(page.locator(".bp-nav [aria-current]"), ["outlineStyle", "borderTopStyle", "borderBottomStyle"]);
      assert.ok(Object.values(current).some((value) => value !== "none"), "the current page stands out");
      await page.goto(`${here}/documents`);
      assert.notEqual((await style(page.locator(".badge"), ["borderTopStyle"])).borderTopStyle, "none");
      assert.equal((await style(page.locator("#type-letter"), ["appearance"])).appearance, "auto");
      await page.goto("/personer");
      assert.equal((await style(page.getByRole("radio"), ["appearance"])).appearance, "auto");
      await page.emulateMedia({ forcedColors: "none" });
    });

    it("print: the document, whose it is, who printed it, and nothing to press", async () => {
      await page.goto(`${here}/documents`);
      await page.getByRole("link", { name: "Afgørelse om madservice", exact: true }).click();
      await page.emulateMedia({ media: "print" });
      for (const place of [".bp-nav", ".bp-tabbar", ".bp-acting a", ".back-link", ".skipnav", "[data-print]", ".bp-user"]) {
        assert.equal(await page.locator(place).locator("visible=true").count(), 0, `${place} is printed`);
      }
      const printed = await page.locator(".bp-print-only").innerText();
      assert.match(printed, /^Udskrevet .* af Mette Holm-Larsen på vegne af Inger Holm/);
      assert.ok(await page.locator("h1").isVisible());
      assert.ok(await page.locator(".bp-doc").isVisible());
      assert.ok(await page.locator(".bp-brand").isVisible());
      assert.equal(await page.evaluate(() => getComputedStyle(document.body, "::after").content), "none", "the amber frame is not printed");
      const paper = await page.pdf({ format: "A4" });
      assert.ok(paper.length > 5000);
      assert.equal((paper.toString("latin1").match(/\/Type \/Page\b/g) ?? []).length, 1, "a short letter fits one sheet");
      await page.emulateMedia({ media: "screen" });
    });

    it("little motion: nothing moves by itself", async () => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.goto(`${here}/documents`);
      const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((one) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one);
        return transitionDuration.split(",").some((time) => parseFloat(time) > 0.01) || animationName !== "none" || scrollBehavior === "smooth";
      }).map((one) => `${one.tagName} ${one.className}`));
      assert.deepEqual(moving.slice(0, 5), []);
      await page.emulateMedia({ reducedMotion: "no-preference" });
    });

    it("400 % zoom: in a window of 320 × 256 nothing is pinned over the text", async () => {
      await page.setViewportSize({ width: 320, height: 256 });
      await page.goto(`${here}/documents`);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
      const pinned = await page.evaluate(() => [...document.querySelectorAll("header, .bp-acting, .bp-tabbar")]
        .map((one) => one.getBoundingClientRect()).filter((box) => box.bottom > 0 && box.top < innerHeight)
        .reduce((sum, box) => sum + box.height, 0));
      assert.ok(pinned <= 64, `${pinned} of 256 px are taken`);
      await page.setViewportSize(desktop);
    });

    it("the tab bar of phones covers nothing at the end of a page", async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      for (const path of ["/", "/documents", "/menu", "/access-log"]) {
        await page.goto(here + path);
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        const [foot, bar] = await page.evaluate(() => [document.querySelector(".bp-foot .container > :last-child").getBoundingClientRect().bottom,
          document.querySelector(".bp-tabbar").getBoundingClientRect().top]);
        assert.ok(foot <= bar + 0.5, `${path}: the footer ends at ${foot}, the bar begins at ${bar}`);
      }
      await page.setViewportSize(desktop);
    });
  });
}
