// What the tests share: waiting for a condition, and saying what was expected.

export const equal = (found, expected, what) => {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, found ${a}`);
};

export const that = (holds, what) => {
  if (!holds) throw new Error(what);
};

/** Waits until a function of the page is true. */
export const until = (page, check, argument, what) =>
  page.waitForFunction(check, argument, { timeout: 5000 }).catch(() => { throw new Error(`never happened: ${what ?? check}`); });

export const asked = (page, request) => page.evaluate((name) => window.fake.asked.filter((one) => one.request === name), request);

export const text = (page, selector) => page.locator(selector).first().innerText();

/** Two frames later everything measured is drawn. */
export const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
