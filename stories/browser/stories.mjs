// The stories: one portal, one browser, one story after the other. `npm test`, or `node stories.mjs`.
import { after, before, describe } from "node:test";
import { startChromium } from "./lib/browser.mjs";
import { startPortal } from "./lib/portal.mjs";
import comfort from "./tests/comfort.mjs";
import everyPage from "./tests/every-page.mjs";
import keyboard from "./tests/keyboard.mjs";
import language from "./tests/language.mjs";
import mainJob from "./tests/main-job.mjs";
import mandates from "./tests/mandates.mjs";
import modes from "./tests/modes.mjs";
import weight from "./tests/weight.mjs";

describe("Borgerportal in Chromium", () => {
  const world = {};
  before(async () => {
    world.portal = process.env.BORGERPORTAL_URL ? { url: process.env.BORGERPORTAL_URL, stop: async () => {} } : await startPortal();
    world.browser = await startChromium();
  });
  after(async () => {
    await world.browser?.close();
    await world.portal?.stop();
  });
  for (const stories of [mainJob, keyboard, everyPage, language, modes, weight, comfort, mandates]) stories(world);
});
