"""When the county changes which department a kind belongs to, its institutions follow."""

import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.registry import closed, institution
from tests.pages import filled_in
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue import service as catalogue_service
from training_oversight.catalogue.models import InstitutionKind
from training_oversight.errors import OversightError
from training_oversight.registry import jobs, queries, service
from training_oversight.texts import Text
from training_oversight.web.contributions import Follower, contributions


def moved(county, kind="arts", department="sports", by=None):
    """The county says that another department is responsible for a kind."""
    by = by or county.officer(Role.ADMINISTRATOR)
    present = catalogue.entry(
        county.session, InstitutionKind, kind, authority_id=county.authority.id, today=county.today
    )
    with database.transaction() as session:
        catalogue_service.change(
            session,
            present,
            model=InstitutionKind,
            values={
                "code": kind, "name": present.name, "name_en": present.name_en,
                "position": present.position, "department_code": department,
            },
            by=by,
            today=county.today,
            seen=present.id,
        )  # fmt: skip


def department_of(session, record):
    session.refresh(record)
    return record.industry_department and record.industry_department.code


def test_institutions_follow_with_a_line_in_the_history_of_each(county, session):
    records = [institution(county, kind_code="arts") for _ in range(3)]
    other = institution(county, kind_code="science")
    moved(county)

    outcome = jobs.follow_kinds(county.today)

    assert outcome.done == 3
    assert [department_of(session, one) for one in records] == ["sports"] * 3
    assert department_of(session, other) == "science"
    event = queries.history(session, records[0])[0]
    assert event.verb == "institution.department_followed"
    before, after = county.departments["culture"].id, county.departments["sports"].id
    assert event.changes == {"industry_department_id": [before, after]}


def test_run_again_it_finds_nothing_left(county, session):
    institution(county, kind_code="arts")
    moved(county)
    jobs.follow_kinds(county.today)
    before = session.scalar(sa.select(sa.func.count()).select_from(Event))

    assert jobs.follow_kinds(county.today).done == 0
    assert session.scalar(sa.select(sa.func.count()).select_from(Event)) == before


def test_what_an_officer_decided_and_what_is_closed_stays(county, session):
    market = county.departments["market"].id
    decided = institution(
        county, kind_code="arts", industry_department_id=market, department_reason="县里明确"
    )
    gone = institution(county, kind_code="arts")
    closed(gone, county)
    moved(county)

    jobs.follow_kinds(county.today)

    assert (department_of(session, decided), department_of(session, gone)) == ("market", "culture")


def test_a_kind_that_belongs_to_nobody_any_more_leaves_a_gap(county, session):
    record = institution(county, kind_code="arts")
    moved(county, department=None)

    jobs.follow_kinds(county.today)

    assert department_of(session, record) is None


def test_another_county_keeps_its_own_mapping(county, session):
    other = County(session, code="990202", name="临湖县")
    there = institution(other, kind_code="arts")
    moved(county)

    jobs.follow_kinds(county.today)

    assert there.industry_department.name == "澄江县文旅局"
    assert department_of(session, there) == "culture"


ARTS = "/settings/kinds/entry/arts"


def gives_to_sports(browser, **more):
    """Say it in the settings, read whom it reaches, and say yes."""
    return sent(browser, browser.submit(ARTS, department_code="sports"), **more)


def sent(browser, page, **more):
    """The form of the page as it stands."""
    return browser.post(ARTS, data=filled_in(page.soup.select_one("main form")) | more)


def test_whom_it_reaches_is_read_before_anything_happens(county, session, client_as):
    market = county.departments["market"].id
    records = [institution(county, kind_code="arts") for _ in range(3)]
    with database.transaction():
        records[2].industry_department_id = None
    institution(county, kind_code="arts", industry_department_id=market, department_reason="明确")
    closed(institution(county, kind_code="arts"), county)
    institution(county, kind_code="science")
    browser = client_as(county.officer(Role.ADMINISTRATOR))

    page = browser.submit(ARTS, department_code="sports", name="文艺")

    said = page.soup.select_one("main").text
    assert "3家机构的行业主管部门现在一并改变" in said
    assert "2家：澄江县文旅局 → 澄江县体育局" in said
    assert "1家：未明确 → 澄江县体育局" in said
    assert "1家已单独指定部门" in said
    assert department_of(session, records[0]) == "culture"
    assert page.soup.select_one("[name=name]")["value"] == "文艺"
    names = [each["name"] for each in page.soup.select("main form [name]")]
    assert len(names) == len(set(names))
    assert "3家机构的行业主管部门已随类别调整" in sent(browser, page).text


def test_from_there_a_way_leads_back_to_the_form_as_it_was_typed(county, session, client_as):
    record = institution(county, kind_code="arts")
    browser = client_as(county.officer(Role.ADMINISTRATOR))

    page = gives_to_sports(browser, back="1")

    assert page.soup.select_one("[name=department_code] [selected]")["value"] == "sports"
    assert department_of(session, record) == "culture"
    assert "1家机构" in sent(browser, page).text


def test_a_number_that_has_grown_meanwhile_is_shown_again(county, session, client_as):
    institution(county, kind_code="arts")
    browser = client_as(county.officer(Role.ADMINISTRATOR))
    page = browser.submit(ARTS, department_code="sports")
    late = institution(county, kind_code="arts")

    again = sent(browser, page)

    assert "2家机构的行业主管部门现在一并改变" in again.text
    assert department_of(session, late) == "culture"
    sent(browser, again)
    assert department_of(session, late) == "sports"


def test_the_change_and_those_who_follow_are_one_act(app, county, session, client_as):
    def broken(*_):
        raise OversightError(Text("power cut"))

    follower = Follower("kinds", lambda *_: None, broken)
    contributions(app).add(follower)
    record = institution(county, kind_code="arts")
    browser = client_as(county.officer(Role.ADMINISTRATOR))

    page = browser.submit(ARTS, department_code="sports")
    browser.http.post(ARTS, data=filled_in(page.soup.select_one("main form")))
    contributions(app).handed_in.remove(follower)

    kinds = catalogue.kinds(session, authority_id=county.authority.id, today=county.today)
    assert next(one for one in kinds if one.code == "arts").department_code == "culture"
    assert department_of(session, record) == "culture"


def test_a_kind_that_nobody_has_and_a_mere_new_name_need_no_yes(county, client_as):
    institution(county, kind_code="science")
    browser = client_as(county.officer(Role.ADMINISTRATOR))

    assert "已保存" in browser.submit(ARTS, department_code="sports").text
    assert "已保存" in browser.submit("/settings/kinds/entry/science", name="科创").text


def test_saving_the_settings_makes_them_follow_at_once_and_says_how_many(
    county, session, client_as
):
    records = [institution(county, kind_code="arts") for _ in range(2)]
    administrator = county.officer(Role.ADMINISTRATOR, name="赵管理")
    browser = client_as(administrator)

    page = gives_to_sports(browser)

    assert "2家机构的行业主管部门已随类别调整" in page.text
    assert [department_of(session, one) for one in records] == ["sports", "sports"]
    assert queries.history(session, records[0])[0].actor_name == "赵管理"


def test_ending_the_own_version_makes_them_follow_back(county, session, client_as):
    record = institution(county, kind_code="arts")
    browser = client_as(county.officer(Role.ADMINISTRATOR))
    gives_to_sports(browser)
    assert "1家机构的行业主管部门" in browser.get("/settings/kinds/entry/arts/end").text

    browser.submit("/settings/kinds/entry/arts/end")

    assert department_of(session, record) == "culture"


def test_other_settings_let_nobody_follow(county, session, client_as):
    record = institution(county, kind_code="arts")
    moved(county)
    browser = client_as(county.officer(Role.ADMINISTRATOR))

    browser.submit("/settings/limits/entry/decide", length="4")

    assert department_of(session, record) == "culture"


def test_what_was_decided_since_the_job_chose_its_records_stays(county, session):
    right = institution(county, kind_code="sports")
    decided = institution(
        county, kind_code="arts", industry_department_id=county.departments["science"].id,
        department_reason="县里分工",
    )  # fmt: skip
    moved(county)
    before = [len(queries.history(session, one)) for one in (right, decided)]

    with database.transaction() as writing:
        count = service.follow_mapping(
            writing, [right.id, decided.id], by=county.system, today=county.today
        )

    assert count == 0
    assert [department_of(session, one) for one in (right, decided)] == ["sports", "science"]
    assert [len(queries.history(session, one)) for one in (right, decided)] == before
