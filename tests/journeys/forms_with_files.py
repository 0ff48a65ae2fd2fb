"""Every form that takes photos or papers, with what else is typed on it."""

from tests.factories import complaints, enforcement, inspections, leads, ledger, notices, registry


def a_task(county):
    case = enforcement.convened_case(county)
    task = enforcement.task_of(county, case)
    liaison = enforcement.liaison(county)
    enforcement.done(enforcement.service.accept, task, by=liaison, today=county.today)
    return liaison, f"/cases/tasks/{task.id}/report", "files", {"result": "已责令改正。"}, "result"


def a_problem(county):
    found = inspections.finding(county, inspections.visit_under_way(county))
    return f"/visits/{found.visit_id}/problems/{found.id}"


# form -> officer, address, the field of its files, what is typed, the field that shows it again
WITH_FILES = {
    "call": lambda county: (
        complaints.desk(county),
        "/complaints/new",
        "files",
        {"words": complaints.WORDS},
        "words",
    ),
    "answer": lambda county: (
        complaints.handler(county),
        f"/complaints/{complaints.assigned(county).id}/answer",
        "files",
        {"words": "已责令退费。"},
        "words",
    ),
    "lead": lambda county: (
        county.officer(),
        "/leads/new",
        "photos",
        {"facts": leads.FACTS},
        "facts",
    ),
    "visit": lambda county: (
        county.officer(),
        f"/visits/new/entered?institution={registry.institution(county).id}",
        "photos",
        {"happened_at": "2026-10-14", "happened_time": "14:30", "purpose": "双减专项"},
        "purpose",
    ),
    "problem": lambda county: (
        county.officer(),
        f"/visits/{inspections.visit_under_way(county).id}/problems/new?item=fee_period",
        "photos",
        {"facts": inspections.FACTS},
        "facts",
    ),
    "photos": lambda county: (
        county.officer(),
        f"/visits/{inspections.visit_under_way(county).id}/photos",
        "photos",
        {},
        None,
    ),
    "shut door": lambda county: (
        county.officer(),
        f"/visits/{inspections.visit_under_way(county).id}/not-possible",
        "photos",
        {"note": "卷帘门落锁。"},
        "note",
    ),
    "service": lambda county: (
        county.officer(),
        f"/notices/{notices.approved(county).id}/serve",
        "proof",
        {"method": "direct", "received_by": "许芸", "receiver_role": "负责人"},
        "received_by",
    ),
    "report": lambda county: (
        county.officer(),
        f"/items/{ledger.item(county).id}/apply",
        "documents",
        {"report": "已经全部搬走。"},
        "report",
    ),
    "task": a_task,
    "other problem": lambda county: (
        county.officer(),
        f"/visits/findings/new?institution={registry.institution(county).id}",
        "photos",
        {"facts": inspections.FACTS},
        "facts",
    ),
    "changed problem": lambda county: (
        county.officer(),
        a_problem(county),
        "photos",
        {"facts": "改过的事实。"},
        "facts",
    ),
    "failed service": lambda county: (
        county.officer(),
        f"/notices/{notices.approved(county).id}/failed",
        "proof",
        {"failure": "大门紧锁。"},
        "failure",
    ),
    "re-check": lambda county: (
        county.officer(),
        f"/items/{ledger.applied(county).id}/verify",
        "documents",
        {"note": "现场看过。"},
        "note",
    ),
    "direct close-out": lambda county: (
        ledger.section_head(county),
        f"/items/{ledger.item(county).id}/close-directly",
        "documents",
        {"note": "现场看过。"},
        "note",
    ),
}
