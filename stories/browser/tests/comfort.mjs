// What the script adds: a warning before the session ends, a list that follows the words. Each has its way without.
import assert from "node:assert/strict";
import { it } from "node:test";
import { openWindow } from "../lib/browser.mjs";
import { heading, logIn, recordOf } from "../lib/visitor.mjs";

const inger = { role: "Borger", code: "0217", person: "Inger Holm" };

export default function comfort(world) {
  it("warns before the session ends; one press gives more time", async () => {
    const { page, complaints, close } = await openWindow(world.browser, world.portal.url);
    await page.clock.install();
    await logIn(page, inger);
    const [warn, end] = await page.evaluate(() => [Number(document.body.dataset.warn), Number(document.body.dataset.end)]);
    assert.equal(end - warn, 300, "five minutes before");
    const box = page.getByRole("dialog");
    assert.ok(!(await box.isVisible()));
    await page.clock.fastForward((warn + 6) * 1000);
    await box.waitFor({ state: "visible" });
    await box.getByRole("button", { name: "Bliv logget på" }).click();
    await box.waitFor({ state: "hidden" });
    assert.equal(await heading(page), "Goddag, Inger", "on the same page, nothing lost");
    await page.clock.fastForward((warn - 60) * 1000);
    assert.ok(!(await box.isVisible()), "the time counts anew");
    await page.clock.fastForward((end - warn + 70) * 1000);
    await page.waitForURL(/\/session\/ended/);
    assert.deepEqual(complaints, []);
    await close();
  });

  it("warns without JavaScript, too, and comes back to the same page", async () => {
    const { page, complaints, close } = await openWindow(world.browser, world.portal.url, { javaScriptEnabled: false });
    await logIn(page, inger);
    const list = `${recordOf(page)}/documents?type=letter`;
    await page.goto(list);
    const refresh = await page.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").getAttribute("content");
    const [, seconds, to] = /^(\d+);url=(.*)$/.exec(refresh);
    assert.ok(Number(seconds) >= 600);
    await page.goto(to);
    assert.match(await heading(page), /Du bliver logget af om \d+ minutter/);
    await page.getByRole("button", { name: "Bliv logget på" }).click();
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, list);
    assert.deepEqual(complaints, []);
    await close();
  });

  it("the list of municipalities follows the words, without leaving the page", async () => {
    const { page, complaints, close } = await openWindow(world.browser, world.portal.url);
    await page.goto("/kommune?rolle=borger");
    await page.getByLabel("Søg efter kommune").pressSequentially("ærø");
    await page.getByRole("link", { name: "Ærø Kommune" }).waitFor();
    assert.equal(await page.getByRole("status").innerText(), "1 kommune passer til “ærø”");
    assert.doesNotMatch(page.url(), /q=/);
    assert.deepEqual(complaints, []);
    await close();
  });
}
