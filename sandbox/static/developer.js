// What went over the wire: the raw update or call behind a message, and the latest of both.

import { get } from "./api.js";
import { find, make } from "./dom.js";
import { attempt } from "./notices.js";

const KEPT = 120;

function raw(value) {
  return make("pre", { class: "json", tabindex: "0" }, JSON.stringify(value, null, 2));
}

export function isOpen() {
  return !find("developer").hidden;
}

export function toggle(open) {
  find("developer").hidden = !open;
  document.body.classList.toggle("with-developer", open);
  find("developer-open").setAttribute("aria-expanded", String(open));
  localStorage.setItem("developer", open ? "open" : "");
  if (open) find("developer-close").focus({ preventScroll: true });
  else find("developer-open").focus();
}

export async function select(item, element) {
  document.querySelector(".selected-message")?.classList.remove("selected-message");
  element.classList.add("selected-message");
  const updates = await Promise.all(item.updates.map((id) => attempt(() => get("update", { id }))));
  const calls = await Promise.all(item.calls.map((seq) => attempt(() => get("call", { seq }))));
  const parts = [
    make("h3", {}, `Message ${item.message_id}`),
    ...behind("What the bot was told", updates, (update) => `${kindOf(update)}, update ${update.update_id}`),
    ...behind("What the bot called", calls, (call) => `${call.method}, call ${call.seq}`),
  ];
  if (parts.length === 1) parts.push(make("p", {}, "No bot heard it, or it is older than this run."), raw(item));
  find("selected").hidden = false;
  find("selected").replaceChildren(...parts);
  find("selected").scrollIntoView({ block: "start" });
}

function behind(heading, values, label) {
  // Oldest first, the newest open.
  const known = values.filter(Boolean);
  const told = known.map((value, place) => make(
    "details",
    { open: place === known.length - 1 },
    make("summary", {}, label(value)),
    raw(value),
  ));
  return known.length ? [make("p", {}, heading), ...told] : [];
}

function kindOf(update) {
  return Object.keys(update).find((name) => name !== "update_id");
}

export function pressed(update, messages) {
  // A press is behind its message as well, even if that stays as it is.
  const press = update.callback_query;
  const isMeant = (item) => (press.inline_message_id
    ? item.inline_message_id === press.inline_message_id
    : item.message_id === press.message.message_id && item.chat === press.message.chat.id);
  const item = press && [...messages].find(isMeant);
  if (item && !item.updates.includes(update.update_id)) item.updates.push(update.update_id);
}

function add(summary, value, refused) {
  const line = make("li", { class: refused ? "refused" : undefined });
  const details = make("details", {}, make("summary", {}, ...summary));
  details.addEventListener("toggle", () => details.open && details.childElementCount === 1 && details.append(raw(value)));
  line.append(details);
  const wire = find("wire");
  wire.prepend(line);
  while (wire.childElementCount > KEPT) wire.lastElementChild.remove();
}

export function call(value) {
  const note = value.ok ? (value.text ?? "").slice(0, 60) : value.description;
  const where = value.chat_id ? ` → ${value.chat_id}` : "";
  add([make("span", { class: "method" }, value.method), where, make("span", { class: "note" }, note ? ` ${note}` : "")], value, !value.ok);
}

export function update(value) {
  const kind = kindOf(value);
  const inner = value[kind];
  const note = inner.text ?? inner.data ?? inner.query ?? "";
  add([make("span", { class: "method" }, `↓ ${kind}`), make("span", { class: "note" }, ` ${note.slice(0, 60)}`)], value, false);
}

export async function load() {
  const { last } = await get("transcript", { since: 0, limit: 1 });
  const { calls } = await get("transcript", { since: Math.max(0, last - 40) });
  find("wire").replaceChildren();
  calls.filter((item) => item.method !== "getUpdates").forEach(call);
}
