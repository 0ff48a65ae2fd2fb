"""A record of every kind, by a name for each."""

from datetime import date

from tests.factories import (
    complaints,
    enforcement,
    inspections,
    ledger,
    notices,
    publication,
    registry,
)


def every_kind(people):
    county, inspector, head = people.county, people.officers["李敏"], people.officers["王建国"]
    place = registry.licensed_institution(county, name="青禾艺术培训中心")
    other = registry.licensed_institution(county, name="远山体育培训中心", kind_code="sports")
    done = inspections.visit(county, place, officers=[inspector, head])
    inspections.finding(county, done)
    under_way = inspections.visit_under_way(county, other, officers=[inspector, head], by=inspector)
    overdue = ledger.item(county, place, due_on=date(2026, 10, 9), in_charge=inspector)
    for day in (date(2026, 10, 16), date(2026, 10, 20), date(2026, 11, 3)):
        ledger.item(county, place, due_on=day, in_charge=inspector)
    applied = ledger.applied(county)
    verified = ledger.verified(county)
    bare = ledger.item(county, other, in_charge=inspector)
    served = notices.served(county)
    to_serve = notices.approved(county, by=inspector)
    draft = notices.draft(county, by=inspector)
    case = enforcement.convened_case(
        county, case=enforcement.case_by_hand(county, departments=("police", "market"))
    )
    raised = enforcement.raised_case(county)
    told = complaints.answered(county, place)
    publication.owed(county)
    published = publication.published(county)
    found = {
        "institution": place,
        "visit": done,
        "under_way": under_way,
        "overdue": overdue,
        "applied": applied,
        "verified": verified,
        "bare": bare,
        "served": served,
        "to_serve": to_serve,
        "draft": draft,
        "case": case,
        "task": enforcement.task_of(county, case, "market"),
        "raised": raised,
        "complaint": told,
        "to_assign": complaints.accepted(county, place),
        "published": published,
        "entry": published.entries[0],
    }
    return {name: record.id for name, record in found.items()}
