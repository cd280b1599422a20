// The right side: a thread, or the drawer with sample files and the app's answering times.

import { composer } from "./composer.js";
import { h, iconButton, refill, stamp, sync } from "./dom.js";
import { kindMark, messageNode } from "./message.js";
import { changed, inRoom, replies, store } from "./store.js";
import { dropSamples } from "./top.js";

let shown = "";

function close() {
  store.thread = "";
  store.drawer = false;
  changed();
  document.getElementById("compose")?.focus();
}

function head(title) {
  return h("div", { class: "side-head" }, h("h2", {}, title), iconButton("close", "Close", close, { "data-key": "close-side" }));
}

function drawThread(node) {
  const parent = inRoom(store.place).find((message) => message.ts === store.thread);
  const key = `${store.me}/${store.place}/${store.thread}`;
  if (shown !== key) {
    shown = key;
    node.replaceChildren(head("Thread"), h("div", { class: "side-body" }),
      h("div", { class: "foot" }, composer(`t/${key}`, store.place, { threadTs: store.thread, label: "Reply…", files: false })));
  }
  const every = [parent, ...replies(store.thread, store.place)].filter(Boolean);
  const body = node.querySelector(".side-body");
  sync(body, every.map((message) => ({ key: message.ts, stamp: stamp(message, store.me), message })), (item) => messageNode(item.message, { inThread: true }));
  body.scrollTop = body.scrollHeight;
}

function sampleButton(sample) {
  return h("button", { type: "button", class: "sample", "data-key": `sample-${sample.name}`, onclick: () => dropSamples([sample.name]) },
    kindMark(sample.name), h("span", {}, h("b", {}, sample.name), h("span", { class: "quiet" }, sample.note)));
}

function ackRow(ack) {
  return h("div", { class: "ack" }, h("span", {}, ack.kind.replace("_", " ")), h("span", { class: ack.error ? "bad" : "" }, ack.error || `${Math.round(ack.seconds * 1000)} ms`));
}

function drawDrawer(node) {
  shown = "drawer";
  const { samples, acks } = store.state;
  refill(node, head("Practice"), h("div", { class: "side-body" }, h("div", { class: "drawer" },
    h("p", { class: "quiet" }, "Nothing here leaves this machine. One click shares a file in this conversation; files of your own can be dragged onto the page."),
    samples.length > 1 ? h("button", { type: "button", class: "btn primary all", "data-key": "samples-all", onclick: () => { close(); dropSamples(samples.map((one) => one.name)); } }, `Drop all ${samples.length} files`) : null,
    samples.length ? h("h3", {}, "Sample files") : null, samples.map(sampleButton),
    h("h3", {}, "How fast the app answered"),
    acks.length ? acks.slice(-12).reverse().map(ackRow) : h("p", { class: "quiet" }, "It has not been asked anything yet."))));
}

export function drawSide() {
  const node = document.getElementById("side");
  node.hidden = !store.thread && !store.drawer;
  if (store.thread) drawThread(node);
  else if (store.drawer) drawDrawer(node);
  else {
    shown = "";
    node.replaceChildren();
  }
}

export function closeSide() {
  if (!store.thread && !store.drawer) return false;
  close();
  return true;
}
