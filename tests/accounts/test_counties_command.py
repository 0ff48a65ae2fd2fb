"""``counties add`` founds a county in which its first officer can work."""

import json

import pytest
import sqlalchemy as sa

from tests.factories.lists import workbook
from tests.pages import Browser
from training_oversight import audit, database
from training_oversight.accounts import queries, service
from training_oversight.accounts.models import Authority, Department, Division
from training_oversight.audit import queries as history
from training_oversight.registry.models import Institution

ADD = ("add", "980203", "望溪县", "--short-name", "望教")


@pytest.fixture
def run(app, session):
    def run(*arguments, group="counties"):
        return app.test_cli_runner().invoke(args=[group, *map(str, arguments)])

    return run


@pytest.fixture
def counted(session):
    def counted():
        kinds = (Division, Authority, Department, audit.Event)
        return [session.scalar(sa.select(sa.func.count()).select_from(kind)) for kind in kinds]

    return counted


def test_a_county_gets_its_place_its_authority_and_the_usual_departments(run, session):
    answer = run(
        *ADD, "--hotline", "0980-1", "--address", "望溪县东街1号",
        "--township", "980203001=东街街道", "--township", "980203100=荷塘镇", "--format", "json",
    )  # fmt: skip

    town = queries.division_by_code(session, "980203100")
    authority = queries.authority_of(session, town)
    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {
        "code": "980203",
        "authority": "望溪县教育局",
        "departments": list(service.USUAL_DEPARTMENTS),
        "townships": ["980203001", "980203100"],
    }
    assert (town.name, town.path) == ("荷塘镇", "98/9802/980203/980203100/")
    assert (authority.short_name, authority.hotline) == ("望教", "0980-1")
    assert authority.address == "望溪县东街1号"
    assert queries.department_for(session, "fire", town).name == "望溪县消防救援大队"


def test_a_second_county_stands_under_the_same_prefecture(run, session):
    first = run(*ADD, "--province", "示例省", "--prefecture", "示例市")

    second = run("add", "980204", "枫岭县", "--short-name", "枫教", "--prefecture", "别的市")

    prefectures = session.scalars(sa.select(Division.name).where(Division.code == "9802")).all()
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert prefectures == ["示例市"]
    assert queries.division_by_code(session, "980204").path == "98/9802/980204/"


def test_departments_may_be_named_otherwise_and_more_be_added(run, session):
    answer = run(
        *ADD, "--authority", "望溪县教育体育局", "--department", "urban=望溪县综合行政执法局",
        "--department", "grain=望溪县粮食局",
    )  # fmt: skip

    place = queries.division_by_code(session, "980203")
    names = {
        code: queries.department_for(session, code, place).name
        for code in ("education", "urban", "grain")
    }
    assert answer.exit_code == 0
    assert names == {
        "education": "望溪县教育体育局",
        "urban": "望溪县综合行政执法局",
        "grain": "望溪县粮食局",
    }


def test_founding_is_in_the_history_under_the_name_of_who_did_it(run, session, county):
    administrator = county.officer()

    run(*ADD, "--by", administrator.username)

    authority = queries.authority_of(session, queries.division_by_code(session, "980203"))
    founded = history.history(session, authority)
    assert [(e.verb, e.actor_id) for e in founded] == [("authority.founded", administrator.id)]
    assert history.verify(session).broken == []


@pytest.mark.parametrize(
    "wrong",
    [
        ("add", "98020", "望溪县", "--short-name", "望教"),
        ("add", "９８０２０３", "望溪县", "--short-name", "望教"),
        ("add", "980203", "望溪县"),
        (*ADD, "--township", "荷塘镇"),
        (*ADD, "--township", "980299001=荷塘镇"),
        (*ADD, "--township", "980203001="),
        (*ADD, "--township", "980203001=荷塘镇", "--township", "980203001=东街街道"),
        (*ADD, "--department", "粮食=粮食局"),
        (*ADD, "--by", "nobody"),
    ],
)
def test_what_is_wrong_is_exit_2_and_leaves_nothing(run, counted, wrong):
    before = counted()

    answer = run(*wrong)

    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr
    assert counted() == before


def test_a_county_that_exists_is_refused_and_stays_as_it_is(run, counted):
    run(*ADD)
    before = counted()

    answer = run(*ADD, "--hotline", "0980-2")

    assert answer.exit_code == 2
    assert "980203" in answer.stderr
    assert counted() == before


def test_the_first_officer_signs_in_imports_a_list_and_sees_it(app, run, session, tmp_path):
    run(*ADD, "--township", "980203001=东街街道")
    run(
        "add", "wenhe", "--name", "闻禾", "--department", "education", "--division", "980203",
        "--role", "inspector", "--role", "administrator", "--certificate", "ZF1", group="officers",
    )  # fmt: skip
    file = tmp_path / "list.xlsx"
    file.write_bytes(workbook(["机构名称"], ["望溪县荷塘艺术培训中心"]))

    imported = run("import", file, "--by", "wenhe", group="registry")

    officer = queries.by_username(session, "wenhe")
    with database.transaction():
        officer.must_change_password = False
    browser = Browser(app, officer)
    places = session.scalars(sa.select(Institution)).all()
    assert imported.exit_code == 0
    assert [place.division_path for place in places] == ["98/9802/980203/"]
    assert "望溪县荷塘艺术培训中心" in browser.get("/institutions").text
    for address in ("/desk", "/items", "/notices", "/settings", "/officers"):
        browser.get(address, status=200)
