// What passes by: toasts, alerts, the small dialogs.

import { find, make } from "./dom.js";
import { openDialog } from "./focus.js";

const SHOWN_MS = 5000;

export function toast(text) {
  const shown = make("p", { class: "toast" }, text);
  find("toasts").append(shown);
  setTimeout(() => shown.remove(), SHOWN_MS);
}

export function alert(text) {
  find("alert-text").textContent = text;
  openDialog(find("alert"));
}

export async function attempt(action) {
  // Whatever the sandbox refuses is said, not swallowed.
  try {
    return await action();
  } catch (error) {
    toast(error.message);
    return undefined;
  }
}

export function askPerson() {
  const dialog = find("person-dialog");
  const form = find("person-form");
  form.reset();
  openDialog(dialog);
  return new Promise((resolve) => {
    const done = () => {
      dialog.removeEventListener("close", done);
      const made = dialog.returnValue === "make" && find("person-name").value.trim();
      const fields = { first_name: find("person-name").value.trim(), about: find("person-about").value.trim() };
      const language = find("person-language").value.trim();
      resolve(made ? { ...fields, ...(language ? { language_code: language } : {}) } : null);
      dialog.returnValue = "";
    };
    dialog.addEventListener("close", done);
  });
}

export function chooseChat(chats) {
  const dialog = find("share-dialog");
  return new Promise((resolve) => {
    const pick = (chat) => { chosen = chat; dialog.close(); };
    let chosen = null;
    find("share-list").replaceChildren(
      ...chats.map((chat) => make("button", { type: "button", class: "wide", onclick: () => pick(chat) }, chat.title)),
    );
    dialog.addEventListener("close", () => resolve(chosen), { once: true });
    openDialog(dialog);
  });
}
