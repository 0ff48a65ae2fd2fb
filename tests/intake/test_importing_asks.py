"""What a list asks the database: as much for a long part as for a short one, and by index."""

import re

import pytest
import sqlalchemy as sa

from tests.factories.lists import HEADER, imported, looked, many, previewed, workbook
from training_oversight import database
from training_oversight.intake import confirming, reading
from training_oversight.intake.models import ImportRow
from training_oversight.intake.workflow import RowOutcome

# Steps that read every institution, or every one of a county.
WHOLE = re.compile(r"SCAN institution\b|SEARCH institution .*\(authority_id=\?\)")


def plans_of(session, do):
    """The steps by which SQLite answers what ``do`` asks."""
    asked, engine = [], session.get_bind().engine

    def note(_connection, _cursor, statement, parameters, _context, _many):
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        do()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    connection = session.connection()
    return [
        row.detail
        for statement, parameters in asked
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]


def test_writing_a_part_looks_its_rows_up_and_does_not_read_the_county(session, county):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("its planner weighs rows that a test does not have")
    imported(session, county, workbook(HEADER, *many(40)))
    rows = many(60)
    for row in rows[:30]:
        row[3] = row[3].replace("文澜路", "新街")
    batch = previewed(session, county, workbook(HEADER, *rows))
    _, ground = looked(session, county, workbook(HEADER, *rows))
    with database.transaction():
        confirming.begin(session, batch, by=county.system)

    with database.transaction():
        steps = plans_of(
            session, lambda: confirming.write_some(session, batch, ground, by=county.system)
        )

    assert [step for step in steps if "ix_institution_uscc" in step]
    assert [step for step in steps if WHOLE.search(step)] == []


def test_the_statements_of_reading_do_not_grow_with_its_rows(session, county, queries_of):
    batch = previewed(session, county, workbook(HEADER, *many(1)))
    sent = []
    for count in (10, 900):
        seen, ground = looked(session, county, workbook(HEADER, *many(count)))
        columns = {"name": 0, "kind_code": 1, "uscc": 4, "phone": 5}
        above = reading.values_above(session, batch.id)
        with queries_of() as statements, database.transaction() as writing:
            for part in reading.judged(writing, seen.table.rows(), columns, ground, above=above):
                assert {row.outcome for row in part} == {RowOutcome.NEW}
                reading.keep(writing, batch.id, part)
        sent.append(len(statements))

    assert sent[0] == sent[1]
    kept = sa.select(sa.func.count()).where(ImportRow.batch_id == batch.id)
    assert session.scalar(kept) == 1 + 10 + 900
