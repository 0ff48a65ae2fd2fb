"""The number of one record of every kind, and the addresses that name one."""

import io
import re

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.factories import (
    campaigns,
    complaints,
    correspondence,
    enforcement,
    errands,
    field,
    inspections,
    leads,
    ledger,
    notices,
    orders,
    publication,
    refunds,
    registry,
    rewards,
)
from tests.factories.lists import HEADER, many, read_in, workbook
from tests.factories.uploads import photo
from training_oversight import database
from training_oversight.accounts import service as accounts
from training_oversight.accounts.permissions import Role
from training_oversight.doubles import service as joining
from training_oversight.files import pending
from training_oversight.files import service as files
from training_oversight.intake.models import ImportRow
from training_oversight.web import marks

EVERY_ROLE = tuple(role for role in Role if role is not Role.SYSTEM)
PLACE = re.compile(r"<int:(\w+)>")
YEARS = {"year"}
COLLEAGUE = "柳长卿"


def attached(app, record, by, name="现场.png", data=None, part=None):
    data_dir = app.config["DATA_DIR"]
    upload = FileStorage(io.BytesIO(data or photo()), filename=name)
    kept = [files.keep(upload, data_dir=data_dir)]
    with database.transaction() as session:
        return files.attach(session, record, kept, by=by, part=part)[0].id


def sent_ahead(app, by, place="/visits/new/entered? photos", name="现场.png"):
    upload = FileStorage(io.BytesIO(photo()), filename=name)
    good, _bad = pending.checked([upload], data_dir=app.config["DATA_DIR"])
    with database.transaction() as session:
        return pending.put(session, place, good, by=by)[0].id


def records_of(app, county, client_as):
    """The number of one record of each kind, by the name that addresses give it."""
    by = county.officer(*EVERY_ROLE)
    place = registry.institution(county)
    visit = inspections.visit_under_way(county, place)
    item = ledger.item(county, place)
    notice = notices.approved(county, institution=place)
    case = enforcement.convened_case(county, place)
    task = enforcement.task_of(county, case)
    publication.owed(county)
    listed = publication.draft(county)
    preview = read_in(client_as(by), workbook(HEADER, *many(2, bad=1)))
    batch = int(preview.request.path.rsplit("/", 1)[1])
    old = (io.BytesIO(workbook(HEADER, *many(2))), "旧台账.xlsx")
    checked = client_as(by).submit("/institutions/check", list=old).request.path
    sent = client_as(by).submit("/complaints/import", list=orders.file(orders.row("DH9")))
    colleague = county.officer()
    with database.transaction() as session:
        lent = accounts.delegate(
            session, by, taker=colleague, starts_on=county.today, ends_on=county.today,
            reason="出差",
        )  # fmt: skip
    finding = ledger.finding(county, place)
    closing = refunds.event(county, place)
    refund = refunds.agreed(county, event=closing)
    part = refunds.paid(county, refund, 100)
    told = refunds.told(county, closing)
    other, double = registry.institution(county), registry.institution(county)
    with database.transaction() as session:
        merge = joining.join(session, other, double, taken=(), reason="", by=by)
        saved = accounts.save_filter(
            session, listing="institutions", name="常用", query="", shared=True, by=by
        )
    complaint = complaints.answered(county, place)
    campaign = campaigns.running(county, among=[place])
    [target] = campaigns.of(county, campaign)
    lead = leads.lead(county, place)
    shot = field.photo_of(client_as(by), by, visit)
    return {
        "campaign_id": campaign.id,
        "target_id": target.id,
        "report_id": campaigns.owed(county, campaign).id,
        "complaint_id": complaint.id,
        "list_id": sent.request.path.rpartition("/")[2],
        "check_id": checked.rpartition("/")[2],
        "kept_id": place.id,
        "gone_id": other.id,
        "merge_id": merge.id,
        "saved_id": saved.id,
        "institution_id": place.id,
        "venue_id": place.main_venue.id,
        "warning_id": registry.warning(county, place).id,
        "conversion_id": registry.conversion(county, place).id,
        "licence_id": registry.licence(county, place).id,
        "visit_id": visit.id,
        "finding_id": finding.id,
        "item_id": item.id,
        "notice_id": notice.id,
        "case_id": case.id,
        "entry_id": {"cases": case.entries[0].id, "publications": listed.entries[0].id},
        "task_id": task.id,
        "event_id": closing.id,
        "announcement_id": told.id,
        "refund_id": refund.id,
        "part_id": part.id,
        "reward_id": rewards.paid(county).id,
        "lead_id": lead.id,
        "photo_id": shot.id,
        "message_id": correspondence.message_about(county, task).id,
        "publication_id": listed.id,
        "officer_id": county.officer(name=COLLEAGUE).id,
        "delegation_id": lent.id,
        "errand_id": errands.with_file(app, by=by).id,
        "batch_id": batch,
        "row_id": county.session.scalar(sa.select(ImportRow.id).filter_by(batch_id=batch).limit(1)),
        "pending_id": sent_ahead(app, by),
        "file_id": attached(app, task, by),
        "attachment_id": {
            "campaigns": attached(app, campaign, by),
            "complaints": attached(app, complaint, by),
            "findings": attached(app, finding, by),
            "visits": attached(app, visit, by),
            "items": attached(app, item, by),
            "leads": attached(app, lead, by),
            "notices": attached(app, notice, by),
            "refunds": attached(app, refund, by, part=part),
        },
    }


def numbered(app):
    """The addresses that name a record and are not for everybody."""
    for rule in app.url_map.iter_rules():
        public = marks.access_of(app.view_functions[rule.endpoint]) == marks.PUBLIC
        if set(PLACE.findall(rule.rule)) - YEARS and not public:
            yield rule


def filled(rule, records):
    def number(found):
        value = records[found[1]]
        if isinstance(value, dict):  # what it is tells the part of the address before it
            parts = [part for part in rule.rule[: found.start()].split("/") if part in value]
            value = value[parts[-1]]
        return str(value)

    return PLACE.sub(number, rule.rule)
