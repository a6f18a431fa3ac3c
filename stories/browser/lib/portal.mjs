// A portal of one's own: the built program's demo, on a free port, with data that is thrown away.
// It refuses to reuse a portal that runs already, so that a story always meets the same record.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const program = process.env.BORGERPORTAL_PROGRAM
  ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", "borgerportal");

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts the demo and waits until it answers: `{ url, postUrl, stop }`. */
export async function startPortal(...flags) {
  const data = mkdtempSync(join(tmpdir(), "borgerportal-story-"));
  const port = await freePort();
  const child = spawn(program, ["demo", "--data", data, "--port", String(port), ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGINT");
    const late = setTimeout(() => child.kill("SIGKILL"), 5000);
    await ended;
    clearTimeout(late);
    rmSync(data, { recursive: true, force: true });
  };
  const ready = new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk;
      const address = /^Borgerportal: (http:\S+)/m.exec(said);
      // The post office is told of before the portal.
      const post = /^Digital Post and letters of everybody: (http:\S+)/m.exec(said);
      if (address) resolve({ url: address[1], postUrl: post[1] });
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the demo ended with ${code}:\n${said}`)));
    setTimeout(() => reject(new Error(`the demo is not ready after a minute:\n${said}`)), 60_000).unref();
  });
  try {
    const { url, postUrl } = await ready;
    const answer = await fetch(`${url}/health/ready`);
    if (!answer.ok) throw new Error(`not ready: ${answer.status}`);
    return { url, postUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
