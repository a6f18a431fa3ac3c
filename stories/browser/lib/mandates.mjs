// Digital Fuldmagt in steps: log in for it, answer the questions, sign.
import assert from "node:assert/strict";
import { chooseTestPerson, heading } from "./visitor.mjs";

/** The number of somebody in the demo who is so many years and days old today; no such number is ever given out. */
function number(years, days, serial) {
  const day = new Date();
  day.setDate(day.getDate() - days);
  day.setFullYear(day.getFullYear() - years);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(day.getDate() + 60)}${two(day.getMonth() + 1)}${two(day.getFullYear() % 100)}${serial}`;
}

export const inger = () => number(82, 61, "1104");
export const lone = () => number(69, 150, "1110");
export const amir = () => number(34, 5, "1107");

export async function logInForMandates(page, person) {
  await page.goto("/log-paa/fuldmagter");
  await chooseTestPerson(page, person);
  assert.match(await heading(page), /^(Fuldmagter|Mandates)$/);
}

/** The messages in the post box that is open, newest first. */
export const messagesIn = (page) => page.locator("a.person[href*='-']:not([href*='/letters/'])");

/** The messages in somebody's Digital Post, newest first, as addresses. */
export async function boxOf(page, postUrl, person) {
  await page.goto(postUrl);
  await page.locator("a.person", { hasText: person }).click();
  await page.waitForLoadState("load");
  return messagesIn(page).evaluateAll((links) => links.map((link) => link.href));
}

/** The message that has come to somebody since. */
export async function messageTo(page, postUrl, person, known) {
  for (let tries = 0; tries < 30; tries += 1) {
    const [found] = (await boxOf(page, postUrl, person)).filter((one) => !known.includes(one));
    if (found) return found;
    await page.waitForTimeout(500);
  }
  throw new Error(`no message came to ${person}`);
}

/** The letters in the post box that is open, newest first, as addresses. */
export const lettersIn = (page) => page.locator("a.person[href*='/letters/']").evaluateAll((links) => links.map((link) => link.href));

/** The newest letter in the post box that is open, of those that have come since. */
export async function letterTo(page, known = []) {
  for (let tries = 0; tries < 30; tries += 1) {
    const [found] = (await lettersIn(page)).filter((one) => !known.includes(one));
    if (found) return found;
    await page.waitForTimeout(500);
    await page.reload();
  }
  throw new Error("no letter came");
}

/** Waits until a question is asked. */
export async function question(page, words) {
  await page.getByRole("heading", { level: 1, name: words }).waitFor();
}

/** The rights about one thing. */
export const topic = (page, name) => page.getByRole("group", { name, exact: true });

const next = (page) => page.locator("main form button.button-primary").click();

/** From the first question to the receipt: to read and to act in the whole portal. */
export async function sendRequest(page, { sound = async () => {} } = {}) {
  await page.locator("#navn").fill("Inger Holm");
  await page.locator("#cpr").fill(inger());
  await next(page);
  await sound(page, "the rights");
  await next(page);
  await sound(page, "the rights, none chosen");
  await topic(page, "Social- og sundhedsportal").getByText("Handle", { exact: true }).click();
  await next(page);
  await sound(page, "how long");
  await next(page);
  await sound(page, "how it is sent");
  await page.locator("label[for=sending-digital]").click();
  await next(page);
  await sound(page, "the check");
  await page.locator("a.button-mitid").click();
  await sound(page, "the signature of a request");
  await next(page);
}
