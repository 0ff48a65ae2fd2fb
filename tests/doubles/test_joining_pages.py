"""The pages by which an officer finds doubles, joins them and takes them apart."""

import pytest
import sqlalchemy as sa

from tests.factories import registry
from tests.pages import filled_in
from training_oversight.accounts.permissions import Role
from training_oversight.doubles.models import InstitutionMerge
from training_oversight.registry.models import Institution, Stage

START = "/institutions/duplicates"


@pytest.fixture
def two(county):
    kept = registry.licensed_institution(county, name="启明星培训中心", phone="13809900001")
    gone = registry.institution(
        county, name="启明星培训学校", phone="13809909999", address="南塘路9号", pupils=40
    )
    return kept, gone


def compare(kept, gone):
    return f"{START}/{kept.id}/{gone.id}"


def merges(session):
    session.expire_all()
    return session.scalars(sa.select(InstitutionMerge)).all()


def undo_of(session):
    return f"{START}/joined/{merges(session)[0].id}/undo"


def test_the_list_says_what_speaks_for_each_pair(inspector, two):
    page = inspector.get(START)

    row = page.soup.select_one("tbody tr").text
    assert "启明星培训中心" in row
    assert "启明星培训学校" in row
    assert "名称相近" in row
    assert page.soup.select_one(f"a[href='{compare(*two)}']")


def test_the_page_of_doubles_stands_in_the_menu_of_the_register(county, client_as, two):
    page = client_as(county.officer()).get("/institutions").soup
    reader = client_as(county.officer(Role.OBSERVER)).get("/institutions").soup

    [link] = [one for one in page.select(".more-menu a") if one.text == "疑似重复"]
    assert link["href"] == "/institutions/duplicates"
    assert "疑似重复" not in reader.select_one(".more-menu").text


def test_a_short_account_is_masked_whole(inspector, county):
    pair = [registry.institution(county, fund_account=number) for number in ("6228", "7351")]

    said = inspector.get(compare(*pair)).soup.select_one("main").text

    assert "****" in said
    assert "6228" not in said
    assert "7351" not in said


def test_joining_two_records_by_hand(inspector, session, two):
    kept, gone = two
    page = inspector.get(compare(kept, gone))
    assert "138****9999" in page.text
    assert "13809909999" not in page.text

    answer = inspector.submit(
        compare(kept, gone), take_name="gone", take_phone="kept", reason="门牌和负责人相同"
    )

    assert "已合并" in answer.text
    assert answer.soup.h1.text == "启明星培训学校"
    assert "另一份档案并入本档案" in answer.text
    assert len(merges(session)) == 1
    assert session.get_one(Institution, gone.id).withdrawn


def test_what_one_record_lacks_is_proposed_from_the_other(inspector, session, two):
    kept, _ = two

    inspector.submit(compare(*two))

    session.expire_all()
    assert session.get_one(Institution, kept.id).pupils == 40


def test_a_department_that_is_not_settled_is_taken_from_the_other_record(inspector, county):
    kept = registry.institution(county, kind_code=None)
    gone = registry.institution(county, kind_code="arts")
    page = inspector.get(compare(kept, gone))
    choice = page.soup.select("input[name=take_department]")

    inspector.submit(compare(kept, gone))

    assert [one.parent.text.strip() for one in choice] == [
        "未填", gone.industry_department.name,
    ]  # fmt: skip
    assert kept.industry_department_id == gone.industry_department_id


def test_the_record_that_went_says_where_everything_is(inspector, two):
    kept, gone = two
    inspector.submit(compare(*two))

    page = inspector.get(f"/institutions/{gone.id}")

    assert page.soup.select_one(f".notice a[href='/institutions/{kept.id}']")
    assert "并入另一档案" in page.text


def test_joining_in_a_second_tab_is_refused_with_a_sentence(inspector, session, two):
    second = filled_in(inspector.get(compare(*two)).soup.select_one("main form[method=post]"))
    inspector.submit(compare(*two))

    answer = inspector.post(compare(*two), second, status=409)

    assert answer.soup.select_one(".error-summary")
    assert len(merges(session)) == 1


def test_pressing_twice_joins_once(inspector, session, two):
    form = filled_in(inspector.get(compare(*two)).soup.select_one("main form[method=post]"))
    inspector.post(compare(*two), form)

    answer = inspector.post(compare(*two), form)

    assert answer.status_code == 200
    assert len(merges(session)) == 1


def test_taking_apart(inspector, session, two):
    _, gone = two
    inspector.submit(compare(*two))
    assert inspector.get(START).soup.select_one(f"a[href='{undo_of(session)}']")

    answer = inspector.submit(undo_of(session), reason="是两家")

    assert "已撤销合并" in answer.text
    assert merges(session)[0].undone_at is not None
    assert not session.get_one(Institution, gone.id).withdrawn


def test_taking_apart_wants_a_reason(inspector, session, two):
    inspector.submit(compare(*two))

    answer = inspector.submit(undo_of(session), status=422, reason="")

    assert answer.soup.select_one(".field-error")
    assert merges(session)[0].undone_at is None


def test_two_institutions_are_not_proposed_again(inspector, two):
    answer = inspector.submit(START, form="main .inline-form")

    assert "是两家机构" in answer.text
    assert "没有疑似重复的档案" in answer.text


def test_a_record_is_compared_with_one_that_is_found_by_name(inspector, county, two):
    other = registry.institution(county, name="晨曦画室", phone=None, address="东街1号")

    page = inspector.get(f"{START}?of={two[0].id}&q=晨曦")

    assert page.soup.select_one(f"a[href='{compare(two[0], other)}']")


def test_the_page_of_pairs_asks_as_often_for_many_as_for_few(inspector, county, two, queries_of):
    def asked():
        with queries_of() as sent:
            inspector.get(START)
        return len(sent)

    few = asked()
    for number in range(10):
        registry.institution(county, name=f"画室{number}甲", phone="13809900002", address="某街")

    assert asked() == few


def test_several_values_are_joined_as_the_readers_language_does(client_as, county):
    officer = county.officer()
    pair = [registry.institution(county, stages=[Stage.PRIMARY, Stage.JUNIOR]) for _ in range(2)]
    client = client_as(officer)

    client.post("/language/en", data={"back": "/account"})
    assert "Primary school, Junior high school" in client.get(compare(*pair)).text
    dossier = client.get(f"/institutions/{pair[0].id}/dossier")
    assert "Primary school, Junior high school" in dossier.text
    client.post("/language/zh_CN", data={"back": "/account"})
    assert "小学、初中" in client.get(compare(*pair)).text
