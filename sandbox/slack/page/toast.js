// Short words at the foot of the page; errors stay a little longer.

import { add, h, icon } from "./dom.js";

export function toast(words, bad = false) {
  const node = h("div", { class: bad ? "toast bad" : "toast" }, bad ? icon("warn") : null, h("span", {}, words));
  const home = document.querySelector("dialog[open]") ?? document.body;
  const box = document.getElementById("toasts");
  if (box.parentElement !== home) home.append(box);
  add(box, node);
  setTimeout(() => {
    node.remove();
    if (!box.children.length) document.body.append(box);
  }, bad ? 7000 : 3500);
}
