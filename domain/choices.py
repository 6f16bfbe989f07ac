from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen, and whether it is."""

    id: str
    name: str
    chosen: bool
