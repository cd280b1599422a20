// mrkdwn as DOM nodes. Everything that comes from outside becomes a text node.

import { slackDate } from "./dates.js";
import { add, h } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { nameOf, store } from "./store.js";

const TOKEN = new RegExp(
  "(?<pre>```(?<preIn>[\\s\\S]+?)```)" +
    "|(?<code>`(?<codeIn>[^`\\n]+)`)" +
    "|(?<angle><(?<angleIn>[^<>\\n]+)>)" +
    "|(?<emoji>:(?<emojiIn>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):)" +
    "|(?<style>(?<![\\p{L}\\p{N}_*~])(?<mark>[*_~])(?!\\s)(?<styleIn>(?:(?!\\k<mark>)[^\\n])+?)(?<!\\s)\\k<mark>(?![\\p{L}\\p{N}_*~]))" +
    "|(?<bare>(?<![\\w@/])https?://[^\\s<>|]+)",
  "gu",
);
const STYLE = { "*": "b", _: "i", "~": "s" };

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** A link that leaves the page; only web and mail addresses are followed. */
export function link(address, label) {
  const safe = /^(https?:|mailto:|tel:)/i.test(address);
  const words = label || address;
  return safe ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words) : h("span", {}, words);
}

export function mention(id, label) {
  const name = nameOf(id);
  return h("span", { class: id === store.me ? "mention mine" : "mention" }, `@${name === id && label ? label : name}`);
}

export function channelMention(id, label) {
  const found = store.state.channels.find((one) => one.id === id);
  return h("span", { class: "mention" }, `#${found?.name || label || id}`);
}

export const broadcast = (range) => h("span", { class: "mention broadcast" }, `@${range}`);

function angle(inside) {
  const bar = inside.indexOf("|");
  const body = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescape(inside.slice(bar + 1));
  if (body.startsWith("@")) return mention(body.slice(1), label);
  if (body.startsWith("#")) return channelMention(body.slice(1), label);
  if (body.startsWith("!subteam^")) return h("span", { class: "mention" }, label || "@group");
  const date = /^!date\^(-?\d+)\^([^^]+)(?:\^(.+))?$/.exec(body);
  if (date) {
    const shown = h("time", { title: label }, slackDate(date[1], date[2]));
    return date[3] ? link(date[3], shown.textContent) : shown;
  }
  if (/^!(here|channel|everyone)$/.test(body)) return broadcast(body.slice(1));
  if (/^[a-z][a-z0-9+.-]*:/i.test(body)) return link(unescape(body), label);
  return null;
}

/** A bar drawn with block signs. */
function meter(signs) {
  const full = signs.lastIndexOf("█") + 1;
  return h("span", { class: "meter", role: "img", "aria-label": `${Math.round((100 * full) / signs.length)} %` }, [...signs].map((sign) => h("i", { class: sign === "█" ? "full" : "" })));
}

function node(found) {
  const g = found.groups;
  if (g.pre) return h("pre", {}, unescape(g.preIn).replace(/^\n/, ""));
  if (g.code) return /^█*░*$/.test(g.codeIn) ? meter(g.codeIn) : h("code", {}, unescape(g.codeIn));
  if (g.angle) return angle(g.angleIn);
  if (g.emoji) return emoji(g.emojiIn) === g.emoji ? null : h("span", { role: "img", title: g.emoji }, emoji(g.emojiIn));
  if (g.bare) return link(unescape(g.bare));
  return h(STYLE[g.mark], {}, inline(g.styleIn));
}

function inline(text) {
  const out = [];
  let plain = "";
  let place = 0;
  const flush = () => {
    if (plain) out.push(unescape(plain));
    plain = "";
  };
  while (place < text.length) {
    const pattern = new RegExp(TOKEN.source, TOKEN.flags);
    pattern.lastIndex = place;
    const found = pattern.exec(text);
    if (!found) break;
    plain += text.slice(place, found.index);
    const made = node(found);
    if (made) {
      flush();
      out.push(made);
      place = found.index + found[0].length;
    } else {
      plain += text[found.index];
      place = found.index + 1;
    }
  }
  plain += text.slice(place);
  flush();
  return out;
}

/** The nodes of a mrkdwn text. */
export function mrkdwn(text) {
  if (text.includes("```") || !/^(?:&gt;|>)/m.test(text)) return inline(text);
  const out = [];
  let quote = null;
  for (const line of text.split("\n")) {
    const mark = /^(?:&gt;|>) ?/.exec(line);
    if (mark) {
      quote ??= out[out.push(h("blockquote", {})) - 1];
      if (quote.childNodes.length) quote.append("\n");
      add(quote, inline(line.slice(mark[0].length)));
    } else {
      if (out.length && !quote) out.push("\n");
      quote = null;
      out.push(...inline(line));
    }
  }
  return out;
}

/** A text object (or a plain string) as nodes. */
export function words(object) {
  if (!object) return [];
  if (typeof object === "string") return [object];
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return [object.emoji === false ? object.text : withEmoji(object.text)];
}

/** A text object as a plain string, for labels. */
export const said = (object) => add(h("span"), words(object)).textContent;

export const textBox = (object, tag = "div") => h(tag, { class: "text" }, words(object));
