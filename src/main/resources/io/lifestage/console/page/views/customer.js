import { h } from "../dom.js";
import { ask } from "../live.js";
import { empty, text } from "./parts.js";
import { clockOf, dayOf, many, money, number, since, span, time, words } from "../format.js";

export const title = "Customer";
export const live = false;

/** What is shown, or why it is not; asked for again when anything about the question changes. */
const state = { question: null, answer: null, error: null, abort: null };

export function render(context) {
  const id = context.place.rest[0] ?? "";
  const parameters = context.place.parameters;
  const why = parameters.get("view") === "why"
    ? { journey: parameters.get("journey") ?? "", at: parameters.get("at") ?? "", ...(parameters.get("trigger") ? { trigger: parameters.get("trigger") } : {}) } : null;
  find(id, why, context);
  return [search(id, context), body(id, why, context)];
}

function find(id, why, context) {
  const question = JSON.stringify([id, why, context.reveal]);
  if (question === state.question) return;
  state.abort?.abort();
  Object.assign(state, { question, answer: null, error: null, abort: new AbortController() });
  if (id === "") return;
  const reveal = context.reveal ? { reveal: "true" } : {};
  ask(why ? "why" : "customer", { id, ...why, ...reveal }, state.abort.signal)
    .then((answer) => (state.answer = answer))
    .catch((error) => (state.error = error))
    .finally(() => state.question === question && context.redraw());
}

function search(id, context) {
  const known = document.querySelector("form.find");
  if (known && known.dataset.key === "find-" + id) return keep(known);
  const field = h("input", { id: "who", name: "who", type: "search", autocomplete: "off", spellcheck: "false", value: id.startsWith("~") ? "" : id, placeholder: "for a visitor anonymous: and the visitor's id" });
  const form = h("form", { class: "find", role: "search", "data-keep": "", "data-key": "find-" + id },
    h("label", { for: "who" }, "Customer id"), field, h("button", null, "Find"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = context.address("customer", [field.value.trim()]);
    if (field.value.trim() === "") return;
    if (wanted !== location.hash) {
      location.hash = wanted;
    } else {
      // The same once more: it may have become another answer.
      state.question = null;
      context.redraw();
    }
  });
  return form;
}

/** Something in the place of what stays as it is. */
const keep = (element) => h(element.tagName.toLowerCase(), { "data-key": element.dataset.key, "data-keep": "" });

function body(id, why, context) {
  if (id === "") return empty("Whom are you looking for?", "An id is case-sensitive. Names in Triggers and Conversations lead here too.");
  if (state.error) return h("p", { class: "lead bad", role: "alert" }, state.error.message);
  if (!state.answer) return h("p", { class: "lead quiet", role: "status" }, "Reading what is written of this customer.");
  const answer = state.answer;
  if (why) return whyNot(answer, context);
  if (answer.erased) return empty("This customer was erased.", "Nothing of before is shown.");
  if (!answer.known) return empty("Nobody is known by this id.", "Ids are case-sensitive; a visitor is anonymous: and the visitor's id.");
  return [
    h("h2", { class: "person" }, text(answer.customer.name, 60)),
    answer.profile ? standing(answer.profile) : h("p", { class: "quiet" }, "No profile yet; one is written within seconds of a decision."),
    h("div", { class: "columns uneven" },
      h("section", { "aria-labelledby": "timeline" }, h("h2", { id: "timeline" }, "What happened, latest first"),
        timeline(answer, context),
        answer.events_whole ? null : h("p", { class: "quiet" }, "Earlier events are in the topics and not shown.")),
      h("div", null, answer.profile ? profile(answer.profile, answer.trait_types ?? {}) : null, stories(answer, context))),
  ];
}

// --- One customer ---------------------------------------------------------------------------------

function standing(profile) {
  const values = Object.entries(profile.lifetime_value_minor ?? {}).map(([currency, minor]) => money(minor, currency)).join(", ");
  return h("p", { class: "lead" },
    profile.stage ? `In ${words(profile.stage)} for ${since(profile.stage_since)}, cycle ${profile.cycle}. ` : "In no stage. ",
    `${many(profile.paid_orders, "paid order")}${values ? ", " + values + " kept" : ""}. Last active ${profile.last_activity_at ? since(profile.last_activity_at) + " ago" : "never"}.`);
}

function timeline(answer, context) {
  const entries = answer.timeline;
  if (entries.length === 0) return h("p", { class: "quiet" }, "Nothing that the topics still hold.");
  let today = "";
  return h("ol", { class: "timeline" }, entries.map((entry, i) => {
    const date = dayOf(entry.at);
    const head = date !== today ? h("li", { class: "day", "data-key": "day-" + date + i }, date) : null;
    today = date;
    return [head, h("li", { class: "entry " + kind(entry), "data-key": i + entry.what },
      h("time", { datetime: entry.at }, clockOf(entry.at)), said(entry, answer, context))];
  }));
}

const kind = (entry) => (entry.what === "decision" ? "decision " + String(entry.outcome).toLowerCase() : entry.what);

function said(entry, answer, context) {
  switch (entry.what) {
    case "move":
      return h("div", null, h("p", null, entry.from ? `${words(entry.from)} → ` : "", h("b", null, words(entry.to)), h("span", { class: "quiet" }, ` ${words(entry.cause)}, cycle ${entry.cycle}`), entry.withdrawn ? " (taken back after a late event)" : ""));
    case "trigger":
      return h("details", null, h("summary", null, h("b", null, text(entry.journey)), ` ${words(entry.channel)}, ${words(entry.template)}`, entry.status === "ACTIVE" ? "" : " " + words(entry.status).toLowerCase()),
        facts({ "not before": time(entry.not_before), "expires": time(entry.expires_at), "about": entry.instance_key, ...entry.data, products: (entry.items ?? []).map((item) => item.name || item.sku).join(", "), "because of": (entry.causes ?? []).join(", ") }),
        h("p", null, h("a", { href: whyAddress(entry, answer, context) }, "Why")));
    case "decision":
      return h("details", null, h("summary", null, text(entry.journey), h("span", { class: "quiet" }, " ", words(entry.outcome).toLowerCase(), entry.reason === String(entry.outcome).toLowerCase() ? "" : [": ", text(words(entry.reason))])),
        guards(entry.verdicts ?? [], (verdict) => verdict.detail),
        h("p", null, h("a", { href: whyAddress(entry, answer, context) }, "Why, and why not")));
    default:
      return h("details", null, h("summary", null, text(words(entry.fields?.type)), h("span", { class: "quiet" }, " ", text(gist(entry.fields ?? {}), 70))),
        facts({ ...entry.fields, "read at": entry.place }));
  }
}

function whyAddress(entry, answer, context) {
  const more = { view: "why", journey: entry.journey, at: entry.at };
  if (entry.trigger_id) more.trigger = entry.trigger_id;
  return context.address("customer", [answer.customer.ref], more);
}

/** What an event is about, in few words. */
function gist(fields) {
  const names = ["sku", "order_id", "cart_id", "checkout_step", "payment_method", "content_id", "subject", "text", "query", "campaign", "source"];
  return names.filter((name) => Object.hasOwn(fields, name)).slice(0, 3).map((name) => fields[name]).join(", ");
}

function facts(entries) {
  return h("dl", { class: "facts" }, Object.entries(entries).filter(([, value]) => value !== null && value !== undefined && value !== "").map(([name, value]) => [
    h("dt", null, text(words(name), 40)), h("dd", null, text(typeof value === "object" ? JSON.stringify(value) : value, 300))]));
}

function profile(profile, types) {
  const list = (heading, rows) => (rows.length === 0 ? null : [h("h3", null, heading), h("ul", { class: "plain" }, rows.map((row) => h("li", null, row)))]);
  return h("section", { "aria-labelledby": "profile" }, h("h2", { id: "profile" }, "Profile"),
    h("p", { class: "quiet small" }, `As of ${time(profile.at)}, from ${number(profile.events)} events.`),
    list("Journeys under way", (profile.journeys ?? []).map((run) => [text(run.journey), h("span", { class: "quiet" }, ` version ${run.journey_version}, in ${words(run.step_name)} until ${time(run.wake_at)} at the latest`)])),
    list("Open carts", (profile.open_carts ?? []).map((cart) => [`${number((cart.lines ?? []).reduce((sum, line) => sum + line.quantity, 0))} pieces, ${money((cart.lines ?? []).reduce((sum, line) => sum + line.quantity * line.unit_price_minor, 0), cart.currency)}`, h("span", { class: "quiet" }, ` ${cart.checkout ? "at the checkout, " : ""}touched ${since(cart.changed_at)} ago`)])),
    list("Open chats", (profile.open_conversations ?? []).map((chat) => [words(chat.subject), h("span", { class: "quiet" }, chat.asked_at ? ` waits for ${since(chat.asked_at)}` : " answered")])),
    list("Latest orders", (profile.orders ?? []).slice(0, 8).map((order) => [text(order.order_id), h("span", { class: "quiet" }, ` ${money(order.total_minor, order.currency)}${order.paid_at ? ", paid " + time(order.paid_at) : ""}${order.cancelled_at ? ", cancelled" : ""}`)])),
    list("Consent", Object.entries(profile.consents ?? {}).map(([what, given]) => `${what}: ${given ? "yes" : "no"}`)),
    list("Segments", (profile.segments ?? []).map((name) => words(name))),
    h("h3", null, "Traits"), facts(traits({ ...profile.traits, ...profile.trait_texts }, types)),
    h("h3", null, "First touch"), facts(profile.first_touch ?? {}),
    h("h3", null, "What the shop says"), facts(profile.attributes ?? {}));
}

/** A profile has all traits that are no texts as numbers. */
function traits(all, types) {
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, typeof value === "number" ? trait(value, Object.hasOwn(types, name) ? types[name] : "") : value]));
}

function trait(value, type) {
  switch (type) {
    case "time":
      return value === 0 ? "never" : time(value);
    case "duration":
      return value === 0 ? "none" : span(value / 1000);
    case "flag":
      return value === 0 ? "no" : "yes";
    default:
      return String(Math.round(value * 100) / 100);
  }
}

function stories(answer, context) {
  const runs = answer.runs ?? [];
  const refused = answer.not_let_in ?? [];
  if (runs.length === 0 && refused.length === 0) return null;
  return h("section", { "aria-labelledby": "runs" }, h("h2", { id: "runs" }, "Why, and why not"),
    [...runs].reverse().slice(0, 40).map((run, i) => h("details", { class: "run-story", "data-key": "run-" + i },
      h("summary", null, h("b", null, text(run.journey)), " ", h("span", { class: "quiet" }, words(run.state), ", ", text(run.instance_key, 30))), story(run))),
    refused.length === 0 ? null : h("ul", { class: "plain small" }, refused.map((one) => h("li", null, text(one.sentence, 400)))));
}

// --- Why ------------------------------------------------------------------------------------------

function whyNot(answer, context) {
  const back = h("p", null, h("a", { href: context.address("customer", [answer.customer.ref]) }, "Everything of ", text(answer.customer.name, 40)));
  if (!answer.run) return [back, empty("This decision is no longer told.", "What the topics' retention has removed is not known.")];
  const run = answer.run;
  return [back,
    h("h2", { class: "person" }, text(run.journey, 60), h("span", { class: "quiet" }, " ", text(run.instance_key, 40))),
    run.decisions ? story(run) : h("p", { class: "lead" }, text(run.sentence, 600))];
}

function story(run) {
  return h("ol", { class: "story" }, (run.decisions ?? []).map((chapter, i) => h("li", { "data-key": "c" + i, class: String(chapter.outcome).toLowerCase() },
    h("p", { class: "when" }, time(chapter.at), h("span", { class: "outcome" }, words(chapter.outcome).toLowerCase())),
    (chapter.sentences ?? []).map((sentence) => h("p", null, text(sentence, 600))),
    guards(chapter.guards ?? [], (guard) => guard.saw),
    (chapter.causes ?? []).length === 0 ? null : h("p", { class: "quiet small" }, "Because of ", chapter.causes.map((cause) => [cause.event ?? cause.event_id, cause.place].filter(Boolean).join(" at ")).join("; ")))),
    run.standing ? h("li", { class: "standing" }, h("p", null, text(run.standing, 400))) : null);
}

function guards(all, sentence) {
  if (all.length === 0) return null;
  return h("ul", { class: "guards" }, all.map((guard) => h("li", { class: guard.passed ? "passed" : "stopped" },
    h("span", { class: "verdict" }, guard.passed ? "passed" : "stopped"), " ", h("b", null, words(guard.guard)), " ", text(sentence(guard), 400))));
}
