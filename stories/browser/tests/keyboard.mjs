// By keyboard alone: the whole way, with a focus that is always there, always to be seen, never covered.
import assert from "node:assert/strict";
import { it } from "node:test";
import { openWindow, phone } from "../lib/browser.mjs";
import { focus } from "../lib/look.mjs";
import { heading, logIn, recordOf } from "../lib/visitor.mjs";

/** Presses Tab until the words have the focus; on the way nobody may lose sight of it. */
async function tabTo(page, words, ours = true) {
  const passed = [];
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press("Tab");
    const at = await focus(page);
    if (!at) { passed.push("(the browser)"); continue; }
    passed.push(at.words);
    if (ours) {
      const where = `${await page.title()}: ${at.tag} “${at.words}”`;
      assert.ok(at.ringed, `no ring round ${where}`);
      assert.ok(at.inWindow, `out of the window: ${where}`);
      assert.ok(!at.covered, `covered: ${where}`);
    }
    if (at.words.includes(words)) return at;
  }
  return assert.fail(`Tab never comes to “${words}”: ${passed.join(" · ")}`);
}

async function press(page, words, key = "Enter", ours = true) {
  await tabTo(page, words, ours);
  const came = page.waitForEvent("framenavigated");
  await page.keyboard.press(key);
  await came;
  await page.waitForLoadState("load");
}

async function walk(page) {
  await page.goto("/");
  assert.equal((await tabTo(page, "Gå til indhold")).tag, "a", "the skip link comes first");
  await page.keyboard.press("Enter");
  assert.equal((await focus(page)).id, "indhold");
  await press(page, "En anden voksen");
  await tabTo(page, "Søg efter kommune");
  await page.keyboard.type("hels");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=hels/);
  await press(page, "Helsingør Kommune");
  await press(page, "Mette Holm-Larsen", "Enter", false);
  await page.waitForURL(/velkommen/);
  await tabTo(page, "Bent Holm");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  assert.ok(await page.getByRole("radio", { name: "Inger Holm" }).isChecked());
  await press(page, "Fortsæt");
  assert.equal(await heading(page), "Inger Holms forside");
  await press(page, "Se alle dokumenter");
  await tabTo(page, "Søg i dokumenter");
  await page.keyboard.type("sår");
  await press(page, "Søg");
  await press(page, "Sårskift");
  assert.match(await heading(page), /Sårskift/);
  await press(page, "Tilbage til dokumenter");
  await press(page, "Log af");
  assert.equal(await heading(page), "Du er logget af");
}

export default function keyboard(world) {
  for (const [name, options] of [["on a desktop", {}], ["on a phone", { viewport: phone }]]) {
    it(`the main job by keyboard alone, ${name}`, async () => {
      const { page, complaints, close } = await openWindow(world.browser, world.portal.url, options);
      await walk(page);
      assert.deepEqual(complaints, []);
      await close();
    });
  }

  it("filters by keyboard; the focus goes to what is wrong", async () => {
    const { page, complaints, close } = await openWindow(world.browser, world.portal.url, { viewport: phone });
    await logIn(page, { role: "Borger", code: "0217", person: "Inger Holm" });
    await page.goto(`${recordOf(page)}/documents`);
    await tabTo(page, "Vælg type og tid");
    await page.keyboard.press("Enter");
    await tabTo(page, "Observation");
    await page.keyboard.press("Space");
    await press(page, "Vis resultat");
    assert.match(page.url(), /type=observation/);
    await press(page, "Observation");
    assert.doesNotMatch(page.url(), /type=/, "the chip takes the filter off");
    await press(page, "Søg");
    assert.match(await page.title(), /Fejl: /);
    const summary = await page.evaluate(() => document.activeElement.className);
    assert.match(summary, /bp-errors/);
    await tabTo(page, "Skriv det, du vil søge efter");
    await page.keyboard.press("Enter");
    assert.equal((await focus(page)).id, "q");
    assert.deepEqual(complaints, []);
    await close();
  });
}
