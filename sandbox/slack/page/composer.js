// Where people write: commands with suggestions, mentions, plain messages, files.

import { act, drop } from "./api.js";
import { h, icon, iconButton } from "./dom.js";
import { avatar } from "./people.js";
import { isBotRoom, members, room, roomName, store } from "./store.js";

const texts = new Map();

/** The suggestions for what stands before the caret: [{text, hint, label}]. */
function suggestions(value, caret) {
  if (value.startsWith("/")) return commands(value);
  const at = /(?:^|\s)@([\w.]*)$/.exec(value.slice(0, caret));
  if (!at) return [];
  const start = caret - at[1].length - 1;
  return members().filter((one) => `${one.name} ${one.real_name}`.toLowerCase().includes(at[1].toLowerCase())).slice(0, 6)
    .map((one) => ({ text: `${value.slice(0, start)}@${one.name} ${value.slice(caret)}`, label: one.real_name, hint: `@${one.name}`, icon: avatar(one.id, true) }));
}

function commands(value) {
  const out = [];
  for (const command of store.state.commands) {
    const lines = [[command.name, command.description || command.usage_hint], ...command.completions.map(([text, hint, usage]) => [`${command.name} ${text}`, hint, usage])];
    for (const [text, hint, usage] of lines) {
      if (text.toLowerCase().startsWith(value.toLowerCase()) && text !== value) out.push({ text: `${text} `, code: text, hint, usage });
    }
  }
  return out.slice(0, 12);
}

function legend(value) {
  const command = store.state.commands.find((one) => value.startsWith(`${one.name} `) || value === one.name);
  return command?.usage_hint ? `${command.name} ${command.usage_hint}` : "";
}

/** A composer for a channel (and thread); `key` keeps its unsent text. */
export function composer(key, channel, { threadTs = "", label, files = true } = {}) {
  const list = h("div", { class: "suggest", role: "listbox", id: `s-${key}`.replace(/\W/g, "-"), "aria-label": "Suggestions", hidden: true });
  let found = [];
  let at = 0;
  const area = h("textarea", {
    id: threadTs ? undefined : "compose", rows: 1, placeholder: label, "aria-label": label, "data-key": `compose-${key}`, role: "combobox", "aria-expanded": "false",
    "aria-autocomplete": "list", "aria-controls": list.id, autocomplete: "off", spellcheck: "false", value: texts.get(key) ?? "",
  });
  const sendButton = h("button", { type: "button", class: "send", "aria-label": "Send", onclick: () => submit() }, icon("send"));

  const draw = () => {
    const note = legend(area.value);
    list.hidden = !(found.length || (note && area.value.startsWith("/")));
    area.setAttribute("aria-expanded", String(!list.hidden));
    list.replaceChildren(...(note ? [h("div", { class: "legend" }, note)] : []), ...found.map((one, place) =>
      h("button", { type: "button", class: place === at ? "choice at" : "choice", role: "option", "aria-selected": String(place === at), tabindex: "-1", onmousedown: (event) => { event.preventDefault(); accept(one); } },
        one.icon, h("span", { class: "grow" }, one.code ? h("code", {}, one.code, one.usage ? h("span", { class: "usage" }, ` ${one.usage}`) : null) : one.label, one.hint ? h("span", { class: "sub" }, one.hint) : null))));
    list.querySelector(".at")?.scrollIntoView({ block: "nearest" });
  };
  const update = () => {
    texts.set(key, area.value);
    area.style.height = "auto";
    area.style.height = `${Math.min(190, area.scrollHeight)}px`;
    sendButton.disabled = !area.value.trim();
    found = suggestions(area.value, area.selectionStart);
    at = 0;
    draw();
  };
  const accept = (one) => {
    area.value = one.text;
    area.focus();
    update();
  };
  const submit = async () => {
    const text = area.value.trim();
    if (!text) return;
    area.value = "";
    update();
    const what = text.startsWith("/") && !threadTs ? { do: "command", text } : { do: "say", text, thread_ts: threadTs };
    await act({ ...what, channel }, { quiet: text.startsWith("/") || what.do === "say" });
  };
  area.addEventListener("input", update);
  area.addEventListener("blur", () => { list.hidden = true; });
  area.addEventListener("focus", update);
  area.addEventListener("keydown", (event) => {
    const open = !list.hidden && found.length > 0;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      draw();
    } else if (open && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      accept(found[at]);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (open && (at > 0 || !isWhole(area.value))) accept(found[at]);
      else submit();
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      list.hidden = true;
    }
  });
  const chooser = h("input", { type: "file", multiple: true, hidden: true, onchange: () => { drop([...chooser.files], channel, area.value.trim()); area.value = ""; chooser.value = ""; update(); } });
  queueMicrotask(update);
  return h("div", { class: "composer" }, list, area,
    h("div", { class: "bar" }, files ? iconButton("clip", "Share files", () => chooser.click()) : null, chooser,
      h("span", { class: "spread" }, "Enter sends · / for commands · drop files anywhere"), sendButton));
}

/** Whether the text can be sent as it is: a command known by the app, or no command at all. */
function isWhole(value) {
  const text = value.trim();
  return !text.startsWith("/") ? !/(?:^|\s)@[\w.]*$/.test(value) : store.state.commands.some((one) => text === one.name || text.startsWith(`${one.name} `));
}

let shown = "";

export function drawComposer() {
  const node = document.getElementById("foot");
  const one = room();
  node.hidden = isBotRoom(one) && store.tab === "home";
  const key = `${store.me}/${store.place}`;
  if (shown === key || !one) return;
  shown = key;
  const label = isBotRoom(one) ? `Message ${roomName(one)}` : `Message #${roomName(one)}`;
  node.replaceChildren(composer(key, one.id, { label }));
}

export function fillComposer(text) {
  const area = document.getElementById("compose");
  if (!area) return;
  area.value = text;
  area.focus();
  area.setSelectionRange(text.length, text.length);
  area.dispatchEvent(new Event("input"));
}
