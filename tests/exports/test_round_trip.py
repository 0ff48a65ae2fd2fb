"""Whatever stands on the register goes out and comes in again without a difference."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import exports, registry
from tests.factories.lists import looked
from training_oversight import database
from training_oversight.exports.layouts import FileForm, Layout
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry import fields, service
from training_oversight.registry.fields import Kind
from training_oversight.registry.models import (
    LegalForm,
    LicenceEventKind,
    LicenceType,
    Mode,
    Premises,
    Stage,
    Tenure,
)
from training_oversight.registry.service import FormerName
from training_oversight.spreadsheets.cells import ERROR, SCIENTIFIC
from training_oversight.spreadsheets.tables import DITTO

# What lists, spreadsheets and officers put into a cell, the worst of it together.
PIECES = [
    *("=", "+", "-", "@", "'", '"', "\n", "\r\n", " ", "\u3000", "\u200b", ",", "，", "、", ";"),
    *("；", "/", "|", "(", ")", "（", "）", "#", "%", "_x000D_", "<b>", "&", "://", "长期", "无"),
    *("星", "屿", "中心", "A", "a", "Ａ", "０", "9", "12345678901234567890", "0571", "1E", "é"),
    "𠮷",
]
TEXT = st.lists(st.sampled_from(PIECES), max_size=7).map("".join)
# What no list lets stand as a text: a spreadsheet's own error words, 1E+20, and the mark for what
# stands in the row above, which is a single quotation mark as well.
SAID = TEXT.map(str.strip).filter(
    lambda text: not ERROR.fullmatch(text) and not SCIENTIFIC.fullmatch(text) and text not in DITTO
)
OR_NOT = st.none() | SAID
DAY = st.none() | st.dates(date(2001, 1, 1), date(2099, 12, 31))
FORMS = pytest.mark.parametrize("form", FileForm)
FEW = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def members(enum):
    return st.none() | st.sampled_from(list(enum))


# Whatever is declared as some text or other, those that come later included.
TEXTS = (Kind.TEXT, Kind.PERSON, Kind.BODY, Kind.PLACE, Kind.CODE, Kind.PHONE, Kind.ACCOUNT)
WORDS = [one.column for one in (*fields.OWN, *fields.PLACES) if one.kind in TEXTS]
PLACES = st.fixed_dictionaries(
    {
        **dict.fromkeys(WORDS, OR_NOT),
        "note": SAID,
        "address": SAID,
        "legal_form": members(LegalForm),
        "mode": members(Mode),
        "premises": members(Premises),
        "tenure": members(Tenure),
        "stages": st.sets(st.sampled_from(list(Stage))).map(tuple),
        "pupils": st.none() | st.integers(0, 99_999),
        "area": st.none() | st.integers(1, 99_999),
        "platform_entered_on": DAY,
        "lease_until": DAY,
        "position": st.none() | st.tuples(st.floats(18, 53), st.floats(74, 134)),
        "aliases": st.lists(SAID.filter(bool), max_size=2).map(tuple),
        "former_names": st.lists(st.builds(FormerName, SAID.filter(bool), DAY), max_size=2).map(
            tuple
        ),
        "kind_code": st.sampled_from(["arts", "sports", None]),
    }
)
PAPERS = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(list(LicenceType)),
            "number": st.sampled_from(["29901017{:07}", "教民29901017{:07}号", "澄教证 {}", None]),
            "issuer": OR_NOT,
            "valid_until": DAY,
        }
    ),
    max_size=2,
)


def made(county, drawn, papers):
    values, position = dict(drawn), drawn["position"]
    del values["position"]
    if position is not None:
        values |= {"latitude": position[0], "longitude": position[1]}
    record = registry.institution(county, **values)
    for paper in papers:
        # Two institutions with one licence number are one to every list.
        number = paper["number"] and paper["number"].format(county.next())
        with database.transaction() as session:
            service.add_licence(
                session, record, by=county.system, today=county.today,
                values=service.LicenceValues(**paper | {"number": number}),
            )  # fmt: skip


def outcomes(session, county, form, layout=Layout.OWN, fields=None):
    content = exports.file(county, form, layout, fields)
    seen, _ = looked(session, county, content, f"台账.{form.value}")
    return [
        (row.outcome.value, row.changes, [str(reason) for reason in row.reasons])
        for row in seen.rows
        if row.outcome is not RowOutcome.UNCHANGED
    ], len(seen.rows)


@FORMS
@FEW
@given(drawn=st.lists(st.tuples(PLACES, PAPERS), min_size=1, max_size=6))
def test_nothing_is_new_and_nothing_is_changed(session, county, form, drawn):
    before = exports.count(county)
    for values, papers in drawn:
        made(county, values, papers)

    told, rows = outcomes(session, county, form)

    assert told == []
    assert rows == before + len(drawn)


@FORMS
@FEW
@given(drawn=st.lists(st.tuples(PLACES, PAPERS), min_size=1, max_size=4))
def test_nor_is_it_in_the_national_platforms_fields(session, county, form, drawn):
    for values, papers in drawn:
        made(county, values, papers)

    told, _ = outcomes(session, county, form, Layout.PLATFORM)

    assert told == []


@FORMS
def test_nor_is_it_with_few_columns(session, county, form):
    registry.institution(county, registered_address="澄江县文澜路2号", address="澄江县南塘路8号")

    told, rows = outcomes(session, county, form, fields=["registered_address"])

    assert (told, rows) == ([], 1)


@FORMS
def test_a_renewed_permit_with_the_old_number_is_not_taken_for_the_old_one(session, county, form):
    record = registry.institution(county)
    old = registry.licence(county, record, number="299010170000123")
    with database.transaction() as writing:
        service.record_licence_event(
            writing, old, kind=LicenceEventKind.CANCELLED, on_day=county.today,
            by=county.system, today=county.today,
        )  # fmt: skip
    registry.licence(county, record, number="299010170000123", valid_until=date(2030, 1, 1))

    told, _ = outcomes(session, county, form)

    assert told == []
