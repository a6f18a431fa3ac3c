// The main job: a daughter reads her mother's record, and the mother can see that she did.
import assert from "node:assert/strict";
import { it } from "node:test";
import { openWindow, phone } from "../lib/browser.mjs";
import { choosePerson, heading, logIn, logInFromTheDoor, logOff, recordOf } from "../lib/visitor.mjs";

async function readsAndLeaves(page, { scripted }) {
  await logInFromTheDoor(page, { door: "En anden voksen", search: "hels", municipality: "Helsingør Kommune", person: "Mette Holm-Larsen" });
  assert.equal(await heading(page), "Hvem vil du se oplysninger for?");
  await choosePerson(page, "Inger Holm");
  assert.equal(await heading(page), "Inger Holms forside");
  assert.match(await page.title(), /^På vegne af Inger Holm – /);
  assert.match(await page.locator(".bp-acting").innerText(), /Du handler på vegne af\s+Inger Holm/);
  const here = recordOf(page);

  await page.getByRole("link", { name: "Se alle dokumenter" }).click();
  await page.waitForLoadState("load");
  assert.equal(await heading(page), "Ingers data");
  const all = await page.locator(".bp-row-link").count();
  assert.ok(all > 20, `${all} documents`);

  await openFilter(page);
  await page.getByLabel("Brev").check();
  await page.getByRole("button", { name: "Vis resultat" }).click();
  await page.waitForLoadState("load");
  assert.match(page.url(), /type=letter/);
  const lines = await page.locator(".bp-rows .bp-meta").allInnerTexts();
  assert.ok(lines.length > 3, `${lines.length} letters`);
  for (const line of lines) assert.match(line, /^Brev/);
  await page.getByRole("link", { name: /Fjern.*Brev/ }).click();
  await page.waitForLoadState("load");
  assert.equal(await page.locator(".bp-row-link").count(), all);

  await page.getByLabel("Søg i dokumenter").fill("sår");
  await page.getByRole("button", { name: "Søg", exact: true }).click();
  await page.waitForLoadState("load");
  assert.match(await page.locator("main h2").first().innerText(), /^\d+ dokumenter om “sår”$/);
  assert.doesNotMatch(page.url(), /s%C3%A5r|sår/, "what was searched for is in no address");
  assert.ok(await page.locator("mark").count(), "hits are marked");
  await page.getByRole("link", { name: /Sårskift – højre underben, uge 8/ }).click();
  assert.match(await heading(page), /Sårskift/);
  assert.match(await page.locator(".bp-doc").innerText(), /såret/i);

  await page.goto(`${here}/documents`);
  await page.getByRole("link", { name: "Afgørelse om madservice", exact: true }).click();
  const pdf = page.getByRole("link", { name: /Åbn PDF/ });
  const answer = await page.request.get(await pdf.getAttribute("href"));
  assert.equal(answer.status(), 200);
  assert.match(answer.headers()["content-type"], /^application\/pdf/);
  assert.match(answer.headers()["cache-control"], /no-store/);
  assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");

  await logOff(page);
  assert.equal(await heading(page), "Du er logget af");
  await page.goto(`${here}/documents`);
  assert.notEqual(await heading(page), "Ingers data");
  if (scripted) {
    await page.goBack();
    assert.notEqual(await heading(page), "Ingers data", "the way back shows nothing that was left");
  }
}

/** On phones the filter is closed until asked for; on a desktop it stands open. */
async function openFilter(page) {
  if (await page.getByLabel("Brev").isVisible()) return;
  await page.locator("details.bp-acc--filter summary").click();
}

async function seesWhoRead(page) {
  await logIn(page, { role: "Borger", code: "0217", person: "Inger Holm" });
  assert.equal(await heading(page), "Goddag, Inger");
  assert.match(await page.locator("main").innerText(), /Mette Holm-Larsen kan læse og handle for dig som pårørende/);
  await page.locator("main").getByRole("link", { name: "Se, hvem der har åbnet din journal" }).first().click();
  assert.equal(await heading(page), "Hvem har set mine data");
  await page.waitForLoadState("load");
  const lines = await page.locator("main .bp-row").allInnerTexts();
  const hers = lines.filter((line) => line.includes("Mette Holm-Larsen"));
  for (const words of [/åbnede listen med dokumenter/, /søgte i dokumenter/, /åbnede et dokument/, /åbnede en fil/]) {
    assert.ok(hers.some((line) => words.test(line)), `${words} in\n${hers.slice(0, 12).join("\n")}`);
  }
  assert.ok(hers.every((line) => !/sår\b/i.test(line.replace(/“[^”]*”/g, ""))), "the log does not tell what was searched for");
}

export default function mainJob(world) {
  for (const [name, options] of [
    ["with everything", {}],
    ["without JavaScript", { javaScriptEnabled: false }],
    ["on a phone without JavaScript", { javaScriptEnabled: false, viewport: phone }],
  ]) {
    it(`a daughter reads her mother's record, and the mother sees it: ${name}`, async () => {
      const daughter = await openWindow(world.browser, world.portal.url, options);
      await readsAndLeaves(daughter.page, { scripted: options.javaScriptEnabled !== false });
      assert.deepEqual(daughter.complaints, []);
      await daughter.close();
      const mother = await openWindow(world.browser, world.portal.url, options);
      await seesWhoRead(mother.page);
      assert.deepEqual(mother.complaints, []);
      await mother.close();
    });
  }

  it("two tabs hold two people apart", async () => {
    const { context, page: one, complaints, close } = await openWindow(world.browser, world.portal.url);
    await logIn(one, { role: "Pårørende", code: "0217", person: "Mette Holm-Larsen" });
    await choosePerson(one, "Inger Holm");
    const two = await context.newPage();
    await two.goto("/personer");
    await choosePerson(two, "Bent Holm");
    await one.reload();
    assert.equal(await heading(one), "Inger Holms forside");
    assert.equal(await heading(two), "Bent Holms forside");
    assert.notEqual(recordOf(one), recordOf(two));
    await one.getByRole("link", { name: "Se alle dokumenter" }).click();
    await one.getByLabel("Søg i dokumenter").fill("sår");
    await one.getByRole("button", { name: "Søg", exact: true }).click();
    assert.match(await one.title(), /^På vegne af Inger Holm/);
    await two.reload();
    assert.match(await two.title(), /^På vegne af Bent Holm/);
    await logOff(two);
    await one.reload();
    assert.doesNotMatch(await one.title(), /Inger/, "logged off in one tab is logged off in all");
    assert.deepEqual(complaints, []);
    await close();
  });
}
