"""Rows of the ledger are chosen as those of the register are, for steps and with columns."""

import io

import openpyxl
import pytest

from tests.factories import ledger
from tests.factories.county import County
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.errors import BadInput, NotFound
from training_oversight.ledger import service, table

HEADS = ["编号", "机构", "存在的问题", "期限", "逾期天数↓", "状态", "下一步·等谁办"]


def heads(page):
    found = page.soup.select("table.ledger thead th:not(.pick)")
    return [one.get_text(strip=True) for one in found]


def assigned(county, items, officer, *, by):
    return ledger.done(
        service.assign_many, [one.id for one in items], officer=officer, by=by, today=county.today
    )


def test_the_steps_stand_below_the_list_for_who_may_take_them(county, client_as):
    one = ledger.item(county)

    page = client_as(county.officer()).get("/items").soup
    reader = client_as(county.officer(Role.OBSERVER)).get("/items").soup

    assert page.select_one("td.pick input[name=id]")["value"] == str(one.id)
    steps = [button.text for button in page.select(".selection button[formaction]")]
    assert steps == ["改派监管责任人", "加入联合执法", "标注已录入全国平台", "导出所选"]
    assert not reader.select(".pick")


def test_chosen_items_are_given_to_another_officer_in_one_act(county, client_as, session):
    items = [ledger.item(county) for _ in range(3)]
    taker = county.officer(name="陈立群")
    browser = client_as(county.officer(Role.SECTION_HEAD))
    keys = [items[0].id, items[2].id]

    page = browser.post("/items/assign", {"id": keys})
    sent = browser.post("/items/assign", {"id": keys, "officer_id": str(taker.id)}, status=200)

    assert "改派2项问题的监管责任人" in page.text
    assert page.soup.select_one("#officer_id option[selected]")["value"] == ""
    assert "陈立群新负责2项问题" in sent.text
    assert [one.officer_in_charge_id == taker.id for one in items] == [True, False, True]
    assert history.history(session, items[0])[0].changes["officer_in_charge_id"][1] == taker.id


def test_nobody_chosen_comes_back_with_the_selection(county, client_as):
    one = ledger.item(county)

    page = client_as(county.officer()).post(
        "/items/assign", {"id": one.id, "officer_id": ""}, status=422
    )

    assert page.soup.select_one('.error-summary a[href="#officer_id"]')
    assert page.soup.select_one(f'input[name=id][value="{one.id}"]')


def test_who_verified_an_item_does_not_become_responsible_for_it(county):
    one = ledger.verified(county)

    with pytest.raises(BadInput, match=f"复查过{one.number}"):
        assigned(county, [one], one.verified_by, by=county.officer(Role.SECTION_HEAD))


def test_one_item_of_another_county_refuses_the_whole_selection(county, session):
    mine, foreign = ledger.item(county), ledger.item(County(session, "990202", "临湖县"))

    with pytest.raises(NotFound):
        assigned(county, [mine, foreign], county.officer(), by=county.officer(Role.SECTION_HEAD))


def test_what_has_left_the_ledger_stays_with_whom_it_was(county):
    gone, taker = ledger.closed(county), county.officer()
    before = gone.officer_in_charge_id

    count = assigned(county, [gone], taker, by=county.officer(Role.SECTION_HEAD))

    assert (count, gone.officer_in_charge_id) == (0, before)


def test_chosen_items_are_exported_and_no_others_whatever_their_state(county, client_as):
    chosen, other, closed = ledger.item(county), ledger.item(county), ledger.closed(county)
    officer = county.officer()

    answer = client_as(officer).post(
        "/items/chosen/export.xlsx", {"id": [chosen.id, closed.id, "x"]}
    )

    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    numbers = {cell.value for cell in next(sheet.iter_cols(min_col=1, max_col=1))}
    assert {chosen.number, closed.number} <= numbers
    assert other.number not in numbers


def test_nothing_chosen_is_no_export(county, client_as):
    page = client_as(county.officer()).post("/items/chosen/export.xlsx", status=422)

    assert "没有选中问题" in page.text


def test_the_list_begins_with_its_usual_columns(county, client_as):
    ledger.item(county)

    assert heads(client_as(county.officer()).get("/items")) == HEADS


def test_every_column_of_the_official_ledger_can_be_shown_in_its_order(county, client_as):
    one = ledger.verified(county)
    names = ",".join(each.name for each in table.OFFICIAL)

    page = client_as(county.officer()).get(f"/items?cols={names}")

    shown = heads(page)
    official = [str(each.label) for each in table.OFFICIAL]
    # The state, which the print calls progress, stands after how late it is, as on the screen.
    wanted = [one for one in official if one not in ("进展", "逾期天数", "整改期限")]
    assert [one for one in shown if one in wanted] == wanted
    assert official.index("整改期限") == shown.index("期限")
    assert one.verified_by.name in page.soup.select_one("table.ledger tbody").text


def test_columns_once_chosen_are_kept_for_every_time(county, client_as):
    ledger.item(county)
    browser = client_as(county.officer())

    browser.post("/saved/items/columns", {"cols": "number,problem,measure", "query": ""})

    assert heads(browser.get("/items")) == ["编号", "存在的问题", "整改要求"]


def test_items_of_one_institution_lead_to_the_step_with_them_ticked(county, client_as):
    place = ledger.institution(county)
    items = [ledger.item(county, place) for _ in range(3)]

    page = client_as(county.officer()).post("/cases/choose", {"id": [items[0].id, items[2].id]})

    ticked = {box["value"] for box in page.soup.select("input[name=items][checked]")}
    assert page.request.path == "/cases/new"
    assert ticked == {str(items[0].id), str(items[2].id)}


def test_items_of_several_institutions_name_the_step_for_each(county, client_as):
    first, second = ledger.institution(county, name="甲"), ledger.institution(county, name="乙")
    items = [ledger.item(county, first), ledger.item(county, second)]
    gone = ledger.closed(county)

    page = client_as(county.officer()).post(
        "/cases/choose", {"id": [one.id for one in (*items, gone)]}
    )

    assert [one.text for one in page.soup.select("main li > p > b")] == ["甲", "乙"]
    assert "1项已在联合执法中，或已离开台账" in page.text


def test_nobody_is_chosen_beforehand_as_who_verified_or_is_in_charge(county, client_as):
    one = ledger.item(county)
    county.officer(name="陈立群")
    head = client_as(county.officer(Role.SECTION_HEAD))

    closing = head.get(f"/items/{one.id}/close-directly").soup
    charge = head.get(f"/institutions/{one.institution_id}/officer").soup
    sent = head.submit(f"/items/{one.id}/close-directly", 422)

    for page, name in ((closing, "verified_by_id"), (charge, "officer_id")):
        chosen = page.select_one(f"#{name} option[selected]") or page.select_one(f"#{name} option")
        assert chosen["value"] == ""
    assert "#verified_by_id" in [a["href"] for a in sent.soup.select(".error-summary a")]


def test_nobody_of_another_authority_is_made_responsible(county, session):
    one, other = ledger.item(county), County(session, code="990102", name="临溪县")

    with pytest.raises(BadInput) as refused:
        assigned(county, [one], other.officer(), by=county.officer())

    assert "officer_id" in refused.value.fields
