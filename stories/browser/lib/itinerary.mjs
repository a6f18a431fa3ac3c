// Where everybody goes in the demo: every page, and every state a page can be in that a visitor can
// bring it into. The accessibility story and the tour walk the same way. `visit(name, act)` of the
// caller does the act, looks at what came, and notes it under the name.
import { messages } from "./messages-walk.mjs";
import { profile } from "./profile-walk.mjs";
import { logIn, recordOf, roles } from "./visitor.mjs";

const Helsingør = "0217", Billund = "0530", Randers = "0730";

/** Every person of the demo and as what they come; the first words of the name on the log-in page. */
export const cast = [
  ["Mette Holm-Larsen", "Pårørende", Helsingør], ["Mette Holm-Larsen", "Pårørende", Randers],
  ["Inger Holm", "Borger", Helsingør],
  ["Bent Holm", "Borger", Helsingør], ["Bent Holm", "Pårørende", Helsingør],
  ["Karen Wulff", "Pårørende", Helsingør],
  ["Grethe Lund", "Pårørende", Randers],
  ["Kaj Lund", "Borger", Randers],
  ["Sofie Aabo", "Borger", Billund],
  ["Jonas Aabo", "Forælder", Billund],
  ["Rikke Aabo", "Forælder", Billund],
  ["Amir Haddad", "Borger", Randers], ["Amir Haddad", "Borger", Helsingør],
  ["Samir Haddad", "Pårørende", Randers],
  ["Yasmin Haddad", "Pårørende", Randers],
  ["Lone Friis", "Borger", Helsingør],
  ["Sara Dahl", "Forælder", Helsingør],
  ["Peter Dahl", "Forælder", Helsingør],
  ["Maja Vind", "Forælder", Helsingør],
  ["Thomas Vind", "Forælder", Helsingør],
  ["Noah Vind", "Borger", Helsingør], ["Alma Vind", "Borger", Helsingør], ["Victor Vind", "Borger", Helsingør],
  ["Niels Krogh", "Borger", Helsingør], ["Niels Krogh", "Pårørende", Helsingør],
  ["Poul Ravn", "Borger", Helsingør],
].map(([person, role, code]) => ({ person, role, code }));

/** Pages that need no log-in. */
export async function outside(page, visit) {
  const open = (name, path) => visit(name, () => page.goto(path));
  await open("Log på", "/");
  await open("Kommune", "/kommune?rolle=paaroerende");
  await open("Kommune, søgt", "/kommune?rolle=paaroerende&q=hels");
  await open("Kommune, intet fundet", "/kommune?rolle=paaroerende&q=qwx");
  await open("Kommuner A til Å", "/kommune?rolle=borger&vis=alle");
  await open("Kommunen er ikke med", "/log-paa/0751?rolle=borger");
  await visit("MitID afbrudt", async () => {
    await page.goto(`/log-paa/${Helsingør}?rolle=borger`);
    await page.locator("button.cancel").click();
  });
  await open("Hjælp", "/hjaelp");
  await open("Tilgængelighed", "/was");
  await open("Privatliv", "/privatliv");
  await open("Cookies", "/cookies");
  await open("Ordbog", "/ordbog");
  for (const [name, topic] of [["hverdagen", "hverdag"], ["helbredet", "helbred"], ["handlingsplaner", "krop-og-sind"], ["niveauer", "niveauer"], ["dokumenter", "dokumenter"]]) {
    await open(`Ordbog, ${name}`, `/ordbog/${topic}`);
  }
  await open("Logget af", "/log-af");
  await open("Tiden er gået", "/session/ended");
  await open("Findes ikke", "/findes-ikke");
  await open("Skal logge på", "/personer");
}

/** Log-in and the first page: `true` if somebody's record is in view or can be chosen. */
export async function arrive(page, visit, who) {
  await visit("Efter log på", () => logIn(page, who));
  return new URL(page.url()).pathname.startsWith("/p/") || (await page.getByRole("radio").count()) > 0;
}

/** Into the record of somebody on offer, Inger before others; nothing happens where there is no choice. */
export async function enter(page, visit) {
  if (new URL(page.url()).pathname.startsWith("/p/")) return;
  const inger = page.getByRole("radio", { name: "Inger Holm" });
  await ((await inger.count()) ? inger : page.getByRole("radio")).first().check();
  await visit("Forside", () => page.locator("main form button[type=submit]").click());
}

/** The short way through a record: what every person of the demo has. */
export async function record(page, visit) {
  const here = recordOf(page);
  await visit("Dokumenter", () => page.goto(`${here}/documents`));
  const first = page.locator(".bp-row-link").first();
  if (await first.count()) await visit("Dokument", () => first.click());
  await visit("Hvem har set", () => page.goto(`${here}/access-log`));
  await conditionsAndPlans(page, visit);
  await page.goto(`${here}/`);
  await areas(page, visit, { most: 4 });
  await grants(page, visit);
}

/** Bevillinger: the list, every grant of it once by how it stands, and the page from which the record is taken away. */
export async function grants(page, visit) {
  const here = recordOf(page);
  await visit("Bevillinger", () => page.goto(`${here}/grants`));
  const seen = new Set();
  const rows = await page.locator("main .bp-row-link").count();
  for (let at = 0; at < rows; at += 1) {
    await page.goto(`${here}/grants`);
    const row = page.locator("main .bp-row").nth(at);
    const badge = (await row.locator(".badge").allTextContents()).filter((words) => !/Ulæst|Unread/.test(words)).join(" ");
    if (seen.has(badge)) continue;
    seen.add(badge);
    await visit(`Bevilling: ${badge.trim() || "i gang"}`, () => row.locator(".bp-row-link").click());
  }
  await visit("Hent journalen", () => page.goto(`${here}/export`));
}

/** Tilstande and Handlingsplaner: the overviews, and every kind of page behind them that this record has. */
export async function conditionsAndPlans(page, visit) {
  const here = recordOf(page);
  await visit("Tilstande", () => page.goto(`${here}/conditions`));
  for (const [name, words] of [["Tilstand med graf", /^(Gå|Walking)$/], ["Tilstand, helbred", /sår$|wound$/]]) {
    await page.goto(`${here}/conditions`);
    const link = page.getByRole("link", { name: words });
    if (await link.count()) await visit(name, () => link.first().click());
  }
  await visit("Handlingsplaner", () => page.goto(`${here}/plans`));
  const rows = await page.locator("main .bp-row-link").count();
  for (let at = 0; at < rows; at += 1) {
    await page.goto(`${here}/plans`);
    const row = page.locator("main .bp-row-link").nth(at);
    const name = await row.textContent();
    await visit(`Handlingsplaner: ${name}`, () => row.click());
  }
}

/** A path with its ids taken out: pages of one kind have one shape. */
const shape = (path) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "*").replace(/\d{4}-\d\d-\d\d/g, "*");

/**
 * The areas behind the menu and everything that links lead to from there, each kind of page at most twice: with and without
 * what the first of its kind happens to have. Files are not pages.
 */
export async function areas(page, visit, { most = 60, kinds = 2 } = {}) {
  const here = recordOf(page);
  const areas = ["aids", "calendar", "messages", "grants"].map((area) => `${here}/${area}`);
  const offered = await page.locator(".bp-nav a").evaluateAll((links) => links.map((link) => link.pathname));
  const waiting = areas.filter((area) => offered.includes(area));
  const known = new Set(waiting), met = new Map();
  for (let seen = 0; waiting.length && seen < most; seen += 1) {
    const path = waiting.shift();
    const name = shape(path.slice(here.length + 1));
    await visit(name, () => page.goto(path));
    const links = await page.locator("main a[href]").evaluateAll((all) => all.filter((link) => link.origin === location.origin).map((link) => link.pathname + link.search));
    for (const link of links.filter((link) => areas.some((area) => link.startsWith(area)) && !/\/(pdf|files?|letter)\b|\.(pdf|ics)\b/.test(link))) {
      const kind = shape(link.split("?")[0]), count = met.get(kind) ?? 0;
      if (known.has(link) || count >= kinds) continue;
      known.add(link);
      met.set(kind, count + 1);
      waiting.push(link);
    }
  }
}

/** Everything a record offers, for somebody whose record is rich (Inger, and whoever reads hers). */
export async function wholeRecord(page, visit) {
  const here = recordOf(page);
  const open = (name, path) => visit(name, () => page.goto(here + path));
  const search = (name, words) => visit(name, async () => {
    await page.goto(`${here}/documents`);
    await page.locator("#q").fill(words);
    await page.locator(".button-search").click();
  });
  await open("Forside", "/");
  await open("Hvem har set", "/access-log");
  await open("Menu", "/menu");
  await open("Dokumenter", "/documents");
  const next = page.locator(".bp-paging a[rel=next]");
  if (await next.count()) await visit("Dokumenter, næste side", () => next.click());
  await open("Dokumenter, filter", "/documents?type=letter&period=12m");
  await open("Dokumenter, filter uden svar", "/documents?type=application&area=social");
  await search("Dokumenter, søgt", "sår");
  await visit("Dokumenter, søgt og filtreret", async () => {
    const filter = page.locator("details.bp-acc--filter");
    if (!(await page.locator("#type-observation").isVisible())) await filter.locator("summary").click();
    await page.locator("#type-observation").check();
    await filter.locator("button[type=submit]").click();
  });
  await search("Dokumenter, intet fundet", "kænguru");
  await search("Dokumenter, fejl i søgning", "");
  for (const [name, words] of [["Dokument", "Kontrol af begge underben"], ["Dokument med PDF", "Afgørelse om madservice"],
    ["Dokument, rettet", "Sårskift – højre underben, uge 8"], ["Dokument, handlingsanvisning", "Handlingsanvisning – sårbehandling, højre underben"]]) {
    await visit(name, async () => {
      await page.goto(`${here}/documents`);
      await page.getByRole("link", { name: words, exact: true }).first().click();
    });
  }
  await conditionsAndPlans(page, visit);
  await grants(page, visit);
  await page.goto(`${here}/`);
  await areas(page, visit);
  await messages(page, visit);
  await visit("Vælg person", () => page.goto("/personer"));
  if (await page.getByRole("radio").count()) {
    await visit("Vælg person, fejl", () => page.locator("main form button[type=submit]").click());
  }
  await visit("Tiden er ved at gå", () => page.goto(`/session/warning?back=${here}/documents`));
  await visit("Findes ikke, logget på", () => page.goto("/p/00000000-0000-7000-8000-000000000000/documents"));
  await profile(page, visit);
}

/** Sets the language for this window. */
export const speak = (page, language) => page.goto(`/sprog/${language}`);

export const asWord = ({ person, role, code }) => `${person} (${roles[role]}, ${code})`;
