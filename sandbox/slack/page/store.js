// What the page knows: the last picture from the server, who is looking, and where.

export const store = {
  state: null,
  me: localStorage.getItem("practice.me") ?? "",
  place: "",
  tab: "messages",
  thread: "",
  drawer: false,
  hintsHidden: sessionStorage.getItem("practice.hints") === "hidden",
};

const listeners = new Set();
let wanted = false;
let fetching = false;

export function onChange(listener) {
  listeners.add(listener);
}

export function changed() {
  for (const listener of listeners) listener();
}

/** Fetches the picture; calls that arrive meanwhile are answered by one more fetch. */
export async function refresh() {
  wanted = true;
  if (fetching) return;
  fetching = true;
  try {
    while (wanted) {
      wanted = false;
      const asked = store.me;
      const answer = await fetch(`/practice/state${asked ? `?user=${encodeURIComponent(asked)}` : ""}`);
      const state = await answer.json();
      if (asked !== store.me) {
        wanted = true;
        continue;
      }
      if (!settle(state)) {
        wanted = true;
        continue;
      }
      store.state = state;
      changed();
    }
  } finally {
    fetching = false;
  }
}

/** Chooses who looks and where when that is not settled yet; false asks for another picture. */
function settle(state) {
  const people = members(state);
  if (!people.some((person) => person.id === store.me)) {
    store.me = (people.find((person) => person.id === state.hints[0]?.person) ?? people[0]).id;
    return false;
  }
  if (!state.channels.some((room) => room.id === store.place)) {
    const linked = /^\/archives\/(\w+)/.exec(location.pathname)?.[1];
    const dm = state.channels.find((room) => room.kind === "im" && room.user === store.me);
    store.place = state.channels.find((room) => room.id === linked)?.id ?? dm?.id ?? state.channels[0]?.id ?? "";
  }
  return true;
}

export function live() {
  const source = new EventSource("/practice/live");
  source.onmessage = (event) => {
    if (!store.state || Number(event.data) !== store.state.version) refresh();
  };
  source.onopen = () => document.body.classList.remove("offline");
  source.onerror = () => document.body.classList.add("offline");
}

export function members(state = store.state) {
  return state.people.filter((person) => !person.is_bot && !person.deleted);
}

export function person(id) {
  return store.state?.people.find((one) => one.id === id);
}

export function nameOf(id) {
  return person(id)?.real_name ?? id;
}

export function me() {
  return person(store.me);
}

export function room(id = store.place) {
  return store.state?.channels.find((one) => one.id === id);
}

export function isBotRoom(one = room()) {
  return one?.kind === "im";
}

export function roomName(one) {
  if (!one) return "";
  if (one.kind === "im") return store.state.app.name;
  return one.name || one.members.filter((id) => id !== store.me).map(nameOf).join(", ");
}

export function inRoom(id) {
  return store.state.messages.filter((message) => message.channel === id);
}

export function isReply(message) {
  return Boolean(message.thread_ts) && message.thread_ts !== message.ts;
}

export function replies(ts, channel) {
  return inRoom(channel).filter((message) => message.thread_ts === ts && message.ts !== ts);
}

export function switchTo(user) {
  store.me = user;
  store.thread = "";
  store.tab = "messages";
  store.place = room(store.place)?.kind === "im" ? "" : store.place;
  localStorage.setItem("practice.me", user);
  return refresh();
}

export function go(place, tab = "messages") {
  store.place = place;
  store.tab = tab;
  store.thread = "";
  changed();
}

function readKey(channel) {
  return `practice.read.${store.state.team.id}.${location.port}.${store.me}.${channel}`;
}

export function markRead(channel) {
  const last = inRoom(channel).at(-1);
  if (last && document.visibilityState === "visible") localStorage.setItem(readKey(channel), last.ts);
}

export function unread(channel) {
  const seen = localStorage.getItem(readKey(channel)) ?? "0";
  return inRoom(channel).filter((message) => message.ts > seen && message.user !== store.me && !isReply(message)).length;
}
