// Digital Fuldmagt in steps: log in for it, answer the questions, sign.
import assert from "node:assert/strict";
import { chooseTestPerson, heading } from "./visitor.mjs";

/** Inger's number in the demo: she is 82 years and 61 days old today, and no such number is ever given out. */
export function inger() {
  const day = new Date();
  day.setDate(day.getDate() - 61);
  day.setFullYear(day.getFullYear() - 82);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(day.getDate() + 60)}${two(day.getMonth() + 1)}${two(day.getFullYear() % 100)}1104`;
}

export async function logInForMandates(page, person) {
  await page.goto("/log-paa/fuldmagter");
  await chooseTestPerson(page, person);
  assert.match(await heading(page), /^(Fuldmagter|Mandates)$/);
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
