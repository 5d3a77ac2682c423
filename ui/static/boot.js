// Loads the app. The theme is set before anything is drawn, so that a dark room stays dark.
import init from "./bedside.js";

const dark = matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.dataset.theme = dark ? "dark" : "light";
init({ module_or_path: new URL("./bedside_bg.wasm", import.meta.url) });
