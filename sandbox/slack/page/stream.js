// The conversation: days, grouped messages, live changes; and the bot's Home tab.

import { blocksNode } from "./blocks.js";
import { dayTitle, instant, sameDay } from "./dates.js";
import { h, stamp, sync } from "./dom.js";
import { messageNode } from "./message.js";
import { avatar } from "./people.js";
import { inRoom, isBotRoom, isReply, markRead, replies, room, roomName, store } from "./store.js";
import { follow } from "./top.js";

const GROUP_SECONDS = 300;
let shownPlace = "";
let loaded = false;

function follows(message, before) {
  return Boolean(before) && before.user === message.user && !before.seen_by === !message.seen_by && message.ts - before.ts < GROUP_SECONDS && !message.seen_by && !(message.bot_id && message.blocks?.length);
}

function items(messages) {
  const out = [];
  let before = null;
  for (const message of messages) {
    const when = instant(message.ts);
    if (!before || !sameDay(when, instant(before.ts))) {
      out.push({ key: `day-${message.ts}`, stamp: stamp(dayTitle(when), store.me), day: when });
      before = null;
    }
    const more = follows(message, before);
    out.push({ key: message.ts + (message.seen_by ?? ""), stamp: stamp(message, more, store.me, replies(message.ts, message.channel).map((one) => one.ts)), message, more });
    before = message;
  }
  return out;
}

function make(item, old) {
  if (item.day) return h("div", { class: "day", role: "separator" }, dayTitle(item.day));
  const node = messageNode(item.message, { more: item.more });
  if (loaded && !old) node.classList.add("fresh");
  return node;
}

function empty(node, one) {
  const bot = isBotRoom(one);
  const words = bot ? "Type a command, or drop a file anywhere on this page." : "Nothing has been said here yet.";
  const mine = bot ? store.state.hints.filter((hint) => hint.person === store.me).slice(0, 3) : [];
  node.replaceChildren(h("div", { class: "empty" }, bot ? avatar(store.state.app.user) : null, h("h2", {}, bot ? roomName(one) : `#${roomName(one)}`), h("p", {}, words),
    h("div", { class: "starts" }, mine.map((hint) => h("button", { type: "button", class: "start", onclick: () => follow(hint) }, h("b", { class: hint.text.startsWith("/") ? "typed" : "" }, hint.text), h("span", { class: "quiet" }, hint.why))))));
}

function drawHome(node) {
  const view = store.state.homes.find((home) => home.user === store.me);
  node.classList.add("home");
  if (!view) {
    node.replaceChildren(h("div", { class: "empty" }, h("h2", {}, "Home"), h("p", {}, "The app has not published anything for you yet.")));
    return;
  }
  const ctx = { where: { view: view.id }, key: view.id, values: view.state.values, errors: view.errors };
  if (node.firstElementChild?.classList.contains("empty")) node.replaceChildren();
  sync(node, [{ key: view.id, stamp: stamp(view.blocks, store.me) }], () => h("div", { class: "home-view" }, blocksNode(view.blocks, ctx)));
}

/** Keeps the newest message in sight when the field below it grows or the window turns. */
export function stayAtTheEnd() {
  const node = document.getElementById("stream");
  let stuck = true;
  node.addEventListener("scroll", () => { stuck = nearBottom(node); }, { passive: true });
  new ResizeObserver(() => { if (stuck && store.tab === "messages") node.scrollTop = node.scrollHeight; }).observe(node);
}

function nearBottom(node) {
  return node.scrollHeight - node.scrollTop - node.clientHeight < 120;
}

export function drawStream() {
  const node = document.getElementById("stream");
  const one = room();
  const place = `${store.me}/${store.place}/${store.tab}`;
  const moved = place !== shownPlace;
  if (moved) node.replaceChildren();
  loaded = !moved;
  shownPlace = place;
  if (isBotRoom(one) && store.tab === "home") {
    drawHome(node);
    if (moved) node.scrollTop = 0;
    return;
  }
  node.classList.remove("home");
  const stick = moved || nearBottom(node);
  const messages = inRoom(store.place).filter((message) => !isReply(message));
  if (!messages.length) empty(node, one);
  else {
    node.querySelector(":scope > .empty")?.remove();
    sync(node, items(messages), make);
  }
  if (stick) node.scrollTop = node.scrollHeight;
  markRead(store.place);
}
