import { h } from "../dom.js";
import { chart } from "../chart.js";
import { delta, figure, figures, n, table, text } from "./parts.js";
import { number, rate, share, since, span, spanMs, WINDOWS, words } from "../format.js";

export const title = "Conversations";
export const live = true;

export function lead(doc) {
  if (doc.open === 0) return "No conversation is open.";
  const oldest = doc.longest_waiting[0];
  return `${number(doc.open)} open, ${number(doc.waiting)} of them wait for an answer` + (oldest ? `, the longest for ${since(oldest.asked_at)}.` : ".");
}

export function render(doc, context) {
  const mean = (row) => (row && row.count > 0 ? row.sum / row.count / 1000 : null);
  const before = (row) => (row && row.before > 0 ? row.sum_before / row.before / 1000 : null);
  const subjects = [...new Set([...doc.by_subject, ...doc.started, ...doc.first_answers].map((row) => row.label))];
  const find = (rows, label) => rows.find((row) => row.label === label);
  const answered = doc.first_answers.reduce((sum, row) => sum + row.count, 0);
  const waited = doc.first_answers.reduce((sum, row) => sum + row.sum, 0);
  const begun = doc.started.reduce((sum, row) => sum + row.count, 0);
  const begunBefore = doc.started.every((row) => row.before !== null) ? doc.started.reduce((sum, row) => sum + row.before, 0) : null;
  return [
    figures(
      figure("Wait for an answer", number(doc.waiting), null, doc.open > 0 ? `${share(doc.waiting / doc.open)} of those open` : ""),
      figure("Begun", number(begun), delta(begun, begunBefore, 0, "span"), "in the last " + WINDOWS[doc.window]),
      figure("First answer, mean", answered > 0 ? span(waited / answered / 1000) : "–", null, `${number(answered)} first answers`),
      figure("Ended without an answer", share(doc.unanswered_share.value), null, "of the conversations that ended"),
      figure("Satisfaction", rate(doc.mean_satisfaction.value), delta(doc.mean_satisfaction.value ?? 0, doc.mean_satisfaction.before, 1, "span"), "mean of 1 to 5")),
    h("section", { "aria-labelledby": "subjects" }, h("h2", { id: "subjects" }, "By subject"),
      subjects.length === 0 ? h("p", { class: "quiet" }, "Nobody has written yet.") :
        table(["Subject", n("Open"), n("Wait"), n("Begun"), n("Against before"), n("First answers"), n("Mean time"), n("Before"), n("Median"), n("19 of 20 within")], subjects.map((subject) => {
          const open = find(doc.by_subject, subject);
          const started = find(doc.started, subject);
          const first = find(doc.first_answers, subject);
          return [
            h("th", { scope: "row" }, text(words(subject))),
            h("td", { class: "n" }, number(open?.open ?? 0)),
            h("td", { class: "n" }, number(open?.waiting ?? 0)),
            h("td", { class: "n" }, number(started?.count ?? 0)),
            delta(started?.count ?? 0, started?.before ?? null, 0),
            h("td", { class: "n" }, number(first?.count ?? 0)),
            h("td", { class: "n" }, span(mean(first))),
            h("td", { class: "n" }, span(before(first))),
            h("td", { class: "n" }, spanMs(first?.p50)),
            h("td", { class: "n" }, spanMs(first?.p95))];
        }))),
    h("section", { "aria-labelledby": "waiting" }, h("h2", { id: "waiting" }, "Who waits longest"),
      doc.longest_waiting.length === 0 ? h("p", { class: "quiet" }, "Nobody waits.") :
        table(["Customer", "Subject", n("Waits for"), n("Open for"), "So far"], doc.longest_waiting.slice(0, 25).map((chat) => [
          h("th", { scope: "row" }, h("a", { href: context.address("customer", [chat.customer.ref]) }, text(chat.customer.name, 40))),
          h("td", null, text(words(chat.subject))),
          h("td", { class: "n" }, since(chat.asked_at)),
          h("td", { class: "n" }, since(chat.started_at)),
          h("td", null, chat.answered_before ? "answered before" : "no person has answered")])),
      doc.waiting > 25 ? h("p", { class: "quiet small" }, `And ${number(doc.waiting - 25)} more.`) : null),
    h("section", null, chart("chat-mean", "Mean time to a first answer, over each window", doc.course.at, [
      { label: "seconds", values: doc.course.mean_response_s, colour: "main" }], { form: rate })),
    h("section", null, chart("chat-begun", "Conversations begun, over each window", doc.course.at, [
      { label: "begun", values: doc.course.started, colour: "main" }], { height: 110 })),
  ];
}
