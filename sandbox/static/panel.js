// The clock that can be pushed forward, and the tables of whoever runs the bot. Only while somebody looks.

import { get, post } from "./api.js";
import { amount, now, relative, shortly, inFull } from "./dates.js";
import { find, make } from "./dom.js";
import { attempt } from "./notices.js";

const LOOK_MS = 1000;
const STEP_S = 600;
const STEP_MS = 50;
const NEAR_S = 60;
const shown = new Map();
let pushing = Promise.resolve();

export function ahead(offset) {
  // What to say of a clock that was pushed; nothing of one that was not.
  return offset < 1 ? "" : `+${amount(offset)}`;
}

export function drawClock(offset) {
  const unix = now();
  find("clock-now").textContent = inFull(unix);
  find("clock-now").setAttribute("datetime", new Date(unix * 1000).toISOString());
  find("clock-ahead").textContent = offset < 1 ? "as on this computer" : `${ahead(offset)} from this computer's`;
}

export function connect(offset) {
  for (const button of find("clock").querySelectorAll("[data-push]")) {
    button.addEventListener("click", () => { pushing = pushing.then(() => attempt(() => push(Number(button.dataset.push)))); });
  }
  const look = async () => {
    if (!find("developer").hidden && !document.hidden) {
      drawClock(offset());
      await refresh();
    }
    setTimeout(look, LOOK_MS);
  };
  look();
}

async function push(seconds) {
  // Time runs fast instead of jumping: in a day that is jumped over there are no ten minutes before anything.
  for (let left = seconds; left > 0; left -= STEP_S) {
    await post("clock", { advance: Math.min(STEP_S, left) });
    if (left > STEP_S) await new Promise((resolve) => { setTimeout(resolve, STEP_MS); });
  }
}

async function refresh() {
  try {
    draw((await get("panel")).tables);
  } catch {
    // The page says already that the sandbox is away, and asks again soon.
  }
}

function draw(tables) {
  for (const title of [...shown.keys()].filter((known) => !tables.some((table) => table.title === known))) {
    shown.get(title).remove();
    shown.delete(title);
  }
  tables.forEach(drawTable);
}

function drawTable(table) {
  if (!shown.has(table.title)) {
    shown.set(table.title, make("details", { class: "table", open: true }, make("summary", {}, table.title), make("div")));
    find("panel").append(shown.get(table.title));
  }
  shown.get(table.title).lastElementChild.replaceWith(table.rows.length ? grid(table) : make("p", { class: "hint" }, table.empty));
}

function grid(table) {
  const head = make("tr", {}, ...table.columns.map((name) => make("th", { scope: "col" }, name)));
  const rows = table.rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, content(cell)))));
  return make("table", { "aria-label": table.title }, make("thead", {}, head), make("tbody", {}, ...rows));
}

function content(cell) {
  if (cell === null || typeof cell !== "object") return String(cell ?? "");
  const properties = { datetime: new Date(cell.unix * 1000).toISOString(), title: inFull(cell.unix) };
  const distance = make("span", { class: "distance" }, relative(cell.unix, now()));
  const isNear = Math.abs(cell.unix - now()) < NEAR_S;
  return make("time", properties, ...(isNear ? [distance] : [`${shortly(cell.unix)} `, distance]));
}
