// Whoever reads the newest message stays there; whoever reads an older one is told that there is something new.

import { find } from "./dom.js";

const NEAR_END_PX = 120;

export function isNearEnd() {
  const box = find("scroller");
  return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
}

export function toEnd() {
  find("scroller").scrollTop = find("scroller").scrollHeight;
  find("newest").hidden = true;
}

export function connect() {
  // A keyboard that opens, a panel, a turned phone: the end stays in sight.
  let near = true;
  find("scroller").addEventListener("scroll", () => {
    near = isNearEnd();
    if (near) find("newest").hidden = true;
  });
  find("newest").addEventListener("click", () => { toEnd(); find("scroller").focus(); });
  new ResizeObserver(() => near && toEnd()).observe(find("scroller"));
}
