"""The demo county: invented, complete, and with a history that verifies."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import processes
from tests.databases import SQLITE, copied, made, shared_folder
from training_oversight import clock, database
from training_oversight.accounts import rights_queries
from training_oversight.accounts.models import Authority, Officer, Scope
from training_oversight.accounts.permissions import Role
from training_oversight.accounts.queries import system
from training_oversight.accounts.service import CountyDraft, found_county
from training_oversight.audit import queries as audit
from training_oversight.campaigns.models import Campaign, CampaignReport
from training_oversight.campaigns.queries import TargetState, coverage
from training_oversight.campaigns.workflow import CampaignState, ReportState
from training_oversight.catalogue.models import ViolationType
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.correspondence.models import Message
from training_oversight.correspondence.workflow import MessageState
from training_oversight.demo import people as demo
from training_oversight.doubles import likely
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.enforcement.workflow import CaseState, TaskState
from training_oversight.files.models import Attachment
from training_oversight.inspections.models import Finding, Visit, VisitKind
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.law.identifiers import check_uscc
from training_oversight.leads.models import Lead
from training_oversight.leads.workflow import LeadState
from training_oversight.ledger.models import RectificationItem, RectificationReport
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices.models import Notice
from training_oversight.notices.workflow import NoticeState
from training_oversight.publication.models import Publication
from training_oversight.publication.workflow import PublicationState
from training_oversight.refunds.models import ClosingEvent, Refund
from training_oversight.refunds.workflow import EventState, RefundState
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import has_permit_on_file, is_unlicensed
from training_oversight.registry.workflow import InstitutionState
from training_oversight.rewards.models import Reward
from training_oversight.rewards.workflow import RewardState


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """The demo county, loaded once per run by the command as a newcomer does."""
    with copied(SQLITE, tmp_path_factory.mktemp("demo"), demo_county) as url:
        held = database.Database(url)
        with Session(held.engine) as session:
            session.info["url"] = url
            yield session
        held.engine.dispose()


def demo_county(url):
    loaded = load(url, shared_folder("demo"))
    assert loaded.returncode == 0, loaded.stderr
    printed().write_text(loaded.stdout, encoding="utf-8")


def printed():
    return shared_folder("demo") / "printed.txt"


def load(url, folder):
    settings = {"DATABASE_URL": url, "DATA_DIR": str(folder), "DEMO": "1"}
    return processes.flask_anew(settings, "demo", "load")


@pytest.mark.parametrize(
    ("model", "states"),
    [
        (RectificationItem, ItemState),
        (Finding, FindingState),
        (JointCase, CaseState),
        (Visit, [VisitState.PLANNED, VisitState.DONE, VisitState.NOT_POSSIBLE]),
        (
            Notice,
            [
                NoticeState.DRAFT,
                NoticeState.SUBMITTED,
                NoticeState.APPROVED,
                NoticeState.SERVED,
                NoticeState.WITHDRAWN,
            ],
        ),
        (
            JointTask,
            [
                TaskState.DRAFTED,
                TaskState.ASKED,
                TaskState.ACCEPTED,
                TaskState.DONE,
                TaskState.RETURNED,
            ],
        ),
        # No channel is set up: nothing can have been sent.
        (Message, [state for state in MessageState if state is not MessageState.SENT]),
        (Publication, list(PublicationState)),
        (Complaint, list(ComplaintState)),
        (Refund, list(RefundState)),
        (ClosingEvent, list(EventState)),
        (Reward, list(RewardState)),
        (Lead, list(LeadState)),
    ],
)
def test_it_shows_records_in_every_state(county, model, states):
    found = set(county.scalars(sa.select(model.state).distinct()))

    assert set(states) <= found


def test_it_has_about_eighty_institutions_and_a_second_county(county):
    counted = county.execute(
        sa.select(Institution.authority_id, sa.func.count()).group_by(Institution.authority_id)
    ).all()

    # Two of them were entered a second time, for the page of likely doubles; one was found by a
    # lead.
    assert sorted(count for _, count in counted) == [12, 83]


def test_it_has_likely_doubles(county):
    found = likely.pairs(county, Scope.everything())

    assert len(found) >= 2


def test_there_is_an_officer_for_every_role(county):
    held = {role for officer in county.scalars(sa.select(Officer)) for role in officer.roles}

    assert held == set(Role)


def test_every_credit_code_is_right(county):
    codes = county.scalars(sa.select(Institution.uscc).where(Institution.uscc.is_not(None))).all()

    assert len(codes) > 50
    assert all(check_uscc(code) == code for code in codes)


def test_its_history_verifies(county):
    verdict = audit.verify(county)

    assert verdict.broken == []
    assert verdict.events > 1000


def test_some_items_are_overdue(county):
    today = county.scalar(sa.select(sa.func.max(RectificationItem.registered_on)))

    assert county.scalars(
        sa.select(RectificationItem.id).where(RectificationItem.overdue_on(today))
    ).all()


def test_it_prints_a_sign_in_for_every_role(county):
    said = printed().read_text(encoding="utf-8")

    assert all(str(role.label) in said for role in Role if role is not Role.SYSTEM)


def test_loading_it_again_changes_nothing(county):
    before = county.scalar(sa.select(sa.func.count()).select_from(Institution))

    again = load(county.info["url"], shared_folder("demo"))

    assert again.returncode == 0
    assert county.scalar(sa.select(sa.func.count()).select_from(Institution)) == before


def test_it_refuses_a_database_that_holds_other_data(app, session, tmp_path):
    from tests.factories.county import County

    County(session)
    answer = app.test_cli_runner().invoke(args=["demo", "load"])

    assert answer.exit_code == 2
    assert "演示县" in answer.stderr


def test_a_county_whose_loading_was_cut_short_does_not_count_as_loaded(tmp_path):
    with made(SQLITE, tmp_path) as url:
        held = database.Database(url)
        database.use(held)
        first = demo.COUNTIES[0]
        with database.transaction() as session:
            found_county(session, CountyDraft(first.code, first.name, "云教"), by=system(session))
        database.close_session()
        held.engine.dispose()

        answer = load(url, tmp_path)

    assert answer.returncode == 2
    assert "没装完" in answer.stderr


def test_a_right_waits_for_a_second_person(county):
    [waiting] = rights_queries.waiting(county, Scope.everything())

    assert (waiting.officer.name, waiting.proposed_by.name) == ("何欣然", "江帆")
    assert waiting.wanted == {"roles": ["publisher"]}


def test_its_reports_have_the_photos_that_they_speak_of(county):
    reports = set(county.scalars(sa.select(RectificationReport.id)))
    with_photos = county.scalars(
        sa.select(Attachment.part_id).filter_by(part_kind=RectificationReport.__tablename__)
    )

    assert reports
    assert set(with_photos) == reports


def test_every_planned_visit_carries_a_checklist(county):
    planned = county.scalars(sa.select(Visit).filter_by(state=VisitState.PLANNED)).all()

    assert planned
    assert [visit.id for visit in planned if not (visit.checklist and visit.checklist.items)] == []


def test_some_are_confirmed_to_have_no_permit_and_of_some_it_is_only_not_recorded(county):
    places = county.scalars(sa.select(Institution).filter_by(authority_id=first_county(county)))
    without = [one for one in places if not has_permit_on_file(one)]
    confirmed = {one.id for one in without if is_unlicensed(one)}
    states = {one.state for one in without if is_unlicensed(one)}

    assert len(confirmed) >= 8
    assert len(without) - len(confirmed) >= 3
    assert {InstitutionState.OPERATING, InstitutionState.ORDERED_TO_STOP} <= states


def test_whoever_was_found_training_without_a_permit_was_confirmed_that_day(county):
    found = sa.select(Finding).join(ViolationType).filter_by(code="unlicensed")
    places = [(one.institution, one.visit) for one in county.scalars(found)]

    assert len(places) >= 9
    assert [place.unlicensed_on for place, _ in places] == [
        clock.day_of(visit.happened_at) for _, visit in places
    ]


def first_county(session):
    code = demo.COUNTIES[0].code
    return session.scalar(sa.select(Authority.id).filter_by(code=code))


def _of_leads():
    return sa.select(Lead.visit_id).where(Lead.visit_id.is_not(None))


def test_two_visits_are_planned_for_the_day_it_is_loaded(county):
    last = county.scalar(sa.select(sa.func.max(Visit.entered_at)))
    planned = county.scalars(
        sa.select(Visit.happened_at)
        .filter_by(state=VisitState.PLANNED)
        .where(Visit.kind != VisitKind.CAMPAIGN, Visit.id.not_in(_of_leads()))
        .order_by(Visit.happened_at)
    ).all()

    # Others are late, or planned for a later day, belong to the campaign or follow a lead.
    that_day = [clock.local(at) for at in planned if clock.day_of(at) == clock.day_of(last)]
    assert [at.strftime("%H:%M") for at in that_day if at.minute in (0, 30)] == ["14:30", "16:00"]


def test_a_campaign_of_sixty_targets_has_some_in_every_state_and_reports_of_every_kind(county):
    found = {one.title: one for one in county.scalars(sa.select(Campaign))}
    assert {one.state for one in found.values()} >= {
        CampaignState.DRAFT, CampaignState.SUBMITTED, CampaignState.RUNNING, CampaignState.CLOSED,
    }  # fmt: skip
    running = next(one for one in found.values() if one.state is CampaignState.RUNNING)

    whole = coverage.coverage(county, running.id, {}).whole

    assert whole.targets == 60
    assert all(whole.of(state) for state in TargetState)
    kinds = {one.state for one in county.scalars(sa.select(CampaignReport))}
    assert kinds >= {
        ReportState.OWED, ReportState.REPORTED, ReportState.ZERO, ReportState.RETURNED,
    }  # fmt: skip
