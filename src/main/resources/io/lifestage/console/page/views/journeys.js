import { h } from "../dom.js";
import { text } from "./parts.js";
import { many, number, share, WINDOWS, words } from "../format.js";

export const title = "Journeys";
export const live = true;

export function lead(doc) {
  const waiting = doc.journeys.reduce((sum, journey) => sum + journey.waiting, 0);
  const active = doc.journeys.filter((journey) => journey.status === "active").length;
  return `In force: ${many(active, "journey")}. Under way: ${many(waiting, "run")}.`;
}

export function render(doc) {
  const most = Math.max(1, ...doc.journeys.flatMap((journey) => journey.steps.map((step) => step.waiting)));
  return [
    refused(doc),
    h("ul", { class: "journeys" }, doc.journeys.map((journey) => h("li", { "data-key": journey.journey },
      h("div", null,
        h("h2", null, text(journey.journey, 60)),
        h("p", { class: "quiet small" },
          journey.version === null ? "no longer defined" : `version ${journey.version}, ${journey.status}`,
          journey.service ? ", service" : journey.purpose ? `, ${words(journey.purpose)}` : "",
          journey.holdout_of_10000 > 0 ? `, ${share(journey.holdout_of_10000 / 10_000)} held out` : "")),
      h("div", { class: "steps-of" },
        h("ol", { class: "steps", "aria-label": "Customers waiting, step by step" }, journey.steps.map((step, i) => h("li", { "data-key": "st" + i, class: step.waiting > 0 ? "busy" : null },
          h("span", { class: "waiting", bars: step.waiting / most }, number(step.waiting)),
          h("span", { class: "step" }, text(words(step.step), 28)),
          h("span", { class: "quiet small" }, step.does === step.step ? "" : words(step.does))))),
        journey.elsewhere.length === 0 ? null : h("p", { class: "quiet small" }, "Also waiting: ",
          journey.elsewhere.map((one) => `${number(one.waiting)} in ${words(one.step).slice(0, 60)}, version ${one.version}`).join("; "), ".")),
      h("p", { class: "tally", "aria-label": "In the last " + WINDOWS[doc.window] },
        h("span", null, h("b", null, number(journey.fired)), " sent"),
        h("span", null, h("b", null, number(journey.suppressed)), " withheld"),
        h("span", null, h("b", null, journey.has_goal || journey.conversions > 0 ? number(journey.conversions) : "–"), " goals"))))),
  ];
}

function refused(doc) {
  const entries = Object.entries(doc.refused);
  if (entries.length === 0) return null;
  return h("section", { class: "alerts" }, h("h2", null, "Published, and not in force"),
    h("ul", null, entries.map(([key, why]) => h("li", null, h("b", null, text(key)), ": ", text(why, 300)))));
}
