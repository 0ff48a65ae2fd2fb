"""Leads: one in every state, one that waits too long, and a place without a permit found by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from training_oversight import clock
from training_oversight.accounts.models import Officer
from training_oversight.database import transaction
from training_oversight.demo.timeline import Story
from training_oversight.demo.world import World
from training_oversight.inspections import service as inspections
from training_oversight.inspections.models import Answer, Visit
from training_oversight.leads import service
from training_oversight.leads.models import Lead, LeadSource
from training_oversight.leads.service import LeadDraft
from training_oversight.registry.models import Institution

Told = Callable[[World, Institution], Story]
DAY = timedelta(days=1)


def _entered(
    world: World,
    source: LeadSource,
    facts: str,
    *,
    by: Officer,
    at: Institution | None = None,
    place: str = "",
) -> Lead:
    draft = LeadDraft(
        source=source,
        division=world.townships[1],
        institution=at,
        place=place,
        address="" if at else "示例新村7幢底层",
        seen_on=clock.today() - DAY,
        facts=facts,
    )
    with transaction() as session:
        return service.enter(session, draft, by=by, today=clock.today())


def waiting(world: World, place: Institution) -> Story:
    """Told at the hotline, by somebody who gave no name."""
    facts = "来电称晚上九点以后仍有学生下课，楼道里人很多。"
    _entered(world, LeadSource.CALL, facts, by=world.officers["shenyue"], at=place)
    yield 0


def described(world: World, _place: Institution) -> Story:
    """At a place that nobody has entered yet."""
    facts = "网格走访时看到居民楼底层有十多名小学生写作业，门口没有招牌。"
    place = "民居内的晚托班（当地人称“王老师家”）"
    _entered(world, LeadSource.GRID, facts, by=world.inspectors[1], place=place)
    yield 0


def planned(world: World, place: Institution) -> Story:
    facts = "学校反映：放学时有人在校门口发该机构的寒假班传单。"
    lead = _entered(world, LeadSource.SCHOOL, facts, by=world.inspectors[0], at=place)
    yield 1
    _follow(world, lead)


def found_unlicensed(world: World, _place: Institution) -> Story:
    """Seen covertly, visited, and confirmed as a place without a permit."""
    facts = "暗访：二楼两间教室正在上数学课，学生约十五人，没有看到证照。"
    place = "示例新村数学小班（门口无招牌）"
    lead = _entered(world, LeadSource.COVERT, facts, by=world.inspectors[0], place=place)
    yield 1
    visit = _follow(world, lead)
    yield 1
    _inspect(world, visit)
    with transaction() as session:
        service.confirm_unlicensed(
            session,
            lead,
            note="现场未能出示办学许可证，核对审批档案，未曾许可。",
            by=world.inspectors[0],
            today=clock.today(),
        )


def _follow(world: World, lead: Lead) -> Visit:
    with transaction() as session:
        return service.follow(
            session,
            lead,
            planned_on=clock.today() + DAY,
            officers=world.inspectors[:2],
            by=world.inspectors[0],
            today=clock.today(),
        )


def _inspect(world: World, visit: Visit) -> None:
    by = world.inspectors[0]
    with transaction() as session:
        inspections.start(session, visit, by=by)
    answers = (
        {item["code"]: Answer.YES for item in visit.checklist.items} if visit.checklist else {}
    )
    with transaction() as session:
        inspections.save_answers(session, visit, answers, by=by)
        inspections.finish(session, visit, by=by)


def handed_on(world: World, place: Institution) -> Story:
    facts = "平台推送：该机构所在楼层消防通道堆放杂物。"
    lead = _entered(world, LeadSource.PLATFORM, facts, by=world.inspectors[1], at=place)
    yield 2
    with transaction() as session:
        service.hand_on(
            session,
            lead,
            to=world.departments["fire"],
            note="涉及消防安全，请核查。",
            by=world.inspectors[1],
            today=clock.today(),
        )


def set_aside(world: World, place: Institution) -> Story:
    facts = "乡镇巡查时看到周六上午有学生进入该机构。"
    lead = _entered(world, LeadSource.TOWNSHIP, facts, by=world.inspectors[0], at=place)
    yield 2
    with transaction() as session:
        service.set_aside(
            session,
            lead,
            reason="该机构为美术培训，周六上课不违反规定。",
            by=world.inspectors[0],
            today=clock.today(),
        )


def from_department(world: World, place: Institution) -> Story:
    facts = "检查营业执照时发现该机构另有一间教室在隔壁楼。"
    _entered(world, LeadSource.DEPARTMENT, facts, by=world.officers["shichang"], at=place)
    yield 0


# How many days ago each was told; the second has waited longer than the county's days.
TOLD: tuple[tuple[Told, int], ...] = (
    (waiting, 2), (described, 21), (planned, 4), (found_unlicensed, 33), (handed_on, 16),
    (set_aside, 24), (from_department, 1),
)  # fmt: skip
