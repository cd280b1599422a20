// Times as the person who looks would write them: their locale, their time zone.

import { me } from "./store.js";

function format(options, when) {
  const viewer = me();
  return new Intl.DateTimeFormat(viewer?.locale, { timeZone: viewer?.tz, ...options }).format(when);
}

export const instant = (ts) => new Date(Number(ts) * 1000);
export const clock = (when) => format({ hour: "2-digit", minute: "2-digit" }, when);
export const full = (when) => format({ dateStyle: "full", timeStyle: "short" }, when);

const dayKey = (when) => new Intl.DateTimeFormat("en-CA", { timeZone: me()?.tz }).format(when);

export function sameDay(one, other) {
  return dayKey(one) === dayKey(other);
}

/** "today", "yesterday", "tomorrow" in the viewer's language, or nothing. */
function near(when) {
  const days = Math.round((Date.parse(dayKey(when)) - Date.parse(dayKey(new Date()))) / 86_400_000);
  if (Math.abs(days) > 1) return "";
  return new Intl.RelativeTimeFormat(me()?.locale, { numeric: "auto" }).format(days, "day");
}

export function dayTitle(when) {
  const title = near(when) || format({ weekday: "long", day: "numeric", month: "long" }, when);
  return title.charAt(0).toUpperCase() + title.slice(1);
}

const TOKENS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  day_divider_pretty: { weekday: "long", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

function ago(when) {
  const seconds = (when - Date.now()) / 1000;
  const words = new Intl.RelativeTimeFormat(me()?.locale, { numeric: "auto" });
  for (const [unit, size] of [["day", 86_400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return words.format(Math.round(seconds / size), unit);
  }
  return words.format(Math.round(seconds), "second");
}

/** Slack's date tokens: "{date_short_pretty} {time}". */
export function slackDate(seconds, pattern) {
  const when = new Date(Number(seconds) * 1000);
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => {
    if (token === "ago") return ago(when);
    if (token.endsWith("_pretty") && token !== "day_divider_pretty") {
      return near(when) || format(TOKENS[token.replace("_pretty", "")] ?? TOKENS.date, when);
    }
    return TOKENS[token] ? format(TOKENS[token], when) : whole;
  });
}
