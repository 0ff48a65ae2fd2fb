"""Campaigns of the county: one running with targets in every state, others planned and closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from training_oversight import clock
from training_oversight.accounts.models import Officer
from training_oversight.campaigns import scopes, service
from training_oversight.campaigns.drafts import CampaignDraft
from training_oversight.campaigns.models import (
    Campaign,
    CampaignReport,
    CampaignTarget,
    ReporterKind,
    TargetOrigin,
)
from training_oversight.campaigns.queries import TargetFilter, TargetView, reports, targets
from training_oversight.campaigns.service import Errand
from training_oversight.campaigns.service import reports as reporting
from training_oversight.campaigns.service.reports import Reporter
from training_oversight.campaigns.sharing import Pool, Wanted, Way, shared_out
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session, transaction
from training_oversight.demo.timeline import Story
from training_oversight.demo.world import World
from training_oversight.inspections import service as inspections
from training_oversight.inspections.models import Answer, Approval, NotPossible, Visit, VisitKind
from training_oversight.inspections.workflow import VisitState
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState

ONE_DAY = timedelta(days=1)
# So many targets stand at the end of the first day.
TARGETS = 60
KINDS = ("arts", "care", "other", "science")
PLAN = (
    "一、目标：在册非学科类机构检查全覆盖，不留盲点。\n"
    "二、方法：按乡镇分片，两人一组，持证上岗，一人任组长，逐家填写检查表。\n"
    "三、报送：各乡镇街道按时报送自查情况，没有情况的作零报告。\n"
    "四、纪律：检查前不通知机构，发现问题当场留证，进问题台账。"
)


def _scope(world: World, kinds: Sequence[str], by: Officer) -> tuple[str, str]:
    """The rule, and the same in words."""
    labels = catalogue.kind_labels(
        current_session(), authority_id=world.authority.id, today=clock.today()
    )
    rule = scopes.written([("kind", kind) for kind in kinds], by)
    return rule, f"视图：未关停；类别：{'、'.join(labels[kind] for kind in kinds)}"


def _planned(
    world: World,
    title: str,
    kinds: Sequence[str],
    *,
    by: Officer,
    number: str,
    days: int,
    based_on: Campaign | None = None,
) -> Campaign:
    """Put down by an inspector, on the paper of the superior."""
    today = clock.today()
    rule, words = _scope(world, kinds, by)
    draft = CampaignDraft(
        title=title,
        superior="示例市教育局",
        document_title=f"关于开展{title}的通知",
        document_number=number,
        begins_on=today,
        ends_on=today + timedelta(days=days),
        kind=VisitKind.CAMPAIGN,
        scope=rule,
        scope_words=words,
        plan=PLAN,
        departments=[world.departments[code] for code in ("market", "fire")],
        based_on=based_on,
    )
    with transaction() as session:
        return service.prepare(session, draft, by=by, today=today)


def _submitted(campaign: Campaign, by: Officer) -> None:
    with transaction() as session:
        service.submit(session, campaign, by=by, today=clock.today(), version=None)


def _approved(world: World, campaign: Campaign) -> None:
    with transaction() as session:
        service.approve(session, campaign, by=world.head, today=clock.today(), version=None)


def _begun(campaign: Campaign, by: Officer) -> None:
    with transaction() as session:
        within = scopes.of_campaign(campaign, by, clock.today())
        service.start(session, campaign, within, by=by, today=clock.today(), version=None)


def _targets(campaign: Campaign, view: TargetView = TargetView.LEFT) -> list[CampaignTarget]:
    """In the order of their list."""
    session = current_session()
    keys = session.scalars(targets.keys(campaign.id, TargetFilter(view=view))).all()
    found = {one.id: one for one, _state in targets.chosen(session, campaign, keys)}
    return [found[key] for key in keys]


def _shared(world: World, campaign: Campaign, some: Sequence[CampaignTarget], per_day: int) -> None:
    """Visits for these from tomorrow on, each led by who is in charge of the target."""
    team, today = world.inspectors, clock.today()
    shares = shared_out(
        [Wanted(one.id, one.township_id, one.officer_id) for one in some],
        Pool([one.id for one in team], {}),
        Way.IN_CHARGE,
        first=world.calendar.next_working_day(today + ONE_DAY),
        per_day=per_day,
        following=lambda day: world.calendar.next_working_day(day + ONE_DAY),
    )
    errand = Errand(approval=Approval.APPROVED, helpers="石畅（市场监管局）")
    people = {one.id: one for one in team}
    with transaction() as session:
        service.plan_visits(
            session, campaign, shares, people, errand, by=campaign.prepared_by, today=today
        )


def _due(campaign: Campaign) -> list[Visit]:
    """What should be carried out by today and has not begun, the oldest first."""
    keys = [one.id for one in _targets(campaign, TargetView.OWED)]
    links = targets.planned_visits(current_session(), campaign.id, keys)
    due = [one.visit for one in links if clock.day_of(one.visit.happened_at) <= clock.today()]
    return [one for one in due if one.state is VisitState.PLANNED]


def _done(visit: Visit) -> None:
    by = visit.officers[0]
    asked = visit.checklist.items if visit.checklist else ()
    with transaction() as session:
        inspections.start(session, visit, by=by)
    with transaction() as session:
        inspections.save_answers(
            session, visit, {item["code"]: Answer.YES for item in asked}, by=by
        )
        inspections.finish(session, visit, by=by)


def _shut(visit: Visit, again_in: int) -> None:
    with transaction() as session:
        inspections.not_possible(
            session,
            visit,
            kind=NotPossible.CLOSED,
            note="门锁着，邻居说本周没有开门。",
            again_on=clock.today() + again_in * ONE_DAY,
            by=visit.officers[0],
            today=clock.today(),
        )


def _asked(world: World, campaign: Campaign, days: int) -> list[CampaignReport]:
    """Every township, two departments and two schools report by a day."""
    due = world.calendar.next_working_day(clock.today() + timedelta(days=days))
    reporters = [
        *(Reporter(ReporterKind.TOWNSHIP, one.name) for one in world.townships),
        *(
            Reporter(ReporterKind.DEPARTMENT, world.departments[code].name)
            for code in ("market", "fire")
        ),
        *(Reporter(ReporterKind.SCHOOL, name) for name in ("文澜小学", "城东初级中学")),
    ]
    with transaction() as session:
        reporting.ask(
            session, campaign, reporters, due_on=due, by=campaign.prepared_by, today=clock.today()
        )
    found = reports.of_campaign(current_session(), campaign.id)
    return [one for one in found if one.due_on == due]


def _reported(report: CampaignReport, by: Officer, content: str = "") -> None:
    """With nothing to report, it is a zero report that somebody made."""
    who, today = "分管负责人", clock.today()
    with transaction() as session:
        if content:
            reporting.report(
                session, report, reported_on=today, reported_by_name=who, content=content, by=by,
                today=today, version=None,
            )  # fmt: skip
        else:
            reporting.report_nothing(
                session, report, reported_on=today, reported_by_name=who, by=by, today=today,
                version=None,
            )  # fmt: skip


def running(world: World) -> Story:
    """Half way: targets in every state, some added and taken out, reports of all kinds."""
    by = world.inspectors[0]
    campaign = _planned(
        world, "秋季非学科类培训机构专项检查", KINDS, by=by, number="示教监〔2026〕31号", days=45
    )
    _submitted(campaign, by)
    yield 1
    _approved(world, campaign)
    yield 1
    _begun(campaign, by)
    _settled(world, campaign, by)
    owed = _asked(world, campaign, days=9)
    yield 1
    _shared(world, campaign, _targets(campaign)[:44], per_day=1)
    yield 2
    shut = 0
    for day in range(9):
        for number, visit in enumerate(_due(campaign)):
            if shut < len(AGAIN) and (day, number) in ((1, 0), (3, 1), (5, 0)):
                _shut(visit, again_in=AGAIN[shut])
                shut += 1
            # One was forgotten on its day.
            elif (day, number) != (6, 0) or shut < len(AGAIN):
                _done(visit)
        if day < len(owed) - 3:
            _reported(owed[day], by, "自查机构全部在册。" if day % 2 else "")
        if day == GIVEN_BACK_ON:
            with transaction() as session:
                reporting.return_(
                    session, owed[1], reason="没有机构名单，请补报。", by=by, version=None
                )
        yield 1


# In so many days somebody tries once more where the door stayed shut: the second try came soon.
AGAIN = (30, 2, 30)
# Soon enough for a county that is loaded after many days off.
GIVEN_BACK_ON = 3


def _settled(world: World, campaign: Campaign, by: Officer) -> None:
    """Two added, and so many taken out that sixty stand; three exempt."""
    today = clock.today()
    known = {one.institution_id for one in _targets(campaign)}
    others = [one for one in world.institutions if _may_join(one, known)][:2]
    with transaction() as session:
        service.add(
            session, campaign, [one.id for one in others], origin=TargetOrigin.ADDED,
            reason="群众反映其兼办艺术培训。", by=by, today=today,
        )  # fmt: skip
    standing = _targets(campaign)
    with transaction() as session:
        out = [one.id for one in standing[TARGETS:]]
        service.take_out(
            session, campaign, out, reason="本月已由示例市教育局检查。", by=by, today=today
        )
    with transaction() as session:
        exempt = [one.id for one in standing[TARGETS - 3 : TARGETS]]
        service.exempt(
            session, campaign, exempt, reason="上季度年检优秀，按方案免查。", by=by, today=today
        )


def _may_join(one: Institution, known: set[int]) -> bool:
    return one.kind_code == "sports" and one.id not in known and _is_live(one)


def _is_live(one: Institution) -> bool:
    return one.state is not InstitutionState.CLOSED and not one.withdrawn


def closed(world: World) -> Story:
    """Every target settled: visited, but for one that was explained."""
    by = world.inspectors[1]
    campaign = _planned(
        world, "学科类隐形变异专项整治", ("subject",), by=by, number="示教监〔2026〕12号", days=40
    )
    _submitted(campaign, by)
    yield 1
    _approved(world, campaign)
    _begun(campaign, by)
    owed = _asked(world, campaign, days=14)
    yield 1
    _shared(world, campaign, _targets(campaign)[1:], per_day=2)
    for _ in range(8):
        yield 1
        for visit in _due(campaign):
            _done(visit)
    for report in owed:
        _reported(report, by)
    yield 5
    with transaction() as session:
        left = [one.id for one in _targets(campaign, TargetView.OWED)]
        service.explain(session, campaign, left, reason="负责人住院，另案约查。", by=by)
        service.close(
            session, campaign, conclusion="学科类机构逐家检查，未发现隐形变异培训。", by=by,
            today=clock.today(), version=None,
        )  # fmt: skip
    # Another like it is being planned; the plan is not ready yet.
    yield 40
    _planned(
        world, "寒假前学科类专项整治", ("subject",), by=by, number="", days=60, based_on=campaign
    )


def waiting(world: World) -> Story:
    """A plan that waits for somebody to approve it."""
    by = world.inspectors[2]
    campaign = _planned(
        world, "托管机构消防安全专项检查", ("care",), by=by, number="示教安〔2026〕7号", days=30
    )
    _submitted(campaign, by)
    yield 0
