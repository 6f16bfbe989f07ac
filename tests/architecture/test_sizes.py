import ast
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, modules

LONGEST_FUNCTION = 40
LONGEST_FILE = 300


def long_functions(source: str) -> list[str]:
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]


def only_hands_on(source: str) -> bool:
    """Whether a module is a list of names that others import from it: that is as long as there are names."""
    return all(
        isinstance(node, ast.ImportFrom | ast.Expr)
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")
        for node in ast.parse(source).body
    )


@pytest.mark.parametrize(("line", "expected"), [("", True), ("def work() -> None: ...", False), ("x = 1", False)])
def test_only_hands_on_knows_a_list_of_names(line: str, *, expected: bool) -> None:
    assert only_hands_on(f'"""What."""\n\nfrom a import b\n\n__all__ = ["b"]\n{line}') is expected


@pytest.mark.parametrize("keyword", ["def", "async def"])
@pytest.mark.parametrize(("lines", "reported"), [(40, []), (41, ["work"])])
def test_long_functions_counts_from_the_signature(keyword: str, lines: int, reported: list[str]) -> None:
    body = "        x = 1\n" * (lines - 1)

    assert long_functions(f"class Any:\n    {keyword} work(self):\n{body}") == reported


def test_functions_are_short() -> None:
    too_long = {path: names for path in modules() if (names := long_functions(_read(path)))}

    assert too_long == {}


def test_files_are_short() -> None:
    lengths = {path: len(_read(path).splitlines()) for path in modules() if not only_hands_on(_read(path))}

    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def _read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
