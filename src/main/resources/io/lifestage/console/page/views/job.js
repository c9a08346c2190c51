import { h } from "../dom.js";
import { chart } from "../chart.js";
import { bar, delta, figure, figures, n, table, text } from "./parts.js";
import { bytes, number, rate, since, span, spanMs, time, WINDOWS, words } from "../format.js";

export const title = "Job";
export const live = true;

export function lead(doc) {
  if (!doc.event_time) return null;
  return `${rate(doc.decided_per_s)} events a second are decided; event time is ${span(doc.behind_ms / 1000)} behind the clock.`;
}

const total = (rows) => rows.reduce((sum, row) => sum + row.count, 0);
const before = (rows) => (rows.some((row) => row.before === null) ? null : rows.reduce((sum, row) => sum + row.before, 0));

export function render(doc) {
  const arriving = Object.values(doc.arriving_per_s).reduce((sum, one) => sum + one, 0);
  const flink = doc.flink;
  const checkpoints = flink.checkpoints ?? {};
  const latency = doc.trigger_latency;
  const called = (name, what = "title") => doc.punctuality[name][what];
  return [
    figures(
      figure("Arriving", rate(arriving), null, "records a second"),
      figure("Decided", rate(doc.decided_per_s), null, "events a second, over the last " + WINDOWS[doc.window]),
      figure("Not read yet", number(total(doc.lag)), null, "records"),
      figure(called("watermark_delay"), doc.behind_ms === null ? "–" : span(doc.behind_ms / 1000), null, called("watermark_delay", "formula")),
      figure(called("trigger_latency"), spanMs(latency.p50_ms), null, latency.count === 0 ? "no trigger in the last " + WINDOWS[doc.window] : `median of ${number(latency.count)}, 19 of 20 within ${spanMs(latency.p95_ms)}`),
      figure("Too late", number(total(doc.late)), delta(total(doc.late), before(doc.late), -1, "span")),
      figure("Seen before", number(total(doc.duplicates)), delta(total(doc.duplicates), before(doc.duplicates), 0, "span")),
      figure("Dead letters", number(total(doc.dead_letters)), delta(total(doc.dead_letters), before(doc.dead_letters), -1, "span"))),
    h("section", { "aria-labelledby": "flink" }, h("h2", { id: "flink" }, "Flink"),
      flink.state === undefined ? h("p", { class: "quiet" }, "Flink is not asked or does not answer, or has no such job. --flink-url says where it is.") : [
        figures(
          figure("State", words(flink.state).toLowerCase(), null, `for ${since(flink.since)}`),
          figure("Restarts", number(flink.restarts), null, "since it was submitted"),
          figure(called("checkpoint_age"), checkpoints.last_at ? since(checkpoints.last_at) : "none yet", null, checkpoints.last_at ? `took ${number(checkpoints.last_took_ms)} ms, ${bytes(checkpoints.last_bytes)}` : ""),
          figure("Checkpoints", number(checkpoints.completed), null, `${number(checkpoints.failed)} failed, ${number(checkpoints.restored)} restored from`)),
        flink.last_failure ? h("p", { class: "bad" }, `Last failure, ${time(flink.last_failure.at)}: `, text(flink.last_failure.what, 300)) : null,
        h("p", null, h("a", { href: flink.page, rel: "noreferrer" }, "Flink's own page of the job"))]),
    h("section", null,
      chart("job-events", "Events decided a second, over each window", doc.course.at, [{ label: "events/s", values: doc.course.events_per_s, colour: "main" }], { form: rate }),
      chart("job-lag", "Records not read yet", doc.course.at, [{ label: "records", values: doc.course.lag, colour: "other" }], { height: 110 })),
    h("div", { class: "columns" }, topics(doc), types(doc)),
    h("section", { "aria-labelledby": "letters" }, h("h2", { id: "letters" }, "Dead letters, the latest first"), reasons(doc), refused(doc.latest_dead_letters, "No record was refused.")),
    h("section", { "aria-labelledby": "late" }, h("h2", { id: "late" }, "Events that came too late"), refused(doc.latest_late_events, "None came too late.")),
  ];
}

function topics(doc) {
  const names = [...new Set([...Object.keys(doc.arriving_per_s), ...doc.lag.map((row) => row.label), ...doc.late.map((row) => row.label), ...doc.duplicates.map((row) => row.label)])].sort();
  const of = (rows, label) => rows.find((row) => row.label === label)?.count ?? 0;
  return h("section", { "aria-labelledby": "topics" }, h("h2", { id: "topics" }, "By topic"),
    table(["Topic", n("Arriving a second"), n("Not read yet"), n("Too late"), n("Seen before")], names.map((name) => [
      h("th", { scope: "row" }, text(name)),
      h("td", { class: "n" }, rate(Object.hasOwn(doc.arriving_per_s, name) ? doc.arriving_per_s[name] : null)),
      h("td", { class: "n" }, number(of(doc.lag, name))),
      h("td", { class: "n" }, number(of(doc.late, name))),
      h("td", { class: "n" }, number(of(doc.duplicates, name)))])));
}

function types(doc) {
  const most = Math.max(1, ...doc.events.map((row) => row.count));
  return h("section", { "aria-labelledby": "types" }, h("h2", { id: "types" }, "Events decided, by type"),
    doc.events.length === 0 ? h("p", { class: "quiet" }, "None in this window or the one before.") : table(["Type", n("Events"), n("Against before")], doc.events.slice(0, 30).map((row) => [
      h("th", { scope: "row" }, text(words(row.label))), bar(row.count / most, number(row.count)), delta(row.count, row.before, 0)])));
}

function reasons(doc) {
  if (doc.dead_letters.length === 0) return null;
  return h("p", { class: "quiet" }, `In the last ${WINDOWS[doc.window]}: `, doc.dead_letters.map((row) => `${words(row.label).slice(0, 80)} ${number(row.count)}`).join(", "), ".");
}

function refused(records, none) {
  if (records.length === 0) return h("p", { class: "quiet" }, none);
  return h("ul", { class: "letters" }, records.map((record) => h("li", { "data-key": record.place + record.read_from },
    h("details", null,
      h("summary", null, h("time", { datetime: record.written_at }, time(record.written_at)), " ", h("b", null, text(words(record.reason), 60)), " ", h("span", { class: "quiet" }, record.read_from)),
      record.detail ? h("p", null, text(record.detail, 400)) : null,
      h("dl", { class: "facts" },
        row("key", record.key), row("size", record.bytes === null ? null : bytes(record.bytes)), row("exception", record.exception),
        Object.entries(record.fields ?? {}).map(([name, value]) => row(name, typeof value === "object" ? JSON.stringify(value) : value)),
        row("as text", record.text), row("bytes", record.hex))))));
}

const row = (name, value) => (value === null || value === undefined || value === "" ? null : [h("dt", null, words(name)), h("dd", { class: "raw" }, text(value, 1200))]);
