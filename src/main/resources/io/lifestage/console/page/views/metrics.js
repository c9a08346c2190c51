import { h } from "../dom.js";
import { delta, n, table, text } from "./parts.js";
import { named, number, rate, share, spanMs, WINDOWS, words } from "../format.js";

export const title = "Metrics";
export const live = true;

export function lead(doc) {
  return `Every metric of the engine by its definition, over the last ${WINDOWS[doc.window]}.`;
}

export function render(doc) {
  const areas = [...new Set([...doc.metrics, ...doc.ratios].map((one) => one.area ?? "Of a later release"))];
  return [
    areas.map((area) => h("section", { "data-key": area, "aria-labelledby": "area-" + area },
      h("h2", { id: "area-" + area }, area),
      h("ul", { class: "metrics" },
        doc.metrics.filter((one) => (one.area ?? "Of a later release") === area).map(metric),
        doc.ratios.filter((one) => one.area === area).map(ratio)))),
    doc.beyond_bound > 0 ? h("p", { class: "quiet" }, `${number(doc.beyond_bound)} values were left out: there are more series than the console keeps.`) : null,
  ];
}

function metric(one) {
  return h("li", { "data-key": one.metric },
    h("h3", null, one.title ?? named(one.metric)),
    h("div", null,
      h("p", { class: "quiet small", title: one.formula }, one.help, one.unit ? ` In ${one.unit}.` : ""),
      Object.entries(one.splits).map(([dimension, rows]) => (rows.length === 0 ? null :
        h("details", { class: "behind", "data-key": dimension }, h("summary", null, `By ${words(dimension).replace(">", " and ")}, ${number(rows.length)}`),
          split(one, dimension, rows))))),
    h("p", { class: "value" }, h("b", null, number(one.count)), " ", delta(one.count, one.before, 0, "span"),
      h("span", { class: "quiet small" }, estimates(one).map((said) => [h("br"), said]))));
}

function split(one, dimension, rows) {
  const distinct = rows.some((row) => row.distinct !== undefined);
  const quantiles = rows.some((row) => row.p50 !== undefined);
  const heads = [words(dimension), n("Count"), n("Against before")];
  if (one.sum_unit) heads.push(n("Sum"));
  if (distinct) heads.push(n("Different"));
  if (quantiles) heads.push(n("Median"), n("90 %"), n("95 %"), n("99 %"));
  return table(heads, rows.map((row) => [
    h("th", { scope: "row" }, text(words(row.label), 60)),
    h("td", { class: "n" }, number(row.count)),
    delta(row.count, row.before, 0),
    one.sum_unit ? h("td", { class: "n" }, quantity(one, row.sum)) : null,
    distinct ? h("td", { class: "n" }, number(row.distinct)) : null,
    quantiles ? [row.p50, row.p90, row.p95, row.p99].map((value) => h("td", { class: "n" }, quantity(one, value))) : null]));
}

function estimates(one) {
  const said = [];
  if (one.sum_unit) said.push("sum " + quantity(one, one.sum));
  if (one.distinct !== undefined) said.push("different " + number(one.distinct));
  if (one.p50 !== undefined) said.push(`median ${quantity(one, one.p50)}, 95 % ${quantity(one, one.p95)}`);
  return said;
}

const quantity = (one, value) => (one.sum_unit === "ms" ? spanMs(value) : number(value));

function ratio(one) {
  const form = (value) => (value === null ? "–" : one.unit === "share" ? share(value) : one.unit === "ms" ? spanMs(value) : rate(value));
  return h("li", { "data-key": one.ratio },
    h("h3", null, one.title),
    h("div", null,
      h("p", { class: "quiet small", title: one.formula }, one.help),
      one.split.length === 0 ? null : h("details", { class: "behind", "data-key": "split" }, h("summary", null, `By ${words(one.dimension)}, ${number(one.split.length)}`),
        table([words(one.dimension), n("Now"), n("Before")], one.split.map((row) => [
          h("th", { scope: "row" }, text(words(row.label), 60)),
          h("td", { class: "n" }, form(row.value)),
          h("td", { class: "n" }, form(row.before))])))),
    h("p", { class: "value" }, h("b", null, form(one.value)), " ", one.before === null ? "" : h("span", { class: "sign" }, `before ${form(one.before)}`)));
}
