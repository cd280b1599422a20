// Avatars from initials, in a colour that belongs to the person.

import { h } from "./dom.js";
import { person, store } from "./store.js";

const FACES = ["#a8502f", "#2f6f9f", "#6a4fa3", "#a63d6e", "#2e7d55", "#8a6414", "#40659a", "#9a4343"];

const face = (id) => FACES[Math.max(0, store.state.people.findIndex((one) => one.id === id)) % FACES.length];

export function initials(name) {
  const parts = name.split(/[\s.]+/).filter(Boolean);
  return ((parts[0]?.[0] ?? "?") + (parts.length > 1 ? parts.at(-1)[0] : "")).toUpperCase();
}

export function avatar(id, small = false) {
  const one = person(id);
  const isApp = one?.is_bot || id === store.state.app.user || !one;
  const node = h("span", { class: `avatar${small ? " small" : ""}${isApp ? " app" : ""}`, "aria-hidden": "true" }, initials(one?.real_name ?? (id === "USLACKBOT" ? "S" : store.state.app.name)));
  if (!isApp) node.style.setProperty("--face", face(id));
  return node;
}
