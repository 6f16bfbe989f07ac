"""What a file of webinars would lead to, or led to: in short, then what needs a look, the rest as a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.callbacks import DraftsShow, ImportFill, ImportFor, ImportShow, ImportTake, ManageList
from bot.screen import Press, Rows, Screen, cut, grid, lines
from domain.choices import Choice
from domain.importing_values import Contents, FileRefusedError, Outcome, Remark, Report
from texts.chat import ChatTexts

MOST_SHOWN = 10
_MOST_CHANGES = 5
_TITLE_LENGTH = 40
_NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Foreseen:
    """`publishable` is how many would be published if all were; `fills` says whether the one event fits a draft."""

    name: str
    partnership: Choice
    contents: Contents
    report: Report
    publishable: int
    fills: bool = False


def explained(texts: ChatTexts) -> Screen:
    return Screen(texts.import_explained(), _back(texts))


def for_whom(name: str, partnerships: Sequence[Choice], texts: ChatTexts) -> Screen:
    buttons = [Press(choice.name, ImportFor(choice.id)) for choice in partnerships]
    return Screen(texts.import_for_whom(cut(name, _NAME_LENGTH)), (*grid(buttons), *_back(texts)))


def refused(error: FileRefusedError, texts: ChatTexts) -> Screen:
    why = texts.import_refused(error.refusal, error.limit, error.line)
    return Screen(
        lines(texts.warn(Markup("{why}").format(why=why)), Markup("{said}").format(said=texts.import_unchanged())),
        ((Press(texts.button_import(), ImportShow()), Press(texts.button_back(), ManageList(1))),),
    )


def foreseen(found: Foreseen, texts: ChatTexts) -> Screen:
    counts = found.report.counts
    changes = sum(number for outcome, number in counts.items() if outcome is not Outcome.UNCHANGED)
    return Screen(
        _text(found, texts, texts.import_foreseen() if changes or found.publishable else None),
        (*_ways_on(found, changes, texts), *_back(texts)),
    )


def done(found: Foreseen, texts: ChatTexts) -> Screen:
    drafted = found.report.counts[Outcome.DRAFTED]
    drafts = (Press(texts.button_drafts(drafted), DraftsShow(1)),) if drafted else ()
    return Screen(_text(found, texts, texts.import_done()), (*_publish(found, texts), drafts, *_back(texts)))


def _text(found: Foreseen, texts: ChatTexts, said: Markup | None) -> Markup:
    counts = found.report.counts
    told = any(counts[outcome] for outcome in (Outcome.MOVED, Outcome.CHANGED, Outcome.CANCELLED, Outcome.RESTORED))
    floating = found.contents.floating
    return lines(
        texts.import_title(cut(found.name, _NAME_LENGTH), found.partnership.name),
        said,
        *(
            [texts.import_nothing()]
            if not counts
            else texts.import_outcomes({outcome.value: number for outcome, number in counts.items()})
        ),
        texts.import_floating(floating, found.contents.timezone) if floating else None,
        texts.import_tells() if told else None,
        *_changes(found.report, texts),
        *_problems(found.report.remarks, texts),
        texts.import_more(_left_out(found.report)) if _left_out(found.report) else None,
    )


def _changes(report: Report, texts: ChatTexts) -> list[Markup]:
    return [
        Markup("• {line}").format(line=texts.import_change(each.line, cut(each.title, _TITLE_LENGTH), each.outcome))
        for each in report.changes[:_MOST_CHANGES]
    ]


def _left_out(report: Report) -> int:
    return max(0, len(report.changes) - _MOST_CHANGES) + max(0, len(report.remarks) - MOST_SHOWN)


def _problems(remarks: Sequence[Remark], texts: ChatTexts) -> list[Markup | str]:
    """Those that are not taken first."""
    shown: list[Markup | str] = []
    room = MOST_SHOWN
    for taken, title in ((False, texts.import_not_taken), (True, texts.import_noted)):
        some = [each for each in remarks if each.taken is taken]
        if some:
            shown += ["", title(len(some))]
            shown += [_bullet(each, texts) for each in some[:room]]
            room -= min(room, len(some))
    return [Markup("{line}").format(line=line) for line in shown]


def _bullet(each: Remark, texts: ChatTexts) -> str:
    return "• " + texts.import_line(each.line, each.about, each.trouble, each.part)


def rest(report: Report, texts: ChatTexts) -> str | None:
    """Every line, for a file, if there was no room for some of them."""
    if not _left_out(report):
        return None
    changed = [texts.import_change(each.line, each.title, each.outcome) for each in report.changes]
    problems = [texts.import_line(each.line, each.about, each.trouble, each.part) for each in report.remarks]
    return "\n".join([*changed, *problems]) + "\n"


def _ways_on(found: Foreseen, changes: int, texts: ChatTexts) -> Rows:
    drafted = found.report.counts[Outcome.DRAFTED]
    take = ImportTake(found.partnership.id, 0)
    drafts = (Press(texts.button_import_drafts(drafted), take),) if drafted else ()
    changed = (Press(texts.button_import_changes(), take),) if changes and not drafted else ()
    fill = (Press(texts.button_fill_draft(), ImportFill()),) if found.fills else ()
    return ((*drafts, *changed), *_publish(found, texts), fill)


def _publish(found: Foreseen, texts: ChatTexts) -> Rows:
    if not found.publishable:
        return ()
    return ((Press(texts.button_publish_all(found.publishable), ImportTake(found.partnership.id, 1)),),)


def _back(texts: ChatTexts) -> Rows:
    return ((Press(texts.button_back(), ManageList(1)),),)
