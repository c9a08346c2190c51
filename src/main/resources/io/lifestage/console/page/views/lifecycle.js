import { h } from "../dom.js";
import { arc } from "../arc.js";
import { chart } from "../chart.js";
import { bar, delta, empty, n, table } from "./parts.js";
import { change, many, named, number, share, spanMs, WINDOWS, words } from "../format.js";

export const title = "Lifecycle";
export const live = true;

export function lead(doc) {
  if (doc.customers === 0) return null;
  const moved = change(doc.lost.count, doc.lost.before);
  const compared = moved.sign === 0 ? moved.text : moved.text.replace("▲", "up").replace("▼", "down") + " on the window before";
  return `${many(doc.customers, "customer")}. ${number(doc.lost.count)} lost in the last ${WINDOWS[doc.window]}, ${compared}.`;
}

export function render(doc, context) {
  const tall = matchMedia("(max-width: 760px)").matches;
  if (doc.customers === 0) {
    return [
      h("div", { class: "arc-frame nobody", "data-key": "arc" }, arc(doc, tall)),
      empty("Nobody is here yet.", "As soon as the job has decided on a first customer, the arc fills. local-cluster/up starts a believable shop; lifestage traffic run feeds any cluster.")];
  }
  return [
    h("div", { class: "arc-frame", "data-key": "arc" }, arc(doc, tall)),
    h("div", { class: "columns" }, dropOffs(doc), changes(doc)),
    h("section", null, chart("lifecycle", "Lost and moved, over each window", doc.course.at, [
      { label: "moves between stages", values: doc.course.moves, colour: "main" },
      { label: "lost", values: doc.course.lost, colour: "loss" }])),
    stages(doc),
    flows(doc),
  ];
}

function dropOffs(doc) {
  const most = Math.max(1, ...doc.drop_offs.map((drop) => drop.count));
  return h("section", { "aria-labelledby": "drop-offs" }, h("h2", { id: "drop-offs" }, "Where customers are lost, worst first"),
    doc.drop_offs.length === 0 ? h("p", { class: "quiet" }, "Nobody was lost in this window or the one before.") :
      table(["From where", n("Lost"), n("Of who left"), n("Against before")], doc.drop_offs.map((drop) => [
        h("th", { scope: "row" }, named(drop.from), h("span", { class: "quiet" }, " to " + words(drop.to))),
        bar(drop.count / most, number(drop.count), "loss"),
        h("td", { class: "n" }, share(drop.share)),
        delta(drop.count, drop.before, -1)])),
    doc.lost.by_cause.length > 0
      ? h("p", { class: "quiet" }, "By cause: ", doc.lost.by_cause.map((cause) => `${words(cause.label)} ${number(cause.count)}`).join(", "), ".") : null);
}

function changes(doc) {
  return h("section", { "aria-labelledby": "changes" }, h("h2", { id: "changes" }, "What changed against the window before"),
    doc.changes.length === 0
      ? h("p", { class: "quiet" }, "Nothing that chance would not explain.")
      : h("ol", { class: "changes" }, doc.changes.map((one) => {
        const moved = change(one.count, one.before);
        return h("li", { "data-key": one.metric + one.dimension + one.label },
          h("span", { class: "what" }, words(one.metric), ", ", h("b", null, words(one.label).replace(/^>/, "none > "))),
          h("span", { class: "n" }, `${number(one.before)} → ${number(one.count)}`),
          h("span", { class: "n sign" }, moved.text));
      })),
    h("p", { class: "quiet small" }, "Listed are counts that differ by a sixth or more, and by more than 2.5 standard deviations of chance; of equal ones the first."));
}

function stages(doc) {
  const most = Math.max(1, ...doc.stages.map((stage) => stage.population));
  return h("section", { "aria-labelledby": "stages" }, h("h2", { id: "stages" }, "The stages in numbers"),
    table(["Stage", n("Customers"), n("Against before"), n("Entered"), n("Went on"), n("Lost"), n("Go on"), n("Stay, median"), n("Stay, 9 of 10 below")],
      doc.stages.map((stage) => [
        h("th", { scope: "row" }, named(stage.stage)),
        bar(stage.population / most, number(stage.population)),
        delta(stage.population, stage.population_before, 0),
        h("td", { class: "n" }, number(stage.entered)),
        h("td", { class: "n" }, number(stage.went_on)),
        h("td", { class: "n" }, number(stage.lost)),
        h("td", { class: "n" }, stage.is_lost ? "–" : share(stage.conversion)),
        h("td", { class: "n" }, spanMs(stage.dwell_median_ms)),
        h("td", { class: "n" }, spanMs(stage.dwell_p90_ms))])),
    h("p", { class: "quiet small" }, `Model ${doc.model}. Stays are of those who left in the window, estimated within 1 %. `,
      doc.without_stage > 0 ? `${number(doc.without_stage)} customers are in no stage yet.` : ""));
}

function flows(doc) {
  return h("details", { class: "behind" }, h("summary", null, "Every move between stages"),
    table(["From", "To", "Is", n("In the window"), n("Against before")], doc.flows.map((flow) => [
      h("th", { scope: "row" }, flow.from === "" ? "new" : words(flow.from)),
      h("td", null, words(flow.to)),
      h("td", null, flow.kind),
      h("td", { class: "n" }, number(flow.count)),
      delta(flow.count, flow.before, 0)])));
}
