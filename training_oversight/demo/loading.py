"""Making the demo county: its ground, its people, its register, and then its year."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time, timedelta
from random import Random

import sqlalchemy as sa

from training_oversight import audit, clock, law
from training_oversight.accounts import passwords
from training_oversight.accounts import queries as accounts
from training_oversight.accounts import service as accounts_service
from training_oversight.accounts.models import (
    Authority,
    Department,
    Division,
    Officer,
    Scope,
)
from training_oversight.accounts.permissions import Role
from training_oversight.accounts.service import CountyDraft
from training_oversight.audit import Event, EventType
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session, transaction
from training_oversight.demo.people import (
    COUNTIES,
    OFFICERS,
    PASSWORD,
    DemoCounty,
)
from training_oversight.demo.places import DemoPlace, institutions
from training_oversight.demo.stories import (
    Play,
    campaigns,
    centre,
    checks,
    complaints,
    joint,
    leads,
    notices,
    publishing,
    refunds,
    rewards,
)
from training_oversight.demo.stories import registry as register
from training_oversight.demo.timeline import Story, Timeline
from training_oversight.demo.world import World
from training_oversight.enforcement.jobs import raise_overdue_items
from training_oversight.errors import WrongState
from training_oversight.publication import rules as list_rules
from training_oversight.registry import service as registry
from training_oversight.registry.jobs import warn_of_licences
from training_oversight.registry.models import Institution
from training_oversight.texts import Text

# The last thing that loading writes: without it the county was not played to its end.
LOADED = EventType.declare("demo.loaded", Text("Demo county loaded"))
SEED = 20260901
# The system names no period of law; the figure is plainly invented.
REMEDIES = (
    "如不服本通知，可以自收到本通知之日起99日内申请行政复议或者提起行政诉讼"
    "（99日为演示用的虚构期限，实际期限由法制科填写）。"
)

# (story, how many, how many days ago it began). Together with visits without a finding
# they reach every state of every record.
PLAYS: tuple[tuple[Play, int, int], ...] = (
    (notices.rectified, 11, 120),
    (notices.relapsed, 2, 110),
    (joint.concluded, 2, 100),
    (joint.stopped, 3, 90),
    (joint.convened, 2, 62),
    (joint.overdue, 5, 48),
    (joint.task_returned, 2, 20),
    (joint.raised_by_hand, 2, 14),
    (notices.failed_recheck, 2, 13),
    (notices.reported_late, 2, 16),
    (notices.waiting_for_recheck, 3, 11),
    (notices.waiting_for_close_out, 3, 12),
    (notices.under_way, 5, 9),
    (joint.stopping, 2, 8),
    (joint.refunds_owed, 1, 9),
    (joint.refunds_owed, 1, 40),
    (joint.refunded, 1, 13),
    (notices.not_served_yet, 2, 7),
    (notices.voided_notice, 1, 30),
    (notices.entered_in_error, 1, 22),
    (checks.fixed_on_the_spot, 5, 25),
    (notices.waiting_for_approval, 2, 4),
    (notices.returned_draft, 1, 5),
    (notices.draft_only, 2, 4),
    (checks.finding_undecided, 2, 5),
    (checks.door_closed, 1, 6),
    (checks.planned, 2, 3),
    (checks.nothing_wrong, 6, 35),
    (checks.confirmed_undecided, 1, 5),
)
# Days within which a story has to come as far as it goes, whatever holiday lies between.
LATELY = 30
# Leads come at one hour, so that the rest of the year goes as it would without them.
LEADS_AT = time(16, 10)
# The public list that is still a draft in the end.
DRAFTED = "unlicensed"
# Played where no permit is on file. Of those that no story meets it stays open.
STOPS = (joint.stopped, joint.stopping, joint.refunds_owed, joint.refunded)
AT_UNLICENSED = frozenset((*STOPS, joint.raised_by_hand, checks.confirmed_undecided))


def is_loaded() -> bool:
    """Whether this database holds the demo county, played to its end."""
    return current_session().scalar(sa.select(sa.exists().where(Event.verb == LOADED.verb))) is True


def load() -> None:
    """Make the demo county. Raises ``WrongState`` in a database that holds other data."""
    if _holds_other_data():
        raise WrongState(
            Text(
                "This database holds other data, or a demo county whose loading was cut short. "
                "The demo county is loaded only into an empty one: choose another with "
                "DATABASE_URL or DATA_DIR, or delete this one."
            )
        )
    now = clock.now()
    today = clock.today()
    random = Random(SEED)
    hashed = passwords.hashed(PASSWORD)
    with clock.standing_at(now - timedelta(days=200)):
        worlds = [_founded(county, hashed, random) for county in COUNTIES]
        for world, county, count in zip(worlds, COUNTIES, (80, 12), strict=True):
            _fill_register(world, county, count=count, random=random, today=today)
        _enter_twice(worlds[0], COUNTIES[0], count=2)
    _play(worlds, now=now, today=today, random=random)
    with transaction() as session:
        audit.record(session, worlds[0].authority, LOADED, by=accounts.system(session))


def _holds_other_data() -> bool:
    """A demo county whose loading was cut short counts as other data, too."""
    others = sa.select(sa.func.count()).select_from(Authority).where(Authority.code != "system")
    return bool(current_session().scalar(others))


def _founded(county: DemoCounty, hashed: str, random: Random) -> World:
    with transaction() as session:
        authority = accounts_service.found_county(
            session,
            CountyDraft(
                code=county.code,
                name=county.name,
                short_name=county.short_name,
                hotline=county.hotline,
                address=f"{county.name}{county.streets[0]}1号",
                remedies=REMEDIES,
                province="示例省",
                prefecture="示例市",
                townships={
                    f"{county.code}{n:03}": name for n, name in enumerate(county.townships, start=1)
                },
            ),
            by=accounts.system(session),
        )
        place = authority.division
        departments = {one.code: one for one in accounts.departments(session, authority.id)}
        officers = _officers(county, place, departments, hashed)
        towns = list(accounts.townships(session, Scope(place.path)))
        calendar = catalogue.working_calendar(session, authority_id=authority.id)
    return World(authority, towns, departments, officers, random, calendar)


def _officers(
    county: DemoCounty, place: Division, departments: dict[str, Department], hashed: str
) -> dict[str, Officer]:
    session = current_session()
    system = accounts.system(session)
    return {
        one.username: accounts_service.add(
            session,
            username=one.username,
            name=one.name,
            department=departments[one.department],
            division=place,
            roles=one.roles,
            password_hash=hashed,
            certificate_number=f"ZF{county.code}{number:03}" if one.certified else None,
            by=system,
            must_change_password=False,
        )
        for number, one in enumerate(OFFICERS, start=1)
        if COUNTIES[one.county] is county
    }


def _fill_register(
    world: World, county: DemoCounty, *, count: int, random: Random, today: date
) -> None:
    places = institutions(county, world.townships, count=count, random=random, today=today)
    with transaction() as session:
        by = next(iter(world.officers.values()))
        for number, place in enumerate(places):
            values = _assigned(world, place, number)
            made = registry.create(session, values=values, by=by, today=clock.today())
            for licence in place.licences:
                registry.add_licence(session, made, values=licence, by=by, today=clock.today())
            world.institutions.append(made)


def _enter_twice(world: World, county: DemoCounty, *, count: int) -> None:
    """A few that a township has entered a second time, for the page of likely doubles."""
    by = next(iter(world.officers.values()))
    with transaction() as session:
        for one in world.institutions[-count:]:
            values = registry.InstitutionValues(
                name=f"{county.name}{one.name}有限公司",
                division_id=one.division_id,
                kind_code=one.kind_code,
                phone=one.phone,
                address=one.main_venue.address if one.main_venue else "",
                note="乡镇摸底时上报。",
            )
            registry.create(session, values=values, by=by, today=clock.today())


def _assigned(world: World, place: DemoPlace, number: int) -> registry.InstitutionValues:
    """With an officer in charge; a few are left without one, for the list that should be empty."""
    inspectors = [o for o in world.officers.values() if o.certificate_number]
    chosen = inspectors[number % len(inspectors)] if number % 27 != 26 else None
    return dataclasses.replace(place.values, officer_in_charge_id=chosen.id if chosen else None)


def _play(worlds: list[World], *, now: datetime, today: date, random: Random) -> None:
    first, second = worlds
    timeline = Timeline(first.calendar, until=now, random=random)
    for play, place, days_ago in _cast(first, PLAYS, random):
        timeline.begin(play(first, place), _began(first.calendar, today, days_ago))
    for play, place, days_ago in _cast(second, PLAYS[:1] + PLAYS[5:6] + PLAYS[10:11], random):
        timeline.begin(play(second, place), today - timedelta(days=days_ago))
    for rule in list_rules.every():
        timeline.begin(publishing.batches(first, rule), today - timedelta(days=75))
        # Only one list of a kind is in preparation: here a draft, there one that waits. The
        # longest holiday of a year is shorter: some working day has come since.
        next_batch = publishing.in_preparation(first, rule, submitted=rule.kind != DRAFTED)
        timeline.begin(next_batch, today - timedelta(days=12))
    for number, (told, days_ago) in enumerate((*complaints.TOLD, *refunds.OWED, *centre.TOLD)):
        place = first.institutions[number * 3]
        timeline.begin(told(first, place), _began(first.calendar, today, days_ago))
    for number, (told, days_ago) in enumerate(rewards.REWARDED):
        place = first.institutions[number * 3 + 1]
        timeline.begin(told(first, place), _began(first.calendar, today, days_ago))
    # At an hour of their own, so that the other stories draw theirs as before.
    timeline.begin(campaigns.closed(first), today - timedelta(days=115), time(16))
    timeline.begin(campaigns.running(first), _began(first.calendar, today, 22), time(16, 30))
    timeline.begin(campaigns.waiting(first), _began(first.calendar, today, 3), time(11))
    for number, (lead, days_ago) in enumerate(leads.TOLD):
        place = first.institutions[number * 3 + 2]
        began = _began(first.calendar, today, days_ago)
        timeline.begin(lead(first, place), began, LEADS_AT)
    timeline.begin(_mornings(), today - timedelta(days=80))
    timeline.begin(register.year_of_the_register(first), today - timedelta(days=150), time(10))
    timeline.begin(register.warnings(first), today - timedelta(days=80), time(8, 30))
    timeline.play()
    with clock.standing_at(now):
        _propose_rights(first)
        checks.of_today(first)
        raise_overdue_items(today)
        warn_of_licences(today)


def _began(calendar: law.WorkingCalendar, today: date, days_ago: int) -> date:
    """The day that many days ago, or earlier if a holiday has left too few working days since.

    Only what began lately waits for somebody at the end; the older stories have time enough.
    """
    began = today - timedelta(days=days_ago)
    if days_ago > LATELY:
        return began
    # As few as any stretch of that length holds that no holiday falls in.
    weeks, rest = divmod(days_ago, 7)
    least = 5 * weeks + max(0, rest - 2)
    while _working_days(calendar, began, today) < least:
        began -= timedelta(days=1)
    return began


def _working_days(calendar: law.WorkingCalendar, after: date, until: date) -> int:
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(calendar.is_working_day(day) for day in days)


def _propose_rights(world: World) -> None:
    """An inspector would take over the public lists; a second person has not said yes."""
    officer = world.officers["hexinran"]
    with transaction() as session:
        accounts_service.change(
            session,
            officer,
            roles=[Role.INSPECTOR, Role.PUBLISHER],
            by=world.officers["jiangfan"],
        )


def _cast(
    world: World, plays: tuple[tuple[Play, int, int], ...], random: Random
) -> list[tuple[Play, Institution, int]]:
    """Which story is played where, each place at most once, from how many days ago."""
    free = {
        licensed: [i for i in world.institutions if i.informal_name is not licensed]
        for licensed in (True, False)
    }
    cast = []
    for play, times, days_ago in plays:
        pool = free[play not in AT_UNLICENSED]
        for number in range(min(times, len(pool))):
            spread = random.randrange(max(1, days_ago // 6)) if number else 0
            cast.append((play, pool.pop(0), days_ago - spread))
    return cast


def _mornings() -> Story:
    """The morning job on every working day, as the scheduler would have run it."""
    while True:
        raise_overdue_items(clock.today())
        yield 1
