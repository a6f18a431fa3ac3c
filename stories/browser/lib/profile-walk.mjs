// Profil: the page, what is wrong with an address and with a code, and what it says when something was chosen.

/** Every state of the page that needs no code out of somebody's mail. */
export async function profile(page, visit) {
  await visit("Profil", () => page.goto("/profil"));
  const send = (address) => async () => {
    await page.goto("/profil");
    await page.locator("input#mail").fill(address);
    await page.locator("form[action='/profil/mail'] button").click();
  };
  await visit("Profil, fejl i e-mail", send("mette"));
  await visit("Profil, kode sendt", send("mette@eksempel.dk"));
  await visit("Profil, forkert kode", async () => {
    await page.locator("#kode").fill("000000");
    await page.locator("form[action='/profil/kode'] button").click();
  });
  await visit("Profil, fortrudt", () => page.locator("form[action='/profil/kode/fortryd'] button").click());
  const sms = page.locator("input[name=besked][id$=sms]").first();
  if (!(await sms.count())) return;
  await sms.check();
  await visit("Profil, gemt", () => page.locator("form[action='/profil'] button").click());
}
