// What has been put into fields but not sent yet, kept while messages and modals are redrawn.

const drafts = new Map();
const SLOTS = [
  "value", "selected_option", "selected_options", "selected_user", "selected_users", "selected_conversation", "selected_conversations",
  "selected_channel", "selected_channels", "selected_date", "selected_time", "selected_date_time", "files", "rich_text_value",
];

export function draft(key, block, action) {
  return drafts.get(key)?.[block]?.[action];
}

export function keep(key, block, action, value) {
  const mine = drafts.get(key) ?? {};
  (mine[block] ??= {})[action] = value;
  drafts.set(key, mine);
}

/** Everything put into this message or view so far. */
export const draftsOf = (key) => drafts.get(key) ?? {};

export const forget = (key) => drafts.delete(key);

/** The value an element shows: the draft, else what the server holds. */
export function current(ctx, block, element) {
  const mine = draft(ctx.key, block.block_id, element.action_id);
  if (mine !== undefined) return mine;
  const state = ctx.values?.[block.block_id]?.[element.action_id];
  const slot = state && SLOTS.find((name) => name in state);
  return slot ? state[slot] : undefined;
}
