"""A call on its way: order, visit, problem, notice, answer, call-back, not satisfied, redone."""

from tests.factories import inspections, ledger, notices
from tests.factories.complaints import ACCOUNT, REPORTER, WORDS, desk, head
from tests.factories.registry import institution
from training_oversight.inspections.models import VisitKind

FORM = {
    "kind": "report",
    "words": WORDS,
    "anonymous": "no",
    "name": REPORTER.name,
    "phone": REPORTER.phone,
    "channel": "phone",
}


def test_a_call_is_visited_ordered_put_right_answered_and_redone(client_as, county):
    place, worker, day = institution(county), county.officer(), county.today.isoformat()
    office, field, chief = client_as(desk(county)), client_as(worker), client_as(head(county))

    taken = office.submit("/complaints/new", institution=str(place.id), **FORM)
    address = taken.soup.select_one(".moves a.main")["href"]
    office.submit(address, form=f"form[action='{address}/accept']")
    office.submit(
        f"{address}/assign",
        department_id=str(county.departments["education"].id),
        handler_id=str(worker.id),
        account=ACCOUNT,
    )
    visit = inspections.visit(county, place, kind=VisitKind.COMPLAINT)
    item = ledger.item(county, place, on=visit)
    field.submit(f"{address}/visits", visit=str(visit.id))
    notice = notices.served(county, items=[item])
    field.submit(f"{address}/answer", truth="true", reasons="到场核实。", words="已责令退费。")
    chief.submit(f"{address}/approve")
    call = {"called_on": day, "called_by": "office"}
    office.submit(f"{address}/call", satisfaction="dissatisfied", **call)
    chief.submit(f"{address}/again", decision="again", reason="没有写明退费日期。")
    field.submit(f"{address}/answer", truth="true", reasons="已退清。", words="已全部退还。")
    chief.submit(f"{address}/approve")
    office.submit(f"{address}/call", satisfaction="satisfied", **call)
    office.submit(f"{address}/close")

    page = office.get(address)
    assert "已办结" in page.text
    assert item.number in page.text
    assert "已全部退还" in page.text
    # What leaves the office says that a complaint was looked into, and not one word of it.
    seen = field.get(f"/visits/{visit.id}").text + field.get(f"/notices/{notice.id}").text
    assert "投诉核查" in seen
    for secret in (WORDS, REPORTER.name, REPORTER.phone, "TS-"):
        assert secret not in seen
