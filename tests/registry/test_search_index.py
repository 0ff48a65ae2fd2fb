"""The index behind the search: it follows every change, and it is what is read."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories.registry import institution
from tests.factories.searching import EVERYWHERE, PLACE, WAYS, found
from training_oversight import database
from training_oversight.accounts.models import Scope
from training_oversight.law import identifiers
from training_oversight.names.typed import Typed
from training_oversight.registry import queries, service
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import Search


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

    assert found(session, "墨耕", way="index") == []
    assert found(session, "文澜", way="index") == []
    assert found(session, "青禾 南塘", way="index") == ["青禾书法"]
    town = Scope(county.townships[1].path)
    assert found(session, "青禾", way="in order", scope=town) == ["青禾书法"]
    assert found(session, "青禾", way="in order", scope=Scope(county.townships[0].path)) == []


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

    assert found(session, "0170000123", way="index") == ["墨耕书法"]


# Of one, of nearly all, of all.
@pytest.mark.parametrize("typed", ["墨耕", "弦", "街"])
@pytest.mark.parametrize("way", ["index", "in order", "all"])
def test_a_wide_search_reads_no_row_that_the_index_rules_out(county, session, way, typed):
    for number in range(30):
        institution(county, name=f"乐弦{number}")
    institution(county, name="墨耕书法")
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    if not on_sqlite:
        session.execute(sa.text("ANALYZE institution"))
    wanted = Search(Typed.read(typed), EVERYWHERE, True, *WAYS[way])

    plan = plans(session, lambda: queries.best(session, wanted, limit=8))

    if on_sqlite:
        assert [step for step in plan if step.startswith("SCAN institution_grams VIRTUAL TABLE")]
        # What is gone through in order is gone through by an index; all of it is read by none.
        assert "SCAN institution" not in plan
    else:
        assert [step for step in plan if "ix_institution_grams" in step]
        assert not [step for step in plan if "Seq Scan on institution" in step]
        # Cutting a row into grams takes most of a millisecond: no plan does it row by row.
        assert not [step for step in plan if "Filter" in step and "institution_grams" in step]
        for setting in ("enable_seqscan", "enable_indexscan"):
            assert session.scalar(sa.text(f"SHOW {setting}")) == "on"


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
    assert len(asked) >= 2
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


def test_what_a_migration_emptied_is_gathered_again(register):
    columns = sa.select(Institution.id, Institution.search_text, Institution.search_phone)
    before = register.execute(columns.order_by(Institution.id)).all()
    versions = register.scalars(sa.select(Institution.version).order_by(Institution.id)).all()
    with database.transaction():
        register.execute(sa.update(Institution).values(search_text="", search_phone=""))
    assert found(register, "星屿", way="in order") == []

    last = 0
    while last is not None:
        with database.transaction() as session:
            last = service.fill_search(session, EVERYWHERE, after=last, limit=2)

    assert register.execute(columns.order_by(Institution.id)).all() == before
    now = register.scalars(sa.select(Institution.version).order_by(Institution.id)).all()
    assert now == versions
    assert found(register, "星屿", way="in order") == [PLACE, "星屿旧址"]
