// Selects: a button that opens a searchable list; options from the payload, the workspace or the app.

import { act } from "./api.js";
import { h, icon } from "./dom.js";
import { popup } from "./popup.js";
import { members, roomName, store } from "./store.js";
import { said, words } from "./text.js";

const optionItem = (option, group) => ({
  value: option,
  id: option.value,
  label: words(option.text),
  find: said(option.text).toLowerCase(),
  sub: option.description ? said(option.description) : "",
  group,
});

function grouped(element) {
  if (element.option_groups) return element.option_groups.flatMap((group) => group.options.map((option) => optionItem(option, said(group.label))));
  return (element.options ?? []).map((option) => optionItem(option));
}

async function external(element, ctx, query) {
  const least = element.min_query_length ?? 3;
  if (query.length < least) throw new Error(least === 1 ? "Type to search" : `Type ${least} or more characters to search`);
  const answer = await act({ do: "suggest", ...ctx.where, block_id: ctx.block, action_id: element.action_id, value: query }, { quiet: true });
  if (!answer.ok) throw new Error(answer.error);
  return grouped(answer.answer ?? {});
}

function listed(element) {
  if (element.type.includes("users")) {
    return members().map((one) => ({ value: one.id, id: one.id, label: [one.real_name], find: `${one.real_name} ${one.name}`.toLowerCase(), sub: one.title }));
  }
  if (element.type.includes("channels") || element.type.includes("conversations")) {
    const rooms = store.state.channels.filter((room) => element.type.includes("conversations") || room.kind === "public");
    return rooms.map((room) => ({ value: room.id, id: room.id, label: [`${room.kind === "im" ? "" : "#"}${roomName(room)}`], find: roomName(room).toLowerCase() }));
  }
  return grouped(element);
}

const isExternal = (element) => element.type.includes("external");

async function items(element, ctx, query) {
  if (isExternal(element)) return external(element, ctx, query);
  const wanted = query.trim().toLowerCase();
  return listed(element).filter((item) => !wanted || item.find.includes(wanted));
}

const idOfValue = (value) => (typeof value === "string" ? value : value?.value);

function label(value, element) {
  if (typeof value !== "string") return words(value?.text);
  return listed(element).find((item) => item.id === value)?.label ?? [value];
}

function opener(element, ctx, id, shown, open, empty) {
  return h("button", {
    type: "button", class: "pick", id: ctx.labelled, "data-key": id, "aria-haspopup": "listbox", "aria-expanded": "false",
    "aria-describedby": ctx.described, "aria-label": ctx.label ? `${ctx.label}: ${empty ? "nothing chosen" : shown.textContent}` : undefined, onclick: open,
  }, shown, icon("chevron"));
}

/** One value: an option, or the id of a person or channel. */
export function pickOne(element, value, tell, ctx, id) {
  let now = value ?? null;
  const shown = h("span", { class: "shown" });
  const draw = () => {
    shown.classList.toggle("none", now === null);
    shown.replaceChildren(...h("span", {}, now === null ? words(element.placeholder ?? "Select an option") : label(now, element)).childNodes);
  };
  const pick = (next) => {
    now = next;
    draw();
    tell(next);
  };
  const load = async (query) => {
    const found = await items(element, ctx, query);
    const clear = now !== null && ctx.optional && !query ? [{ label: "Clear the choice", chosen: false, pick: () => pick(null) }] : [];
    return [...clear, ...found.map((item) => ({ ...item, chosen: item.id === idOfValue(now), pick: () => pick(item.value) }))];
  };
  draw();
  const many = isExternal(element) || listed(element).length > 7;
  return opener(element, ctx, id, shown, (event) => popup(event.currentTarget, { load, search: many, label: ctx.label ?? "Options" }), now === null);
}

/** Several values, shown as chips below the opener. */
export function pickMany(element, values, tell, ctx, id) {
  let now = [...values];
  const chips = h("div", { class: "chips" });
  const shown = h("span", { class: "shown none" });
  const most = element.max_selected_items ?? 100;
  const put = (next) => {
    now = next;
    draw();
    tell(now);
  };
  const without = (one) => now.filter((value) => idOfValue(value) !== idOfValue(one));
  const chip = (value) => h("span", { class: "chip" }, label(value, element),
    h("button", { type: "button", "aria-label": "Remove", onclick: () => put(without(value)) }, "×"));
  const draw = () => {
    shown.replaceChildren(...h("span", {}, now.length ? `${now.length} selected` : words(element.placeholder ?? "Select options")).childNodes);
    chips.replaceChildren(...now.map(chip));
  };
  const load = async (query) => (await items(element, ctx, query)).map((item) => {
    const chosen = now.some((value) => idOfValue(value) === item.id);
    return { ...item, chosen, pick: () => { if (chosen || now.length < most) put(chosen ? without(item.value) : [...now, item.value]); return true; } };
  });
  draw();
  return h("div", {}, opener(element, ctx, id, shown, (event) => popup(event.currentTarget, { load, search: true, label: ctx.label ?? "Options" }), false), chips);
}
