"""What our consortium calls its markets and sectors, listed so that catalogues translate them.

Another consortium's names need no entry here: `Phrases.name` says them as they are given.
"""

NAME = "market or sector"
"""The catalogues' context for such names, so that none is taken for another word of ours."""


def _p(context: str, name: str) -> str:
    """Marks a name for the catalogues."""
    return name


OURS = (
    _p("market or sector", "China"),
    _p("market or sector", "USA"),
    _p("market or sector", "Canada"),
    _p("market or sector", "Singapore"),
    _p("market or sector", "Cleantech"),
    _p("market or sector", "Mobility"),
    _p("market or sector", "Smart packaging"),
    _p("market or sector", "Food"),
)
