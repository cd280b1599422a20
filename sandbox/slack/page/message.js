// One message: who, when, what, its files, and the way to its thread.

import { act } from "./api.js";
import { blocksNode } from "./blocks.js";
import { clock, full, instant } from "./dates.js";
import { h, icon, iconButton } from "./dom.js";
import { avatar } from "./people.js";
import { changed, nameOf, person, replies, store } from "./store.js";
import { mrkdwn } from "./text.js";

function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The coloured square that says what kind of file it is. */
export function kindMark(name) {
  const kind = name.includes(".") ? name.split(".").at(-1).toLowerCase() : "file";
  return h("span", { class: `kind ${kind}`, "aria-hidden": "true" }, kind.toUpperCase().slice(0, 4));
}

const file = (one) => h("a", { class: "file", href: `/practice/files/${one.id}`, download: one.name },
  kindMark(one.name),
  h("span", {}, h("b", {}, one.title || one.name), h("span", { class: "quiet" }, `${one.pretty_type} · ${size(one.size)}`)));

function attachment(one, ctx) {
  const node = h("div", { class: "attachment" },
    one.pretext ? h("div", {}, mrkdwn(one.pretext)) : null,
    one.title ? h("b", {}, one.title) : null,
    one.text ? h("div", { class: "text" }, mrkdwn(one.text)) : null,
    one.fields ? h("div", { class: "fields" }, one.fields.map((field) => h("div", {}, h("b", {}, field.title), h("div", {}, mrkdwn(String(field.value ?? "")))))) : null,
    one.blocks?.length ? blocksNode(one.blocks, ctx) : null,
    one.footer ? h("div", { class: "b-context" }, one.footer) : null);
  const color = { good: "var(--good)", warning: "var(--gold)", danger: "var(--danger)" }[one.color] ?? (/^#?[0-9a-f]{6}$/i.test(one.color ?? "") ? `#${one.color.replace("#", "")}` : "");
  if (color) node.style.setProperty("--bar", color);
  return node;
}

export function openThread(ts) {
  store.thread = ts;
  store.drawer = false;
  changed();
}

function thread(message) {
  const said = replies(message.ts, message.channel);
  if (!said.length) return null;
  const who = [...new Set(said.map((one) => one.user))].slice(0, 4);
  return h("button", { type: "button", class: "replies", onclick: () => openThread(message.ts) },
    who.map((id) => avatar(id, true)), said.length === 1 ? "1 reply" : `${said.length} replies`,
    h("span", { class: "quiet" }, `last at ${clock(instant(said.at(-1).ts))}`));
}

/** The app's entries of a message's menu; here as buttons in words, where they have files to work on. */
function shortcuts(message) {
  if (!message.files?.length) return [];
  return Object.entries(store.state.shortcuts ?? {}).map(([callback, name]) =>
    h("button", { type: "button", class: "entry", onclick: () => act({ do: "shortcut", callback_id: callback, channel: message.channel, ts: message.ts }) }, name));
}

function byline(message, when) {
  const one = person(message.user);
  return h("div", { class: "byline" },
    h("b", {}, message.username || nameOf(message.user)),
    message.bot_id || message.user === "USLACKBOT" ? h("span", { class: "app-tag" }, "APP") : one?.title ? h("span", { class: "quiet" }, one.title) : null,
    h("time", { datetime: when.toISOString(), title: full(when) }, clock(when)));
}

const shownText = (message) => Boolean(message.text) && !message.blocks?.length && !(message.files?.length && !message.text.trim());

/** A message; `more`: it continues the one above by the same author; `inThread`: no way to a thread. */
export function messageNode(message, { more = false, inThread = false } = {}) {
  const when = instant(message.ts);
  const ctx = { where: { channel: message.channel, ts: message.ts }, key: `${store.me}:${message.channel}:${message.ts}`, values: message.values };
  const whisper = Boolean(message.seen_by);
  const gutter = more ? h("span", { class: "gutter" }, h("time", { title: full(when) }, clock(when))) : h("span", { class: "gutter" }, avatar(message.user));
  const edited = message.edited && !message.bot_id ? h("span", { class: "edited" }, " (edited)") : null;
  return h("article", { class: `message${more ? " more" : ""}${whisper ? " whisper" : ""}`, "data-ts": message.ts },
    gutter,
    h("div", { class: "body" },
      whisper ? h("div", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
      more ? null : byline(message, when),
      shownText(message) ? h("div", { class: "text" }, mrkdwn(message.text), edited) : null,
      message.blocks?.length ? blocksNode(message.blocks, ctx) : null,
      (message.attachments ?? []).map((one) => attachment(one, ctx)),
      (message.files ?? []).map(file),
      inThread ? null : thread(message)),
    inThread || whisper ? null : h("div", { class: "tools" }, shortcuts(message), iconButton("reply", "Reply in a thread", () => openThread(message.ts))));
}
