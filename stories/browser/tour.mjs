// The tour: walks every page of the demo as every person, in both languages, and writes a table and
// pictures. `node tour.mjs --table FILE --pictures FOLDER [--all] [--url http://…]`: with --all a
// picture of every page, otherwise the few that the documentation shows. `--only "Inger Holm"`: one person; `--only
// mandates`: Digital Fuldmagt.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { axe } from "./lib/axe.mjs";
import { desktop, openWindow, phone, startChromium } from "./lib/browser.mjs";
import { arrive, cast, enter, outside, record, speak, wholeRecord } from "./lib/itinerary.mjs";
import { elsewhere, mandates } from "./lib/mandates-walk.mjs";
import { startPortal } from "./lib/portal.mjs";

const { values: wanted } = parseArgs({ options: {
  table: { type: "string" }, pictures: { type: "string" }, url: { type: "string" },
  all: { type: "boolean", default: false }, only: { type: "string" },
} });

/** The pictures of the documentation: who, which page, file name. */
const album = new Map(Object.entries({
  "–|Log på": "log-paa", "–|Kommune, søgt": "kommune", "–|Kommunen er ikke med": "kommunen-er-ikke-med",
  "–|MitID afbrudt": "mitid-afbrudt", "–|Tilgængelighed": "tilgaengelighed",
  "Mette Holm-Larsen|Efter log på": "vaelg-person", "Mette Holm-Larsen|Forside": "forside-paa-vegne-af",
  "Mette Holm-Larsen|Menu": "menu", "Mette Holm-Larsen|Dokumenter": "dokumenter",
  "Mette Holm-Larsen|Dokumenter, søgt": "dokumenter-soegt", "Mette Holm-Larsen|Dokument med PDF": "dokument",
  "Mette Holm-Larsen|Dokument, rettet": "dokument-rettet",
  "Mette Holm-Larsen|calendar": "kalender", "Mette Holm-Larsen|Beskeder": "beskeder", "Mette Holm-Larsen|Besked: skriv": "besked-skriv",
  "Mette Holm-Larsen|aids": "hjaelpemidler",
  "Inger Holm|Efter log på": "forside-borger", "Inger Holm|Hvem har set": "hvem-har-set",
  "Inger Holm|Tilstande": "tilstande", "Inger Holm|Tilstand med graf": "tilstand", "Amir Haddad|Handlingsplaner": "handlingsplaner",
  "–|Ordbog, helbredet": "ordbog", "Inger Holm|Bevillinger": "bevillinger", "Inger Holm|Bevilling: Afslået": "bevilling",
  "Lone Friis|Efter log på": "ingen-aktiv-journal",
  "Niels Krogh / Inger Holm|Rettigheder, fejl": "fuldmagt-fejl", "Niels Krogh / Inger Holm|Hvor længe": "fuldmagt-hvor-laenge",
  "Niels Krogh / Inger Holm|Tjek og send": "fuldmagt-tjek", "Niels Krogh / Inger Holm|Kvittering": "fuldmagt-kvittering",
  "Niels Krogh / Inger Holm|Svar": "fuldmagt-svar", "Niels Krogh / Inger Holm|Fuldmagter, givet": "fuldmagter",
}));

const complaints = [];
const taken = new Set();

/** A page as high as what it holds, so that what is fixed to the window stands where it should. */
async function picture(page, file, size) {
  await page.setViewportSize(size);
  await page.mouse.move(0, 0);
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  const height = Math.min(Math.max(tall, size.height), wanted.all ? 6000 : 2000);
  await page.setViewportSize({ width: size.width, height });
  await page.evaluate(() => document.activeElement?.blur());
  await page.screenshot({ path: file, animations: "disabled" });
  await page.setViewportSize(size);
}

function watcher(page, { rows, person, language }) {
  let last;
  page.on("response", (answer) => {
    const request = answer.request();
    if (request.isNavigationRequest() && request.frame() === page.mainFrame() && (answer.status() < 300 || answer.status() >= 400)) last = answer;
  });
  return async (name, act) => {
    last = undefined;
    await page.setViewportSize(desktop);
    await act();
    await page.waitForLoadState("load");
    const request = last.request();
    await last.finished();
    const time = request.timing();
    const { responseBodySize: bytes } = await request.sizes();
    const found = [];
    for (const size of [desktop, phone]) {
      await page.setViewportSize(size);
      found.push(...await axe(page));
    }
    const row = { name, person, language, status: last.status(), ms: Math.max(0, time.responseEnd - time.requestStart), bytes, axe: found };
    rows.push(row);
    await keepPictures(page, row);
  };
}

async function keepPictures(page, { name, person, language }) {
  if (!wanted.pictures) return;
  const plain = (text) => text.toLowerCase().replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const known = language === "da" ? album.get(`${person}|${name}`) : undefined;
  const file = wanted.all ? plain(`${person} ${name} ${language}`) : known;
  if (!file || taken.has(file)) return;
  taken.add(file);
  for (const size of [desktop, phone]) await picture(page, join(wanted.pictures, `${file}-${size.width}.png`), size);
}

/** One person's window: what they saw. */
async function window(browser, url, { person, language, walk }) {
  const rows = [];
  const { page, complaints: heard, close } = await openWindow(browser, url);
  try {
    process.stderr.write(`${language} ${person}\n`);
    await speak(page, language);
    await walk(page, watcher(page, { rows, person, language }));
    return rows;
  } finally {
    complaints.push(...heard);
    await close();
  }
}

const rich = new Set(["Mette Holm-Larsen|0217", "Inger Holm|0217"]);

function* visits({ postUrl }) {
  for (const language of ["da", "en"]) {
    if (!wanted.only) yield { person: "–", language, walk: outside };
    // Each language has its own asker: a request can be open only once.
    const asker = language === "da" ? "Niels Krogh" : "Karen Wulff";
    if (!wanted.only || wanted.only === "mandates") yield { person: `${asker} / Inger Holm`, language, walk: (page, visit) => mandates(page, visit, { asker, language, postUrl }) };
    for (const who of cast) {
      if (wanted.only && !who.person.startsWith(wanted.only)) continue;
      const walk = async (page, visit) => {
        if (!await arrive(page, visit, who)) return;
        await enter(page, visit);
        await (rich.has(`${who.person}|${who.code}`) ? wholeRecord : record)(page, visit);
      };
      yield { person: who.person, language, walk };
    }
  }
}

/** Two people at a time; what they saw in the order of the cast. */
async function tour(browser, { url, postUrl }) {
  const all = [...visits({ postUrl })];
  const seen = all.map(() => []);
  const waiting = all.keys();
  const turn = async () => {
    for (const index of waiting) seen[index] = await window(browser, url, all[index]);
  };
  await Promise.all([turn(), turn()]);
  return seen.flat();
}

/** A second portal, in which mandates are the national service's. */
async function nationally(browser) {
  const other = await startPortal("--elsewhere");
  try {
    const seen = [];
    for (const language of ["da", "en"]) seen.push(...await window(browser, other.url, { person: "Inger Holm", language, walk: elsewhere }));
    return seen;
  } finally {
    await other.stop();
  }
}

function table(rows) {
  const broken = rows.filter((row) => row.axe.length);
  const slowest = rows.map((row) => row.ms).sort((a, b) => a - b);
  const lines = [
    "# The tour", "",
    "Written by `cargo run -p xtask -- tour`, which walks the demo in Chromium. Do not edit.", "",
    `${rows.length} pages seen. ${broken.length} with anything that axe-core objects to (WCAG 2.2 AA and best practice, at 1280 and 390 px).`,
    `Largest page ${Math.max(...rows.map((row) => row.bytes))} bytes over the wire; answers in ${slowest[slowest.length >> 1].toFixed(0)} ms at the median, as a debug build gives them.`,
    `The browser complained ${complaints.length} times (console, content security policy, failed requests).`, "",
    "| Page | Person | Language | Status | ms | Bytes | axe |", "|---|---|---|--:|--:|--:|--:|",
    ...rows.map((row) => `| ${row.name} | ${row.person} | ${row.language} | ${row.status} | ${row.ms.toFixed(0)} | ${row.bytes} | ${row.axe.length} |`), "",
  ];
  return lines.join("\n");
}

if (wanted.pictures) mkdirSync(wanted.pictures, { recursive: true });
const portal = wanted.url ? { url: wanted.url, stop: async () => {} } : await startPortal();
const browser = await startChromium();
let rows;
try {
  rows = await tour(browser, portal);
  if (!wanted.url && [undefined, "mandates"].includes(wanted.only)) rows.push(...await nationally(browser));
} finally {
  await browser.close();
  await portal.stop();
}
if (wanted.table) writeFileSync(wanted.table, table(rows));
for (const row of rows) for (const what of row.axe) process.stderr.write(`${row.name}, ${row.person}, ${row.language}: ${what}\n`);
for (const what of complaints) process.stderr.write(`${what}\n`);
process.exitCode = rows.some((row) => row.axe.length || row.status >= 500) || complaints.length ? 1 : 0;
