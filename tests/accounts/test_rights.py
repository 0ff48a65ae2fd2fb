"""Rights are given by two people, never to oneself, and never under a lent role."""

from datetime import timedelta

import pytest

from tests.accounts.test_signing_in import with_password
from tests.factories.county import County
from tests.factories.rights import TODAY, acting, change, confirm, lend, own, waiting
from training_oversight import database
from training_oversight.accounts import service
from training_oversight.accounts.permissions import GRANTED, NEVER_LENT, Permission, Role
from training_oversight.errors import BadInput, NotFound, NotPermitted

DAY = timedelta(days=1)


@pytest.fixture
def admin(county):
    return county.officer(Role.ADMINISTRATOR, name="罗志远")


@pytest.fixture
def head(county):
    return county.officer(Role.SECTION_HEAD, name="王静")


def test_a_role_holds_only_when_a_second_person_has_confirmed_it(county, admin, head):
    officer = county.officer()

    change(officer, admin, roles={Role.INSPECTOR, Role.PUBLISHER})

    assert own(officer) == {Role.INSPECTOR}
    confirm(officer, head)
    assert own(officer) == {Role.INSPECTOR, Role.PUBLISHER}
    assert waiting(officer) is None


def test_an_administrator_makes_himself_nothing(admin, head):
    for roles in ({Role.ADMINISTRATOR, Role.SECTION_HEAD}, {Role.ADMINISTRATOR, Role.LEADER}):
        with pytest.raises(BadInput):
            change(admin, admin, roles=roles)

    assert (own(admin), waiting(admin)) == ({Role.ADMINISTRATOR}, None)


@pytest.mark.parametrize(
    "roles", [(Role.ADMINISTRATOR,), (Role.SECTION_HEAD,), (Role.LEADER,)], ids=lambda one: one[0]
)
def test_another_administrator_the_head_or_the_leader_is_the_second_person(county, admin, roles):
    officer = county.officer()
    change(officer, admin, roles={Role.INSPECTOR, Role.LIAISON})

    confirm(officer, county.officer(*roles))

    assert Role.LIAISON in own(officer)


@pytest.mark.parametrize("role", [r for r in Role if Permission.CONFIRM_RIGHTS not in GRANTED[r]])
def test_no_other_role_is(county, admin, role):
    officer = county.officer()
    change(officer, admin, roles={Role.INSPECTOR, Role.LIAISON})

    with pytest.raises(NotPermitted):
        confirm(officer, county.officer(role))


def test_who_proposed_it_is_no_second_person(county, admin):
    officer = county.officer()
    change(officer, admin, roles={Role.INSPECTOR, Role.LIAISON})

    with pytest.raises(NotPermitted):
        confirm(officer, admin)


def test_who_gets_it_is_no_second_person(county, admin, head):
    change(head, admin, roles={Role.SECTION_HEAD, Role.PUBLISHER})

    with pytest.raises(NotPermitted):
        confirm(head, head)


def test_a_division_that_there_is_not_is_given_to_nobody(county, admin):
    officer = county.officer()

    with pytest.raises(NotFound):
        change(officer, admin, division_id=10**6)

    assert waiting(officer) is None


def test_another_countys_head_decides_nothing(county, session, admin):
    officer = county.officer()
    change(officer, admin, roles={Role.INSPECTOR, Role.LIAISON})
    stranger = County(session, code="990102", name="临溪县").officer(Role.SECTION_HEAD)

    with pytest.raises(NotFound):
        confirm(officer, stranger)


def test_a_townships_head_does_not_confirm_the_way_into_the_county(county, admin):
    officer = county.officer(division=county.townships[0])
    change(officer, admin, division_id=county.division.id)
    of_township = county.officer(Role.SECTION_HEAD, division=county.townships[0])

    with pytest.raises(NotFound):
        confirm(officer, of_township)


# What the form changes -> whether it gives something. An officer of the first township, borrowed
# until tomorrow, with a certificate.
CHANGES = [
    ({"name": "陈立群"}, False),
    ({"certificate_number": None}, False),
    ({"certificate_number": "ZF-2"}, True),
    ({"borrowed_until": TODAY}, False),
    ({"borrowed_until": TODAY + 2 * DAY}, True),
    ({"borrowed_until": None, "borrowed_from": None}, True),
    ({"division_id": "county"}, True),
    ({"division_id": "other township"}, True),
    ({"department_id": "fire"}, True),
]


def resolved(county, values):
    places = {"county": county.division.id, "other township": county.townships[1].id,
              "fire": county.departments["fire"].id}  # fmt: skip
    return {name: places.get(value, value) for name, value in values.items()}


@pytest.mark.parametrize(("values", "gives"), CHANGES)
def test_what_widens_rights_waits_and_what_narrows_them_is_done(county, admin, head, values, gives):
    officer = county.officer(division=county.townships[0], borrowed_from="文澜街道",
                             borrowed_until=TODAY + DAY)  # fmt: skip
    wanted = resolved(county, values)
    before = {name: getattr(officer, name) for name in wanted}

    change(officer, admin, **wanted)

    assert {name: getattr(officer, name) for name in wanted} == (before if gives else wanted)
    assert (waiting(officer) is not None) is gives
    if gives:
        confirm(officer, head)
    assert {name: getattr(officer, name) for name in wanted} == wanted
    division = database.current_session().get_one(type(county.division), officer.division_id)
    assert officer.division_path == division.path


@pytest.mark.parametrize(("values", "gives"), CHANGES)
def test_nobody_widens_their_own(county, session, values, gives):
    admin = county.officer(
        Role.ADMINISTRATOR, division=county.townships[0], borrowed_from="文澜街道",
        borrowed_until=TODAY + DAY,
    )  # fmt: skip
    if values.get("division_id"):
        with pytest.raises(NotFound):
            change(admin, admin, **resolved(county, values))
        return
    if gives:
        with pytest.raises(BadInput):
            change(admin, admin, **resolved(county, values))
    else:
        change(admin, admin, **resolved(county, values))
    assert waiting(admin) is None


def test_taking_a_role_away_is_done_at_once(county, admin):
    officer = county.officer(Role.INSPECTOR, Role.PUBLISHER)

    change(officer, admin, roles={Role.INSPECTOR, Role.LIAISON})

    assert own(officer) == {Role.INSPECTOR}
    assert waiting(officer).wanted == {"roles": ["liaison"]}


def test_who_comes_back_comes_back_with_a_second_yes(county, session, admin, head):
    officer = county.officer()
    with database.transaction():
        service.end_service(session, officer, today=TODAY, by=acting(admin), note="调离")
    with database.transaction():
        service.resume_service(session, officer, by=acting(admin))

    assert not officer.works_on(TODAY)
    confirm(officer, head)
    assert officer.works_on(TODAY)


def test_a_new_officer_has_no_role_until_then(county, session, admin, head):
    by = acting(admin)
    with database.transaction():
        officer = service.add(
            session, username="zhou.min", name="周敏", department=county.departments["education"],
            division=county.division, roles=[Role.INSPECTOR], password_hash="x" * 20, by=by,
        )  # fmt: skip

    assert acting(officer).permissions == frozenset()
    confirm(officer, head)
    assert acting(officer).roles == {Role.INSPECTOR}


def test_what_the_operator_gives_holds_at_once(county):
    officer = county.officer()

    change(officer, county.system, roles={Role.INSPECTOR, Role.SECTION_HEAD})

    assert own(officer) == {Role.INSPECTOR, Role.SECTION_HEAD}


def test_a_lent_role_gives_no_rights(county, session, admin, head):
    borrower, officer = county.officer(), county.officer()
    lend(admin, borrower)
    lend(head, borrower)
    change(officer, admin, roles={Role.INSPECTOR, Role.LIAISON})

    assert NEVER_LENT.isdisjoint(acting(borrower).permissions)
    assert acting(borrower).may(Permission.APPROVE_NOTICE)
    for act in (
        lambda: change(borrower, borrower, roles={Role.INSPECTOR, Role.SECTION_HEAD}),
        lambda: change(officer, borrower, roles={Role.INSPECTOR, Role.PUBLISHER}),
        lambda: confirm(officer, borrower),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_who_borrowed_the_administrators_role_opens_no_page_of_it(county, client_as, admin):
    borrower = county.officer()
    lend(admin, borrower)
    browser = client_as(borrower)

    for url in ("/officers", "/officers/add", f"/officers/{borrower.id}", "/settings"):
        browser.get(url, status=403)


def test_who_made_the_password_of_an_account_gets_nothing_confirmed_by_it(county, session, head):
    admin = county.officer(Role.ADMINISTRATOR)
    officer = county.officer()
    by = acting(admin)
    with database.transaction():
        service.change_password(session, head, password_hash="x" * 20, by=by, temporary=True)
    change(officer, admin, roles={Role.INSPECTOR, Role.LEADER})

    with pytest.raises(NotPermitted):
        confirm(officer, head)
    confirm(officer, county.officer(Role.LEADER))


def test_after_seven_days_the_account_confirms_again(county, session, at, admin, head):
    officer, by = county.officer(), acting(admin)
    with database.transaction():
        service.change_password(session, head, password_hash="x" * 20, by=by, temporary=True)
    at(TODAY + 7 * DAY)
    change(officer, admin, roles={Role.INSPECTOR, Role.LIAISON})

    confirm(officer, head)

    assert Role.LIAISON in own(officer)


def test_nobody_resets_their_own_password_without_knowing_it(session, admin):
    by = acting(admin)

    with database.transaction(), pytest.raises(NotPermitted):
        service.change_password(session, admin, password_hash="x" * 20, by=by, temporary=True)


def test_the_officer_reads_who_made_their_password(county, client_as, session, admin):
    officer = with_password(county, "correct-horse-battery")
    client_as(admin).submit(f"/officers/{officer.id}/reset-password")
    with database.transaction():
        officer.must_change_password = False

    assert "罗志远" in client_as(officer).get("/account").soup.select_one(".notice").text
