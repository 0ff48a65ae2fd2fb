"""导出: the list's filters, the columns to choose, at once or in the background."""

import io
from urllib.parse import urlencode

import openpyxl
import pytest
import sqlalchemy as sa

from tests.factories import registry
from tests.factories.county import County
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.exports.layouts import PLATFORM

EXPORT = "/institutions/export"
FORM = "main form.export-form"


def table(answer):
    """The rows of a workbook that was downloaded, header first."""
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def download(browser, page=EXPORT, **answers):
    """Press the button of the page: its form is sent as an address."""
    asked = browser.get(page).soup.select_one(FORM)
    fields = [box["value"] for box in asked.select("[name=fields][checked]")]
    kept = {hidden["name"]: hidden["value"] for hidden in asked.select("input[type=hidden]")}
    sent = {"fields": fields, "layout": "own", "form": "xlsx"} | kept | answers
    return browser.get(asked["action"], query_string=sent, buffered=True)


def exported(session):
    return session.scalars(
        sa.select(Event).where(Event.verb == "registry.exported").order_by(Event.id)
    ).all()


def test_the_page_says_in_words_what_goes_out_and_how_many(county, client_as):
    registry.institution(county)
    registry.institution(county, kind_code="sports")
    town = county.townships[0]

    page = client_as(county.officer()).get(f"{EXPORT}?township={town.id}&kind=arts&q=星屿")

    said = page.soup.select_one("main").text
    assert all(word in said for word in ("文澜街道", "文化艺术", "星屿", "全部"))
    assert "导出台账1家" in said.replace("\n", "")


def test_the_lists_link_leads_here_and_its_filters_go_along(county, client_as):
    registry.institution(county)
    registry.institution(county, name="乙画室", division=county.townships[1])
    browser = client_as(county.officer())

    listing = browser.get(f"/institutions?township={county.townships[1].id}")
    link = next(a["href"] for a in listing.soup.select("main a") if "/export" in a["href"])
    rows = table(download(browser, link))

    assert [row[0] for row in rows[1:]] == ["乙画室"]


def test_all_columns_go_out_in_the_countys_order_until_somebody_chooses(county, client_as):
    registry.institution(county, address="澄江县南塘路8号", organiser="周明远")

    header = table(download(client_as(county.officer())))[0]

    assert header[:3] == ["机构名称", "别名", "曾用名"]
    assert header[-2:] == ["备注", "台账状态"]
    assert header.index("地址") < header.index("举办者") < header.index("监管责任人")


def test_chosen_columns_are_remembered_by_the_system_and_not_by_the_machine(county, client_as):
    registry.institution(county)
    officer = county.officer()

    first = table(download(client_as(officer), fields=["organiser", "address"]))
    second = table(download(client_as(officer)))
    others = table(download(client_as(county.officer())))
    again = table(download(client_as(officer), f"{EXPORT}?all=1"))

    assert first[0] == second[0] == ["机构名称", "地址", "举办者", "台账状态"]
    assert len(others[0]) == len(again[0]) > 30


@pytest.mark.parametrize(("role", "seen"), [(Role.INSPECTOR, True), (Role.LEADER, False)])
def test_personal_columns_are_offered_and_written_only_for_who_may_see_them(
    county, client_as, session, role, seen
):
    registry.institution(county, phone="13809900001", landlord="吴秀兰", fund_account="6228")
    browser = client_as(county.officer(role))

    offered = {box["value"] for box in browser.get(EXPORT).soup.select("[name=fields]")}
    answer = download(browser, fields=["phone", "landlord", "fund_account", "organiser"])

    personal = {"phone", "landlord", "fund_account"}
    assert offered & personal == (personal if seen else set())
    assert ("13809900001" in str(table(answer))) is seen
    assert exported(session)[0].facts["phones"] is seen


@pytest.mark.parametrize("typed", ["138-0990-1234", "138 0990 1234", "+86 138.0990.1234"])
def test_a_telephone_set_in_groups_is_masked_in_the_history_too(county, client_as, session, typed):
    browser = client_as(county.officer())

    download(browser, f"{EXPORT}?{urlencode({'q': typed})}", fields=["organiser"])

    assert "0990" not in exported(session)[0].facts["filter"]
    assert "****1234" in exported(session)[0].facts["filter"]


def test_the_history_says_who_took_what_out(county, client_as, session):
    registry.institution(county)
    officer = county.officer()

    download(client_as(officer), f"{EXPORT}?q=13809901234+星屿&view=all", fields=["organiser"])
    download(client_as(officer), f"{EXPORT}?kind=arts", fields=["organiser"])

    first, second = exported(session)
    assert first.actor_id == officer.id
    # A telephone number that was looked for is nobody's business later.
    assert first.facts["filter"] == "视图：全部；查询：138****1234 星屿"
    assert second.facts == {
        "rows": 1,
        "phones": False,
        "filter": "视图：在册；类别：文化艺术",
        "columns": ["name", "organiser"],
    }


def test_the_national_platforms_fields_have_its_headers_in_its_order(county, client_as):
    record = registry.institution(county, principal="柳长卿", registered_with="澄江县民政局")
    paper = registry.licence(county, record)

    rows = table(download(client_as(county.officer()), layout="platform"))

    assert rows[0] == [str(label) for label, _ in PLATFORM.columns]
    assert rows[0][:4] == ["名称", "统一社会信用代码", "注册地址", "实际经营地址"]
    told = dict(zip(rows[0], rows[1], strict=True))
    assert (told["校长"], told["办学许可证号"], told["登记部门"]) == (
        "柳长卿",
        paper.number,
        "澄江县民政局",
    )


def test_a_text_table_keeps_long_numbers_and_what_looks_like_a_formula(county, client_as):
    record = registry.institution(county, note="=1+1", platform_id="0123456789012345678")
    number = registry.licence(county, record).number

    text = download(client_as(county.officer()), form="csv").data.decode("utf-8-sig")

    assert "'=1+1" in text
    # With the tab behind them Excel takes them for texts.
    assert f"{number}\t" in text
    assert "0123456789012345678\t" in text


def test_in_a_workbook_nothing_that_was_typed_is_a_formula_or_a_number(county, client_as):
    typed = ["=1+1", "+8613809901234", "-5", "@here", "0123456789012345678"]
    for text in typed:
        registry.institution(county, note=text)

    answer = download(client_as(county.officer()), fields=["note"])

    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert sorted(cell.value for cell in cells) == sorted(typed)
    assert {cell.data_type for cell in cells} == {"s"}


def test_another_countys_institutions_stay_at_home(session, county, client_as):
    registry.institution(County(session, code="990102", name="临溪县"), name="外县画室")
    registry.institution(county)

    assert "外县画室" not in str(table(download(client_as(county.officer()))))


def test_joined_and_withdrawn_records_are_no_rows(session, county, client_as):
    record = registry.institution(county)
    registry.closed(record, county)
    with database.transaction():
        record.withdrawn = True

    assert len(table(download(client_as(county.officer()), f"{EXPORT}?view=all"))) == 1


def test_a_file_costs_the_same_queries_for_few_and_for_many(county, client_as, queries_of):
    browser, sent = client_as(county.officer()), []
    download(browser)
    for _ in range(2):
        for _ in range(20):
            registry.licensed_institution(county)
        with queries_of() as statements:
            download(browser)
        sent.append(len(statements))

    assert sent[0] == sent[1]


def test_an_address_that_somebody_edited_gives_the_usual_file(county, client_as):
    registry.institution(county)

    rows = table(
        download(client_as(county.officer()), layout="no", form="exe", fields=["password"])
    )

    assert rows[0] == ["机构名称", "台账状态"]


def test_who_may_not_export_does_not(county, client_as):
    browser = client_as(county.officer(Role.OBSERVER))

    browser.get(EXPORT, status=403)
    browser.get(f"{EXPORT}/file", status=403)
    browser.post(EXPORT, status=403)
