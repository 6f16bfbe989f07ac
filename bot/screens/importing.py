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
_LINE_LENGTH = 200
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
        *_problems(found.report.remarks, texts),
    )


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
    if len(remarks) > MOST_SHOWN:
        shown.append(texts.import_more(len(remarks) - MOST_SHOWN))
    return [Markup("{line}").format(line=line) for line in shown]


def _bullet(each: Remark, texts: ChatTexts) -> str:
    return "• " + cut(texts.import_line(each.line, each.about, each.trouble, each.part), _LINE_LENGTH)


def all_problems(report: Report, texts: ChatTexts) -> str:
    """Every line, for a file."""
    found = [texts.import_line(each.line, each.about, each.trouble, each.part) for each in report.remarks]
    return "\n".join(found) + "\n"


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
