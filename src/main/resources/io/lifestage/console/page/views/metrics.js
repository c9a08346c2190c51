import { h } from "../dom.js";
import { delta, n, table, text } from "./parts.js";
import { named, number, WINDOWS, words } from "../format.js";

export const title = "Metrics";
export const live = true;

export function lead(doc) {
  return `Every metric of the engine by its definition, over the last ${WINDOWS[doc.window]}.`;
}

export function render(doc) {
  return [
    h("ul", { class: "metrics" }, doc.metrics.map((metric) => h("li", { "data-key": metric.metric },
      h("h2", null, named(metric.metric)),
      h("div", null,
        h("p", { class: "quiet small" }, metric.help, metric.unit ? ` In ${metric.unit}.` : ""),
        Object.entries(metric.splits).map(([dimension, rows]) => (rows.length === 0 ? null :
          h("details", { class: "behind", "data-key": dimension }, h("summary", null, `By ${words(dimension).replace(">", " and ")}, ${number(rows.length)}`),
            table([words(dimension), n("Count"), n("Against before"), metric.sum_unit ? n("Sum") : null].filter(Boolean), rows.map((row) => [
              h("th", { scope: "row" }, text(words(row.label), 60)),
              h("td", { class: "n" }, number(row.count)),
              delta(row.count, row.before, 0),
              metric.sum_unit ? h("td", { class: "n" }, number(row.sum)) : null])))))),
      h("p", { class: "value" }, h("b", null, number(metric.count)), " ", delta(metric.count, metric.before, 0, "span"),
        metric.sum_unit ? h("span", { class: "quiet small" }, h("br"), `sum ${number(metric.sum)}`) : null)))),
    doc.beyond_bound > 0 ? h("p", { class: "quiet" }, `${number(doc.beyond_bound)} values were left out: there are more series than the console keeps.`) : null,
  ];
}
