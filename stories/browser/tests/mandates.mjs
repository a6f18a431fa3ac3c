// Digital Fuldmagt by hand: a neighbour asks, Inger looks, says yes to part, and stops it while his page is open.
import assert from "node:assert/strict";
import { it } from "node:test";
import { axe } from "../lib/axe.mjs";
import { openWindow, phone } from "../lib/browser.mjs";
import { inger, logInForMandates, question, sendRequest, topic } from "../lib/mandates.mjs";
import { focus, overflow } from "../lib/look.mjs";
import { choosePerson, heading, logIn, recordOf } from "../lib/visitor.mjs";

const small = { width: 320, height: 640 };

/** The page is as it must be in every state: nothing wider than a small window. */
async function fits(page, name) {
  const size = page.viewportSize();
  await page.setViewportSize(small);
  assert.equal(await overflow(page), 0, `${name} at 320 px`);
  await page.setViewportSize(size);
}

/** The same, and nothing for axe: it waits by timers, which stand still where scripts are off. */
async function sound(page, name) {
  assert.deepEqual(await axe(page), [], name);
  await fits(page, name);
}

async function asks(page, sound) {
  await logInForMandates(page, "Niels Krogh");
  await page.getByRole("link", { name: "Bed om en fuldmagt" }).click();
  await sound(page, "before the questions");
  await page.getByRole("button", { name: "Begynd" }).click();
  await question(page, "Hvem vil du bede om fuldmagt fra?");
  await page.getByRole("button", { name: "Fortsæt", exact: true }).click();
  assert.match(await page.title(), /^Fejl: .* – trin 1 af 5/);
  await sound(page, "the person, wrong");
  await sendRequest(page, { sound });
  assert.match(await page.locator("main").innerText(), /Nummer: F-/);
  await sound(page, "the receipt");
}

async function answers(page, sound) {
  await logInForMandates(page, "Inger Holm");
  await page.getByRole("link", { name: /^Se og svar ?: Niels Krogh$/ }).click();
  assert.equal(await heading(page), "Vil du give Niels Krogh fuldmagt?");
  await sound(page, "the request");
  assert.doesNotMatch(await page.locator("main").innerText(), /Breve og dokumenter/, "who may read everything may read letters");
  assert.equal(await page.locator("input[name=svar]:checked").count(), 0, "nothing is chosen beforehand");
  await page.getByRole("link", { name: /Se præcis/ }).click();
  assert.match(await page.locator("main").innerText(), /i alt\. De nyeste er:/);
  await sound(page, "what he would see");
  await page.getByRole("link", { name: "Tilbage til dit svar" }).click();
  await page.getByText("Ja, men ikke til det hele").click();
  await page.getByRole("button", { name: "Fortsæt", exact: true }).click();
  assert.equal(await heading(page), "Hvad må Niels?");
  await page.getByText("Social- og sundhedsportal: Handle").click();
  await sound(page, "part of it");
  await page.getByRole("button", { name: "Fortsæt", exact: true }).click();
  assert.equal(await heading(page), "Underskriv fuldmagten");
  assert.doesNotMatch(await page.locator(".bp-signed").innerText(), /Handle:/);
  await sound(page, "the signature");
  await page.getByText("Jeg forstår, hvad jeg giver lov til").click();
  await page.getByRole("button", { name: "Underskriv" }).click();
  assert.equal(await heading(page), "Du har givet Niels Krogh fuldmagt");
  await sound(page, "the giver's receipt");
}

async function stops(page, sound) {
  await page.goto("/fuldmagter?side=givet");
  await sound(page, "the list");
  await page.getByRole("link", { name: /^Stop fuldmagten ?: Niels Krogh$/ }).first().click();
  await sound(page, "to stop");
  await page.getByRole("button", { name: "Ja, stop nu" }).click();
  assert.match(await page.locator("main").innerText(), /Du har stoppet fuldmagten/);
  await sound(page, "stopped");
}

export default function mandates(world) {
  for (const [name, options, look] of [
    ["without JavaScript", { javaScriptEnabled: false }, fits],
    ["on a phone", { viewport: phone }, sound],
  ]) {
    it(`a neighbour asks, Inger says yes to part and stops it while his page is open: ${name}`, async () => {
      const [his, hers] = [await openWindow(world.browser, world.portal.url, options), await openWindow(world.browser, world.portal.url, options)];
      await asks(his.page, look);
      await answers(hers.page, look);
      await logIn(his.page, { person: "Niels Krogh", role: "Pårørende", code: "0217" });
      await choosePerson(his.page, "Inger Holm");
      assert.match(await his.page.locator(".bp-acting").innerText(), /Inger Holm/);
      const here = recordOf(his.page);
      await stops(hers.page, look);
      await his.page.goto(`${here}/documents`);
      assert.match(await his.page.locator("main").innerText(), /Fuldmagten er stoppet af den, der gav den/);
      for (const window of [his, hers]) {
        assert.deepEqual(window.complaints, []);
        await window.close();
      }
    });
  }

  it("the questions by keyboard alone; the focus goes to what is wrong", async () => {
    const { page, complaints, close } = await openWindow(world.browser, world.portal.url);
    await logInForMandates(page, "Bent Holm");
    await page.goto("/fuldmagter/giv");
    await page.getByRole("button", { name: "Begynd" }).focus();
    await page.keyboard.press("Enter");
    await question(page, "Hvem vil du give fuldmagt til?");
    await page.getByRole("button", { name: "Fortsæt", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".bp-errors").waitFor();
    assert.match(await page.evaluate(() => document.activeElement.className), /bp-errors/);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal((await focus(page)).id, "navn");
    await page.keyboard.type("Inger Holm");
    await page.keyboard.press("Tab");
    await page.keyboard.type(inger());
    await page.keyboard.press("Enter");
    await question(page, "Hvad må Inger?");
    const box = topic(page, "Social- og sundhedsportal").getByRole("checkbox").first();
    await box.focus();
    assert.ok((await focus(page)).ringed, "the box shows the focus");
    await page.keyboard.press("Space");
    assert.ok(await box.isChecked());
    assert.deepEqual(complaints, []);
    await close();
  });
}
