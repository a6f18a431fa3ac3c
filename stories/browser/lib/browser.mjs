// Debian's Chromium, and people who sit in front of it. Every page a visitor opens is listened to:
// whatever the browser complains about is kept, and a story that ends with complaints has failed.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

export function startChromium() {
  const executablePath = places.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error(`no Chromium in ${places.filter(Boolean).join(", ")}`);
  const args = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ];
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return chromium.launch({ executablePath, args });
}

/** A person's browser window: `{ context, page, complaints, close }`. Options as Playwright's contexts have them. */
export async function openWindow(browser, url, options = {}) {
  const context = await browser.newContext({ baseURL: url, viewport: desktop, locale: "da-DK", ...options });
  context.setDefaultTimeout(15_000);
  const complaints = [];
  context.on("page", (page) => listen(page, url, complaints));
  const page = await context.newPage();
  return { context, page, complaints, close: () => context.close() };
}

function listen(page, url, complaints) {
  const ours = () => page.url().startsWith(url);
  const keep = (what) => { if (ours()) complaints.push(`${new URL(page.url()).pathname}: ${what}`); };
  page.on("pageerror", (error) => keep(error.message));
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    // A dead end is a page with a status of its own; the browser says so of every such page.
    const itself = message.location().url === page.url() || message.location().url === "";
    if (itself && /the server responded with a status of 4\d\d/.test(message.text())) return;
    keep(message.text());
  });
  page.on("request", (request) => {
    if (ours() && !request.isNavigationRequest() && !request.url().startsWith(url)) keep(`asked ${request.url()}`);
  });
  page.on("response", (answer) => {
    if (ours() && !answer.request().isNavigationRequest() && answer.status() >= 400) keep(`${answer.status()} ${answer.url()}`);
  });
}
