// The list of people: who am I, and where is something unread.

import { find, initials, make } from "./dom.js";
import { face } from "./messages.js";

const FIND_FROM = 12;
const read = JSON.parse(localStorage.getItem("read") ?? "{}");

export function markRead(person, bot, messageId) {
  const key = `${person}:${bot}`;
  if ((read[key] ?? 0) >= messageId) return;
  read[key] = messageId;
  localStorage.setItem("read", JSON.stringify(read));
}

addEventListener("storage", (event) => {
  if (event.key === "read") Object.assign(read, JSON.parse(event.newValue ?? "{}"));
});

export function isUnread(person) {
  return Object.entries(person.last).some(([bot, last]) => (read[`${person.id}:${bot}`] ?? 0) < last);
}

export function draw(people, total, me, choose) {
  find("finder").hidden = total < FIND_FROM && !find("find").value;
  const list = find("people-list");
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.person : null;
  list.replaceChildren(...people.map((person) => row(person, me, choose)));
  if (focused) list.querySelector(`[data-person="${focused}"]`)?.focus();
  const current = people.find((person) => person.id === me);
  find("me-badge").textContent = current ? initials(current.first_name) : "?";
  find("me-name").textContent = current ? current.first_name : "nobody yet";
  find("others-unread").hidden = !people.some((person) => person.id !== me && isUnread(person));
}

function row(person, me, choose) {
  const unread = person.id !== me && isUnread(person);
  const words = make(
    "span",
    { class: "person-words" },
    make("span", { class: "person-name" }, person.first_name),
    make("span", { class: "person-about" }, about(person)),
  );
  const mark = unread ? [make("span", { class: "dot" }), make("span", { class: "unseen" }, "something new")] : [];
  const button = make(
    "button",
    {
      type: "button",
      class: "person",
      "data-person": person.id,
      "aria-current": person.id === me ? "true" : undefined,
      onclick: () => choose(person.id),
    },
    face(person),
    words,
    ...mark,
  );
  return make("li", {}, button);
}

function about(person) {
  const language = person.language_code ? `\u00a0·\u00a0${person.language_code}` : "";
  return `${person.deactivated ? "account closed" : person.about || `number ${person.id}`}${language}`;
}

export function arrows(event) {
  // Up and down move through the list.
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const rows = [...find("people-list").querySelectorAll("button")];
  const place = rows.indexOf(document.activeElement);
  if (!step || place < 0) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(rows.length - 1, place + step))].focus();
}
