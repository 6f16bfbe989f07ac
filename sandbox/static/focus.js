// Whoever goes by keyboard stays where they are when a message changes under their hands, a dialog or not.

import { find } from "./dom.js";

let waiting = null;

export function openDialog(dialog) {
  waiting = document.activeElement;
  dialog.addEventListener("close", giveBack, { once: true });
  dialog.showModal();
}

function giveBack() {
  // The browser does so itself, but not if the button was replaced meanwhile.
  waiting?.focus({ preventScroll: true });
  waiting = null;
}

export function replace(old, fresh) {
  const focused = [document.activeElement, waiting].find((element) => element && old?.contains(element));
  const place = focused ? [...old.querySelectorAll(".key")].indexOf(focused) : -1;
  old?.replaceWith(fresh);
  if (!focused) return;
  const choices = [...fresh.querySelectorAll("button, a")];
  const keys = [...fresh.querySelectorAll(".key")];
  const same = choices.find((choice) => choice.textContent === focused.textContent);
  const next = same ?? keys[Math.min(place, keys.length - 1)] ?? find("scroller");
  if (focused === waiting) waiting = next;
  else next.focus({ preventScroll: true });
}
