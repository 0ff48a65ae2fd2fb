"""Every list in which one looks for an institution finds it by the same words as the search box."""

from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from tests.factories import enforcement, inspections, notices
from tests.factories.county import County
from tests.factories.registry import credit_code, institution, licence
from training_oversight import database
from training_oversight.accounts.models import Scope
from training_oversight.accounts.permissions import Role
from training_oversight.enforcement import queries as cases
from training_oversight.enforcement.models import JointCase
from training_oversight.inspections import queries as visits
from training_oversight.inspections.models import Visit
from training_oversight.names.typed import Typed
from training_oversight.notices import listing
from training_oversight.notices.models import Notice
from training_oversight.registry import queries, service
from training_oversight.registry.queries import Search

NAME, OTHER, PHONE = "拾光画室", "墨耕书法", "13809907788"
# Each list with what else its address needs so that it shows the rows.
LISTS = {
    "/institutions": {},
    "/items": {},
    "/notices": {},
    "/visits": {"state": "done"},
    "/cases": {},
    "/search": {},
    "/visits/new": {},
}
FOR_READERS = [listed for listed in LISTS if listed != "/visits/new"]
WORDS = [
    "拾光", "sg", "shiguang", "ＳＧＨＳ", "蓝汀", "书院路 118", "画室 文澜街道", "9901017000",
    "99010170000009", "990101ma0000007",
]  # fmt: skip


@pytest.fixture
def place(county):
    """An institution with a row in every list; another one has a row in each, too."""
    place = institution(
        county, name=NAME, address="文澜街道书院路118号", phone=PHONE, uscc=credit_code(7)
    )
    licence(county, place, number="199010170000009")
    with database.transaction():
        place.former_names = [{"name": "蓝汀书社", "until": "2025-03-01"}]
        service.refresh_search(place)
    for one in (place, institution(county, name=OTHER, phone="", address="南塘街道3号")):
        inspections.visit(county, one)
        notices.draft(county, institution=one)
        enforcement.raised_case(county, one)
    return place


def names(browser, listed, words):
    """Which of the two are in the list that was asked for words."""
    page = browser.get(f"{listed}?{urlencode({**LISTS[listed], 'q': words})}", status=200)
    main = page.soup.select_one("main").text
    return [name for name in (NAME, OTHER) if name in main]


@pytest.mark.parametrize("listed", LISTS)
def test_every_list_finds_an_institution_by_the_same_words(client_as, county, place, listed):
    browser = client_as(county.officer(Role.SECTION_HEAD))

    found = {words: names(browser, listed, words) for words in WORDS}

    assert found == {key: [NAME] for key in WORDS}
    assert names(browser, listed, "没有这家") == []


@pytest.mark.parametrize("listed", FOR_READERS)
def test_a_telephone_finds_nothing_for_who_may_not_see_it(client_as, county, place, listed):
    reader = client_as(county.officer(Role.OBSERVER))
    head = client_as(county.officer(Role.SECTION_HEAD))

    assert names(reader, listed, PHONE) == []
    assert names(reader, listed, "sghs 7788") == []
    assert names(head, listed, "138-0990 7788") == [NAME]


@pytest.mark.parametrize("listed", LISTS)
def test_looking_for_words_asks_a_fixed_number_of_questions(
    client_as, county, place, queries_of, listed
):
    browser = client_as(county.officer(Role.SECTION_HEAD))

    def sent():
        with queries_of() as statements:
            assert names(browser, listed, "画室")
        return len(statements)

    sent()
    before = sent()
    for number in range(4):
        one = institution(county, name=f"画室{number}", address="城东街道1号")
        inspections.visit(county, one)
        notices.draft(county, institution=one)
        enforcement.raised_case(county, one)

    assert sent() == before


def test_one_word_may_be_the_institutions_and_another_the_problems(client_as, county, place):
    browser = client_as(county.officer())

    assert names(browser, "/items", "sghs 安全出口") == [NAME]
    assert names(browser, "/items", "安全出口 器材柜") == [NAME, OTHER]
    assert names(browser, "/items", "sghs 龘") == []


LISTED = {
    "visits": (Visit, visits.found),
    "notices": (Notice, listing.found),
    "cases": (JointCase, cases.found),
}


@pytest.mark.parametrize("kind", LISTED)
def test_a_record_is_found_after_its_institution_has_moved_away(county, session, place, kind):
    other = County(session, code="990202", name="临湖县")
    with database.transaction():
        place.division_path = other.division.path
    model, found = LISTED[kind]

    here = county.officer().scope.clause(model.division_path)
    rows = session.scalars(sa.select(model).where(here, found(session, county.officer(), "sghs")))

    assert {row.institution.name for row in rows} == {NAME}


@pytest.mark.parametrize("few", [1000, 6, 0])
def test_other_records_are_found_the_same_by_every_way(county, session, place, few):
    for number in range(8):
        institution(county, name=f"乐弦{number}")

    def found(words):
        search = Search(Typed.read(words), Scope("99/9901/"), phones=True, few=few)
        wanted = queries.belonging(session, search, Visit.institution_id)
        return {one.institution.name for one in session.scalars(sa.select(Visit).where(wanted))}

    assert [found(words) for words in WORDS] == [{NAME}] * len(WORDS)
    assert found("街道") == {NAME, OTHER}
    assert found("龘") == set()
    assert found("") == {NAME, OTHER}


def plan(session, statement):
    """The steps by which the database would answer."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    if not on_sqlite:
        # A handful of rows is read as it stands, unless that is forbidden.
        session.execute(sa.text("SET LOCAL enable_seqscan = off"))
    compiled = statement.compile(session.get_bind(), compile_kwargs={"render_postcompile": True})
    word = "EXPLAIN QUERY PLAN" if on_sqlite else "EXPLAIN"
    rows = session.connection().exec_driver_sql(
        f"{word} {compiled}",
        tuple(compiled.params[name] for name in compiled.positiontup)
        if compiled.positional
        else compiled.params,
    )
    return [str(row[-1]) for row in rows]


@pytest.mark.parametrize("few", [1000, 6])
def test_other_records_are_read_by_their_place_and_institutions_by_key(county, session, place, few):
    for number in range(8):
        institution(county, name=f"乐弦{number}")
    scope = Scope("99/9901/990101/")
    search = Search(Typed.read("sghs"), scope, phones=True, few=few)
    wanted = queries.belonging(session, search, Visit.institution_id)

    steps = plan(session, sa.select(Visit.id).where(scope.clause(Visit.division_path), wanted))

    assert [step for step in steps if "PRIMARY KEY" in step or "pk_institution" in step]
    whole = ("SCAN visit", "SCAN institution", "Seq Scan")
    assert not [step for step in steps for words in whole if words in step]
