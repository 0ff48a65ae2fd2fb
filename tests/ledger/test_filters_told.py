"""What the ledger is filtered by is kept with a saved filter, printed, and told by the history."""

from urllib.parse import urlencode

import sqlalchemy as sa

from tests.factories import ledger as make
from training_oversight.audit.models import Event
from training_oversight.ledger.views import filtering


def test_a_saved_filter_keeps_every_box_of_the_bar(app, client_as, county):
    officer = county.officer()
    page = client_as(officer).get("/items")
    boxes = {one["name"] for one in page.soup.select("form.filters :is(select, .check input)")}

    with app.app_context():
        kept = filtering.parameters(officer)

    assert {"severity", "gap"} <= boxes
    assert boxes - kept == set()


def test_an_export_says_in_the_history_everything_that_it_was_filtered_by(
    client_as, county, session
):
    one = make.item(county)
    question = urlencode(
        {
            "view": "overdue",
            "gap": "owner",
            "severity": "grave",
            "q": "138-0990-1234",
            "institution": one.institution_id,
            "found_from": "2026-09-01",
        }
    )

    client_as(make.inspector(county)).post(f"/items/export.xlsx?{question}", status=200)

    event = session.scalars(sa.select(Event).where(Event.verb == "ledger.exported")).one()
    assert event.note == (
        "视图：已逾期；级别：严重；缺项：没有监管责任人；查询：138****1234；"
        f"发现日期自：2026年9月1日；机构：{one.institution.name}"
    )


def test_a_print_says_at_its_head_what_another_area_filters_it_by(client_as, county):
    page = client_as(make.inspector(county)).get("/items/print?gap=step")

    assert "缺项：没有下一步" in page.soup.select_one(".print-head").text
