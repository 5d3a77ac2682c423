// Serves the built interface with the scripted shell in front of it, under the product's content policy.
import { accessSync, constants } from "node:fs";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { delimiter, dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".woff2": "font/woff2" };
const POLICY = JSON.parse(await readFile(join(HERE, "../../tauri.conf.json"), "utf8")).app.security.csp;

const scripted = (page) => page.replace("<link", '<script src="/harness/fixtures.js"></script><script src="/harness/fake.js"></script><link');

/** Starts a server on a port of the system's choice. */
export async function serve(dist) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    const file = path.startsWith("/harness/") ? join(HERE, path.slice(9)) : join(dist, path === "/" ? "index.html" : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain", "content-security-policy": POLICY });
      response.end(path === "/" ? scripted(body.toString()) : body);
    } catch {
      response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** The first of these programs on the path. */
const found = (...names) => {
  const places = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find((place) => { try { accessSync(place, constants.X_OK); return true; } catch { return false; } });
};

/** How chromium is started: headless, and quiet on the network. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? found("chromium", "chromium-browser", "google-chrome"),
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};
