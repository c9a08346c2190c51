/* Lines over time, by uPlot, in the colours of the page, with the numbers as a table behind. */
import uPlot from "./uplot/uPlot.esm.js";
import { h } from "./dom.js";
import { clockOf, short, time } from "./format.js";

const charts = new Map();

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const COLOURS = { main: "--line-a", other: "--line-b", loss: "--loss" };
const DASHES = { main: [], other: [6, 4], loss: [] };

/**
 * A chart; the same id gives the same chart again, with new numbers.
 *
 * @param lines [{label, values, colour: main|other|loss}]
 */
export function chart(id, title, at, lines, { form = short, height = 150 } = {}) {
  if (at.length === 0) {
    return h("figure", { class: "chart", "data-key": "chart-" + id },
      h("figcaption", null, title), h("p", { class: "quiet" }, "Nothing has been measured yet."));
  }
  let known = charts.get(id);
  if (!known) {
    known = { frame: h("div", { class: "plot", "data-keep": "", "data-key": "plot-" + id }) };
    charts.set(id, known);
  }
  known.data = [at.map((ms) => ms / 1000), ...lines.map((line) => line.values)];
  known.draw = () => draw(known, lines, form, height);
  queueMicrotask(() => requestAnimationFrame(known.draw));
  const last = at.length - 1;
  return h("figure", { class: "chart", "data-key": "chart-" + id },
    h("figcaption", null, title,
      h("span", { class: "keys" }, lines.map((line) =>
        h("span", { class: "key " + (line.colour ?? "main") }, line.label, " ",
          h("b", null, last < 0 || line.values[last] === null ? "–" : form(line.values[last])))))),
    known.frame,
    h("details", { class: "behind" }, h("summary", null, "Numbers behind the chart"),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title + ", numbers" },
        h("table", null,
          h("thead", null, h("tr", null, h("th", { scope: "col" }, "Until"),
            lines.map((line) => h("th", { scope: "col", class: "n" }, line.label)))),
          h("tbody", null, at.map((ms, i) => i).filter((i) => (last - i) % 6 === 0).reverse().map((i) =>
            h("tr", null, h("th", { scope: "row" }, time(new Date(at[i]).toISOString())),
              lines.map((line) => h("td", { class: "n" }, line.values[i] === null ? "–" : form(line.values[i]))))))))));
}

/** Draws all again, in the colours that hold now. */
export function recolour() {
  for (const known of charts.values()) {
    known.plot?.destroy();
    known.plot = null;
    if (known.frame.isConnected) known.draw();
  }
}

export function forgetCharts() {
  for (const known of charts.values()) {
    known.watch?.disconnect();
    known.plot?.destroy();
  }
  charts.clear();
}

function draw(known, lines, form, height) {
  const width = known.frame.clientWidth;
  if (width === 0 || !known.frame.isConnected) return;
  if (known.plot) {
    if (known.plot.width !== width) known.plot.setSize({ width, height });
    known.plot.setData(known.data);
    return;
  }
  const axis = {
    stroke: colour("--muted"),
    grid: { stroke: colour("--rule"), width: 1 },
    ticks: { show: false },
    font: "12px system-ui, sans-serif",
  };
  known.plot = new uPlot({
    width,
    height,
    padding: [8, 18, 0, 0],
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    legend: { show: false },
    scales: { y: { range: (_, min, max) => [Math.min(0, min), Math.max(1, max * 1.1)] } },
    axes: [
      { ...axis, space: 90, size: 30, values: (_, ticks) => ticks.map((t) => clockOf(t * 1000).slice(0, 5)) },
      { ...axis, size: 52, space: 22, values: (_, ticks) => ticks.map(form) },
    ],
    series: [{}, ...lines.map((line) => ({
      label: line.label,
      stroke: colour(COLOURS[line.colour ?? "main"]),
      dash: DASHES[line.colour ?? "main"],
      width: 1.75,
      points: { show: false },
    }))],
  }, known.data, known.frame);
  known.watch ??= new ResizeObserver(() => known.plot && requestAnimationFrame(known.draw));
  known.watch.observe(known.frame);
}
