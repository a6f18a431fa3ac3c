// What a visit costs, measured over the wire.
import assert from "node:assert/strict";
import { it } from "node:test";
import { openWindow } from "../lib/browser.mjs";
import { choosePerson, logIn, recordOf } from "../lib/visitor.mjs";

const kB = 1024;
/** The head of an answer, which the browser counts in: the policies are long. */
const headers = 800;

/** Counts what arrives until the network is quiet: `[{ url, type, bytes }]`, cached answers not counted. */
async function weigh(context, page, act) {
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  const known = new Map();
  wire.on("Network.responseReceived", ({ requestId, response, type }) => {
    if (!response.fromDiskCache) known.set(requestId, { url: response.url, type, bytes: 0 });
  });
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (known.has(requestId)) known.get(requestId).bytes = encodedDataLength;
  });
  await act();
  await page.waitForLoadState("networkidle");
  await wire.detach();
  return [...known.values()].filter(({ bytes }) => bytes > 0);
}

const sum = (parts) => parts.reduce((all, { bytes }) => all + bytes, 0);

export default function weight(world) {
  it("a first visit costs at most 70 kB and 8 requests, the next page only itself", async () => {
    const { context, page, close } = await openWindow(world.browser, world.portal.url);
    const first = await weigh(context, page, () => page.goto("/"));
    assert.ok(sum(first) <= 70 * kB, `${sum(first)} bytes: ${JSON.stringify(first)}`);
    assert.ok(first.length <= 8, `${first.length} requests`);
    const limits = { Document: 6, Stylesheet: 20, Script: 8 };
    for (const { url, type, bytes } of first) assert.ok(bytes <= (limits[type] ?? 36) * kB, `${url}: ${bytes}`);
    const next = await weigh(context, page, () => page.getByRole("link", { name: "Mig selv" }).click());
    assert.deepEqual(next.filter(({ type }) => !["Document"].includes(type)).map(({ url }) => url), [], "all else comes from the cache");
    await close();
  });

  it("the heaviest pages stay under 7 kB", async () => {
    const { context, page, close } = await openWindow(world.browser, world.portal.url);
    await logIn(page, { role: "Pårørende", code: "0217", person: "Mette Holm-Larsen" });
    await choosePerson(page, "Inger Holm");
    const here = recordOf(page);
    for (const path of ["/", "/menu", "/documents", "/access-log"]) {
      const parts = await weigh(context, page, () => page.goto(here + path));
      const html = parts.filter(({ type }) => type === "Document");
      assert.equal(html.length, 1, path);
      assert.ok(sum(html) <= 7 * kB + headers, `${path}: ${sum(html)} bytes with its headers`);
    }
    await page.goto(`${here}/documents`);
    await page.getByLabel("Søg i dokumenter").fill("sår");
    const found = await weigh(context, page, () => page.getByRole("button", { name: "Søg", exact: true }).click());
    assert.ok(sum(found) <= 7 * kB + headers, `search: ${sum(found)} bytes with its headers`);
    await close();
  });
}
