/* Numbers, times and words as the page writes them. */
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

export const NONE = "–";

export const number = (value) => (value === null || value === undefined ? NONE : whole.format(value));

/** So many of something. */
export const many = (count, one, more = one + "s") => `${number(count)} ${count === 1 ? one : more}`;

export function short(value) {
  if (value === null || value === undefined) return NONE;
  return Math.abs(value) < 10_000 ? (Number.isInteger(value) ? whole : tenth).format(value) : compact.format(value);
}

export const rate = (value) => (value === null || value === undefined ? NONE : (value < 100 ? tenth : whole).format(value));

export function share(value) {
  if (value === null || value === undefined) return NONE;
  const percent = value * 100;
  return (percent > 0 && percent < 10 ? tenth : whole).format(percent) + "\u00a0%";
}

/** Seconds, in the two greatest units. */
export function span(seconds) {
  if (seconds === null || seconds === undefined) return NONE;
  const parts = [[86_400, "d"], [3_600, "h"], [60, "m"], [1, "s"]];
  let rest = Math.max(0, Math.round(seconds));
  const said = [];
  for (const [size, unit] of parts) {
    const count = Math.floor(rest / size);
    if (count > 0 || (unit === "s" && said.length === 0)) said.push(count + "\u00a0" + unit);
    rest -= count * size;
    if (said.length === 2 || (said.length === 1 && count >= 10)) break;
  }
  return said.join(" ");
}

/** A span in milliseconds; none where there is none. */
export const spanMs = (ms) => (ms === null || ms === undefined ? NONE : ms < 1000 ? `${whole.format(ms)}\u00a0ms` : span(ms / 1000));

export function since(iso, now = Date.now()) {
  return iso ? span((now - Date.parse(iso)) / 1000) : NONE;
}

export function time(iso) {
  if (!iso) return NONE;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return String(iso);
  const today = new Date().toDateString() === date.toDateString();
  return today ? clock.format(date) : day.format(date) + ", " + clock.format(date);
}

export const dayOf = (iso) => (iso ? day.format(new Date(iso)) : NONE);
export const clockOf = (iso) => (iso ? clock.format(new Date(iso)) : NONE);

/** Minor units of a currency; a code that is no currency is written behind the number. */
export function money(minor, currency) {
  if (minor === null || minor === undefined) return NONE;
  try {
    const form = new Intl.NumberFormat("en", { style: "currency", currency });
    return form.format(minor / 10 ** form.resolvedOptions().maximumFractionDigits);
  } catch {
    return number(minor) + " " + (currency ?? "");
  }
}

export function bytes(count) {
  if (count === null || count === undefined) return NONE;
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = count;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return (value < 10 && unit > 0 ? tenth : whole).format(value) + " " + units[unit];
}

/** A code as words: no_consent is no consent. */
export const words = (code) => (code === null || code === undefined || code === "" ? "not said" : String(code).replace(/([a-z0-9])_(?=[a-z0-9])/gi, "$1 "));

/** The same at the beginning of a line. */
export function named(code) {
  const said = words(code);
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** A long text, cut; its whole is for a title. */
export const cut = (text, most = 60) => {
  const all = String(text ?? "");
  return all.length > most ? all.slice(0, most - 1) + "…" : all;
};

/** How much more or less than before, in words for a screen and signs for an eye. */
export function change(now, before) {
  if (before === null || before === undefined) return { text: "nothing to compare with yet", sign: 0 };
  if (now === before) return { text: "as before", sign: 0 };
  const sign = now > before ? 1 : -1;
  if (before === 0) return { text: "none before", sign };
  const percent = Math.abs((now - before) / before) * 100;
  const text = percent >= 1000 ? `${tenth.format(now / before)} times` : `${percent < 10 ? tenth.format(percent) : whole.format(percent)}\u00a0%`;
  return { text: `${sign > 0 ? "▲" : "▼"}\u00a0${text}`, sign };
}

export const WINDOWS = { "1m": "minute", "5m": "5 minutes", "1h": "hour", "24h": "24 hours" };
