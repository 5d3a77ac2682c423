// axe finds nothing, in each state, light and dark.
import { drawn, that } from "./check.mjs";

const STATES = [
  { state: "sign-in" }, { state: "sign-in-ended" }, { state: "sign-in-passphrase" }, { state: "locked" }, { state: "broken" }, { state: "broken-key-lost", open: ".button--link", place: ".dialog" }, { state: "broken-in-use" }, { state: "opening" },
  { state: "conversation" }, { state: "conversation", room: "1" }, { state: "problems", room: "1" }, { state: "replies", room: "1" }, { state: "stale", room: "1" }, { state: "gaps", room: "1" }, { state: "typing", room: "1" }, { state: "presence", room: "1" }, { state: "presence", open: "[aria-label='New conversation']", place: ".dialog .person-row" }, { state: "empty", room: "1" },
  { state: "closed", room: "1" }, { state: "offer", room: "1" }, { state: "first-run" }, { state: "loading" }, { state: "offline", room: "1" }, { state: "limited", room: "1" },
  { state: "signed-out", room: "1" }, { state: "wrong-server", room: "1" }, { state: "refused", room: "1" }, { state: "rtl", lang: "ar", room: "1" }, { state: "long", room: "1" },
  { state: "conversation", open: ".rail__item >> nth=3", place: ".settings" }, { state: "conversation", open: "[aria-label='New conversation']", place: ".dialog .person-row" },
  { state: "changes", room: "1" }, { state: "changes", room: "1", menu: "[data-key='m:8'] .message-bubble__body", place: ".menu" }, { state: "changes", room: "1", open: ".composer__emoji", place: ".emoji-picker" },
  { state: "changes", room: "1", open: "[data-key='m:2'] .message-meta__edited", place: ".versions__one" }, { state: "changes", room: "1", type: ":th", place: ".suggestions" }, { state: "conversation", room: "1", type: "/", place: ".suggestions" }, { state: "changes", room: "1", menu: "[data-key='m:2'] .message-bubble__body", then: ".menu__item >> text=Message details", place: ".moments__row" }, { state: "changes", room: "1", press: "ArrowUp", place: ".composer__editing" },
  { state: "marks", room: "3" }, { state: "marks", menu: "[data-room='6']", place: ".menu" }, { state: "marks", open: ".chip:nth-child(5)", place: "[data-room='9'] .room-row__preview .icon" },
  { state: "refused-link", room: "1", open: ".message-text__link", place: ".dialog" }, { state: "conversation", key: "?", place: ".dialog" },
  { state: "home-full", open: ".rail__item >> nth=0", place: ".home-card .room-row" }, { state: "offline", as: "patient", open: ".rail__item >> nth=0", place: ".home-person" },
  { state: "home-quiet", parked: "2", open: ".rail__item >> nth=0", place: ".home .empty-state" }, { state: "first-run", as: "patient", open: ".rail__item >> nth=0", place: ".home .empty-state" },
  { state: "loading", open: ".rail__item >> nth=0", place: ".home .skeleton" },
  { state: "alerts", open: ".rail__item >> nth=2", place: ".alert-row" }, { state: "conversation", open: ".rail__item >> nth=2", place: ".alerts .empty-state" }, { state: "reached", open: ".rail__item >> nth=3", place: "#contact-sms" },
];

export const accessibility = async ({ test, axe }) => {
  for (const { open, key, menu, then, press, type, place, ...query } of STATES) {
    for (const theme of ["light", "dark"]) {
      const name = `axe finds nothing: ${Object.values(query).join(" ")}${open ? ` ${open}` : ""}${key ? ` ${key}` : ""}${menu ? ` menu ${menu}` : ""}${then ? ` ${then}` : ""}${press ? ` ${press}` : ""}${type ? ` ${type}` : ""} ${theme}`;
      await test(name, { ...query, theme }, async (page) => {
        if (query.room) await page.waitForSelector(".conversation-header");
        if (open) await page.click(open);
        if (key) await page.keyboard.press(key);
        if (menu) await page.click(menu, { button: "right" });
        if (then) await page.click(then);
        if (press) await page.press(".composer__input", press);
        if (type) await page.locator(".composer__input").pressSequentially(type);
        if (open || key || menu || press || type) await page.waitForSelector(place);
        await drawn(page);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
          .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ") + " " + (node.any[0]?.message ?? "")).join(" | ")}`));
        that(found.length === 0, found.join("\n"));
      }, { colorScheme: theme });
    }
  }
};
