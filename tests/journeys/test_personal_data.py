"""Who sees a person's number or name, and that history never holds them."""

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.factories import enforcement, inspections, notices, registry
from training_oversight import database
from training_oversight.accounts.permissions import Permission, Role, granted
from training_oversight.audit import Event
from training_oversight.registry import service
from training_oversight.registry.service import values_of
from training_oversight.schema import Base

PHONE, LANDLORD, WITNESS = "13809907788", "钱房东", "孙在场"


@pytest.fixture
def place(county):
    """An institution with every kind of personal data, and a record of each kind beside it."""
    place = registry.institution(county, name="星屿艺术", phone=PHONE, landlord=LANDLORD)
    inspections.visit(county, place, representative=WITNESS, statement="当天只有一名教师。")
    notices.served(county, institution=place)
    enforcement.raised_case(county, place)
    return place


def opened(browser, place):
    """Every page that the officer can reach from the institution's, by its address."""
    todo, seen = [f"/institutions/{place.id}", "/institutions", "/visits", "/items", "/desk",
                  "/notices", "/cases", "/history"], {}  # fmt: skip
    while todo:
        url = todo.pop().split("#")[0]
        if url in seen or not url.startswith("/") or len(seen) > 60:
            continue
        answer = browser.http.get(url)
        seen[url] = answer.text if answer.mimetype == "text/html" else ""
        answer.close()
        if answer.status_code == 200 and answer.mimetype == "text/html":
            soup = browser._checked(answer, 200).soup
            todo += [a["href"] for a in soup.select("main a[href]")]
    return seen


WITHOUT = [
    role
    for role in Role
    if role is not Role.SYSTEM
    and Permission.SEE_PERSONAL_DATA not in granted(frozenset({role}))
    and role is not Role.ADMINISTRATOR
]


@pytest.mark.parametrize("role", WITHOUT)
def test_a_role_without_the_right_reads_no_number_and_no_private_name(
    client_as, county, place, role
):
    pages = opened(client_as(county.officer(role)), place)

    told = {
        (url, secret)
        for url, text in pages.items()
        for secret in (PHONE, LANDLORD, WITNESS)
        if secret in text
    }
    assert told == set()
    if Permission.VIEW_REGISTRY in granted(frozenset({role})):
        assert "138****7788" in pages[f"/institutions/{place.id}"]


def test_an_inspector_sees_the_number_masked_and_the_look_is_recorded(client_as, county, place):
    browser = client_as(county.officer())
    url = f"/institutions/{place.id}"

    before = browser.get(url)
    shown = browser.post(f"{url}/phone", status=200)

    assert PHONE not in before.text
    assert PHONE in shown.text
    looks = county.session.scalars(
        sa.select(Event).where(Event.verb == "institution.phone_seen")
    ).all()
    assert [one.subject_id for one in looks] == [place.id]


def test_the_history_never_holds_what_is_protected(client_as, county, place, session):
    by = county.officer()
    values = replace(values_of(place), phone="13911112222", landlord="李房东")
    with database.transaction() as held:
        service.edit(held, place, values=values, by=by, today=county.today, version=None)

    told = "".join(
        json.dumps([event.changes, event.facts, event.note], ensure_ascii=False)
        for event in session.scalars(sa.select(Event))
    )

    assert '"phone"' in told
    for secret in (PHONE, LANDLORD, WITNESS, "13911112222", "李房东"):
        assert secret not in told


def test_the_columns_that_name_private_people_are_marked():
    marked = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info.get("protected")
    }

    assert {
        "institution.phone", "venue.landlord", "visit.representative", "officer.phone",
        "officer.password_hash",
    } <= marked  # fmt: skip
