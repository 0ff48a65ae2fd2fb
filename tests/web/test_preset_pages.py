"""Nothing stands in a field before the officer has said it, except what the record says already."""

from datetime import timedelta

from tests.factories import complaints, inspections, ledger, notices, registry
from tests.factories.addresses import EVERY_ROLE, PLACE, filled, records_of

# Pages that correct or lay out what is on record, each with the kind of thing it is.
ON_RECORD = {
    "campaigns.edit": "the plan as it was put down",
    "catalogue.authority": "how the county is called",
    "checking.columns": "what a list's own column names say",
    "complaints.correct": "what was typed of the call",
    "imports.columns": "what a list's own column names say",
    "inspections.correct": "the visit as it was entered",
    "joining.compare": "what the record that stays says",
    "ledger.edit": "what the item says",
    "notices.edit": "the draft, written when it was begun",
    "officers.show": "what the officer's record says",
    "orders.columns": "what a list's own column names say",
    "refunds.correct": "what the refund says",
    "rewards.rules_page": "what the county has set",
    "registry.change_licence": "what the licence says",
    "registry.change_venue": "what the venue says",
    "registry.edit": "what the institution's record says",
}
# What is to be done, or how something is typed: never what was, nor when, nor who.
NOT_A_FACT = {
    "catalogue.map_geocoder.service": "a setting of the program",
    "catalogue.map_geocoder.per_second": "a setting of the program",
    "catalogue.map_outline.datum": "a setting of the program",
    "catalogue.map_tiles.datum": "a setting of the program",
    "complaints.take.institution": "asked for in the address",
    "complaints.take.place": "asked for in the address",
    "enforcement.open_case.items": "asked for in the address, or overdue",
    "enforcement.open_case.trigger": "what the ledger itself says: overdue",
    "imports.start.division_id": "the officer's own; where rows go that name no township",
    "inspections.entered.handling": "each problem waits for its decision",
    "inspections.log.checklist_id": "which questions are asked; nothing is answered",
    "inspections.new_finding.handling": "the problem waits for its decision",
    "inspections.new_problem.handling": "the problem waits for its decision",
    "inspections.plan.checklist_id": "which questions are asked; nothing is answered",
    "leads.new.institution": "asked for in the address",
    "leads.new.place": "asked for in the address",
    "ledger.close_directly.visit_id": "no visit",
    "ledger.plan.items": "everything that is open is looked at",
    "ledger.register.limit": "no limit yet",
    "ledger.register.measure": "what the county asks for this type of violation",
    "ledger.register.responsible_party": "the institution of the finding",
    "ledger.register.unit": "how the limit is typed",
    "ledger.reopen.limit": "how the limit is typed",
    "ledger.reopen.unit": "how the limit is typed",
    "ledger.set_limit.limit": "how the limit is typed",
    "ledger.set_limit.unit": "how the limit is typed",
    "ledger.verify.limit": "how the limit is typed",
    "ledger.verify.unit": "how the limit is typed",
    "ledger.verify.visit_id": "no visit",
    "notices.draft.items": "asked for in the address, or everything that waits for a notice",
    "registry.convert.from_kind_code": "what the institution's record says",
    "registry.convert.to_kind_code": "what the institution's record says",
}


def states_of(app, county, client_as, place):
    """Records in the states in which their forms are open."""
    first = records_of(app, county, client_as)
    visit = inspections.visit(county, place)
    yield first
    for more in (
        {
            "item_id": ledger.item(county, place),
            "notice_id": notices.draft(county),
            "visit_id": inspections.planned_visit(county),
            "finding_id": inspections.finding(county, visit),
            "complaint_id": complaints.received(county, place),
        },
        {"item_id": ledger.applied(county), "notice_id": notices.submitted(county)},
        {"item_id": ledger.verified(county), "notice_id": notices.served(county)},
        {"item_id": ledger.closed(county)},
        {"item_id": ledger.stopped(county, due_on=county.today, second_due_on=county.today)},
    ):
        yield {name: one.id for name, one in more.items()}


def opened(app, browser, records, place):
    """The pages with a form that these records have, with their endpoints."""
    whole = len(records) > 5
    for rule in app.url_map.iter_rules():
        named = set(PLACE.findall(rule.rule))
        if not {"GET", "POST"} <= rule.methods or rule.arguments - named:
            continue
        if not named - {"year"} <= records.keys() or not (whole or named):
            continue
        about = "" if named else f"?institution={place.id}"
        page = browser.http.get(filled(rule, records | {"year": 2026}) + about)
        if page.status_code == 200 and page.is_page:
            yield rule.endpoint, page
        else:
            page.close()


def said(control):
    """What stands in a control as the page comes."""
    if control.name == "textarea":
        return control.text.strip()
    if control.name == "select":
        first = None if control.has_attr("multiple") else control.select_one("option")
        chosen = control.select_one("option[selected]") or first
        return chosen is not None and chosen.get("value")
    if control.get("type") in ("radio", "checkbox"):
        return control.has_attr("checked")
    return control.get("value")


def test_no_page_says_something_in_the_name_of_its_reader(app, county, client_as):
    browser = client_as(county.officer(*EVERY_ROLE))
    place = registry.institution(county)
    ledger.item(county, place, due_on=county.today - timedelta(days=1))
    found, seen = set(), set()

    for records in states_of(app, county, client_as, place):
        for endpoint, page in opened(app, browser, records, place):
            seen.add(endpoint)
            for control in page.soup.select(
                "main form[method=post] :is(input:not([type=hidden]), select, textarea)"
            ):
                if endpoint not in ON_RECORD and said(control):
                    found.add(f"{endpoint}.{control['name'].rpartition('-')[2]}")

    assert found - NOT_A_FACT.keys() == set()
    assert NOT_A_FACT.keys() - found == set()
    assert ON_RECORD.keys() <= seen
    # The forms about days: each of them was really opened.
    assert {"ledger.report_second", "notices.serve", "notices.failed", "registry.announce_end",
            "ledger.apply", "ledger.close_directly", "registry.annual_checks"} <= seen  # fmt: skip
