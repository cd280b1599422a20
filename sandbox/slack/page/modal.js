// The modal in front: its inputs, inline errors, the stack below it.

import { act } from "./api.js";
import { blocksNode } from "./blocks.js";
import { h, icon, iconButton, refill, stamp } from "./dom.js";
import { draftsOf, forget } from "./drafts.js";
import { closePopup } from "./popup.js";
import { store } from "./store.js";
import { textBox, words } from "./text.js";

const dialog = document.getElementById("modal");
let shown = "";
let front = null;
let sending = false;

async function submit() {
  if (!front || sending) return;
  sending = true;
  const view = front;
  const button = dialog.querySelector(".modal-foot .primary");
  button?.setAttribute("aria-busy", "true");
  const sent = JSON.stringify(draftsOf(view.id));
  const answer = await act({ do: "submit", view: view.id, values: draftsOf(view.id) }, { quiet: true });
  sending = false;
  dialog.querySelector(".modal-foot .primary")?.setAttribute("aria-busy", "false");
  // What was typed while the answer was on its way is not what was sent.
  if (answer.ok && !answer.answer && JSON.stringify(draftsOf(view.id)) === sent) forget(view.id);
}

async function leave() {
  if (!front) return;
  const view = front;
  forget(view.id);
  await act({ do: "close", view: view.id }, { quiet: true });
}

function onKey(event) {
  if (event.key !== "Enter" || event.isComposing) return;
  const plain = event.target.matches("input:not([type=checkbox]):not([type=radio]):not([type=file]):not(.search)");
  if (plain || (event.target.matches("textarea") && (event.metaKey || event.ctrlKey))) {
    event.preventDefault();
    submit();
  }
}

dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  if (!closePopup()) leave();
});
dialog.addEventListener("keydown", onKey);

function body(view) {
  const ctx = { where: { view: view.id }, key: view.id, values: view.state.values, errors: view.errors };
  const stray = Object.entries(view.errors).filter(([block]) => !view.blocks.some((one) => one.block_id === block));
  return h("div", { class: "modal-body" }, stray.map(([, sentence]) => h("div", { class: "b-alert error" }, sentence)), blocksNode(view.blocks, ctx));
}

function foot(view) {
  return h("div", { class: "modal-foot" },
    h("span", { class: "trouble", role: "alert" }, view.trouble),
    h("button", { type: "button", class: "btn", "data-key": "modal-close", onclick: leave }, view.close ? words(view.close) : "Cancel"),
    view.submit ? h("button", { type: "button", class: "btn primary", "data-key": "modal-submit", "aria-busy": String(sending), onclick: submit }, h("span", { class: "label" }, words(view.submit))) : null);
}

function firstField() {
  const wanted = dialog.querySelector("[autofocus]") ?? dialog.querySelector(".modal-body :is(input:not([type=file]), textarea, .pick, button)");
  (wanted ?? dialog.querySelector(".modal-foot .btn"))?.focus({ preventScroll: true });
}

export function drawModal() {
  const stack = store.state.views.filter((view) => view.user === store.me);
  const view = stack.at(-1) ?? null;
  const fresh = view?.id !== front?.id;
  const mark = view ? stamp(view.id, view.hash, view.errors, view.trouble, stack.length) : "";
  front = view;
  if (mark === shown) return;
  shown = mark;
  closePopup(false);
  if (!view) {
    dialog.close();
    dialog.replaceChildren();
    return;
  }
  const scroll = dialog.querySelector(".modal-body")?.scrollTop ?? 0;
  refill(dialog,
    h("div", { class: "modal-head" }, stack.length > 1 ? iconButton("back", "Back", leave) : null, h("h2", { id: "modal-title" }, textBox(view.title, "span")), h("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: leave }, icon("close"))),
    body(view), foot(view));
  if (!dialog.open) dialog.showModal();
  if (fresh) firstField();
  else {
    dialog.querySelector(".modal-body").scrollTop = scroll;
    dialog.querySelector(".field.faulty :is(input, textarea, .pick)")?.focus();
  }
}
