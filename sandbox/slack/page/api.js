// What the person does, sent to the server; what goes wrong is said in a toast.

import { store } from "./store.js";
import { toast } from "./toast.js";

/** One act. Gives the server's answer; shows its error unless `quiet`. */
export async function act(what, { quiet = false } = {}) {
  let answer;
  try {
    const reply = await fetch("/practice/act", { method: "POST", body: JSON.stringify({ user: store.me, ...what }) });
    answer = await reply.json();
  } catch {
    answer = { ok: false, error: "The practice server does not answer. Is it still running?" };
  }
  if (!answer.ok && !quiet && answer.error) toast(answer.error, true);
  return answer;
}

/** Uploads files: into a conversation, or (without one) for a file field. */
export async function drop(files, channel, text = "") {
  const form = new FormData();
  form.set("user", store.me);
  if (channel) form.set("channel", channel);
  if (text) form.set("text", text);
  for (const file of files) form.append("file", file, file.name);
  try {
    const reply = await fetch("/practice/drop", { method: "POST", body: form });
    const answer = await reply.json();
    if (!answer.ok && channel) toast(`The app did not take the file (${answer.error}). It will be told again.`, true);
    return answer;
  } catch {
    toast("The file could not be uploaded.", true);
    return { ok: false, files: [] };
  }
}
