// Dates in the reader's own language and zone, by Telegram's format string: r, or any of w, d or D, t or T.

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const STEPS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
let offset = 0;

export function setOffset(seconds) {
  // How far the sandbox's clock was pushed ahead of this computer's.
  offset = seconds;
}

export function now() {
  return Date.now() / 1000 + offset;
}

export function options(format) {
  const chosen = {};
  if (format.includes("w")) chosen.weekday = "long";
  if (format.includes("d")) Object.assign(chosen, { year: "numeric", month: "2-digit", day: "2-digit" });
  if (format.includes("D")) Object.assign(chosen, { year: "numeric", month: "long", day: "numeric" });
  if (format.includes("t")) Object.assign(chosen, { hour: "2-digit", minute: "2-digit" });
  if (format.includes("T")) Object.assign(chosen, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return chosen;
}

export function relative(unix, from) {
  const seconds = unix - from;
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

export function written(unix, format, fallback) {
  if (format === "r") return relative(unix, now());
  if (!format) return fallback;
  return new Intl.DateTimeFormat(undefined, options(format)).format(unix * 1000);
}

export function inFull(unix) {
  const when = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" }).format(unix * 1000);
  return `${when} (${ZONE})`;
}

export function clock(unix) {
  return new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format(unix * 1000);
}

export function shortly(unix) {
  return new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" }).format(unix * 1000);
}

export function amount(seconds) {
  // "1 day 2 hrs": the two largest units that matter.
  const parts = [];
  let left = Math.round(seconds);
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count) parts.push(new Intl.NumberFormat(undefined, { style: "unit", unit, unitDisplay: "short" }).format(count));
    left -= count * size;
  }
  return parts.slice(0, 2).join(" ");
}

export function day(unix) {
  return new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" }).format(unix * 1000);
}

export function refresh(root) {
  for (const element of root.querySelectorAll("time[data-format='r']")) {
    element.textContent = relative(Number(element.dataset.unix), now());
  }
}
