// The way through messages: the list, a thread, and every question of a new message, also with something wrong, up to its
// receipt. What is sent stays in the demo's data. Whoever may only read sees the list and a thread.
import { recordOf } from "./visitor.mjs";

/** The bytes of a small PNG. */
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=", "base64");

export async function messages(page, visit) {
  const list = `${recordOf(page)}/messages`;
  const answer = await page.request.get(list);
  await visit("Beskeder", () => page.goto(list));
  if (!answer.ok()) return;
  const thread = page.locator('a.bp-row-link[href*="/messages/"]:not([href*="/drafts/"])').first();
  if (await thread.count()) await visit("Besked, tråd", () => thread.click());
  await page.goto(list);
  const write = page.locator(`main a[href="${new URL(page.url()).pathname}/new"]`);
  if (!(await write.count())) return;
  const go = () => page.locator("main form .button-primary").first().click();
  await visit("Besked, hvem", () => write.click());
  await visit("Besked, hvem, fejl", go);
  await visit("Besked, aktindsigt", () => page.goto(`${list}/new?kind=access_request`));
  await page.goto(`${list}/new`);
  await page.locator("input[name=til]").first().check();
  await visit("Besked, skriv", go);
  await visit("Besked, skriv, fejl", go);
  await page.locator("#besked").fill("Kan I komme lidt senere på torsdag?\n\nJeg skal til øjenlæge.");
  await visit("Besked, filer", go);
  await page.locator("#fil").setInputFiles({ name: "notat.txt", mimeType: "text/plain", buffer: Buffer.from("ikke et billede") });
  await visit("Besked, filer, fejl", () => page.locator("main form .button-secondary").click());
  await page.locator("#fil").setInputFiles({ name: "indkaldelse.png", mimeType: "image/png", buffer: png });
  await visit("Besked, filer, én fil", () => page.locator("main form .button-secondary").click());
  await visit("Besked, tjek", () => page.locator("main a.button-primary").click());
  await visit("Besked, kvittering", go);
  await visit("Besked, sendt", () => page.locator("main a.button-primary").click());
}
