// What people do, in their own words: choose a role, find the municipality, log in, choose whom to help.
import assert from "node:assert/strict";

export const roles = { Borger: "borger", Forælder: "foraelder", Pårørende: "paaroerende" };

/** The long way, from the front door, as a newcomer goes. */
export async function logInFromTheDoor(page, { door, search, municipality, person }) {
  await page.goto("/");
  await page.getByRole("link", { name: door }).click();
  await page.getByLabel("Søg efter kommune").fill(search);
  await page.getByRole("button", { name: "Søg", exact: true }).click();
  await page.getByRole("link", { name: municipality }).click();
  await chooseTestPerson(page, person);
}

/** Straight to the log-in of a municipality. */
export async function logIn(page, { role, code, person }) {
  await page.goto(`/log-paa/${code}?rolle=${roles[role]}`);
  await chooseTestPerson(page, person);
}

export async function chooseTestPerson(page, person) {
  await page.locator("button.person", { has: page.getByText(person, { exact: true }) }).click();
}

/** From "who do you want to see" to that person's front page. */
export async function choosePerson(page, name) {
  await page.getByRole("radio", { name }).check();
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/\/p\/[^/]+\/$/);
}

export async function logOff(page) {
  await page.getByRole("button", { name: /Log af|Log off/ }).click();
  await page.waitForURL(/\/log-af/);
}

/** The path of the record in view, `/p/…`. */
export function recordOf(page) {
  const found = /^\/p\/[^/]+/.exec(new URL(page.url()).pathname);
  assert.ok(found, `not in a record: ${page.url()}`);
  return found[0];
}

export const heading = (page) => page.locator("h1").innerText();
