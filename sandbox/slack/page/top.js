// The bar above the conversation, and the strip of suggestions under it.

import { act } from "./api.js";
import { fillComposer } from "./composer.js";
import { h, iconButton, refill } from "./dom.js";
import { changed, isBotRoom, nameOf, room, roomName, store, switchTo } from "./store.js";
import { openMenu } from "./sidebar.js";
import { flipTheme, isDark } from "./theme.js";
import { toast } from "./toast.js";

function tab(name, label) {
  return h("button", {
    type: "button", role: "tab", class: "tab", "data-key": `tab-${name}`, "aria-selected": String(store.tab === name),
    onclick: () => { store.tab = name; changed(); if (name === "home") act({ do: "home" }, { quiet: true }); },
  }, label);
}

export function openDrawer() {
  store.drawer = !store.drawer;
  store.thread = "";
  changed();
}

export function drawTop() {
  const one = room();
  const bot = isBotRoom(one);
  const title = bot ? roomName(one) : `#${roomName(one)}`;
  document.title = `${title} · ${store.state.team.name}`;
  refill(document.getElementById("top"),
    iconButton("menu", "Show conversations", openMenu, { class: "icon-button menu", "data-key": "menu" }),
    h("div", { class: "where" }, h("h1", {}, title), !bot && one?.topic ? h("div", { class: "topic" }, one.topic) : null),
    bot ? h("div", { class: "tabs", role: "tablist", "aria-label": "View" }, tab("messages", "Messages"), tab("home", "Home")) : null,
    iconButton("tray", "Sample files and timings", openDrawer, { "data-key": "drawer", "aria-pressed": String(store.drawer) }),
    iconButton(isDark() ? "sun" : "moon", isDark() ? "Light colours" : "Dark colours", () => { flipTheme(); drawTop(); }, { "data-key": "theme" }));
}

const doneKey = (hint) => `practice.hint.${location.port}.${hint.person}.${hint.text}`;

/** Shares samples in the conversation in front, all in one message. */
export const dropSamples = (names) => act({ do: "samples", names, channel: store.place }, { quiet: true });

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(`Copied: ${text}`);
  } catch {
    toast(`Copy it by hand: ${text}`);
  }
}

export async function follow(hint) {
  if (hint.person && hint.person !== store.me) await switchTo(hint.person);
  const place = store.state.channels.find((one) => (hint.channel ? one.id === hint.channel || one.name === hint.channel : isBotRoom(one) && one.user === store.me));
  if (place) store.place = place.id;
  store.tab = "messages";
  changed();
  sessionStorage.setItem(doneKey(hint), "done");
  changed();
  if (hint.copy) await copied(hint.copy);
  else if (hint.files.length) await dropSamples(hint.files);
  else fillComposer(hint.text);
}

const withoutCommand = (text) => text.replace(/^\/\S+ /, "");

function hintButton(hint, place) {
  const done = sessionStorage.getItem(doneKey(hint)) === "done";
  const other = hint.person && hint.person !== store.me ? nameOf(hint.person).split(" ")[0] : "";
  return h("button", { type: "button", class: done ? "hint done" : "hint", "data-key": `hint-${place}`, title: hint.why, onclick: () => follow(hint) },
    h("span", { class: "step", "aria-hidden": "true" }, done ? "✓" : place + 1), other ? h("span", { class: "why" }, `as ${other}:`) : null, h("b", {}, other ? withoutCommand(hint.text) : hint.text), hint.copy ? h("code", {}, hint.copy) : null);
}

export function drawStrip() {
  const node = document.getElementById("strip");
  const { hints } = store.state;
  if (store.hintsHidden || !hints.length) {
    node.replaceChildren();
    return;
  }
  const hide = () => {
    store.hintsHidden = true;
    sessionStorage.setItem("practice.hints", "hidden");
    changed();
  };
  refill(node,
    h("div", { class: "hints", role: "group", "aria-label": "Things to try" }, hints.map(hintButton)),
    iconButton("close", "Hide suggestions", hide, { class: "icon-button close", "data-key": "hide-hints" }));
}
