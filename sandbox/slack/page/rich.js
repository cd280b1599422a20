// rich_text and markdown blocks as DOM nodes.

import { slackDate } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelMention, link, mention } from "./text.js";

const COLOR = /^#[0-9a-f]{3,8}$/i;

function piece(element) {
  const made = {
    text: () => element.text,
    link: () => link(element.url, element.text),
    user: () => mention(element.user_id),
    usergroup: () => h("span", { class: "mention" }, `@${element.usergroup_id}`),
    channel: () => channelMention(element.channel_id),
    team: () => element.team_id,
    broadcast: () => broadcast(element.range),
    emoji: () => h("span", { role: "img", title: element.name }, emoji(element.name)),
    date: () => h("time", { title: element.fallback }, slackDate(element.timestamp, element.format)),
    color: () => h("span", {}, swatch(element.value), ` ${element.value}`),
  }[element.type]?.();
  return styled(made ?? "", element.style ?? {});
}

function swatch(value) {
  const node = h("span", { class: "swatch" });
  if (COLOR.test(value)) node.style.background = value;
  return node;
}

function styled(node, style) {
  let made = node;
  for (const [name, tag] of [["code", "code"], ["bold", "b"], ["italic", "i"], ["strike", "s"], ["underline", "u"]]) {
    if (style[name]) made = h(tag, {}, made);
  }
  return made;
}

function part(element) {
  const inside = () => element.elements.map(piece);
  if (element.type === "rich_text_list") {
    const list = h(element.style === "ordered" ? "ol" : "ul", {}, element.elements.map((item) => h("li", {}, item.elements.map(piece))));
    list.style.marginLeft = `${(element.indent ?? 0) * 20}px`;
    return list;
  }
  if (element.type === "rich_text_quote") return h("blockquote", { class: "line" }, inside());
  if (element.type === "rich_text_preformatted") return h("pre", {}, inside());
  return h("div", { class: "line" }, inside());
}

export const richText = (block) => h("div", { class: "rich" }, block.elements.map(part));

/** Only the inline parts, for table cells. */
export const richLine = (block) => block.elements.flatMap((element) => (element.type === "rich_text_section" ? element.elements.map(piece) : [part(element)]));

const INLINE = /(?<code>`[^`\n]+`)|(?<bold>\*\*[^*\n]+\*\*)|(?<strike>~~[^~\n]+~~)|(?<italic>(?<![\w*])[*_][^*_\n]+[*_](?![\w*]))|\[(?<label>[^\]\n]+)\]\((?<href>[^)\s]+)\)/g;

function line(text) {
  const out = [];
  let place = 0;
  for (const found of text.matchAll(INLINE)) {
    const g = found.groups;
    out.push(text.slice(place, found.index));
    if (g.code) out.push(h("code", {}, g.code.slice(1, -1)));
    else if (g.bold) out.push(h("b", {}, g.bold.slice(2, -2)));
    else if (g.strike) out.push(h("s", {}, g.strike.slice(2, -2)));
    else if (g.italic) out.push(h("i", {}, g.italic.slice(1, -1)));
    else out.push(link(g.href, g.label));
    place = found.index + found[0].length;
  }
  out.push(text.slice(place));
  return out;
}

const cells = (row) => row.replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

function chunk(lines) {
  const first = lines[0];
  const heading = /^(#{1,6})\s+(.*)/.exec(first);
  if (heading) return [h(`h${Math.min(4, heading[1].length + 1)}`, {}, line(heading[2])), lines.length > 1 ? chunk(lines.slice(1)) : null];
  if (lines.every((one) => /^\s*[-*+]\s/.test(one))) return h("ul", {}, lines.map((one) => h("li", {}, line(one.replace(/^\s*[-*+]\s+/, "")))));
  if (lines.every((one) => /^\s*\d+[.)]\s/.test(one))) return h("ol", {}, lines.map((one) => h("li", {}, line(one.replace(/^\s*\d+[.)]\s+/, "")))));
  if (lines.every((one) => one.startsWith(">"))) return h("blockquote", {}, lines.map((one) => h("div", {}, line(one.replace(/^>\s?/, "")))));
  if (lines.length > 1 && /^\|?[\s:|-]+\|[\s:|-]*$/.test(lines[1])) return table(lines);
  return h("div", {}, lines.flatMap((one, place) => [place ? h("br") : null, ...line(one)]));
}

function table(lines) {
  const head = h("tr", {}, cells(lines[0]).map((cell) => h("th", {}, line(cell))));
  const rows = lines.slice(2).map((row) => h("tr", {}, cells(row).map((cell) => h("td", {}, line(cell)))));
  return h("div", { class: "b-table" }, h("table", {}, h("thead", {}, head), h("tbody", {}, rows)));
}

/** A markdown block: headings, lists, quotes, tables, code, emphasis and links. */
export function markdown(text) {
  const parts = text.split(/```[^\n]*\n?/);
  const body = parts.flatMap((piece_, place) =>
    place % 2 ? [h("pre", {}, piece_.replace(/\n$/, ""))] : piece_.split(/\n{2,}/).filter((one) => one.trim()).map((one) => chunk(one.trim().split("\n"))),
  );
  return h("div", { class: "md" }, body);
}
