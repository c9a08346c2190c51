/* What several views are made of. */
import { h } from "../dom.js";
import { change, cut } from "../format.js";

/** A column of numbers. */
export const n = (label) => ({ label, numeric: true });

const narrow = matchMedia("(max-width: 760px)");

/** What is wider than a narrow screen scrolls sideways, by keyboard too. */
export const scroll = (label, content) =>
  h("div", { class: "scroll", ...(narrow.matches ? { tabindex: "0", role: "region", "aria-label": label } : {}) }, content);

export function table(heads, rows) {
  return scroll("Table by " + (heads[0].label ?? heads[0]), h("table", null,
    h("thead", null, h("tr", null, heads.map((head) =>
      h("th", { scope: "col", class: head.numeric ? "n" : null }, head.label ?? head)))),
    h("tbody", null, rows.map((cells) => h("tr", null, cells)))));
}

/** A number with a bar behind it. */
export const bar = (share, text, kind = "") => h("td", { class: "n bar " + kind, bars: share }, h("span", null, text));

/**
 * More or less than before. Good says which way is good: 1 up, -1 down, 0 neither; it is never said
 * by colour alone, the sign stands there.
 */
export function delta(now, before, good, tag = "td") {
  const moved = change(now, before);
  const mood = moved.sign === 0 || good === 0 ? "" : moved.sign === good ? "better" : "worse";
  return h(tag, { class: "n sign " + mood }, moved.sign === 0 && before === null ? "–" : moved.text);
}

/** A text of customers, cut to what a line holds; the whole is its title. */
export function text(value, most = 60) {
  const all = String(value ?? "");
  return h("bdi", { title: all.length > most ? all.slice(0, 2000) : null }, cut(all, most));
}

export const empty = (what, hint) => h("div", { class: "empty" }, h("p", { class: "lead" }, what), h("p", { class: "quiet" }, hint));

/** A figure with its name and how it moved. */
export const figure = (label, value, moved, note) =>
  h("div", { class: "figure" }, h("dt", null, label), h("dd", null, h("b", null, value), moved, note ? h("span", { class: "quiet" }, note) : null));

export const figures = (...all) => h("dl", { class: "figures" }, all);
