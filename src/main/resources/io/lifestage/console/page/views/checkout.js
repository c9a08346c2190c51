import { h } from "../dom.js";
import { chart } from "../chart.js";
import { bar, delta, empty, figure, figures, n, scroll, table, text } from "./parts.js";
import { many, money, number, share, since, time, WINDOWS, words } from "../format.js";

export const title = "Purchase health";
export const live = true;

const count = (rows, label) => rows.find((row) => row.label === label) ?? { count: 0, before: null };

export function lead(doc) {
  const first = doc.funnel[0];
  const last = doc.funnel[doc.funnel.length - 1];
  if (!first || first.count === 0) return null;
  return `${many(first.count, "checkout")} begun in the last ${WINDOWS[doc.window]}; ${number(last.count)} came to their end, ${share(last.of_started)}.`;
}

export function render(doc) {
  const payments = doc.payments;
  return [
    alerts(doc),
    figures(
      figure("Payments that fail", share(payments.failure_rate), delta(payments.failure_rate ?? 0, payments.failure_rate_before, -1, "span"), `${number(payments.count)} of ${number(payments.count + payments.paid)}`),
      doc.revenue.slice(0, 3).map((one) => figure("Revenue, " + one.label, money(one.sum, one.label), delta(one.sum, one.sum_before, 1, "span"),
        one.count > 0 ? `${many(one.count, "order")} of ${money(one.sum / one.count, one.label)}` : "no order")),
      figure("Carts left behind", number(count(doc.abandoned, "cart").count), delta(count(doc.abandoned, "cart").count, count(doc.abandoned, "cart").before, -1, "span")),
      figure("Checkouts left behind", number(count(doc.abandoned, "checkout").count), delta(count(doc.abandoned, "checkout").count, count(doc.abandoned, "checkout").before, -1, "span")),
      figure("Orders cancelled", number(doc.cancellations.count), delta(doc.cancellations.count, doc.cancellations.before, -1, "span")),
      doc.refunds.slice(0, 2).map((one) => figure("Paid back, " + one.label, money(one.sum, one.label), delta(one.sum, one.sum_before, -1, "span")))),
    funnel(doc),
    h("section", null, chart("checkout", "Checkouts over each window", doc.course.at, [
      { label: "begun", values: doc.course.started, colour: "main" },
      { label: "paid", values: doc.course.paid, colour: "other" },
      { label: "payments failed", values: doc.course.payment_failed, colour: "loss" }])),
    methods(payments),
  ];
}

function alerts(doc) {
  const open = doc.alerts.filter((alert) => alert.status === "OPEN");
  const over = doc.alerts.filter((alert) => alert.status !== "OPEN");
  return h("section", { "aria-labelledby": "alerts" }, h("h2", { id: "alerts" }, "Alerts"),
    open.length === 0 ? h("p", { class: "quiet" }, "None is open.") :
      h("ol", { class: "alerts" }, open.map((alert) => h("li", { "data-key": alert.alert_id, class: String(alert.severity).toLowerCase() },
        h("p", null, h("span", { class: "severity" }, words(alert.severity).toLowerCase()), " ", text(alert.text, 300)),
        h("p", { class: "quiet small" }, text(words(alert.subject)), ", open for ", since(alert.opened_at),
          alert.customers === null ? "" : `, ${many(alert.customers, "customer")}`,
          alert.value_minor === null ? "" : `, ${money(alert.value_minor, alert.currency)} at stake`)))),
    over.length === 0 ? null : h("details", { class: "behind" }, h("summary", null, `${number(over.length)} that are over`),
      h("ul", null, over.map((alert) => h("li", { "data-key": alert.alert_id }, time(alert.at), ": ", text(alert.text, 200))))));
}

function funnel(doc) {
  if (doc.funnel.length === 0) return empty("No checkout yet.", "Each step of a checkout appears when a first customer reaches it.");
  const most = Math.max(1, ...doc.funnel.map((step) => step.count));
  return h("section", { "aria-labelledby": "funnel" }, h("h2", { id: "funnel" }, "The checkout, step by step"),
    scroll("Table by step", h("table", { class: "funnel" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Step"), h("th", { scope: "col", class: "wide" }, "Reached it"), h("th", { scope: "col", class: "n" }, "Of the step before"), h("th", { scope: "col", class: "n" }, "Of those begun"), h("th", { scope: "col", class: "n" }, "Against before"))),
      h("tbody", null, doc.funnel.map((step) => h("tr", { "data-key": "step-" + step.step },
        h("th", { scope: "row" }, text(words(step.step), 40)),
        bar(step.count / most, number(step.count), "wide"),
        h("td", { class: "n" }, share(step.of_previous)),
        h("td", { class: "n" }, share(step.of_started)),
        delta(step.count, step.before, 0)))))));
}

function methods(payments) {
  const most = Math.max(1, ...payments.by_method.map((one) => one.count));
  return h("section", { "aria-labelledby": "methods" }, h("h2", { id: "methods" }, "Failed payments by method"),
    payments.by_method.length === 0 ? h("p", { class: "quiet" }, "None in this window or the one before.") :
      table(["Method", n("Failed"), n("Against before"), n("Of all")], payments.by_method.map((one) => [
        h("th", { scope: "row" }, text(words(one.label), 60)),
        bar(one.count / most, number(one.count), "loss"),
        delta(one.count, one.before, -1),
        h("td", { class: "n" }, share(payments.rate_by_method.find((rate) => rate.label === one.label)?.value))])));
}
