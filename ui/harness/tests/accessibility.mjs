// axe finds nothing, in each state, light and dark.
import { that } from "./check.mjs";

const STATES = [
  { state: "sign-in" }, { state: "sign-in-ended" }, { state: "sign-in-passphrase" }, { state: "locked" }, { state: "broken" }, { state: "opening" },
  { state: "conversation" }, { state: "conversation", room: "1" }, { state: "problems", room: "1" }, { state: "gaps", room: "1" }, { state: "empty", room: "1" },
  { state: "closed", room: "1" }, { state: "first-run" }, { state: "loading" }, { state: "offline", room: "1" }, { state: "limited", room: "1" },
  { state: "signed-out", room: "1" }, { state: "wrong-server", room: "1" }, { state: "rtl", lang: "ar", room: "1" }, { state: "long", room: "1" },
  { state: "conversation", open: ".rail__item >> nth=1" }, { state: "conversation", open: "[aria-label='New conversation']" },
  { state: "conversation", room: "1", open: ".message-text__link" }, { state: "conversation", key: "?" },
];

export const accessibility = async ({ test, axe }) => {
  for (const { open, key, ...query } of STATES) {
    for (const theme of ["light", "dark"]) {
      const name = `axe finds nothing: ${Object.values(query).join(" ")}${open ? ` ${open}` : ""}${key ? ` ${key}` : ""} ${theme}`;
      await test(name, { ...query, theme }, async (page) => {
        if (query.room) await page.waitForSelector(".conversation-header");
        if (open) await page.click(open);
        if (key) await page.keyboard.press(key);
        await page.waitForTimeout(150);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
          .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ") + " " + (node.any[0]?.message ?? "")).join(" | ")}`));
        that(found.length === 0, found.join("\n"));
      }, { colorScheme: theme });
    }
  }
};
