"""A proposal of rights waits, is confirmed, refused or withdrawn: its step, pages and commands."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories.rights import TODAY, acting, change, confirm, own, waiting
from training_oversight import clock, database
from training_oversight.accounts import queries, service
from training_oversight.accounts.models import Decision, RightsProposal
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.desk import queries as desk
from training_oversight.errors import BadInput, StaleForm, WrongState

DAY = timedelta(days=1)


@pytest.fixture
def admin(county):
    return county.officer(Role.ADMINISTRATOR, name="罗志远")


@pytest.fixture
def head(county):
    return county.officer(Role.SECTION_HEAD, name="王静")


def test_one_proposal_waits_at_a_time(county, admin):
    officer = county.officer()
    change(officer, admin, roles={Role.INSPECTOR, Role.LIAISON})

    with pytest.raises(BadInput):
        change(officer, admin, roles={Role.INSPECTOR, Role.LEADER})


def test_a_page_that_showed_another_proposal_confirms_nothing(county, session, admin, head):
    officer, by = county.officer(), acting(admin)
    change(officer, admin, roles={Role.INSPECTOR, Role.LIAISON})
    shown = waiting(officer).id
    with database.transaction():
        service.withdraw(session, officer, by=by)
    change(officer, admin, roles={Role.INSPECTOR, Role.LEADER})

    with pytest.raises(StaleForm):
        confirm(officer, head, seen=shown)


def test_what_was_decided_is_not_decided_again(county, session, admin, head):
    officer, by = county.officer(), acting(head)
    change(officer, admin, roles={Role.INSPECTOR, Role.LIAISON})
    with database.transaction():
        service.refuse(session, officer, reason="本人已调离", by=by)

    with pytest.raises(WrongState):
        confirm(officer, head)
    assert own(officer) == {Role.INSPECTOR}
    assert history.history(session, officer)[0].note == "本人已调离"


def test_the_end_of_the_service_withdraws_what_waits(county, session, admin):
    officer, by = county.officer(), acting(admin)
    change(officer, admin, roles={Role.INSPECTOR, Role.LIAISON})

    with database.transaction():
        service.end_service(session, officer, today=TODAY, by=by, note="调离")

    assert waiting(officer) is None


def test_both_names_are_in_the_history(county, session, admin, head):
    officer = county.officer()
    change(officer, admin, certificate_number="ZF-2")
    confirm(officer, head)

    confirmed, proposed = history.history(session, officer)[:2]
    assert (proposed.verb, proposed.actor_id) == ("officer.rights_proposed", admin.id)
    assert proposed.facts["wanted"] == {"certificate_number": "ZF-2"}
    assert (confirmed.verb, confirmed.actor_id) == ("officer.rights_confirmed", head.id)
    assert confirmed.facts["proposed_by"] == "罗志远"
    assert confirmed.changes["certificate_number"][1] == "ZF-2"


@pytest.mark.parametrize(
    "broken",
    [
        {"proposed_by_id": "officer"},
        {"decision": Decision.CONFIRMED, "decided_by_id": "admin"},
        {"decision": Decision.CONFIRMED, "decided_by_id": "officer"},
        {"decision": Decision.CONFIRMED},
        {"decided_by_id": "head"},
    ],
)
def test_the_database_refuses_what_two_people_did_not_do(county, session, admin, head, broken):
    officer = county.officer()
    people = {"officer": officer.id, "admin": admin.id, "head": head.id}
    values = {
        "officer_id": officer.id, "division_path": officer.division_path, "wanted": {},
        "proposed_by_id": admin.id, "proposed_at": clock.now(),
        "reason": "",
    }  # fmt: skip
    values |= {name: people.get(value, value) for name, value in broken.items()}
    if "decided_by_id" in broken:
        values["decided_at"] = clock.now()

    with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
        session.execute(sa.insert(RightsProposal).values(**values))


@pytest.mark.usefixtures("in_app")
def test_what_waits_is_a_line_on_the_desk_of_who_may_confirm(county, session, admin, head):
    officer, leader, other = (
        county.officer(name="陈立群"),
        county.officer(Role.LEADER),
        county.officer(Role.PUBLISHER),
    )
    change(officer, admin, roles={Role.INSPECTOR, Role.LIAISON})

    def lines(one):
        found = desk.worklist(session, acting(one), today=TODAY)
        return [line.title for line in found if line.source.name == "rights-confirm"]

    assert [lines(one) for one in (head, leader, admin, other)] == [["陈立群"], ["陈立群"], [], []]
    assert desk.counts(session, acting(leader), TODAY)["officers.index"] == 1


def test_pages_propose_confirm_refuse_and_withdraw(county, client_as, session, admin, head):
    officer = county.officer(name="陈立群")
    administrator, second = client_as(admin), client_as(head)
    url = f"/officers/{officer.id}"

    page = administrator.submit(url, form="#officer-form", roles=["inspector", "publisher"])
    assert "待第二人确认" in page.text
    assert "陈立群" in administrator.get("/officers").soup.select_one(".part-space").text
    seen = administrator.get(f"{url}/rights")
    assert "这是您提出的" in seen.text
    assert "确认授予" not in seen.text

    second.submit(f"{url}/rights/refuse", 422, reason="")
    second.submit(f"{url}/rights/refuse", reason="岗位未定")
    assert own(officer) == {Role.INSPECTOR}

    administrator.submit(url, form="#officer-form", roles=["inspector", "publisher"])
    form = administrator.get(f"{url}/rights").soup.select_one("form[action$=withdraw]")
    administrator.post(form["action"], data={"version": form.select_one("[name=version]")["value"]})
    assert waiting(officer) is None

    administrator.submit(url, form="#officer-form", roles=["inspector", "publisher"])
    page = second.submit(f"{url}/rights")
    assert "已确认：陈立群" in page.text
    assert own(officer) == {Role.INSPECTOR, Role.PUBLISHER}
    second.post(f"{url}/rights", status=409)


def test_who_withdraws_other_rights_than_the_page_showed_reads_why(county, client_as, admin):
    officer, administrator = county.officer(name="陈立群"), client_as(admin)
    url = f"/officers/{officer.id}"
    administrator.submit(url, form="#officer-form", roles=["inspector", "publisher"])
    seen = waiting(officer).id

    page = administrator.post(f"{url}/rights/withdraw", data={"version": str(seen + 1)})

    assert "已经变了" in page.soup.select_one("[role=alert]").text
    assert waiting(officer).id == seen


def test_who_has_no_role_yet_reads_so_and_opens_nothing(county, client_as, session, admin):
    administrator = client_as(admin)
    page = administrator.submit(
        "/officers/add", username="zhou.min", name="周敏",
        department_id=str(county.departments["education"].id),
        division_id=str(county.division.id), roles=["section_head"],
    )  # fmt: skip
    assert page.soup.select_one("#password")
    officer = queries.by_username(session, "zhou.min")
    with database.transaction():
        officer.must_change_password = False
    browser = client_as(officer)

    assert "尚无角色" in browser.get("/account").text
    assert browser.get("/desk", status=302).location.endswith("/account")
    browser.post("/settings/authority", status=403)


@pytest.fixture
def run(app, session):
    def run(*arguments):
        return app.test_cli_runner().invoke(args=[str(one) for one in arguments])

    return run


def test_the_operator_is_the_second_person_of_an_office_without_one(run, county, admin):
    officer = county.officer()
    change(officer, admin, roles={Role.INSPECTOR, Role.SECTION_HEAD})

    listed = run("officers", "waiting")
    answer = run("officers", "confirm", officer.username)

    assert officer.username in listed.stdout
    assert answer.exit_code == 0
    assert own(officer) == {Role.INSPECTOR, Role.SECTION_HEAD}
    assert run("officers", "confirm", officer.username).exit_code == 2


def test_what_a_command_does_in_an_officers_name_waits_as_well(run, session, county, admin):
    answer = run(
        "officers", "add", "zhou.min", "--name", "周敏", "--department", "education", "--division",
        county.code, "--role", "section_head", "--by", admin.username,
    )  # fmt: skip

    officer = queries.by_username(session, "zhou.min")
    assert answer.exit_code == 0
    assert own(officer) == set()
    assert waiting(officer).proposed_by_id == admin.id


def test_a_countys_first_administrator_comes_with_it(run, session):
    answer = run(
        "counties", "add", "980203", "望溪县", "--short-name", "望教", "--administrator",
        "wangxi.guanli=罗志远",
    )  # fmt: skip

    officer = queries.by_username(session, "wangxi.guanli")
    assert answer.exit_code == 0
    assert "wangxi.guanli" in answer.stdout
    assert own(officer) == {Role.ADMINISTRATOR}
    assert officer.must_change_password
    assert officer.authority.code == "980203"
