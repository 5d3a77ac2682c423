// Pictures of states: node shots.mjs DIST DIR [name…]. A name is state[@room][,theme][,WIDTHxHEIGHT][,lang=..][,click=..][,menu=..][,hover=..][,type=..][,key=value].
import { chromium } from "playwright-core";
import { CHROMIUM, serve } from "./serve.mjs";

const [dist, folder, ...names] = process.argv.slice(2);
const site = await serve(dist);
const browser = await chromium.launch(CHROMIUM);

for (const name of names) {
  const [first, ...rest] = name.split(",");
  const [state, room] = first.split("@");
  const query = new URLSearchParams({ state });
  let [width, height] = [1360, 860];
  const steps = [];
  if (room) query.set("room", room);
  for (const part of rest) {
    if (/^\d+x\d+$/.test(part)) [width, height] = part.split("x").map(Number);
    else if (part === "dark" || part === "light") query.set("theme", part);
    else if (part.startsWith("click=")) steps.push((page) => page.click(part.slice(6)));
    else if (part.startsWith("menu=")) steps.push((page) => page.click(part.slice(5), { button: "right" }));
    else if (part.startsWith("hover=")) steps.push((page) => page.hover(part.slice(6)));
    else if (part.startsWith("type=")) steps.push((page) => page.keyboard.type(part.slice(5)));
    else query.set(...part.split("="));
  }
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: query.get("theme") === "dark" ? "dark" : "light", locale: "en-GB", contrast: query.get("contrast") ?? undefined, forcedColors: query.get("forced") ?? undefined });
  const page = await context.newPage();
  page.on("console", (message) => { if (message.type() === "error") console.log(name, message.text().slice(0, 300)); });
  page.on("pageerror", (error) => console.log(name, String(error).slice(0, 300)));
  await page.goto(`${site.url}/?${query}`);
  await page.waitForSelector(".gate, .workspace", { timeout: 15000 });
  for (const step of steps) await step(page);
  await page.waitForTimeout(700);
  await page.screenshot({ path: `${folder}/${name.replaceAll(/[^\w=-]+/g, "_")}.png` });
  await context.close();
}
await browser.close();
site.close();
