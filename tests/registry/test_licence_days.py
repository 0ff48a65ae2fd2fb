"""What a licence was worth on a day that has passed: its events tell, not what is kept of them."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.registry import institution, licence
from tests.registry.test_licences import happen
from training_oversight.errors import BadInput
from training_oversight.registry import queries, service
from training_oversight.registry.models import LicenceEventKind, LicenceState

TODAY = date(2026, 10, 15)
K, S = LicenceEventKind, LicenceState
BEGAN, ENDS, RENEWED = date(2025, 1, 1), date(2026, 6, 30), date(2029, 6, 30)


# (what happened, of which day is asked) -> what it was worth
PAST = [
    ([], date(2024, 12, 31), S.NOT_YET),
    ([], BEGAN, S.VALID),
    ([], date(2026, 3, 31), S.VALID),
    ([], date(2026, 4, 1), S.EXPIRING),
    ([], ENDS, S.EXPIRING),
    ([], date(2026, 7, 1), S.EXPIRED),
    ([(K.SUSPENDED, "2025-05-01"), (K.RESUMED, "2025-06-01")], date(2025, 4, 30), S.VALID),
    ([(K.SUSPENDED, "2025-05-01"), (K.RESUMED, "2025-06-01")], date(2025, 5, 1), S.SUSPENDED),
    ([(K.SUSPENDED, "2025-05-01"), (K.RESUMED, "2025-06-01")], date(2025, 5, 31), S.SUSPENDED),
    ([(K.SUSPENDED, "2025-05-01"), (K.RESUMED, "2025-06-01")], date(2025, 6, 1), S.VALID),
    ([(K.SUSPENDED, "2025-05-01"), (K.RESUMED, "2025-05-01")], date(2025, 5, 1), S.VALID),
    (
        [(K.SUSPENDED, "2025-05-01"), (K.RESUMED, "2025-06-01"), (K.SUSPENDED, "2025-08-01")],
        date(2025, 8, 2),
        S.SUSPENDED,
    ),
    ([(K.SUSPENDED, "2025-05-01"), (K.REVOKED, "2025-07-01")], date(2025, 6, 30), S.SUSPENDED),
    ([(K.SUSPENDED, "2025-05-01"), (K.REVOKED, "2025-07-01")], date(2025, 7, 1), S.REVOKED),
    ([(K.CANCELLED, "2026-08-01")], date(2026, 7, 31), S.EXPIRED),
    ([(K.CANCELLED, "2026-08-01")], date(2026, 8, 1), S.CANCELLED),
    # Renewed after it had run out: between the two it was expired.
    ([(K.RENEWED, "2026-08-15")], date(2026, 6, 1), S.EXPIRING),
    ([(K.RENEWED, "2026-08-15")], date(2026, 8, 14), S.EXPIRED),
    ([(K.RENEWED, "2026-08-15")], date(2026, 8, 15), S.VALID),
    ([(K.ANNUAL_CHECK, "2025-05-01")], date(2025, 5, 1), S.VALID),
]


def enter(county, paper, kind, day):
    more = {"valid_until": RENEWED} if kind is K.RENEWED else {}
    if kind is K.ANNUAL_CHECK:
        more = {"year": 2024, "grade": "passed"}
    happen(county, paper, kind, on_day=date.fromisoformat(day), by=county.system, **more)


@pytest.mark.parametrize(("events", "day", "expected"), PAST)
def test_of_a_past_day_the_events_until_then_decide(county, events, day, expected):
    paper = licence(county, institution(county), valid_from=BEGAN, valid_until=ENDS)
    for kind, on_day in events:
        enter(county, paper, kind, on_day)

    assert queries.licence_state_on(paper, day) is expected


OFFSETS = st.integers(0, 600)
HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from([K.SUSPENDED, K.RESUMED, K.RENEWED, K.CHANGED, K.REVOKED, K.CANCELLED]),
        OFFSETS,
    ),
    max_size=7,
)


def told(events, day):
    """The slow and simple answer: everything that happened until the day, one after another."""
    suspended, until = False, ENDS
    for kind, on_day, end in events:
        if on_day > day:
            break
        match kind:
            case K.SUSPENDED | K.RESUMED:
                suspended = kind is K.SUSPENDED
            case K.RENEWED:
                until = end
            case K.REVOKED:
                return S.REVOKED
            case K.CANCELLED:
                return S.CANCELLED
    if suspended:
        return S.SUSPENDED
    if day < BEGAN:
        return S.NOT_YET
    if until < day:
        return S.EXPIRED
    return S.EXPIRING if until <= day + timedelta(90) else S.VALID


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(happenings=HAPPENINGS, days=st.lists(st.integers(-20, 660), min_size=3, max_size=6))
def test_the_paper_and_the_story_itself_agree_on_every_day(county, happenings, days):
    paper = licence(county, institution(county), valid_from=BEGAN, valid_until=ENDS)
    events, end, by = [], ENDS, county.system
    for kind, offset in sorted(happenings, key=lambda one: one[1]):
        if kind not in service.possible_events(paper):
            continue
        end = end + timedelta(100) if kind is K.RENEWED else end
        on_day = BEGAN + timedelta(offset)
        more = {"valid_until": end} if kind is K.RENEWED else {}
        happen(county, paper, kind, on_day=on_day, by=by, **more)
        events.append((kind, on_day, end))

    for day in [BEGAN + timedelta(offset) for offset in days] + [one[1] for one in events]:
        assert queries.licence_state_on(paper, day) is told(events, day)
    assert queries.licence_state(paper, TODAY) is told(events, TODAY)


def test_an_event_before_the_last_suspension_or_its_end_is_refused(county):
    paper = licence(county, institution(county), valid_from=BEGAN, valid_until=ENDS)
    enter(county, paper, K.SUSPENDED, "2025-05-01")

    with pytest.raises(BadInput) as refused:
        enter(county, paper, K.RESUMED, "2025-04-30")

    assert "2025年5月1日" in str(refused.value.fields["on_day"])
    assert paper.suspended_on == date(2025, 5, 1)
