from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reminding import PLAN_AHEAD, DueLead, due_leads
from tests.factories import LEADS, START

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MOMENT = timedelta(microseconds=1)

IN_A_DAY = DueLead(DAY, START - DAY, START - HOUR)
IN_AN_HOUR = DueLead(HOUR, START - HOUR, START - 10 * MINUTE)
IN_TEN_MINUTES = DueLead(10 * MINUTE, START - 10 * MINUTE, START)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        pytest.param(START - 30 * DAY, [], id="long before"),
        pytest.param(START - DAY - PLAN_AHEAD - MOMENT, [], id="just before the first is planned"),
        pytest.param(START - DAY - PLAN_AHEAD, [IN_A_DAY], id="a minute before the first is due"),
        pytest.param(START - DAY, [IN_A_DAY], id="the first is due"),
        pytest.param(START - 5 * HOUR, [IN_A_DAY], id="the first is late but still makes sense"),
        pytest.param(START - HOUR - MINUTE, [IN_A_DAY, IN_AN_HOUR], id="late, and the second is to be planned"),
        pytest.param(START - HOUR, [IN_AN_HOUR], id="the second is due and replaces the first"),
        pytest.param(START - 10 * MINUTE, [IN_TEN_MINUTES], id="the last is due"),
        pytest.param(START - MINUTE, [IN_TEN_MINUTES], id="all are past: only the last makes sense"),
        pytest.param(START - MOMENT, [IN_TEN_MINUTES], id="a moment before the start"),
        pytest.param(START, [], id="it begins"),
        pytest.param(START + HOUR, [], id="it is over"),
    ],
)
def test_leads_to_plan(now: datetime, due: list[DueLead]) -> None:
    assert list(due_leads(START, LEADS, now=now)) == due


def test_no_leads_plan_nothing() -> None:
    assert list(due_leads(START, [], now=START - MINUTE)) == []


leads = st.lists(st.integers(1, 3 * 24 * 60).map(lambda minutes: minutes * MINUTE), max_size=6)
before_start = st.integers(-60, 4 * 24 * 60).map(lambda minutes: START - minutes * MINUTE)


@given(leads, before_start)
def test_no_reminder_is_planned_or_kept_after_the_start(leads: list[timedelta], now: datetime) -> None:
    due = list(due_leads(START, leads, now=now))

    assert now < START or due == []
    assert all(now < lead.expires_at <= START for lead in due)


@given(leads, before_start)
def test_of_those_past_at_once_only_the_last_is_planned(leads: list[timedelta], now: datetime) -> None:
    past = [lead.lead for lead in due_leads(START, leads, now=now) if lead.due_at <= now]

    assert past == sorted(lead for lead in set(leads) if START - lead <= now < START)[:1]


@given(leads, before_start)
def test_each_makes_sense_from_its_own_time_until_the_next_one_s(leads: list[timedelta], now: datetime) -> None:
    times = sorted({START - lead for lead in leads} | {START})

    for lead in due_leads(START, leads, now=now):
        assert lead.due_at == START - lead.lead
        assert lead.expires_at == times[times.index(lead.due_at) + 1]


@given(leads.flatmap(lambda leads: st.tuples(st.just(leads), st.permutations(leads))), before_start)
def test_neither_order_nor_repetition_makes_a_difference(
    written: tuple[list[timedelta], list[timedelta]], now: datetime
) -> None:
    one, other = written

    assert list(due_leads(START, one, now=now)) == list(due_leads(START, other + other, now=now))


@given(leads)
def test_ticking_every_minute_plans_every_lead(leads: list[timedelta]) -> None:
    planned = {
        due.lead
        for lead in leads
        for now in (START - lead - MINUTE, START - lead)
        for due in due_leads(START, leads, now=now)
    }

    assert planned == set(leads)
