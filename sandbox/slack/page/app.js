// Puts the page together: draws on every change, listens for news, takes dropped files.

import { drop } from "./api.js";
import { drawComposer } from "./composer.js";
import { drawModal } from "./modal.js";
import { closePopup } from "./popup.js";
import { closeMenu, drawSidebar } from "./sidebar.js";
import { closeSide, drawSide } from "./side.js";
import { isBotRoom, live, onChange, refresh, room, roomName, store } from "./store.js";
import { drawStream, stayAtTheEnd } from "./stream.js";
import { applyTheme } from "./theme.js";
import { drawStrip, drawTop } from "./top.js";

function draw() {
  if (!store.state) return;
  drawTop();
  drawStrip();
  drawComposer();
  drawStream();
  drawSide();
  drawSidebar();
  drawModal();
  document.body.dataset.ready = String(store.state.version);
}

function takeDrops() {
  const zone = document.getElementById("dropzone");
  let depth = 0;
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files") && !document.querySelector("dialog[open]");
  const show = (on) => {
    zone.hidden = !on;
    if (on) zone.textContent = `Drop to share ${isBotRoom() ? `with ${roomName(room())}` : `in #${roomName(room())}`}`;
  };
  addEventListener("dragenter", (event) => {
    if (!carries(event)) return;
    depth += 1;
    show(true);
  });
  addEventListener("dragleave", (event) => {
    if (!carries(event)) return;
    depth -= 1;
    if (depth <= 0) show(false);
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    show(false);
    if (carries(event) && event.dataTransfer.files.length) drop([...event.dataTransfer.files], store.place);
  });
}

applyTheme();
takeDrops();
stayAtTheEnd();
onChange(draw);
document.getElementById("shade").addEventListener("click", closeMenu);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && draw());
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (!closePopup() && !closeSide()) closeMenu();
});
await refresh();
live();
document.getElementById("compose")?.focus();
