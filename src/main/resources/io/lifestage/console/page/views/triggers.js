import { h } from "../dom.js";
import { chart } from "../chart.js";
import { bar, delta, figure, figures, n, table, text } from "./parts.js";
import { clockOf, number, rate, share, WINDOWS, words } from "../format.js";

export const title = "Triggers";
export const live = true;

const KINDS = ["", "fired", "suppressed", "held", "cancelled", "retracted", "converted"];

export function lead(doc) {
  const all = doc.fired.count + doc.suppressed.count;
  if (all === 0) return null;
  return `${number(doc.fired.count)} sent and ${number(doc.suppressed.count)} withheld in the last ${WINDOWS[doc.window]}: ${share(doc.fired.count / all)} went out.`;
}

export function render(doc, context) {
  const one = (label, pair, good) => figure(label, number(pair.count), delta(pair.count, pair.before, good, "span"));
  return [
    figures(one("Sent", doc.fired, 0), one("Withheld", doc.suppressed, 0), one("Taken back", doc.retracted, -1), one("Goals reached", doc.conversions, 1)),
    h("section", null, chart("triggers", "Sent and withheld, over each window", doc.course.at, [
      { label: "sent", values: doc.course.fired, colour: "main" },
      { label: "withheld", values: doc.course.suppressed, colour: "other" }])),
    h("div", { class: "columns uneven" }, feed(doc, context), reasons(doc)),
    journeys(doc, context),
  ];
}

function feed(doc, context) {
  const wanted = (context.place.parameters.get("outcome") ?? "").toLowerCase();
  return h("section", { "aria-labelledby": "feed" }, h("h2", { id: "feed" }, "As it happens"),
    h("p", { class: "chips", role: "group", "aria-label": "Show only" }, KINDS.map((kind) =>
      h("a", { href: context.address("triggers", [], kind ? { outcome: kind } : {}), "aria-current": wanted === kind ? "true" : null }, kind || "all"))),
    doc.feed.length === 0 ? h("p", { class: "quiet" }, "Nothing yet. What is sent and what is withheld appears here, each with its why.") :
      h("ol", { class: "feed" }, doc.feed.map((entry) => h("li", { "data-key": entry.at + entry.journey + entry.customer.ref.slice(0, 80) + entry.outcome, class: entry.outcome.toLowerCase() },
        h("a", { href: why(entry, context) },
          h("time", { datetime: entry.at }, clockOf(entry.at)),
          h("span", { class: "outcome" }, outcome(entry)),
          h("span", { class: "what" }, text(entry.journey, 40), h("span", { class: "quiet" }, reason(entry))),
          h("span", { class: "who" }, text(entry.customer.name, 20)))))));
}

export function why(entry, context) {
  const more = { view: "why", journey: entry.journey, at: entry.at };
  if (entry.trigger_id) more.trigger = entry.trigger_id;
  return context.address("customer", [entry.customer.ref], more);
}

const WORDS = { FIRED: "sent", SUPPRESSED: "withheld", HELD: "held", CANCELLED: "cancelled", RETRACTED: "taken back", CONVERTED: "goal" };
const outcome = (entry) => WORDS[entry.outcome] ?? words(entry.outcome).toLowerCase();

function reason(entry) {
  if (entry.outcome === "FIRED") return entry.channel ? ` ${words(entry.channel)}, ${words(entry.template)}` : "";
  return " " + words(entry.reason).slice(0, 80);
}

function reasons(doc) {
  const most = Math.max(1, ...doc.by_reason.map((row) => row.count));
  return h("section", { "aria-labelledby": "reasons" }, h("h2", { id: "reasons" }, "Withheld, by reason"),
    doc.by_reason.length === 0 ? h("p", { class: "quiet" }, "Nothing was withheld.") :
      table(["Reason", n("Withheld"), n("Against before")], doc.by_reason.map((row) => [
        h("th", { scope: "row" }, text(words(row.label), 40)),
        bar(row.count / most, number(row.count), "other"),
        delta(row.count, row.before, 0)])));
}

function journeys(doc, context) {
  const rows = [...doc.by_journey].sort((a, b) => b.fired + b.suppressed - a.fired - a.suppressed || (a.journey < b.journey ? -1 : 1));
  const most = Math.max(1, ...rows.map((row) => row.fired));
  return h("section", { "aria-labelledby": "by-journey" }, h("h2", { id: "by-journey" }, "By journey"),
    table(["Journey", n("Sent"), n("Against before"), n("Withheld"), n("Goes out"), n("Taken back"), n("Goals reached"), n("Lift"), n("95 of 100 within")], rows.map((row) => [
      h("th", { scope: "row" }, h("a", { href: context.address("journeys") }, text(row.journey, 40))),
      bar(row.fired / most, number(row.fired)),
      delta(row.fired, row.fired_before, 0),
      h("td", { class: "n" }, number(row.suppressed)),
      h("td", { class: "n" }, share(row.fired + row.suppressed > 0 ? row.fired / (row.fired + row.suppressed) : null)),
      h("td", { class: "n" }, number(row.retracted)),
      h("td", { class: "n" }, number(row.conversions)),
      h("td", { class: "n" + (row.lift?.significant ? (row.lift.difference > 0 ? " better" : " worse") : "") }, row.lift ? points(row.lift.difference) : "–"),
      h("td", { class: "n" }, row.lift ? `${points(row.lift.low)} to ${points(row.lift.high)}` : "–")])),
    h("p", { class: "quiet small" }, "Lift: by how many points in a hundred more of those who got what the journey sends reach its goal than of those held out, since the job began. It is coloured where chance does not explain it."));
}

/** A difference of shares, with its sign. */
const points = (difference) => (difference < 0 ? "−" : "+") + rate(Math.abs(difference) * 100);
