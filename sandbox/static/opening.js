// What stands where nothing has been said yet, so that it is clear what to do first.

import { find, make } from "./dom.js";

function say(...lines) {
  find("empty").hidden = false;
  find("empty").replaceChildren(...lines.map((line) => make("p", {}, ...line)));
}

export function nobody(add) {
  say(
    ["Make a person to begin with. Whoever you choose from the list is who you are."],
    [make("button", { type: "button", class: "strong", onclick: add }, "New person")],
  );
}

export function noBot() {
  say(
    [make("strong", {}, "No bot has called yet.")],
    ["Start one with this address in front of its token:"],
    [make("code", {}, `base_url = ${location.origin}/bot`)],
    ["Any token of the form 123456:abc will do."],
  );
}

export function talk(bot, person, started) {
  // As in the apps: what the bot says of itself.
  const next = started ? "Nothing has been said here yet." : "Press Start to talk to it.";
  if (!bot) return say([next]);
  const described = bot.description[person?.language_code?.slice(0, 2)] ?? bot.description[""] ?? "";
  const words = described.split("\n").filter(Boolean).map((line) => [line]);
  return say([make("strong", {}, bot.first_name)], ...words, [person ? `You are ${person.first_name}. ` : "", next]);
}
