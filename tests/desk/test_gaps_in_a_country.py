"""Gaps are counted in the officer's own scope, however many institutions the country has."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories.registry import institution
from training_oversight.accounts.permissions import Role
from training_oversight.desk import gaps, unattended
from training_oversight.registry.models import Institution

TODAY = date(2026, 10, 15)


@pytest.fixture
def on_sqlite(session):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("its planner weighs rows that a test does not have")


def plan(session, condition):
    counted = sa.select(sa.func.count()).select_from(Institution).where(condition)
    compiled = counted.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    rows = session.execute(sa.text(f"EXPLAIN QUERY PLAN {compiled}"))
    return [row.detail for row in rows if row.detail.split()[1] == "institution"]


@pytest.mark.parametrize("name", ["owner", "department", "kind", "reason", "ending", "phone"])
def test_each_gap_is_looked_up_within_the_scope(county, session, on_sqlite, name):
    steps = plan(session, gaps.clause(name, county.officer().scope, TODAY))

    assert steps
    assert all(step.startswith("SEARCH") and "division_path>?" in step for step in steps), steps


def test_what_the_desk_counts_of_institutions_is_in_the_indexes_alone(county, session, on_sqlite):
    scope = county.officer().scope

    for condition in (
        unattended.institutions_without_owner(scope, TODAY),
        unattended.institutions_without_department(scope),
    ):
        assert all("COVERING INDEX" in step for step in plan(session, condition))


def test_the_page_reads_the_register_once_and_the_papers_of_each_once(county, session, queries_of):
    institution(county)
    officer = county.officer(Role.INSPECTOR)

    with queries_of() as statements:
        gaps.counted(session, officer, today=TODAY)

    [asked] = statements
    assert len(re.findall(r"FROM licence\s+WHERE licence.institution_id = inst", asked)) == 1


def test_postgresql_is_not_to_compile_what_it_counts(session):
    """It took fourteen seconds over a page that is read in a twentieth of one."""
    if session.get_bind().dialect.name != "postgresql":
        pytest.skip("another database")

    assert session.scalar(sa.text("SHOW jit")) == "off"
