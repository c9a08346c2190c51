/* The page: which view is shown, in which window, and how the console is doing. */
import { h, show } from "./dom.js";
import { clockOf, number, span, WINDOWS } from "./format.js";
import { Live } from "./live.js";
import { forgetCharts, recolour } from "./chart.js";
import * as lifecycle from "./views/lifecycle.js";
import * as checkout from "./views/checkout.js";
import * as conversations from "./views/conversations.js";
import * as triggers from "./views/triggers.js";
import * as customer from "./views/customer.js";
import * as journeys from "./views/journeys.js";
import * as job from "./views/job.js";
import * as metrics from "./views/metrics.js";

const views = new Map(Object.entries({ lifecycle, checkout, conversations, triggers, customer, journeys, job, metrics }));
const main = document.getElementById("main");
const state = { place: null, window: "5m", reveal: false, status: null, doc: null, gone: false };

const live = new Live({
  onView(doc) {
    if (doc.view !== state.place.name) return;
    state.doc = doc;
    state.gone = false;
    draw();
  },
  onStatus(status) {
    const wasWhole = state.status?.reading.whole;
    state.status = status;
    state.gone = false;
    drawStatus();
    if (!state.doc || !status.reading.whole || !wasWhole) draw();
  },
  onGone() {
    state.gone = true;
    drawStatus();
  },
});

/** #/name/argument?window=1h: what an address says. */
function placeOf(hash) {
  const [path, query] = hash.replace(/^#\/?/, "").split("?", 2);
  const [name, ...rest] = path.split("/");
  const decoded = rest.map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  const parameters = new URLSearchParams(query ?? "");
  return { name: views.has(name) ? name : "lifecycle", rest: decoded, parameters };
}

/** The address of a view; the window stays what it is. */
function addressOf(name, rest = [], more = {}) {
  const parameters = new URLSearchParams({ window: state.window, ...more });
  return "#/" + [name, ...rest.map(encodeURIComponent)].join("/") + "?" + parameters;
}

function go() {
  const before = state.place;
  state.place = placeOf(location.hash);
  const window = state.place.parameters.get("window");
  state.window = window in WINDOWS ? window : state.window;
  const view = views.get(state.place.name);
  const another = before?.name !== state.place.name;
  if (another || !view.live) {
    state.doc = null;
    if (another) {
      forgetCharts();
      main.replaceChildren();
      scrollTo(0, 0);
    }
  }
  document.title = `${view.title} · Lifestage`;
  for (const radio of document.querySelectorAll("#windows input")) radio.checked = radio.value === state.window;
  drawNavigation();
  if (another && before) {
    main.focus({ preventScroll: true });
    document.getElementById("said").textContent = view.title;
  }
  follow();
  draw();
}

function follow() {
  const view = views.get(state.place.name);
  // Where nothing goes on by itself the stream tells how the console is doing.
  const parameters = { view: view.live ? state.place.name : "lifecycle", window: state.window };
  if (state.reveal) parameters.reveal = "true";
  const outcome = state.place.parameters.get("outcome");
  if (outcome) parameters.outcome = outcome;
  live.follow(parameters);
}

const context = {
  address: addressOf,
  get window() {
    return state.window;
  },
  get reveal() {
    return state.reveal;
  },
  get place() {
    return state.place;
  },
  redraw: () => draw(),
};

function draw() {
  try {
    drawView();
  } catch (error) {
    // What one view makes of unforeseen data must not take the page away.
    console.error(error);
    show(main, heading(views.get(state.place.name).title, null), h("p", { class: "lead bad" }, "This view could not be drawn: " + error.message));
  }
}

function drawView() {
  const view = views.get(state.place.name);
  if (!view.live) {
    show(main, heading(view.title, null), view.render(context));
    return;
  }
  const reading = state.status?.reading;
  if (!state.doc) {
    show(main, heading(view.title, null), h("p", { class: "lead quiet" }, state.gone ? "The console does not answer." : "One moment."));
  } else if (reading && !reading.whole && state.doc.at === null) {
    show(main, heading(view.title, null), loading(reading));
  } else {
    show(main, heading(view.title, view.lead?.(state.doc, context)), view.render(state.doc, context));
  }
}

const heading = (title, lead) => [h("h1", { "data-key": "title" }, title), lead ? h("p", { class: "lead", "data-key": "lead" }, lead) : null];

function loading(reading) {
  const done = reading.all > 0 ? reading.done / reading.all : 0;
  return h("div", { class: "loading" },
    h("p", { class: "lead quiet" }, reading.all > 0
      ? `Reading what the topics hold: ${number(reading.done)} of ${number(reading.all)} records.`
      : "Looking for the topics."),
    h("progress", { max: "1", value: String(done), "aria-label": "Read so far" }));
}

// --- Around the view ------------------------------------------------------------------------------

function drawNavigation() {
  show(document.getElementById("nav"), [...views].map(([name, view]) =>
    h("li", { "data-key": name }, h("a", { href: addressOf(name), "aria-current": state.place.name === name ? "page" : null },
      view.title,
      name === "checkout" && state.status?.alerts_open > 0
        ? h("span", { class: "badge" }, number(state.status.alerts_open), h("span", { class: "unseen" }, " alerts open")) : null))));
}

function drawStatus() {
  const status = state.status;
  drawNavigation();
  const troubles = state.gone
    ? ["The console itself does not answer. What is shown is what was known; the page tries again by itself."]
    : status?.troubles ?? [];
  show(document.getElementById("troubles"), troubles.map((trouble) => h("p", { "data-key": trouble.slice(0, 24) }, trouble)));
  show(document.getElementById("notices"), (state.gone || !state.doc?.at ? [] : status?.notices ?? []).map((notice) => h("p", { "data-key": notice.slice(0, 12) }, notice)));
  document.body.classList.toggle("stale", state.gone || status?.kafka.state === "down");
  if (!status) return;
  const reading = status.reading;
  const behind = status.event_time ? (Date.now() - Date.parse(status.event_time)) / 1000 : null;
  show(document.getElementById("state"),
    h("p", { class: "pulse" + (troubles.length > 0 ? " bad" : reading.whole ? " good" : "") },
      state.gone ? "Disconnected" : troubles.length > 0 ? "Something is wrong" : reading.whole ? "Live" : `Reading, ${Math.floor(100 * reading.done / Math.max(1, reading.all))} %`),
    h("dl", null,
      h("dt", null, "Event time"), h("dd", null, status.event_time ? clockOf(status.event_time) : "–"),
      h("dt", null, "Behind"), h("dd", null, span(behind)),
      h("dt", null, "Kafka"), h("dd", null, status.kafka.state),
      h("dt", null, "Registry"), h("dd", null, status.registry.state),
      h("dt", null, "Job"), h("dd", null, status.flink.state === "up" ? (status.job_state ?? "not there").toLowerCase() : status.flink.state === "down" ? "not known" : "not asked")));
}

function choose() {
  show(document.getElementById("windows"), h("legend", { class: "unseen" }, "Window"),
    Object.entries(WINDOWS).map(([value, words]) =>
      h("label", { "data-key": value },
        h("input", { type: "radio", name: "window", value, "aria-label": "The last " + words }), h("span", null, value))));
  document.getElementById("windows").addEventListener("change", (event) => {
    const parameters = new URLSearchParams(state.place.parameters);
    parameters.set("window", event.target.value);
    location.hash = "#/" + [state.place.name, ...state.place.rest.map(encodeURIComponent)].join("/") + "?" + parameters;
  });
  document.getElementById("reveal").addEventListener("change", (event) => {
    state.reveal = event.target.checked;
    document.body.classList.toggle("revealing", state.reveal);
    follow();
    draw();
  });
  const theme = document.getElementById("theme");
  theme.value = remembered() ?? "auto";
  theme.addEventListener("change", () => {
    try {
      localStorage.setItem("lifestage-theme", theme.value);
    } catch {
      // Where nothing may be stored it holds until the page is left.
    }
    dress();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
  matchMedia("(max-width: 760px)").addEventListener("change", () => draw());
  dress();
}

function remembered() {
  try {
    return localStorage.getItem("lifestage-theme");
  } catch {
    return null;
  }
}

function dress() {
  const wish = document.getElementById("theme").value;
  const dark = wish === "dark" || (wish === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  recolour();
}

document.querySelector(".skip").addEventListener("click", (event) => {
  // The address names a view, so the jump must not change it.
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", go);
// A browser has few connections to one server: a tab that nobody sees gives its own up.
document.addEventListener("visibilitychange", () => (document.hidden ? live.close() : follow()));
choose();
go();
