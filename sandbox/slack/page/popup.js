// One floating list at a time: menus, selects with type-ahead, the person switcher.

import { h } from "./dom.js";

let open = null;

export function closePopup(refocus = true) {
  if (!open) return false;
  const { node, anchor, off } = open;
  open = null;
  off();
  node.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (refocus) anchor.focus({ preventScroll: true });
  return true;
}

function place(node, anchor) {
  const box = anchor.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - 12;
  const up = below < 230 && box.top > below;
  node.style.minWidth = `${Math.max(200, box.width)}px`;
  node.style.maxHeight = `${Math.min(330, Math.max(140, up ? box.top - 12 : below))}px`;
  const width = node.offsetWidth;
  node.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - width - 8))}px`;
  if (up) node.style.bottom = `${window.innerHeight - box.top + 5}px`;
  else node.style.top = `${box.bottom + 5}px`;
}

/**
 * Opens a list at `anchor`. `load(query)` gives (a promise of) items {label, sub, icon, group, chosen, red, pick};
 * `pick` returning true keeps the list open.
 */
export function popup(anchor, { load, search = false, placeholder = "Search", label = "Options" }) {
  if (open?.anchor === anchor) {
    closePopup();
    return;
  }
  closePopup(false);
  const list = h("div", { class: "list", role: "listbox", "aria-label": label });
  const field = search ? h("input", { class: "input search", placeholder, "aria-label": placeholder, autocomplete: "off", role: "combobox", "aria-expanded": "true" }) : null;
  const node = h("div", { class: "popup", tabindex: "-1" }, field, list);
  let items = [];
  let at = -1;
  let turn = 0;

  const mark = (next) => {
    at = next;
    [...list.querySelectorAll(".choice")].forEach((row, index) => {
      row.classList.toggle("at", index === at);
      if (index === at) row.scrollIntoView({ block: "nearest" });
    });
  };
  const pick = async (item) => {
    const stay = item.pick();
    if (stay === true) await fill(field?.value ?? "");
    else closePopup();
  };
  const row = (item) =>
    h("button", { type: "button", class: item.red ? "choice red" : "choice", role: "option", "aria-selected": item.chosen ? "true" : "false", tabindex: "-1", onclick: () => pick(item) },
      item.chosen !== undefined ? h("span", { class: "tick", "aria-hidden": "true" }, item.chosen ? "✓" : "") : null,
      item.icon, h("span", { class: "grow" }, item.label, item.sub ? h("span", { class: "sub" }, item.sub) : null));
  const draw = () => {
    let group = "";
    const rows = items.flatMap((item) => {
      const head = item.group && item.group !== group ? [h("div", { class: "group" }, item.group)] : [];
      group = item.group ?? group;
      return [...head, row(item)];
    });
    list.replaceChildren(...(rows.length ? rows : [h("div", { class: "note" }, "No matches")]));
    mark(Math.max(0, items.findIndex((item) => item.chosen)));
  };
  const fill = async (query) => {
    const mine = (turn += 1);
    const slow = setTimeout(() => mine === turn && list.replaceChildren(h("div", { class: "note" }, "Loading…")), 120);
    try {
      const found = await load(query);
      if (mine !== turn) return;
      items = found;
      draw();
    } catch (refused) {
      if (mine === turn) list.replaceChildren(h("div", { class: "note" }, refused.message));
    } finally {
      clearTimeout(slow);
    }
  };

  const keys = (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      closePopup();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (items.length) mark((at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length);
    } else if (event.key === "Enter" || (event.key === " " && !field)) {
      event.preventDefault();
      event.stopPropagation();
      if (items[at]) pick(items[at]);
    } else if (event.key === "Tab") closePopup();
  };
  const outside = (event) => {
    if (!node.contains(event.target) && !anchor.contains(event.target)) closePopup(false);
  };
  const gone = () => closePopup(false);
  node.addEventListener("keydown", keys);
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", gone);
  let waiting = 0;
  field?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => fill(field.value), 140);
  });
  const off = () => {
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", gone);
  };
  open = { node, anchor, off };
  anchor.setAttribute("aria-expanded", "true");
  (anchor.closest("dialog") ?? document.body).append(node);
  place(node, anchor);
  (field ?? node).focus({ preventScroll: true });
  fill("");
}
