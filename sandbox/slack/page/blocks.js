// Blocks as DOM nodes: one small function per block type.

import { control } from "./controls.js";
import { h } from "./dom.js";
import { markdown, richText } from "./rich.js";
import { dataTable, table } from "./tables.js";
import { said, textBox, words } from "./text.js";

const WIDE = /select|picker|checkboxes|radio/;

function image(element, kind = "") {
  const source = element.image_url ?? (element.slack_file?.id ? `/practice/files/${element.slack_file.id}` : element.slack_file?.url);
  return h("img", { src: source, alt: element.alt_text, class: kind, loading: "lazy" });
}

function section(block, ctx) {
  const { accessory } = block;
  const side = accessory && h("div", { class: WIDE.test(accessory.type) ? "accessory wide" : "accessory" }, accessory.type === "image" ? image(accessory) : control(accessory, block, ctx));
  return h("div", { class: "b-section" },
    block.text ? textBox(block.text) : null,
    block.fields ? h("div", { class: "fields" }, block.fields.map((one) => textBox(one))) : null,
    side);
}

function context(block) {
  return h("div", { class: "b-context" }, block.elements.map((one) => (one.type === "image" ? image(one) : textBox(one, "span"))));
}

function input(block, ctx) {
  const error = ctx.errors?.[block.block_id];
  const id = `f-${ctx.key}-${block.block_id}`.replace(/\W/g, "-");
  const described = [error ? `${id}-e` : "", block.hint ? `${id}-h` : ""].filter(Boolean).join(" ") || undefined;
  const inner = { ...ctx, labelled: id, described, error, label: said(block.label), optional: block.optional };
  return h("div", { class: error ? "field faulty" : "field" },
    h("label", { class: "label", for: id }, words(block.label), block.optional ? h("span", { class: "quiet" }, " (optional)") : null),
    control(block.element, block, inner),
    error ? h("div", { class: "error", id: `${id}-e`, role: "alert" }, "⚠ ", error) : null,
    block.hint ? h("div", { class: "hint-text", id: `${id}-h` }, words(block.hint)) : null);
}

function card(block, ctx) {
  const icon = block.icon ? image(block.icon) : null;
  const head = block.title || block.subtitle || icon
    ? h("div", { class: "card-head" }, icon, h("div", {},
        block.title ? h("div", { class: "card-title" }, words(block.title)) : null,
        block.subtitle ? h("div", { class: "card-sub" }, words(block.subtitle)) : null))
    : null;
  return h("article", { class: "b-card" },
    block.hero_image ? image(block.hero_image, "hero") : null,
    h("div", { class: "card-in" }, head,
      block.body ? textBox(block.body) : null,
      block.subtext ? h("div", { class: "card-sub" }, words(block.subtext)) : null,
      block.actions?.length ? h("div", { class: "b-actions" }, block.actions.map((one) => control(one, block, ctx))) : null));
}

function container(block, ctx) {
  const title = h("div", {}, block.rich_text_title ? richText(block.rich_text_title) : words(block.title), block.subtitle ? h("div", { class: "c-sub" }, words(block.subtitle)) : null);
  const icon = block.icon ? image(block.icon) : null;
  const inside = h("div", { class: "c-body" }, block.child_blocks.map((child) => blockNode(child, ctx)));
  if (block.is_collapsible) return h("details", { class: "b-container", open: !block.default_collapsed }, h("summary", {}, icon, title), inside);
  return h("div", { class: block.has_header_divider ? "b-container ruled" : "b-container" }, h("div", { class: "c-head" }, icon, title), inside);
}

const STATES = { pending: "", in_progress: "", complete: "✓", error: "!" };

function task(block) {
  return h("div", { class: `b-task ${block.status}` },
    h("span", { class: "state", role: "img", "aria-label": block.status.replace("_", " ") }, STATES[block.status]),
    h("div", {}, h("div", {}, block.title), block.details ? richText(block.details) : null, block.output ? richText(block.output) : null));
}

const NODES = {
  actions: (block, ctx) => h("div", { class: "b-actions" }, block.elements.map((one) => control(one, block, ctx))),
  alert: (block) => h("div", { class: `b-alert ${block.level ?? "default"}`, role: "note" }, textBox(block.text)),
  card,
  carousel: (block, ctx) => h("div", { class: "b-carousel", tabindex: "0", role: "group" }, block.elements.map((one) => card(one, ctx))),
  container,
  context,
  context_actions: (block, ctx) => NODES.actions(block, ctx),
  data_table: dataTable,
  divider: () => h("hr", { class: "b-divider" }),
  file: (block) => h("div", { class: "quiet" }, `File ${block.external_id}`),
  header: (block) => h("h3", { class: `b-header level-${block.level ?? 1}` }, words(block.text)),
  image: (block) => h("figure", { class: "b-image" }, block.title ? h("figcaption", {}, words(block.title)) : null, image(block)),
  input,
  markdown: (block) => markdown(block.text),
  plan: (block) => h("div", { class: "b-container" }, h("div", { class: "c-head" }, block.title), h("div", { class: "c-body" }, (block.tasks ?? []).map(task))),
  rich_text: richText,
  section,
  table,
  task_card: task,
  video: (block) => h("div", {}, h("a", { href: block.title_url ?? block.video_url, target: "_blank", rel: "noopener noreferrer" }, words(block.title)), block.description ? textBox(block.description) : null),
};

export function blockNode(block, ctx) {
  return NODES[block.type]?.(block, ctx) ?? h("div", { class: "quiet" }, `(${block.type})`);
}

/** All blocks of a message or view. */
export const blocksNode = (blocks, ctx) => h("div", { class: "blocks" }, blocks.map((block) => blockNode(block, ctx)));
