"""Webinars from a file, for whoever has the command line."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from convoke import configuration
from convoke.settings import Settings
from domain import importing
from domain.consortium import Consortium, synchronise
from domain.importing_values import COMMAND_LINE, Contents, FileRefusedError, Report
from domain.spelling import did_you_mean
from feeds import importing as files
from storage import ConvokeError, Database, migrate
from texts.importing import ImportTexts

_WORDS = ImportTexts("en")


class ImportRefusedError(ConvokeError):
    """Nothing was changed. The message is a sentence for those who run Convoke."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for. Without a partnership it is the only one there is."""

    file: Path
    partnership_id: str | None
    publish: bool
    dry_run: bool


def run(settings: Settings, order: Order) -> Iterator[str]:
    """Import, and say what came of it, line by line. Raises ImportRefusedError."""
    consortium = configuration.load_consortium(settings)
    partnership_id = _partnership(consortium, order.partnership_id)
    now = datetime.now(UTC)
    with _bar() as bar:
        contents = _read(order.file, settings, now, bar)
        report = asyncio.run(_import(settings, consortium, order, partnership_id, contents, now, bar))
    return _lines(order, partnership_id, contents, report)


def _partnership(consortium: Consortium, wanted: str | None) -> str:
    known = [partnership.id for partnership in consortium.partnerships]
    if wanted in known:
        return wanted
    if wanted is None and len(known) == 1:
        return known[0]
    if wanted is None:
        raise ImportRefusedError(f"Say whose webinars these are, with --partnership and one of: {', '.join(known)}.")
    raise ImportRefusedError(
        f'There is no partnership "{wanted}"; known: {", ".join(known)}.' + did_you_mean(wanted, known)
    )


def _read(file: Path, settings: Settings, now: datetime, bar: Progress) -> Contents:
    task = bar.add_task("Reading", total=None)
    try:
        with file.open("rb") as opened:
            content = opened.read(COMMAND_LINE.size + 1)
        return files.read(
            content,
            file.name,
            COMMAND_LINE,
            timezone=settings.consortium.timezone,
            now=now,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    except OSError as error:
        raise ImportRefusedError(f"{file}: cannot be read: {error.strerror}.") from None
    except FileRefusedError as error:
        why = _WORDS.import_refused(error.refusal, error.limit, error.line)
        raise ImportRefusedError(f"{file}: {why} {_WORDS.import_unchanged()}") from None


async def _import(
    settings: Settings,
    consortium: Consortium,
    order: Order,
    partnership_id: str,
    contents: Contents,
    now: datetime,
    bar: Progress,
) -> Report:
    """In parts, each a transaction of its own, so that nobody in the chat waits for long."""
    migrate(settings.storage.url)
    database = Database(settings.storage.url)
    try:
        await database.write(synchronise, consortium, now=now)
        events, remarks = await database.read(importing.identify, contents.events, partnership_id, now=now)
        report = Report((), contents.remarks + remarks)
        task = bar.add_task("Importing", total=len(events))
        for some in importing.batches(events):
            report += await database.write(
                importing.rehearse if order.dry_run else importing.take,
                some,
                person_id=None,
                partnership_id=partnership_id,
                publish=order.publish,
                name=order.file.name,
                settle=settings.notices.settle,
                now=now,
            )
            bar.advance(task, len(some))
    finally:
        await database.close()
    return report


@contextmanager
def _bar() -> Iterator[Progress]:
    """Only for somebody who watches: in a file or a pipe it would be noise."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar


def _lines(order: Order, partnership_id: str, contents: Contents, report: Report) -> Iterator[str]:
    counts = {outcome.value: number for outcome, number in report.counts.items()}
    yield f"{order.file.name} for {partnership_id}"
    if order.dry_run:
        yield "Nothing has been changed: this is what would happen."
    yield from _WORDS.import_outcomes(counts) if counts else [_WORDS.import_nothing()]
    yield from (f"  {_WORDS.import_change(each.line, each.title, each.outcome)}" for each in report.changes)
    if contents.floating:
        yield _WORDS.import_floating(contents.floating, contents.timezone)
    for taken, title in ((False, _WORDS.import_not_taken), (True, _WORDS.import_noted)):
        some = [each for each in report.remarks if each.taken is taken]
        if some:
            yield title(len(some))
            yield from (f"  {_WORDS.import_line(each.line, each.about, each.trouble, each.part)}" for each in some)
