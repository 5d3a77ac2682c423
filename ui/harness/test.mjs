// The interface in a real browser against a scripted shell: node test.mjs DIST. Prints "N passed, N failed".
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { CHROMIUM, serve } from "./serve.mjs";
import { accessibility } from "./tests/accessibility.mjs";
import { alerts } from "./tests/alerts.mjs";
import { changes } from "./tests/changes.mjs";
import { conversation } from "./tests/conversation.mjs";
import { drafts } from "./tests/drafts.mjs";
import { emoji } from "./tests/emoji.mjs";
import { home } from "./tests/home.mjs";
import { keyboard } from "./tests/keyboard.mjs";
import { layout } from "./tests/layout.mjs";
import { list } from "./tests/list.mjs";
import { pages } from "./tests/pages.mjs";
import { places } from "./tests/places.mjs";
import { replies } from "./tests/replies.mjs";
import { presence } from "./tests/presence.mjs";
import { search } from "./tests/search.mjs";
import { quickReplies } from "./tests/quick_replies.mjs";
import { typing } from "./tests/typing.mjs";
import { urgent } from "./tests/urgent.mjs";
import { thinkOver } from "./tests/think_over.mjs";
import { writing } from "./tests/writing.mjs";

const site = await serve(process.argv[2] ?? "../dist");
const browser = await chromium.launch(CHROMIUM);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const only = process.argv[3];
let passed = 0;
const failed = [];

/** Opens a state and hands its page to a test. */
const open = async (query, { width = 1360, height = 860, ...more } = {}) => {
  const context = await browser.newContext({ viewport: { width, height }, locale: "en-GB", reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"], ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") page.problems.push(message.text()); });
  await page.goto(`${site.url}/?${new URLSearchParams(query)}`);
  await page.waitForSelector(".gate, .workspace");
  return page;
};

const test = async (name, query, run, options) => {
  if (only && !name.includes(only)) return;
  let page;
  try {
    page = await open(query, options);
    await run(page);
    if (page.problems.length) throw new Error(`the page reported: ${page.problems.join(" | ")}`);
    passed += 1;
    console.log(`ok    ${name}`);
  } catch (error) {
    failed.push(name);
    console.log(`FAIL  ${name}\n      ${String(error.message ?? error).split("\n").slice(0, 12).join("\n      ")}`);
  } finally {
    await page?.context().close();
  }
};

for (const group of [pages, home, search, conversation, changes, replies, urgent, emoji, quickReplies, writing, drafts, typing, presence, alerts, places, keyboard, list, layout, accessibility, thinkOver]) await group({ test, axe });
await browser.close();
site.close();
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
