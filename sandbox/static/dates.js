// Dates in the reader's own language and zone, by Telegram's format string: r, or any of w, d or D, t or T.

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const STEPS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];

export function options(format) {
  const chosen = {};
  if (format.includes("w")) chosen.weekday = "long";
  if (format.includes("d")) Object.assign(chosen, { year: "numeric", month: "2-digit", day: "2-digit" });
  if (format.includes("D")) Object.assign(chosen, { year: "numeric", month: "long", day: "numeric" });
  if (format.includes("t")) Object.assign(chosen, { hour: "2-digit", minute: "2-digit" });
  if (format.includes("T")) Object.assign(chosen, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return chosen;
}

export function relative(unix, now) {
  const seconds = unix - now;
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

export function written(unix, format, fallback, now = Date.now() / 1000) {
  if (format === "r") return relative(unix, now);
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

export function day(unix) {
  return new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" }).format(unix * 1000);
}

export function refresh(root) {
  for (const element of root.querySelectorAll("time[data-format='r']")) {
    element.textContent = relative(Number(element.dataset.unix), Date.now() / 1000);
  }
}
