// What buttons and links do: answer the bot, open a chat, copy, share.

import { post } from "./api.js";
import { alert, chooseChat, toast } from "./notices.js";
import { deepLink } from "./text.js";

const PRESS_SECONDS = 15;

export class Pressing {
  // `show` opens a chat, `write` puts text into the message field.
  constructor(chat, show, write) {
    this.chat = chat;
    this.show = show;
    this.write = write;
  }

  async press(item, button, element) {
    if (button.callback_data !== undefined) return this.answer(item, button, element);
    if (button.url) return this.openUrl(button.url);
    if (button.copy_text) {
      await navigator.clipboard.writeText(button.copy_text.text);
      return toast("Copied.");
    }
    const bot = this.chat.bots.find((known) => known.id === (item.via_bot ?? item.from).id);
    if (button.switch_inline_query_current_chat !== undefined) {
      return this.write(`@${bot.username} ${button.switch_inline_query_current_chat}`);
    }
    const query = button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query ?? "";
    const chosen = await chooseChat(this.chat.chats);
    if (!chosen) return undefined;
    await this.show(chosen);
    return this.write(`@${bot.username} ${query}`);
  }

  async answer(item, button, element) {
    element.setAttribute("aria-busy", "true");
    try {
      const fields = { user: this.chat.me, ...this.chat.target(), message_id: item.message_id, data: button.callback_data };
      const answer = await post("press", { ...fields, wait: PRESS_SECONDS });
      if (!answer.answered) toast("The bot did not answer the press.");
      else if (answer.text && answer.show_alert) alert(answer.text);
      else if (answer.text) toast(answer.text);
      if (answer.url) await this.openUrl(answer.url);
    } finally {
      element.removeAttribute("aria-busy");
    }
  }

  openUrl(url) {
    const inside = deepLink(url, this.chat.bots);
    if (inside) return this.openLink(inside);
    if (/^https?:/iu.test(url)) return window.open(url, "_blank", "noopener,noreferrer");
    return toast(`Only Telegram's apps open ${url}`);
  }

  async openLink({ bot, payload }) {
    await this.show(this.chat.chats.find((item) => item.bot === bot.id) ?? this.chat.current);
    if (payload) await post("start", { user: this.chat.me, bot: bot.id, payload });
  }
}
