/*
 * The lifecycle as one arc. Along it lie the stages, each as thick as it has customers; on it run
 * those who go on; out of it fall those who are lost, into the pool below, and out of the pool some
 * return to the beginning. On a narrow screen the arc stands upright and the falls are numbers.
 */
import { s } from "./dom.js";
import { change, cut, named, number, share, short, span, WINDOWS, words } from "./format.js";

const THINNEST = 5;

function geometry(tall) {
  return tall
    ? { tall, width: 360, height: 640, cx: 142, cy: 262, rx: 104, ry: 246, from: 1.5 * Math.PI, to: 0.5 * Math.PI, thickest: 46 }
    : { tall, width: 1180, height: 520, cx: 590, cy: 405, rx: 404, ry: 318, from: Math.PI * 1.015, to: Math.PI * 1.985, thickest: 66 };
}

export function arc(doc, tall) {
  const g = geometry(tall);
  const stages = doc.stages.filter((stage) => !stage.is_lost);
  const lost = doc.stages.find((stage) => stage.is_lost);
  const most = Math.max(1, ...stages.map((stage) => stage.population));
  const half = stages.map((stage) => (THINNEST + (g.thickest - THINNEST) * (stage.population / most)) / 2);
  const place = new Map(stages.map((stage, i) => [stage.stage, i]));
  const flows = doc.flows.map((flow) => ({ ...flow, i: place.get(flow.from), j: place.get(flow.to) }));
  const busiest = Math.max(1, ...flows.map((flow) => flow.count));
  const n = stages.length;

  const at = (u) => {
    const angle = g.from + (g.to - g.from) * u;
    return { x: g.cx + g.rx * Math.cos(angle), y: g.cy + g.ry * Math.sin(angle) };
  };
  /** Outwards, of length one. */
  const out = (u) => {
    const angle = g.from + (g.to - g.from) * u;
    const x = Math.cos(angle) / g.rx;
    const y = Math.sin(angle) / g.ry;
    const length = Math.hypot(x, y);
    return { x: x / length, y: y / length };
  };
  const off = (u, distance) => {
    const p = at(u);
    const d = out(u);
    return { x: p.x + d.x * distance, y: p.y + d.y * distance };
  };
  const mid = (i) => (i + 0.5) / n;

  const title = `The lifecycle: ${number(doc.customers)} customers. ` +
    stages.map((stage) => `${words(stage.stage)} ${number(stage.population)}`).join(", ") +
    (lost ? `, ${words(lost.stage)} ${number(lost.population)}.` : ".");

  return s("svg", { class: "arc" + (tall ? " tall" : ""), viewBox: `0 0 ${g.width} ${g.height}`, role: "img", "aria-label": title, "data-key": "arc-" + tall },
    tall ? null : falls(),
    returns(),
    lost ? pool() : null,
    stages.map((stage, i) => segment(stage, i)),
    flows.filter((flow) => flow.kind === "advance" && flow.count > 0 && flow.i !== undefined && flow.j !== undefined).map(onward),
    first(),
    stages.map((stage, i) => label(stage, i)));

  /** A piece of the ribbon, its thickness led over into that of its neighbours. */
  function segment(stage, i) {
    const ease = (x) => x * x * (3 - 2 * x);
    const before = i > 0 ? (half[i] + half[i - 1]) / 2 : half[i] * 0.8;
    const after = i < n - 1 ? (half[i] + half[i + 1]) / 2 : half[i] * 0.8;
    const outer = [];
    const inner = [];
    for (let k = 0; k <= 24; k++) {
      const x = k / 24;
      const u = (i + x) / n;
      const thick = x < 0.3 ? before + (half[i] - before) * ease(x / 0.3)
        : x > 0.7 ? half[i] + (after - half[i]) * ease((x - 0.7) / 0.3) : half[i];
      outer.push(off(u, thick));
      inner.unshift(off(u, -thick));
    }
    return s("path", { class: "stage", "data-key": "s" + i, d: line([...outer, ...inner]) + "Z", style: { "--at": String(n < 2 ? 0 : i / (n - 1)) } },
      s("title", null, `${words(stage.stage)}: ${number(stage.population)} customers`));
  }

  /** Who goes on runs along the ribbon; who skips stages runs below it. */
  function onward(flow) {
    const next = flow.j === flow.i + 1;
    const steps = 28;
    const points = [];
    for (let k = 0; k <= steps; k++) {
      const x = k / steps;
      const u = mid(flow.i) + (mid(flow.j) - mid(flow.i)) * x;
      const lift = next ? 0 : -(Math.sin(Math.PI * x) ** 0.6) * (deepest(flow) + (tall ? 6 : 26) + 8 * (flow.j - flow.i));
      points.push(off(u, lift));
    }
    const strength = Math.sqrt(flow.count / busiest);
    const path = line(points);
    const group = s("g", { "data-key": `f-${flow.i}-${flow.j}` },
      s("path", { class: next ? "run" : "run skipping", d: path, style: moving(strength) }));
    if (next && !tall) {
      const p = off((flow.i + 1) / n, -Math.max(half[flow.i], half[flow.j]) - 17);
      group.append(s("text", { class: "flow", x: p.x, y: p.y + 4, "text-anchor": "middle" }, short(flow.count) + " ›"));
    }
    return group;
  }

  /** The greatest thickness on the way. */
  function deepest(flow) {
    return Math.max(...half.slice(flow.i, flow.j + 1));
  }

  /** Dots that move faster and are larger where more go; in few steps, so that they rarely jump. */
  function moving(strength) {
    const step = Math.max(1, Math.ceil(strength * 5));
    return { "stroke-width": String(1.6 + step * 0.8), "animation-duration": (7 - step) * 0.55 + "s" };
  }

  function sinkOf(i) {
    return { x: g.cx + (mid(i) - 0.5) * 190, y: g.cy + 28 };
  }

  /** Who is lost falls; who steps back bends back below the arc. */
  function falls() {
    return s("g", { "data-key": "falls" }, flows.filter((flow) => flow.kind === "loss" && flow.count > 0 && flow.i !== undefined).map((flow) => {
      const strength = Math.sqrt(flow.count / busiest);
      const start = off(mid(flow.i), -half[flow.i] + 1);
      const back = flow.j !== undefined;
      const end = back ? off(mid(flow.j) + 0.06, -half[flow.j] + 1) : sinkOf(flow.i);
      const d = back
        ? `M${xy(start)}Q${xy({ x: (start.x + end.x) / 2 + (g.cx - (start.x + end.x) / 2) * 0.25, y: Math.max(start.y, end.y) + 44 })} ${xy(end)}`
        : `M${xy(start)}C${xy({ x: start.x + (g.cx - start.x) * 0.22, y: start.y + (end.y - start.y) * 0.5 })} ${xy({ x: end.x, y: end.y - 110 })} ${xy(end)}`;
      const textAt = back
        ? { x: (start.x + end.x) / 2 + (g.cx - (start.x + end.x) / 2) * 0.13, y: Math.max(start.y, end.y) + 36 }
        : { x: start.x + (g.cx - start.x) * 0.09 + (Math.abs(start.x - g.cx) < 40 ? 22 : 0), y: start.y + 46 };
      return s("g", { "data-key": `l-${flow.i}-${flow.to}` },
        s("path", { class: "fall", d, style: { "stroke-width": String(1 + strength * 13) } }),
        s("path", { class: "run falling", d, style: moving(strength) }),
        s("text", { class: "flow loss", x: textAt.x, y: textAt.y, "text-anchor": "middle" }, "−" + short(flow.count)));
    }));
  }

  function pool() {
    const depth = 5 + 30 * Math.min(1, lost.population / most);
    const y = tall ? 598 : g.cy + 30;
    const x0 = tall ? 24 : g.cx - 150;
    const x1 = tall ? 336 : g.cx + 150;
    const middle = (x0 + x1) / 2;
    const d = `M${x0},${y}H${x1}Q${middle},${y + depth * 2} ${x0},${y}Z`;
    const moved = change(doc.lost.count, doc.lost.before);
    const word = `lost in ${doc.window === "1h" ? "an" : doc.window === "1m" ? "a" : ""} ${WINDOWS[doc.window]}`.replace("  ", " ");
    return s("g", { "data-key": "pool" },
      s("path", { class: "pool", d }),
      tall
        ? s("g", null,
          s("text", { class: "count loss", x: x0, y: y - 30 }, number(doc.lost.count)),
          s("text", { class: "note", x: x0, y: y - 10 }, word + "  " + moved.text),
          s("text", { class: "count", x: x1, y: y - 30, "text-anchor": "end" }, number(lost.population)),
          s("text", { class: "note", x: x1, y: y - 10, "text-anchor": "end" }, words(lost.stage)))
        : s("g", null,
          s("text", { class: "lost-count", x: middle, y: y + 70, "text-anchor": "middle" }, number(doc.lost.count)),
          s("text", { class: "note", x: middle + 24 + 15 * number(doc.lost.count).length, y: y + 52 }, word),
          s("text", { class: "note", x: middle + 24 + 15 * number(doc.lost.count).length, y: y + 70 }, moved.text),
          s("text", { class: "name", x: middle - 24 - 15 * number(doc.lost.count).length, y: y + 52, "text-anchor": "end" }, named(lost.stage)),
          s("text", { class: "note", x: middle - 24 - 15 * number(doc.lost.count).length, y: y + 70, "text-anchor": "end" }, number(lost.population) + " customers")));
  }

  /** Out of the pool to wherever the cycle begins again. */
  function returns() {
    const back = flows.filter((flow) => flow.kind === "return" && flow.count > 0 && flow.j !== undefined);
    return s("g", { "data-key": "returns" }, back.map((flow) => {
      const end = at(flow.j / n + 0.012);
      const start = tall ? { x: 24, y: 598 } : { x: g.cx - 146, y: g.cy + 34 };
      const d = tall
        ? `M${xy(start)}C${xy({ x: -14, y: 470 })} ${xy({ x: -24, y: 60 })} ${xy({ x: end.x - 10, y: end.y })}`
        : `M${xy(start)}C${xy({ x: start.x - 120, y: g.cy + 62 })} ${xy({ x: end.x + 10, y: g.cy + 70 })} ${xy({ x: end.x, y: end.y + 4 })}`;
      const strength = Math.sqrt(flow.count / busiest);
      return s("g", { "data-key": "r" + flow.j },
        s("path", { class: "way", d }),
        s("path", { class: "run returning", d, style: moving(strength) }),
        tall ? null : s("text", { class: "flow", x: (start.x + end.x) / 2, y: g.cy + 76, "text-anchor": "middle" }, short(flow.count) + " back again"));
    }));
  }

  /** Who is new. */
  function first() {
    const flow = flows.find((one) => one.kind === "first" && one.count > 0 && one.j !== undefined);
    if (!flow || tall) return null;
    const p = at(flow.j / n);
    return s("text", { class: "flow", "data-key": "first", x: p.x - half[flow.j] - 12, y: p.y + 2, "text-anchor": "end" }, short(flow.count) + " new ›");
  }

  function label(stage, i) {
    const u = mid(i);
    const d = out(u);
    const went = stage.left === 0 ? "nobody left" : i === n - 1 ? `${short(stage.left)} left` : `${share(stage.conversion)} go on`;
    const stay = stage.dwell_median_ms === null || stage.left === 0 ? "" : `, after ${span(stage.dwell_median_ms / 1000)}`;
    let p;
    let anchor;
    if (tall) {
      p = { x: 168, y: at(u).y - 12 };
      anchor = "start";
    } else {
      p = off(u, half[i] + 22);
      anchor = d.x < -0.3 ? "end" : d.x > 0.3 ? "start" : "middle";
      if (anchor === "middle") p.y -= 42;
      else p.y -= 22;
    }
    const losses = tall && stage.lost > 0 ? s("tspan", { class: "loss" }, `  −${short(stage.lost)}`) : null;
    return s("g", { "data-key": "n" + i, class: "label" },
      s("text", { class: "name", x: p.x, y: p.y, "text-anchor": anchor }, cut(named(stage.stage), 24)),
      s("text", { class: "count", x: p.x, y: p.y + 27, "text-anchor": anchor }, number(stage.population), losses),
      s("text", { class: "note", x: p.x, y: p.y + 46, "text-anchor": anchor }, went + stay));
  }
}

const xy = (p) => `${p.x.toFixed(1)},${p.y.toFixed(1)}`;
const line = (points) => "M" + points.map(xy).join("L");
