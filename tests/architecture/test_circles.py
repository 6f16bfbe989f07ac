"""Every query that reads webinars says whom it reads them for, or stands here with the reason why it need not."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import ROOT

BY_ID = "what somebody has been led to by a row that was theirs to see"
SENT = "who is told is decided when it is planned and once more when it is sent"
OWN = "about the person who asks; titles that they may not know are left out in domain/privacy.py"
ADMINS = "read by administrators"
NOBODY = "nobody reads it: times are derived, uids compared, names stamped"
TEAM = "for those who may act for a partnership that hosts it or is asked to"

ALLOWED = {
    "storage/consortium.py": {"restamp_webinars": NOBODY},
    "storage/deliveries.py": {"unsettled": "the demonstration's panel, whose reader is everybody at once"},
    "storage/feedback.py": dict.fromkeys(["of_person", "forms_chosen_by"], OWN),
    "storage/hosts.py": {"asked": TEAM},
    "storage/imports.py": {"webinars_called": NOBODY, "lock_webinars": TEAM},
    "storage/materials.py": {"added_since": SENT},
    "storage/notices.py": {"open_notices": "the demonstration's panel, whose reader is everybody at once"},
    "storage/participants.py": {"busy": "a number for organisers: a meeting takes people's time too"},
    "storage/privacy.py": dict.fromkeys(["registrations_of", "deliveries_of", "posted_by", "changes_by"], OWN),
    "storage/registrations.py": {"webinars_ahead": NOBODY, "note_link_given": "in the person's own row"},
    "storage/troubles.py": {"newest": ADMINS},
    "storage/webinars.py": {
        "lock_by_id": BY_ID,
        "lock_of_any_circle": "for whoever has the command line, as an administrator",
        "lock_upcoming": NOBODY,
        "starting": SENT,
    },
}


def careless(source: str) -> set[str]:
    """The functions that read webinars and neither ask `circles` nor leave it to those they call, or that call them."""
    module = ast.parse(source).body
    functions = {node.name: node for node in module if isinstance(node, ast.FunctionDef)}
    careful = {"circles"} | {
        name for node in module if isinstance(node, ast.Assign) and "circles" in _names(node) for name in _names(node)
    }
    while more := {name for name, node in functions.items() if _names(node) & careful} - careful:
        careful |= more
    for name in {name for name in functions if name.startswith("_")}:
        if (callers := {other for other, node in functions.items() if name in _names(node)}) and callers <= careful:
            careful.add(name)
    return {name for name, node in functions.items() if _reads_webinars(node)} - careful


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _reads_webinars(function: ast.FunctionDef) -> bool:
    return any("Webinar" in _names(argument) for call in _queries(function) for argument in call.args)


def _queries(function: ast.FunctionDef) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"select", "select_from", "join", "outerjoin", "update", "delete", "where", "exists"}:
                yield node


def test_careless_sees_what_it_should() -> None:
    assert careless("def a(s): return select(Webinar).where(Webinar.code == code)") == {"a"}
    assert careless("def a(s): return select(Person).join(Webinar)") == {"a"}
    assert careless("def a(s): return select(Webinar.id).where(circles.public())") == set()
    assert careless("def a(s): return _b(select(Webinar))\ndef _b(q): return q.where(circles.public())") == set()
    assert careless("def a(s): return _b(circles.public())\ndef _b(q): return select(Webinar).where(q)") == set()
    assert careless("def a(s): return _b(True)\ndef _b(q): return select(Webinar).where(q)") == {"_b"}
    assert careless("_P = circles.public()\ndef a(s): return select(Webinar).where(_P)") == set()
    assert careless("def a(webinar: Webinar): return select(Person).where(x == webinar.id)") == set()


def test_every_query_says_for_whom_it_reads_webinars() -> None:
    found = {
        str(path.relative_to(ROOT)): names
        for path in sorted((ROOT / "storage").glob("*.py"))
        if (names := careless(path.read_text(encoding="utf-8")))
    }

    assert found == {path: set(reasons) for path, reasons in ALLOWED.items()}
