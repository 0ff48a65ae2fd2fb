"""Finding institutions by what was typed: the same on both databases, with the index or without."""

from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.county import County
from tests.factories.registry import closed, credit_code, institution, licence
from training_oversight import clock, database
from training_oversight.accounts.models import Scope
from training_oversight.accounts.permissions import Role
from training_oversight.law import identifiers
from training_oversight.registry import naming, queries, service
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import Search
from training_oversight.registry.queries.search import Rank
from training_oversight.registry.typed import Typed

# Looked at one by one without the index; found by the index; gone through in order.
WAYS = {"plain": 1000, "index": 4, "in order": 0}
EVERYWHERE = Scope.everything()
PLACE = "星屿艺术（文澜）培训中心"


@pytest.fixture
def register(county, session):
    """Six institutions, so that the index has something to choose from."""
    place = institution(
        county,
        name=PLACE,
        aliases=("拾光画室",),
        address="文澜街道书院路118号",
        phone="138-0990 0001",
        uscc=credit_code(7),
    )
    licence(county, place, number="199010170000009")
    for name in ("重庆书院", "ABC英语", "仇英书画社", "墨耕书法"):
        institution(county, name=name, address="南塘街道3号", phone="13811112222")
    closed(institution(county, name="星屿旧址", address="南塘街道4号", phone=""), county)
    with database.transaction():
        place.former_names = [{"name": "蓝汀书社", "until": "2025-03-01"}]
        service.refresh_search(place)
    return session


def found(session, typed, *, few=1000, scope=EVERYWHERE, phones=True, limit=50):
    search = Search(Typed.read(typed), scope, phones, few)
    return [hit.institution.name for hit in queries.hits(session, search, limit=limit)]


# What is typed, and what it finds in this order.
ANSWERS = [
    ("星", [PLACE, "星屿旧址"]),
    ("星屿", [PLACE, "星屿旧址"]),
    ("屿艺术", [PLACE]),
    ("艺术文澜", [PLACE]),
    ("（文澜）", [PLACE]),
    ("cq", ["重庆书院"]),
    ("chongqing", ["重庆书院"]),
    ("ＣＱＳＹ", ["重庆书院"]),
    ("abc", ["ABC英语"]),
    ("ａｂｃ英", ["ABC英语"]),
    ("qiuying", ["仇英书画社"]),
    ("拾光", [PLACE]),
    ("sghs", [PLACE]),
    ("蓝汀", [PLACE]),
    ("书院路118", [PLACE]),
    ("书院路１１８号", [PLACE]),
    ("书 书院路", [PLACE]),
    ("星屿 南塘", ["星屿旧址"]),
    (credit_code(7).lower(), [PLACE]),
    (credit_code(7)[5:12], [PLACE]),
    (f"{credit_code(7)[:8]} {credit_code(7)[8:]}", [PLACE]),
    ("教民199010170000009号", [PLACE]),
    ("0170000009", [PLACE]),
    ("13809900001", [PLACE]),
    ("138-0990-0001", [PLACE]),
    ("+86 138 0990 0001", [PLACE]),
    ("9900001", [PLACE]),
    ("书院", ["重庆书院", PLACE]),
    ("书", ["重庆书院", "仇英书画社", "墨耕书法", PLACE]),
    ("%", []),
    ("_", []),
    ("星_", []),
    ("不存在", []),
    ("龘", []),
    ("星屿 龘", []),
    ("", []),
]


@pytest.mark.parametrize("way", WAYS)
def test_what_was_typed_finds_the_same_by_every_way(register, way):
    answers = [(typed, found(register, typed, few=WAYS[way])) for typed, _ in ANSWERS]

    assert answers == ANSWERS


@pytest.mark.parametrize("way", WAYS)
def test_the_nearest_come_first_and_closed_ones_last(county, session, way):
    for name, address in (
        ("乙博雅书画", "甲街"),
        ("博雅书画", "乙街"),
        ("甲书画", "博雅路"),
        ("甲书社", "丙街"),
        ("博雅书社", "丁街"),
    ):
        institution(county, name=name, address=address)
    closed(institution(county, name="博雅阿社", address="戊街"), county)
    closed(institution(county, name="阿博雅", address="己街"), county)
    closed(institution(county, name="阿书画", address="博雅路"), county)

    names = found(session, "博雅", few=WAYS[way])

    assert names == [
        "博雅书画", "博雅书社", "博雅阿社", "乙博雅书画", "阿博雅", "甲书画", "阿书画",
    ]  # fmt: skip
    assert found(session, "博雅", few=WAYS[way], limit=4) == names[:4]


NAMES = st.text(st.sampled_from("星屿艺术博雅ABCb12 重乐单（仇"), min_size=1, max_size=8).filter(
    str.strip
)


@given(st.lists(NAMES, min_size=5, max_size=7), st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_part_of_any_name_finds_it_by_every_way(county, session, names, data):
    before = session.begin_nested()
    try:
        rows = [written(county, name, number) for number, name in enumerate(names)]
        session.execute(sa.insert(Institution), rows)
        name = data.draw(st.sampled_from(names))
        begin = data.draw(st.integers(0, len(name) - 1))
        part = name[begin : begin + data.draw(st.integers(1, 4))]

        answers = [found(session, part, few=few) for few in WAYS.values()]

        assert answers[0] == answers[1] == answers[2]
        assert name in answers[0] or not part.strip()
    finally:
        before.rollback()
        session.expunge_all()


def written(county, name, number):
    """The values of an institution's row, as they are when many are written at once."""
    return {
        "authority_id": county.authority.id,
        "division_id": county.division.id,
        "division_path": county.division.path,
        "name": name,
        "match_name": naming.match_name(name),
        "sort_key": naming.sort_key(name),
        "search_text": naming.search_text(name),
        "state": "closed" if number % 3 == 2 else "operating",
        "closed_on": clock.today() if number % 3 == 2 else None,
        "entered_at": clock.now(),
        "version": 1,
    }


@pytest.mark.parametrize("way", WAYS)
def test_nothing_outside_the_scope_is_found(county, session, way):
    other = County(session, code="990202", name="临湖县")
    for number in range(6):
        institution(county, name=f"星屿{number}")
        institution(other, name=f"星屿临湖{number}", division=other.division)

    mine = found(session, "星屿", few=WAYS[way], scope=county.officer().scope)

    assert mine == [f"星屿{number}" for number in range(6)]
    assert len(found(session, "星屿", few=WAYS[way])) == 12


@pytest.mark.parametrize("way", WAYS)
def test_who_may_not_see_personal_data_finds_nothing_by_telephone(register, way):
    for typed in ("13809900001", "138-0990", "9900001", "0990 0001"):
        assert found(register, typed, few=WAYS[way], phones=False) == []
    assert found(register, "星屿 0001", few=WAYS[way], phones=False) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_record_that_was_taken_back_is_not_found(register, way):
    place = register.scalars(
        sa.select(Institution).where(Institution.name == "星屿旧址")
    ).one()  # fmt: skip
    with database.transaction():
        place.withdrawn = True

    assert found(register, "星屿", few=WAYS[way]) == [PLACE]


def test_the_permission_decides_whether_telephones_are_searched(county):
    assert Search.by(county.officer(Role.INSPECTOR), "138").phones
    assert not Search.by(county.officer(Role.OBSERVER), "138").phones
    assert Search.by(county.officer(), "138").scope == Scope("99/9901/990101/")


WHY = [
    ("星屿", []),
    ("xyys", []),
    ("拾光", ["又称拾光画室"]),
    ("蓝汀", ["曾用名蓝汀书社"]),
    ("书院路", ["地址：文澜街道书院路118号"]),
    ("星屿 书院路", ["地址：文澜街道书院路118号"]),
    ("拾光 书院路 118", ["又称拾光画室", "地址：文澜街道书院路118号"]),
    ("990101ma0000007", [f"信用代码{credit_code(7)}"]),
    ("99010170000009", ["许可证号199010170000009"]),
    ("138 0990 0001", ["电话相符"]),
]


def test_a_hit_says_why_it_is_one(register):
    def why(typed):
        search = Search(Typed.read(typed), EVERYWHERE, phones=True)
        nearest = queries.hits(register, search, limit=5)[0]
        assert nearest.institution.name == PLACE
        return [str(reason) for reason in nearest.reasons]

    assert [(typed, why(typed)) for typed, _ in WHY] == WHY


def test_a_hit_knows_whether_the_whole_number_was_typed(register):
    def exactly(typed):
        search = Search(Typed.read(typed), EVERYWHERE, phones=True)
        return [hit.exact for hit in queries.hits(register, search, limit=5)]

    assert exactly(credit_code(7).lower()) == [True]
    assert exactly("教民 199010170000009 号") == [True]
    assert exactly("19901017000000") == [False]
    assert exactly("13809900001") == [False]


def test_the_index_follows_every_change(county, session):
    place = institution(county, name="墨耕书法", address="文澜路1号")
    for number in range(5):
        institution(county, name=f"乐弦{number}", address="城东街道")

    by = county.officer()
    with database.transaction():
        service.edit(
            session, place, by=by, today=county.today, version=None,
            values=service.InstitutionValues(
                name="青禾书法", name_corrected=True, address="南塘路2号",
                division_id=county.townships[1].id,
            ),
        )  # fmt: skip

    assert found(session, "墨耕", few=4) == []
    assert found(session, "文澜", few=4) == []
    assert found(session, "青禾 南塘", few=4) == ["青禾书法"]
    town = Scope(county.townships[1].path)
    assert found(session, "青禾", few=0, scope=town) == ["青禾书法"]
    assert found(session, "青禾", few=0, scope=Scope(county.townships[0].path)) == []


def test_the_number_of_a_new_paper_is_found(county, session):
    place = institution(county, name="墨耕书法", uscc=identifiers.make_uscc("91990101MA0000001"))
    for number in range(5):
        institution(county, name=f"乐弦{number}")

    by = county.officer()
    with database.transaction():
        service.add_licence(
            session, place, by=by, today=county.today,
            values=service.LicenceValues(
                type="training", number="299010170000123", issued_on=date(2024, 3, 1)
            ),
        )  # fmt: skip

    assert found(session, "0170000123", few=4) == ["墨耕书法"]


@pytest.mark.parametrize("way", ["index", "in order"])
def test_a_wide_search_reads_no_row_that_the_index_rules_out(county, session, way):
    for number in range(30):
        institution(county, name=f"乐弦{number}")
    institution(county, name="墨耕书法")
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    wanted = Search(Typed.read("墨耕"), EVERYWHERE, phones=True, few=WAYS[way])

    plan = plans(session, lambda: queries.hits(session, wanted, limit=8))

    if on_sqlite:
        assert [step for step in plan if step.startswith("SCAN institution_grams VIRTUAL TABLE")]
        # What is gone through in order is gone through by an index; all of it is read by none.
        assert "SCAN institution" not in plan
    else:
        assert [step for step in plan if "ix_institution_grams" in step]
        assert not [step for step in plan if "Seq Scan on institution" in step]
        assert session.scalar(sa.text("SHOW enable_seqscan")) == "on"


def plans(session, act):
    """The steps of the plans of all questions that ``act`` asks."""
    asked, steps = [], []
    engine = session.get_bind().engine

    def explain(_connection, cursor, statement, values, *_rest):
        # The first only counts whom the officer may see at all, as far as it matters.
        if "FROM institution" in statement and "count(" not in statement:
            asked.append(statement)
            word = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
            cursor.execute(f"{word} {statement}", values)
            steps.extend(str(row[-1]) for row in cursor.fetchall())

    sa.event.listen(engine, "before_cursor_execute", explain)
    try:
        act()
    finally:
        sa.event.remove(engine, "before_cursor_execute", explain)
    assert len(asked) >= 3
    return steps


def test_searching_asks_a_fixed_number_of_questions(register, county, queries_of):
    def sent():
        with queries_of() as statements:
            assert found(register, "书")
        return len(statements)

    before = sent()
    for number in range(5):
        institution(county, name=f"书{number}")

    assert sent() == before <= 6


def test_the_rank_is_the_nearest_of_those_that_fit():
    assert sorted(Rank) == [Rank.BEGINS, Rank.NAMED, Rank.ELSEWHERE]


def test_what_a_migration_emptied_is_gathered_again(register):
    columns = sa.select(Institution.id, Institution.search_text, Institution.search_phone)
    before = register.execute(columns.order_by(Institution.id)).all()
    versions = register.scalars(sa.select(Institution.version).order_by(Institution.id)).all()
    with database.transaction():
        register.execute(sa.update(Institution).values(search_text="", search_phone=""))
    assert found(register, "星屿", few=0) == []

    last = 0
    while last is not None:
        with database.transaction() as session:
            last = service.fill_search(session, EVERYWHERE, after=last, limit=2)

    assert register.execute(columns.order_by(Institution.id)).all() == before
    now = register.scalars(sa.select(Institution.version).order_by(Institution.id)).all()
    assert now == versions
    assert found(register, "星屿", few=0) == [PLACE, "星屿旧址"]
