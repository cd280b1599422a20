// table and data_table blocks; a data table sorts and pages in the browser.

import { h } from "./dom.js";
import { control } from "./controls.js";
import { richLine } from "./rich.js";

function cell(value, block, ctx) {
  if (value.type === "rich_text") return richLine(value);
  if (value.type === "action") return [control(value.element, block, ctx)];
  return [String(value.text ?? value.value ?? "")];
}

const plain = (value) => (value.type === "rich_text" ? h("i", {}, richLine(value)).textContent : String(value.text ?? value.value ?? ""));
const isNumber = (value) => value.type === "raw_number";

export function table(block, ctx) {
  const settings = block.column_settings ?? [];
  const classes = (place) => [settings[place]?.align, settings[place]?.is_wrapped ? "wrap" : ""].filter(Boolean).join(" ");
  const row = (cells, tag) => h("tr", {}, cells.map((value, place) => h(tag, { class: classes(place), scope: tag === "th" ? "col" : undefined }, cell(value, block, ctx))));
  const [head, ...rest] = block.rows;
  return h("div", { class: "b-table", tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", {}, h("thead", {}, row(head, "th")), h("tbody", {}, rest.map((cells) => row(cells, "td")))));
}

function ordered(rows, sorting) {
  if (sorting.column < 0) return rows;
  const value = (row) => row[sorting.column];
  const compare = (one, other) => {
    const [a, b] = [value(one), value(other)];
    if (isNumber(a) && isNumber(b)) return a.value - b.value;
    return plain(a).localeCompare(plain(b), undefined, { numeric: true });
  };
  return [...rows].sort((one, other) => sorting.way * compare(one, other));
}

export function dataTable(block, ctx) {
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const sorting = { column: -1, way: 1 };
  const named = block.row_header_column_index ?? 0;
  let page = 0;
  const body = h("tbody");
  const heads = h("tr");
  const where = h("span");
  const pages = Math.ceil(rows.length / size);
  const sort = (column) => () => {
    sorting.way = sorting.column === column ? -sorting.way : 1;
    sorting.column = column;
    draw();
  };
  const sign = (column) => (sorting.column === column ? (sorting.way > 0 ? " ↑" : " ↓") : "");
  const side = (value) => (isNumber(value) ? "right" : "");
  const draw = () => {
    const shown = ordered(rows, sorting).slice(page * size, (page + 1) * size);
    heads.replaceChildren(...head.map((value, place) => h("th", { scope: "col", class: side(rows[0][place]), "aria-sort": sorting.column === place ? (sorting.way > 0 ? "ascending" : "descending") : undefined },
      h("button", { type: "button", onclick: sort(place) }, plain(value) + sign(place)))));
    body.replaceChildren(...shown.map((row) => h("tr", {}, row.map((value, place) => h(place === named ? "th" : "td", { class: side(value), scope: place === named ? "row" : undefined }, cell(value, block, ctx))))));
    where.textContent = `${page * size + 1}–${Math.min(rows.length, (page + 1) * size)} of ${rows.length}`;
  };
  const turn = (by) => () => {
    page = Math.max(0, Math.min(pages - 1, page + by));
    draw();
  };
  draw();
  const pager = pages > 1 ? h("div", { class: "pager" }, where,
    h("button", { type: "button", class: "btn", "aria-label": "Previous rows", onclick: turn(-1) }, "‹"),
    h("button", { type: "button", class: "btn", "aria-label": "Next rows", onclick: turn(1) }, "›")) : null;
  return h("div", { class: "b-table", tabindex: "0", role: "region", "aria-label": block.caption },
    h("table", {}, h("caption", {}, block.caption), h("thead", {}, heads), body), pager);
}
