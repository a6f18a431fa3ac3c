// Digital Fuldmagt by hand: a neighbour asks; Inger finds it in her Digital Post, looks, says yes to part, and stops it
// while his page is open. A mandate that ends soon goes on; what is asked by letter comes as a letter.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { axe } from "../lib/axe.mjs";
import { openWindow, phone } from "../lib/browser.mjs";
import { amir, boxOf, inger, letterTo, lettersIn, lone, logInForMandates, messageTo, question, sendRequest, topic } from "../lib/mandates.mjs";
import { focus, overflow } from "../lib/look.mjs";
import { choosePerson, chooseTestPerson, heading, logIn, recordOf } from "../lib/visitor.mjs";

const small = { width: 320, height: 640 };

const forward = (page) => page.locator("main form button.button-primary").click();

async function sign(page) {
  await page.locator("label[for=forstaaet]").click();
  await forward(page);
}

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

/** From the message in her post box to the request, by way of MitID. */
async function findsTheMessage(page, postUrl, known) {
  const message = await messageTo(page, postUrl, "Inger Holm", known);
  await page.goto(message);
  const told = await page.locator(".letter").innerText();
  assert.match(told, /Niels Krogh/);
  assert.doesNotMatch(`${told} ${await heading(page)}`, /\d{6}-?\d{4}|portal: |sundhed/i, "no number, and nothing of what it is about");
  await page.locator("a.act").first().click();
  await chooseTestPerson(page, "Inger Holm");
}

async function answers(page, sound, { postUrl }, known) {
  await findsTheMessage(page, postUrl, known);
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

/** Inger gives until soon; the list says that it ends, and she lets it go on. */
async function renews(page, sound, other) {
  await logInForMandates(page, "Inger Holm");
  await page.goto("/fuldmagter/giv");
  await page.getByRole("button", { name: "Begynd" }).click();
  await page.locator("#navn").fill(other.name);
  await page.locator("#cpr").fill(other.cpr());
  await forward(page);
  await topic(page, "Breve og dokumenter").getByText("Læse", { exact: true }).click();
  await forward(page);
  const soon = new Date(Date.now() + 20 * 86_400_000);
  await page.getByText("Til en dato, du vælger").click();
  await page.locator("#dag").fill(String(soon.getDate()));
  await page.locator("#maaned").fill(String(soon.getMonth() + 1));
  await page.locator("#aar").fill(String(soon.getFullYear()));
  await forward(page);
  await page.locator("a.button-mitid").click();
  await sign(page);
  assert.equal(await heading(page), `Du har givet ${other.name} fuldmagt`);
  await page.goto("/fuldmagter?side=givet");
  await page.getByRole("link", { name: new RegExp(`^Forlæng ?: ${other.name}$`) }).click();
  await sound(page, "to renew");
  await page.locator("label[for=periode-own]").click();
  await forward(page);
  assert.match(await page.title(), /^Fejl: /);
  await sound(page, "to renew, without a day");
  await page.locator("label[for=periode-1]").click();
  await forward(page);
  assert.equal(await heading(page), "Underskriv forlængelsen");
  await sign(page);
  assert.equal(await heading(page), `Fuldmagten til ${other.name} er forlænget`);
  await sound(page, "the receipt of a renewal");
}

/** What somebody asks by name and address comes as a letter that can be signed, and nothing else. */
async function asksByLetter(page, sound, { person, postUrl }) {
  await boxOf(page, postUrl, "Inger Holm");
  const known = await lettersIn(page);
  await logInForMandates(page, person);
  await page.goto("/fuldmagter/bed-om");
  await page.getByRole("button", { name: "Begynd" }).click();
  await page.locator("#navn").fill("Inger Holm");
  await page.getByText("Jeg kender ikke CPR-nummeret").click();
  await page.locator("#adresse").fill("Strandvejen 5, 2. tv, DK-3000 Helsingør");
  await sound(page, "somebody by address");
  await forward(page);
  await topic(page, "Breve og dokumenter").getByText("Læse", { exact: true }).click();
  await forward(page);
  await forward(page);
  await sound(page, "how it is sent to an address");
  assert.equal(await page.getByRole("radio").count(), 0, "there is nothing to choose: it is a letter");
  await forward(page);
  await page.locator("a.button-mitid").click();
  await forward(page);
  assert.equal(await heading(page), "Din anmodning er sendt");
  await page.goto(postUrl);
  await page.locator("a.person", { hasText: "Inger Holm" }).click();
  const letter = await letterTo(page, known);
  assert.match(await page.locator("a.person[href*='/letters/']").first().innerText(), /2\. tv, 3000 Helsingør/, "as the post wants it");
  return (await page.request.get(letter)).body();
}

/** The letter is small and tagged, and is read aloud in the order in which it is meant: by Poppler, which `./test` installs. */
function printed(pdf, asker) {
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  assert.ok(pdf.length < 60_000, `${pdf.length} bytes`);
  const folder = mkdtempSync(join(tmpdir(), "borgerportal-letter-"));
  try {
    const file = join(folder, "letter.pdf");
    writeFileSync(file, pdf);
    assert.match(execFileSync("pdfinfo", [file], { encoding: "utf8" }), /^Tagged: +yes$/m);
    const text = execFileSync("pdftotext", [file, "-"], { encoding: "utf8" });
    const places = ["Inger Holm", "Strandvejen 5, 2. tv", asker, "Breve og dokumenter", "Svarside", "Underskrift"].map((part) => [part, text.indexOf(part)]);
    assert.ok(places.every(([, at]) => at >= 0), `${JSON.stringify(places)}\n${text}`);
    assert.deepEqual(places, [...places].sort(([, one], [, other]) => one - other), text);
    assert.doesNotMatch(text, /\d{6}-?\d{4}/, "no number of a person");
  } finally {
    rmSync(folder, { recursive: true });
  }
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
      const known = await boxOf(hers.page, world.portal.postUrl, "Inger Holm");
      await asks(his.page, look);
      await answers(hers.page, look, world.portal, known);
      await logIn(his.page, { person: "Niels Krogh", role: "Pårørende", code: "0217" });
      await choosePerson(his.page, "Inger Holm");
      assert.match(await his.page.locator(".bp-acting").innerText(), /Inger Holm/);
      const here = recordOf(his.page);
      await his.page.goto(`${here}/documents`);
      await his.page.locator(".bp-row-link").first().click();
      assert.equal(await his.page.locator(".bp-doc").count(), 1, "he reads");
      await stops(hers.page, look);
      await his.page.locator("a.back-link, .breadcrumbs a").last().click();
      await his.page.waitForLoadState("load");
      assert.match(await his.page.locator("main").innerText(), /Fuldmagten er stoppet af den, der gav den/);
      for (const window of [his, hers]) {
        assert.deepEqual(window.complaints, []);
        await window.close();
      }
    });
  }

  for (const [name, options, look, other, asker] of [
    ["without JavaScript", { javaScriptEnabled: false }, fits, { name: "Lone Friis", cpr: lone }, "Karen Wulff"],
    ["on a phone", { viewport: phone }, sound, { name: "Amir Haddad", cpr: amir }, "Grethe Lund"],
  ]) {
    it(`a mandate that ends soon goes on: ${name}`, async () => {
      const { page, complaints, close } = await openWindow(world.browser, world.portal.url, options);
      await renews(page, look, other);
      assert.deepEqual(complaints, []);
      await close();
    });

    it(`a request by name and address comes as a letter to sign: ${name}`, async () => {
      const { page, complaints, close } = await openWindow(world.browser, world.portal.url, options);
      printed(await asksByLetter(page, look, { person: asker, postUrl: world.portal.postUrl }), asker);
      assert.deepEqual(complaints, []);
      await close();
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
