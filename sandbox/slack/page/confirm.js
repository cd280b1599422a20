// Asks before an action that has a confirm dialog; resolves to true or false.

import { h } from "./dom.js";
import { textBox, words } from "./text.js";

export function confirmed(object) {
  if (!object) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (yes) => () => {
      resolve(yes);
      dialog.close();
    };
    const style = object.style === "danger" ? "btn danger solid" : "btn primary";
    const dialog = h("dialog", { class: "confirm", "aria-labelledby": "confirm-title", onclose: () => { resolve(false); dialog.remove(); } },
      h("h2", { id: "confirm-title" }, words(object.title)),
      textBox(object.text),
      h("div", { class: "b-actions" },
        h("button", { type: "button", class: "btn", onclick: answer(false) }, words(object.deny)),
        h("button", { type: "button", class: style, onclick: answer(true), autofocus: true }, words(object.confirm))));
    document.body.append(dialog);
    dialog.showModal();
  });
}
