// One message as an element.

import { fileUrl } from "./api.js";
import { clock, inFull } from "./dates.js";
import { initials, make } from "./dom.js";
import { deepLink, render } from "./text.js";

export function name(user) {
  return user.first_name ?? user.title ?? String(user.id);
}

export function message(item, me, actions) {
  if (item.service) return make("li", { class: "service", "data-id": item.message_id }, service(item));
  const own = item.from.id === me;
  const parts = [author(item, own), quote(item, actions), attachment(item), words(item, actions), foot(item, own, actions)];
  const bubble = make("div", { class: "bubble", onclick: (event) => actions.select(item, event) }, ...parts);
  return make("li", { class: own ? "message own" : "message", "data-id": item.message_id }, bubble, keyboard(item, actions));
}

function service(item) {
  const [kind, value] = Object.entries(item.service)[0];
  const told = {
    new_chat_members: () => `${value.map(name).join(", ")} joined`,
    left_chat_member: () => `${name(value)} left`,
    migrate_to_chat_id: () => `This group became a supergroup with the number ${value}`,
    migrate_from_chat_id: () => `This supergroup was the group ${value}`,
  }[kind];
  return told ? told() : kind;
}

function author(item, own) {
  const via = item.via_bot ? ` via @${item.via_bot.username}` : "";
  if (own && !via) return make("span", { class: "unseen" }, "You: ");
  return make("p", { class: "author" }, `${own ? "You" : name(item.from)}${via}${item.forwarded ? " (forwarded)" : ""}`);
}

function quote(item, actions) {
  const replied = item.reply_to && actions.message(item.reply_to);
  return replied ? make("p", { class: "quote" }, `${name(replied.from)}: ${replied.text || "a file"}`) : null;
}

function attachment(item) {
  if (!item.document) return null;
  const url = fileUrl(item.document.file_id);
  const label = item.document.file_name;
  if (item.is_photo) {
    return make("a", { href: url, download: label }, make("img", { class: "picture", src: url, alt: `Picture ${label}` }));
  }
  const extension = label.includes(".") ? label.split(".").pop().slice(0, 4) : "file";
  const size = make("small", {}, ` ${bytes(item.document.file_size)}`);
  const face = make("span", { class: "face", "aria-hidden": "true" }, extension);
  return make("a", { class: "attachment", href: url, download: label }, face, make("span", {}, label, size));
}

function bytes(size) {
  return size < 1024 ? `${size} bytes` : `${(size / 1024).toFixed(size < 10240 ? 1 : 0)} KB`;
}

function words(item, actions) {
  return item.text ? make("div", { class: "words" }, ...render(item.text, item.entities, actions)) : null;
}

function foot(item, own, actions) {
  const parts = [];
  if (item.reactions.length) parts.push(make("span", { "aria-label": "Reactions" }, item.reactions.join(" ")));
  if (item.pinned) parts.push(make("span", {}, "pinned"));
  parts.push(make("button", { type: "button", class: "act", onclick: (event) => { event.stopPropagation(); actions.reply(item); } }, "Reply"));
  if (own && !item.document && !item.via_bot) {
    parts.push(make("button", { type: "button", class: "act", onclick: (event) => { event.stopPropagation(); actions.edit(item); } }, "Edit"));
  }
  parts.push(make("button", { type: "button", class: "act raw", onclick: (event) => { event.stopPropagation(); actions.inspect(item, event); } }, "Raw"));
  parts.push(make("time", { title: inFull(item.date) }, `${item.edited ? "edited " : ""}${clock(item.date)}`));
  return make("div", { class: "foot" }, ...parts);
}

function keyboard(item, actions) {
  if (!item.keyboard.length) return null;
  const rows = item.keyboard.map((row) => make("div", { class: "keyboard-row" }, ...row.map((button) => key(item, button, actions))));
  return make("div", { class: "keyboard", role: "group", "aria-label": "Buttons of the message" }, ...rows);
}

function key(item, button, actions) {
  const look = `key ${button.style ?? ""}`.trim();
  const outside = button.url && !deepLink(button.url, actions.bots()) && /^https?:/iu.test(button.url);
  if (outside) {
    return make("a", { class: look, href: button.url, title: button.url, target: "_blank", rel: "noopener noreferrer" }, `${button.text} ↗`);
  }
  const element = make("button", { type: "button", class: look }, button.text);
  element.addEventListener("click", () => actions.press(item, button, element));
  return element;
}

export function face(person) {
  return make("span", { class: "face", "aria-hidden": "true" }, initials(person.first_name));
}
