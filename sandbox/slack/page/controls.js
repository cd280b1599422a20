// Everything that can be pressed or filled: buttons, menus, selects, pickers, fields.

import { act } from "./api.js";
import { confirmed } from "./confirm.js";
import { h, icon } from "./dom.js";
import { current, draftsOf, keep } from "./drafts.js";
import { fileField } from "./filefield.js";
import { popup } from "./popup.js";
import { pickOne, pickMany } from "./selects.js";
import { said, words } from "./text.js";

const busy = new Set();
const idOf = (ctx, block, element, more = "") => `${ctx.key}|${block.block_id}|${element.action_id}|${more}`;

/** Sends an act for an element; the control shows that it is under way until the app has acknowledged. */
export async function send(ctx, block, element, what, more = "") {
  if (!(await confirmed(element.confirm))) return null;
  const id = idOf(ctx, block, element, more);
  busy.add(id);
  mark(id, true);
  const answer = await act({ ...ctx.where, block_id: block.block_id, action_id: element.action_id, values: draftsOf(ctx.key), ...what });
  busy.delete(id);
  mark(id, false, answer.ok ? "" : answer.error);
  return answer;
}

function mark(id, on, trouble = "") {
  for (const node of document.querySelectorAll(`[data-key="${CSS.escape(id)}"]`)) {
    node.setAttribute("aria-busy", String(on));
    node.classList.toggle("troubled", Boolean(trouble));
    if (trouble) node.title = trouble;
  }
}

function button(element, block, ctx) {
  const id = idOf(ctx, block, element, element.value ?? "");
  const style = `btn ${element.style ?? ""}`;
  const common = { class: style, "data-key": id, "aria-busy": busy.has(id) ? "true" : "false", "aria-label": element.accessibility_label };
  const label = h("span", { class: "label" }, words(element.text));
  const press = () => busy.has(id) || send(ctx, block, element, { do: "click", value: element.value }, element.value ?? "");
  if (element.url && /^https?:/i.test(element.url)) {
    return h("a", { ...common, href: element.url, target: "_blank", rel: "noopener noreferrer", onclick: press }, label);
  }
  return h("button", { type: "button", ...common, onclick: press }, label);
}

function overflow(element, block, ctx) {
  const id = idOf(ctx, block, element);
  const items = () => element.options.map((option) => ({
    label: words(option.text),
    sub: option.description ? said(option.description) : "",
    pick: () => {
      if (option.url && /^https?:/i.test(option.url)) window.open(option.url, "_blank", "noopener");
      send(ctx, block, element, { do: "click", value: option.value });
    },
  }));
  return h("button", { type: "button", class: "btn more", "data-key": id, "aria-label": "More actions", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-busy": String(busy.has(id)), onclick: (event) => popup(event.currentTarget, { load: items, label: "More actions" }) }, icon("more"));
}

/** Notes a new value and, where Slack would, tells the app. */
function change(ctx, block, element, value) {
  keep(ctx.key, block.block_id, element.action_id, value);
  ctx.onchange?.(block.block_id);
  if (block.type === "input" && !block.dispatch_action) return;
  send(ctx, block, element, { do: "choose", value });
}

function choices(element, block, ctx) {
  const many = element.type === "checkboxes";
  const now = current(ctx, block, element) ?? (many ? [] : null);
  const chosen = new Set((many ? now : [now]).filter(Boolean).map((option) => option.value));
  const name = idOf(ctx, block, element);
  const pick = (option) => (event) => {
    if (!many) return change(ctx, block, element, option);
    if (event.target.checked) chosen.add(option.value);
    else chosen.delete(option.value);
    return change(ctx, block, element, element.options.filter((one) => chosen.has(one.value)));
  };
  return h("fieldset", { class: "group-set", "aria-label": ctx.label ?? "Options" }, element.options.map((option) =>
    h("label", { class: "option" },
      h("input", { type: many ? "checkbox" : "radio", name, "data-key": `${name}${option.value}`, checked: chosen.has(option.value), onchange: pick(option) }),
      h("span", {}, words(option.text), option.description ? h("span", { class: "sub" }, words(option.description)) : null))));
}

const NATIVE = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local", email_text_input: "email", url_text_input: "url", number_input: "text" };

function localTime(seconds) {
  const when = new Date(seconds * 1000);
  return new Date(when - when.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function field(element, block, ctx) {
  const now = current(ctx, block, element);
  const timed = element.type === "datetimepicker";
  const read = (value) => (timed ? (value ? Math.floor(new Date(value).getTime() / 1000) : null) : value || null);
  const props = {
    class: "input",
    id: ctx.labelled,
    "data-key": idOf(ctx, block, element),
    placeholder: element.placeholder ? said(element.placeholder) : undefined,
    "aria-label": ctx.labelled ? undefined : element.placeholder ? said(element.placeholder) : element.type,
    "aria-invalid": ctx.error ? "true" : undefined,
    "aria-describedby": ctx.described,
    maxlength: element.max_length ?? (element.type === "plain_text_input" ? 3000 : undefined),
    inputmode: element.type === "number_input" ? "decimal" : undefined,
    autofocus: element.focus_on_load,
    value: (timed && now ? localTime(now) : now) ?? "",
  };
  const typed = element.type in NATIVE && !["datepicker", "timepicker", "datetimepicker"].includes(element.type);
  const local = block.type === "input" && !block.dispatch_action;
  props[typed || element.type === "plain_text_input" ? "oninput" : "onchange"] = (event) => keep(ctx.key, block.block_id, element.action_id, read(event.target.value));
  if (!local) props.onchange = (event) => change(ctx, block, element, read(event.target.value));
  if (element.multiline || element.type === "rich_text_input") return h("textarea", { ...props, rows: 4 });
  return h("input", { ...props, type: NATIVE[element.type] ?? "text" });
}

function feedback(element, block, ctx) {
  const one = (part, sign) => h("button", { type: "button", class: "btn", onclick: () => send(ctx, block, element, { do: "click", value: part.value }) }, h("span", { class: "label" }, sign, " ", words(part.text)));
  return h("span", {}, one(element.positive_button, "👍"), " ", one(element.negative_button, "👎"));
}

/** The node for an element of a block, within a message or view (`ctx`). */
export function control(element, block, outer) {
  const ctx = { ...outer, block: block.block_id };
  const kind = element.type;
  const tell = (value) => change(ctx, block, element, value);
  const id = idOf(ctx, block, element);
  if (["button", "workflow_button", "icon_button"].includes(kind)) return button(element, block, ctx);
  if (kind === "overflow") return overflow(element, block, ctx);
  if (kind === "feedback_buttons") return feedback(element, block, ctx);
  if (kind === "checkboxes" || kind === "radio_buttons") return choices(element, block, ctx);
  if (kind === "file_input") return fileField(element, current(ctx, block, element) ?? [], tell, ctx);
  if (kind.startsWith("multi_")) return pickMany(element, current(ctx, block, element) ?? [], tell, ctx, id);
  if (kind.endsWith("_select")) return pickOne(element, current(ctx, block, element), tell, ctx, id);
  return field(element, block, ctx);
}
