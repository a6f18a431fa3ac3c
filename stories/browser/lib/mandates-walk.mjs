// Digital Fuldmagt from end to end, every question wrong first and then right, with words of no language: the tour and
// the accessibility story walk the same way in Danish and in English. `visit(name, act)` is the caller's.
import assert from "node:assert/strict";
import { inger, letterTo, logInForMandates, messagesIn } from "./mandates.mjs";

const rights = (page, words) => page.locator("fieldset.bp-topic").filter({ has: page.locator("legend").getByText(words, { exact: true }) });
const portal = /^(Social- og sundhedsportal|Social and health portal)$/;
const letters = /^(Breve og dokumenter|Letters and documents)$/;

/** What the walk says to a page. */
function walker(page, visit) {
  const primary = page.locator("main form button.button-primary");
  return {
    open: (name, path) => visit(name, () => page.goto(path)),
    next: (name) => visit(name, () => primary.click()),
    pressed: (name, locator) => visit(name, () => locator.click()),
    choose: (id) => page.locator(`label[for=${id}]`).click(),
    quietly: async () => {
      await primary.click();
      await page.waitForLoadState("load");
    },
    list: async (name, person, side) => {
      await logInForMandates(page, person);
      await visit(name, () => page.goto(`/fuldmagter?side=${side}`));
    },
  };
}

/** The link leads to a PDF, and a small one. */
async function pdf(page, href) {
  const answer = await page.request.get(await href);
  assert.equal(answer.status(), 200);
  assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");
  assert.ok((await answer.body()).length < 60_000, `${(await answer.body()).length} bytes`);
}

const receiptPdf = (page) => pdf(page, page.locator("main a[href$='/pdf']").getAttribute("href"));

/** Who and what: the same two questions for asking and giving. */
async function whoAndWhat(page, { next }, before) {
  await next(`${before}Person`);
  await next(`${before}Person, fejl`);
  await page.locator("#navn").fill("Inger Holm");
  await page.locator("#cpr").fill(inger());
  await next(`${before}Rettigheder`);
  await next(`${before}Rettigheder, fejl`);
}

async function gives(page, visit) {
  const { open, next, pressed, choose } = walker(page, visit);
  await open("Giv fuldmagt", "/fuldmagter/giv");
  await whoAndWhat(page, { next }, "Giv: ");
  await rights(page, letters).locator("label").first().click();
  await next("Giv: Hvor længe");
  await choose("periode-own");
  await next("Giv: Hvor længe, fejl");
  await choose("periode-1");
  await next("Giv: Tjek");
  await pressed("Giv: Underskriv", page.locator("a.button-mitid"));
  await next("Giv: Underskriv, fejl");
  await choose("forstaaet");
  await next("Giv: Kvittering");
  await receiptPdf(page);
}

async function asks(page, visit) {
  const { open, next, pressed, choose } = walker(page, visit);
  await open("Bed om fuldmagt", "/fuldmagter/bed-om");
  await whoAndWhat(page, { next }, "");
  await rights(page, portal).locator("label").last().click();
  await next("Hvor længe");
  await choose("periode-own");
  for (const field of ["dag", "maaned", "aar"]) await page.locator(`#${field}`).fill("99");
  await next("Hvor længe, fejl");
  await choose("periode-1");
  await next("Sådan sendes den");
  await next("Sådan sendes den, fejl");
  await choose("sending-brev");
  await next("Tjek og send");
  await pressed("Underskriv anmodning", page.locator("a.button-mitid"));
  await next("Kvittering");
  await receiptPdf(page);
  await visit("Træk tilbage", () => page.goto(`/fuldmagter/anmodning/${page.url().split("/").pop()}/traek-tilbage`));
}

/** A second request, for her to say no to. */
async function asksAgain(page, visit) {
  const { quietly, choose } = walker(page, visit);
  await page.goto("/fuldmagter/bed-om");
  await quietly();
  await page.locator("#navn").fill("Inger Holm");
  await page.locator("#cpr").fill(inger());
  await quietly();
  await rights(page, letters).locator("label").first().click();
  await quietly();
  await quietly();
  await choose("sending-digital");
  await quietly();
  await page.locator("a.button-mitid").click();
  await quietly();
}

/** The post of everybody, hers, one message of it and the letter; nothing where the demo's post office is not known. */
async function post(page, visit, { postUrl, language }) {
  if (!postUrl) return;
  const words = language === "en" ? "?lang=en" : "";
  await visit("Post, alle", () => page.goto(`${postUrl}/${words}`));
  const hers = page.locator("a.person", { hasText: "Inger Holm" });
  await visit("Post, Ingers", () => hers.click());
  const letter = await letterTo(page);
  await pdf(page, letter);
  await visit("Post, en besked", () => messagesIn(page).first().click());
}

async function answers(page, visit, asker) {
  const { open, next, pressed, choose } = walker(page, visit);
  await visit("Fuldmagter, venter på svar", () => logInForMandates(page, "Inger Holm"));
  const waiting = page.locator(".bp-panel--warn").filter({ hasText: asker }).locator("a.button");
  await pressed("Svar", waiting.first());
  const request = new URL(page.url()).pathname;
  await next("Svar, fejl");
  await open("Svar, forhåndsvisning", `${request}/forhaandsvisning`);
  await open("Svar, noget af det", `${request}/noget`);
  const ticked = page.locator("main input[type=checkbox]:checked + label");
  while (await ticked.count()) await ticked.first().click();
  await next("Svar, noget af det, fejl");
  await open("Underskriv fuldmagt", `${request}/underskriv`);
  await next("Underskriv fuldmagt, fejl");
  await choose("forstaaet");
  await next("Kvittering, sagt ja");
  await receiptPdf(page);
  const mandate = new URL(page.url()).pathname.replace(/\/kvittering$/, "");
  await page.goto("/fuldmagter?side=givet");
  await waiting.first().click();
  await page.waitForLoadState("load");
  const refused = new URL(page.url()).pathname;
  await choose("svar-nej");
  await next("Svar, nej");
  await open("Svar, lukket", refused);
  return mandate;
}

async function stops(page, visit, mandate) {
  const { open, next } = walker(page, visit);
  await open("Fuldmagter, givet", "/fuldmagter?side=givet");
  await open("Opslag om dig", "/fuldmagter/opslag");
  await open("Fuldmagt", mandate);
  await pdf(page, `${mandate}/pdf`);
  await open("Stop", `${mandate}/stop`);
  await next("Stop, fejl");
  await page.locator("main .bp-choice label").last().click();
  await next("Stop, en ret");
  await page.goto(`${mandate}/stop`);
  await next("Stop, det hele");
}

/** The other states a mandate can be in: due to be renewed, received and paused, received and stopped. */
async function others(page, visit) {
  const { open, next, pressed, choose, list } = walker(page, visit);
  await list("Fuldmagter, snart slut", "Bent Holm", "givet");
  const renew = page.locator("main a[href$='/forny']").first();
  await pressed("Forlæng", renew);
  await choose("periode-own");
  await next("Forlæng, fejl");
  await choose("periode-1");
  await next("Underskriv forlængelsen");
  await list("Fuldmagter, på pause", "Grethe Lund", "faaet");
  await pressed("Fuldmagt, på pause", page.locator(".bp-card-head a").first());
  await open("Fuldmagt fra, stop", `${new URL(page.url()).pathname}/stop`);
  await list("Fuldmagter, stoppet", "Samir Haddad", "faaet");
  await pressed("Fuldmagt, stoppet", page.locator(".bp-row-link").first());
}

/** `asker` gives Inger one right and asks her for two; she looks at everything, says yes, no, and stops it. */
export async function mandates(page, visit, { asker, language, postUrl }) {
  const { open } = walker(page, visit);
  await visit("Fuldmagter, log på", () => logInForMandates(page, asker));
  await open("Fuldmagter, fået", "/fuldmagter?side=faaet");
  await gives(page, visit);
  await asks(page, visit);
  await asksAgain(page, visit);
  await post(page, visit, { postUrl, language });
  const mandate = await answers(page, visit, asker);
  await stops(page, visit, mandate);
  await others(page, visit);
}

/** The pages of a portal whose mandates are the national service's. */
export async function elsewhere(page, visit) {
  const { open } = walker(page, visit);
  await logInForMandates(page, "Inger Holm");
  await open("Fuldmagter, et andet sted", "/fuldmagter");
  await open("Bed om fuldmagt, et andet sted", "/fuldmagter/bed-om");
}
