"""The application, and the one table of all that people can say and press."""

from collections.abc import Callable
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot import callbacks
from bot.callbacks import Callback
from bot.context import KIT, App, Context
from bot.handlers import (
    arrival,
    browsing,
    calendars,
    company,
    contacts,
    desk,
    drafting,
    editing,
    figures,
    finding,
    following,
    hosting,
    importing,
    lessons,
    letters,
    library,
    managing,
    materials,
    meetings,
    operation,
    outlook,
    privacy,
    registering,
    registrants,
    settings,
    sharing,
    shelf,
    team,
    typing,
    writing,
)
from bot.kit import Kit
from bot.processor import PerPerson
from bot.refusals import Handler, guarded, leading, without_update

ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.CHOSEN_INLINE_RESULT,
    Update.MY_CHAT_MEMBER,
)
"""Said to Telegram in polling and in webhook mode alike: without my_chat_member we never learn who blocked us."""


def build(token: str, api_url: str, kit: Kit, *, replied: Callable[[float], None]) -> App:
    """The application; it talks to nobody until it is initialised. `replied` is told how long each update took."""
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .context_types(ContextTypes(context=Context))
        .concurrent_updates(PerPerson(replied))
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .job_queue(None)
        .get_updates_connection_pool_size(2)  # one more than used: a poll that is cut short may keep its connection
        .build()
    )
    application.bot_data[KIT] = kit
    application.add_handler(TypeHandler(Update, leading(arrival.meet)), group=-1)
    application.add_handlers(_handlers())
    application.add_error_handler(without_update)
    return application


def _handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        _command("start", browsing.start),
        _command("webinars", finding.webinars),
        _command("mine", browsing.mine),
        _command("follow", following.follow),
        _command("calendar", calendars.my_link),
        _command("settings", settings.settings),
        _command("privacy", privacy.told),
        _command("stop", settings.settings),
        _command("help", browsing.help_),
        _command("new", drafting.new),
        _command("manage", desk.manage),
        _command("meet", meetings.meet),
        _command("stats", figures.stats),
        _command("library", library.library),
        _command("share", writing.share),
        _command("why", operation.why),
        _command("status", operation.status),
        *(_button(form, handler) for form, handler in _BUTTONS.items()),
        CallbackQueryHandler(guarded(browsing.old_button)),
        InlineQueryHandler(guarded(sharing.offer)),
        ChosenInlineResultHandler(guarded(sharing.chosen)),
        MessageHandler(filters.TEXT & ~filters.COMMAND & ~filters.VIA_BOT, guarded(typing.typed)),
        MessageHandler(filters.Document.ALL | filters.VIDEO | filters.PHOTO | filters.AUDIO, guarded(typing.file)),
        MessageHandler(filters.ALL & ~filters.StatusUpdate.ALL & ~filters.VIA_BOT, guarded(typing.other)),
    ]


_BUTTONS: dict[type[Callback], Handler] = {
    callbacks.ShowUpcoming: browsing.upcoming,
    callbacks.ShowMine: browsing.mine,
    callbacks.ShowCard: browsing.card,
    callbacks.Register: registering.register,
    callbacks.Leave: registering.leave,
    callbacks.AddToCalendar: calendars.file,
    callbacks.ShowCalendar: calendars.my_link,
    callbacks.ReplaceLink: calendars.replace_link,
    callbacks.FeedCheck: calendars.check,
    callbacks.FeedFollows: calendars.show_follows,
    callbacks.FindShow: finding.find,
    callbacks.ShowFitting: finding.fitting,
    callbacks.TurnFitting: finding.turn,
    callbacks.FindToggle: finding.toggle,
    callbacks.FindClear: finding.clear,
    callbacks.FollowShow: following.follow,
    callbacks.FollowPartnership: following.toggle_partnership,
    callbacks.FollowTopic: following.toggle_topic,
    callbacks.FollowNews: following.toggle_news,
    callbacks.FollowLike: following.follow_like,
    callbacks.FollowNot: following.follow_not,
    callbacks.SettingsShow: settings.settings,
    callbacks.RemindersShow: settings.reminders,
    callbacks.LeadToggle: settings.toggle_lead,
    callbacks.LeadAsk: settings.ask_lead,
    callbacks.QuietShow: settings.quiet,
    callbacks.QuietSet: settings.set_quiet,
    callbacks.PlaceAsk: settings.ask_place,
    callbacks.ExtrasShow: settings.extras,
    callbacks.ExtrasSet: settings.set_extras,
    callbacks.LanguagesShow: settings.languages,
    callbacks.LanguageSet: settings.set_language,
    callbacks.CompanyShow: company.show_company,
    callbacks.CompanyAsk: company.ask,
    callbacks.CompanySkip: company.skip,
    callbacks.CompanyForget: company.forget,
    callbacks.CountryAsk: company.ask_country,
    callbacks.CountrySet: company.choose_country,
    callbacks.ClusterSet: company.choose_cluster,
    callbacks.PrivacyShow: privacy.told,
    callbacks.Export: privacy.export,
    callbacks.Erase: privacy.erase,
    callbacks.Stay: privacy.stay,
    callbacks.ManageList: desk.manage,
    callbacks.ManageShow: managing.webinar,
    callbacks.MoveAsk: managing.ask_for_move,
    callbacks.MoveSure: managing.move,
    callbacks.CallOff: managing.call_off,
    callbacks.HostsShow: hosting.hosts,
    callbacks.HostAdd: hosting.add,
    callbacks.HostWithdraw: hosting.withdraw,
    callbacks.HostLeave: hosting.leave,
    callbacks.HostAsked: hosting.asked,
    callbacks.HostAccept: hosting.accept,
    callbacks.HostDecline: hosting.decline,
    callbacks.HostWish: hosting.ask_wish,
    callbacks.ManageAll: desk.everything,
    callbacks.ManageLook: desk.look,
    callbacks.LogShow: desk.log,
    callbacks.Why: operation.why,
    callbacks.StatusShow: operation.status,
    callbacks.SendAgain: operation.send_again,
    callbacks.Dismiss: operation.dismiss,
    callbacks.TeamsShow: team.teams,
    callbacks.TeamShow: team.members,
    callbacks.TeamInvite: team.invite,
    callbacks.TeamRevoke: team.revoke,
    callbacks.TeamRemove: team.remove,
    callbacks.TeamLeave: team.leave,
    callbacks.TeamJoin: team.join,
    callbacks.Restore: managing.restore,
    callbacks.EditShow: editing.sheet,
    callbacks.EditAsk: editing.ask,
    callbacks.EditClear: editing.clear,
    callbacks.EditLanguage: editing.language,
    callbacks.EditTopic: editing.toggle_topic,
    callbacks.EditReview: editing.review,
    callbacks.EditSave: editing.save,
    callbacks.ImportShow: importing.explain,
    callbacks.ImportFor: importing.choose,
    callbacks.ImportTake: importing.take,
    callbacks.ImportFill: importing.fill,
    callbacks.LessonTell: lessons.tell,
    callbacks.LessonsShow: lessons.offered,
    callbacks.AgendaShare: lessons.share_agenda,
    callbacks.AgendasShow: lessons.look_for_agendas,
    callbacks.AgendaUse: lessons.use_agenda,
    callbacks.LettersShow: letters.desk,
    callbacks.LetterTo: letters.choose,
    callbacks.LetterWrite: letters.write_again,
    callbacks.LetterSend: letters.dispatch,
    callbacks.MaterialsShow: materials.look,
    callbacks.MaterialAsk: materials.ask,
    callbacks.MaterialRemove: materials.remove,
    callbacks.MaterialGet: materials.hand_out,
    callbacks.PeopleShow: registrants.people,
    callbacks.PeopleCount: registrants.counts,
    callbacks.PeopleExport: registrants.export,
    callbacks.NumbersShow: figures.stats,
    callbacks.StatsShow: figures.stats,
    callbacks.StatsAsk: figures.ask_period,
    callbacks.StatsDraw: figures.picture,
    callbacks.StatsReport: figures.report,
    callbacks.StatsOf: figures.of_webinar,
    callbacks.StatsDrawOf: figures.picture_of_webinar,
    callbacks.PastShow: registrants.past,
    callbacks.DraftShow: drafting.back,
    callbacks.DraftAsk: drafting.ask,
    callbacks.DraftClear: drafting.clear,
    callbacks.DraftHost: drafting.toggle_host,
    callbacks.DraftTopic: drafting.toggle_topic,
    callbacks.DraftLanguage: drafting.choose_language,
    callbacks.DraftFor: drafting.choose_for_whom,
    callbacks.DraftPreview: drafting.preview,
    callbacks.DraftPublish: drafting.publish,
    callbacks.DraftDiscard: drafting.discard,
    callbacks.DraftNew: drafting.new,
    callbacks.DraftUse: drafting.use_offer,
    callbacks.DraftKeep: drafting.keep_mine,
    callbacks.DraftsShow: shelf.drafts,
    callbacks.DraftOpen: shelf.take_up,
    callbacks.DraftAnother: shelf.another,
    callbacks.DraftDuplicate: shelf.duplicate,
    callbacks.LibraryShow: library.fitting,
    callbacks.LibraryTurn: library.turn,
    callbacks.LibraryFind: library.find,
    callbacks.LibraryToggle: library.toggle,
    callbacks.LibraryClear: library.clear,
    callbacks.EntryShow: library.entry,
    callbacks.EntryVersions: library.history,
    callbacks.EntryVersion: library.edition,
    callbacks.EntryFile: library.file,
    callbacks.EntryRevise: writing.revise,
    callbacks.ContactCard: contacts.card,
    callbacks.ContactConfirm: contacts.confirm,
    callbacks.ContactErase: contacts.erase,
    callbacks.EntryRetire: library.retire,
    callbacks.EntryRestore: library.restore,
    callbacks.RetiredShow: library.retired,
    callbacks.ShareAsk: writing.share,
    callbacks.ShareKind: writing.start,
    callbacks.ShareThis: writing.start_with_this,
    callbacks.ShareDrafts: writing.drafts,
    callbacks.WritingShow: writing.back,
    callbacks.WritingAsk: writing.ask,
    callbacks.WritingClear: writing.clear,
    callbacks.WritingShare: writing.put_out,
    callbacks.WritingDrop: writing.drop,
    callbacks.FilingShow: writing.file_under,
    callbacks.FilingSet: writing.choose,
    callbacks.MeetingsShow: meetings.meet,
    callbacks.MeetingNew: meetings.new,
    callbacks.SlotsShow: outlook.find,
    callbacks.SlotTake: outlook.take,
    callbacks.ClashesShow: outlook.clashes,
    callbacks.MoveClashesShow: outlook.clashes_of_move,
}


def _command(name: str, handler: Handler) -> BaseHandler[Update, Context, Any]:
    return CommandHandler(name, guarded(handler))


def _button(form: type[Callback], handler: Handler) -> BaseHandler[Update, Context, Any]:
    return CallbackQueryHandler(guarded(handler), pattern=lambda data: form.unpack(data) is not None)
