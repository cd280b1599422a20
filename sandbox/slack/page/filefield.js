// A file field of a modal: choose or drop files, or take one of the samples.

import { drop } from "./api.js";
import { h } from "./dom.js";

/** `files` are Slack's file objects; `tell` gets the new list. */
export function fileField(element, files, tell, ctx) {
  let now = [...files];
  const most = element.max_files ?? 10;
  const kinds = element.filetypes?.map((kind) => `.${kind}`).join(",");
  const names = h("div", { class: "chips" });
  const note = h("div", { class: "quiet" });
  const draw = () => names.replaceChildren(...now.map((file) => h("span", { class: "chip" }, file.name,
    h("button", { type: "button", "aria-label": `Remove ${file.name}`, onclick: () => put(now.filter((one) => one !== file)) }, "×"))));
  const put = (next) => {
    now = next.slice(0, most);
    draw();
    tell(now);
  };
  const fits = (file) => !element.filetypes || element.filetypes.includes(file.name.split(".").at(-1).toLowerCase());
  const take = async (chosen) => {
    const wrong = [...chosen].filter((file) => !fits(file));
    note.textContent = wrong.length ? `Not taken: ${wrong.map((file) => file.name).join(", ")} (wanted: ${kinds})` : "";
    const right = [...chosen].filter(fits);
    if (right.length) put([...now, ...(await drop(right)).files]);
  };
  const input = h("input", { type: "file", hidden: true, multiple: most > 1, accept: kinds, onchange: () => take(input.files) });
  const box = h("div", {
    class: "file-field",
    ondragover: (event) => { event.preventDefault(); event.stopPropagation(); box.classList.add("over"); },
    ondragleave: () => box.classList.remove("over"),
    ondrop: (event) => { event.preventDefault(); event.stopPropagation(); box.classList.remove("over"); take(event.dataTransfer.files); },
  }, h("button", { type: "button", class: "btn", id: ctx.labelled, "aria-describedby": ctx.described, onclick: () => input.click() }, most > 1 ? "Choose files" : "Choose a file"), " or drop here", input, names, note);
  draw();
  return box;
}
