// The left side: the workspace, its conversations with unread marks, and who you are.

import { h, icon, refill } from "./dom.js";
import { avatar } from "./people.js";
import { popup } from "./popup.js";
import { go, isBotRoom, me, members, roomName, store, switchTo, unread } from "./store.js";

export function closeMenu() {
  document.getElementById("app").classList.remove("menu-open");
  document.getElementById("shade").hidden = true;
}

export function openMenu() {
  document.getElementById("app").classList.add("menu-open");
  document.getElementById("shade").hidden = false;
}

function roomButton(one) {
  const count = one.id === store.place && store.tab === "messages" ? 0 : unread(one.id);
  const sign = isBotRoom(one) ? avatar(store.state.app.user, true) : one.kind === "private" ? icon("lock") : "#";
  return h("button", {
    type: "button", class: count ? "room unread" : "room", "data-key": `room-${one.id}`, "aria-current": one.id === store.place ? "true" : "false",
    onclick: () => { go(one.id); closeMenu(); },
  }, h("span", { class: "mark" }, sign), h("span", { class: "name" }, roomName(one)), count ? h("span", { class: "badge", "aria-label": `${count} unread` }, count) : null);
}

function chooser() {
  return members().filter((one) => one.played).map((one) => ({
    label: [one.real_name],
    sub: [one.title, one.locale].filter(Boolean).join(" · "),
    icon: avatar(one.id, true),
    chosen: one.id === store.me,
    pick: () => { switchTo(one.id); closeMenu(); },
  }));
}

export function choosePerson(anchor) {
  popup(anchor, { load: chooser, label: "Act as" });
}

export function drawSidebar() {
  const { state } = store;
  const rooms = state.channels.filter((one) => one.kind !== "im" && one.kind !== "mpim");
  const direct = state.channels.filter((one) => one.kind === "im" || one.kind === "mpim");
  const who = me();
  refill(document.getElementById("sidebar"),
    h("div", { class: "brand" }, h("img", { src: "/page/icon.svg", alt: "" }), h("div", {}, h("strong", {}, state.team.name), h("span", {}, "Practice workspace"))),
    h("div", { class: "rooms" },
      h("h2", {}, "Channels"), rooms.map(roomButton),
      h("h2", {}, "Direct messages"), direct.map(roomButton)),
    h("div", { class: "me" }, h("button", {
      type: "button", class: "me-button", "data-key": "me", "aria-haspopup": "listbox", "aria-expanded": "false",
      "aria-label": `You are ${who.real_name}. Act as somebody else`, onclick: (event) => choosePerson(event.currentTarget),
    }, avatar(who.id), h("span", { class: "who" }, h("span", {}, "You are"), h("b", {}, who.real_name), who.title ? h("span", {}, who.title) : null), icon("chevron"))));
}
