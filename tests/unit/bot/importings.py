"""Screens of a file of webinars."""

from collections.abc import Callable

from bot.screen import Screen
from bot.screens import importing
from bot.screens.importing import Foreseen
from domain.choices import Choice
from domain.importing_values import Contents, FileRefusedError, Outcome, Refusal, Remark, Report, Taken, Trouble
from texts.chat import ChatTexts

NF4 = Choice("nf4", "NF4", chosen=False)
EC2I = Choice("ec2i", "EC2i", chosen=False)
REMARKS = (
    Remark(4, "Fair in Milan", Trouble.ALL_DAY),
    Remark(12, "Kick-off", Trouble.PAST, "2026-11-02 10:00"),
    Remark(20, "Cold chain", Trouble.CUT_DESCRIPTION, "2000"),
)


def foreseen(
    *outcomes: Outcome, remarks: tuple[Remark, ...] = (), floating: int = 0, publishable: int = 0, fills: bool = False
) -> Foreseen:
    taken = tuple(Taken(line, "Cold chain", outcome) for line, outcome in enumerate(outcomes, start=4))
    contents = Contents((), (), floating, "Europe/Brussels")
    return Foreseen("webinars.ics", NF4, contents, Report(taken, remarks), publishable, fills)


def every_outcome(remarks: tuple[Remark, ...] = REMARKS) -> Foreseen:
    return foreseen(*Outcome, *Outcome, remarks=remarks, floating=2, publishable=2)


SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    "import_explained": importing.explained,
    "import_for_whom": lambda words: importing.for_whom("webinars.ics", (NF4, EC2I), words),
    "import_foreseen": lambda words: importing.foreseen(every_outcome(), words),
    "import_foreseen_one": lambda words: importing.foreseen(
        foreseen(Outcome.DRAFTED, floating=1, publishable=1, fills=True), words
    ),
    "import_foreseen_changes": lambda words: importing.foreseen(foreseen(Outcome.MOVED, Outcome.CANCELLED), words),
    "import_foreseen_the_same": lambda words: importing.foreseen(foreseen(Outcome.UNCHANGED), words),
    "import_foreseen_nothing": lambda words: importing.foreseen(foreseen(remarks=REMARKS[:1]), words),
    "import_done": lambda words: importing.done(every_outcome(), words),
    "import_done_with_more": lambda words: importing.done(every_outcome(REMARKS * 4), words),
    "import_refused": lambda words: importing.refused(FileRefusedError(Refusal.TOO_MANY_EVENTS, limit=1000), words),
    "import_refused_at_a_line": lambda words: importing.refused(FileRefusedError(Refusal.TOO_DEEP, line=7), words),
}  # fmt: skip
