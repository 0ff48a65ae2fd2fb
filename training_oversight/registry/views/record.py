"""一机构一档: everything about one institution on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.models import Event
from training_oversight.audit.recent_changes import Reading
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.registry import presenting, queries, service, suggestion, timeline
from training_oversight.registry.models import Institution
from training_oversight.registry.suggestion import PROBLEMS, Problems
from training_oversight.registry.views import facts, lacking, next_steps
from training_oversight.registry.views.blueprint import bp
from training_oversight.texts import Text
from training_oversight.web.components import Status, Tab, TimelineEntry
from training_oversight.web.contributions import contributions
from training_oversight.web.day_argument import asked_day
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged

# The history beside the record; all of it has a page of its own.
LATEST = 30
MOST_TAGS = 3


@dataclass(frozen=True)
class PanelSection:
    """What another area shows of the institution."""

    key: str
    title: Text
    markup: Markup
    side: bool
    count: int | None


@bp.route("/<int:institution_id>")
@requires(Permission.VIEW_REGISTRY)
def show(institution_id: int) -> ResponseReturnValue:
    institution = loaded(institution_id)
    return page(institution)


@bp.route("/<int:institution_id>/history")
@requires(Permission.VIEW_REGISTRY)
def history(institution_id: int) -> ResponseReturnValue:
    """All that happened to it, page by page."""
    institution, session, today = loaded(institution_id), current_session(), clock.today()
    kinds = catalogue.kind_labels(session, authority_id=institution.authority_id, today=today)
    page = paged(
        session,
        queries.events_of(institution),
        keys=[Key(Event.at, descending=True), Key(Event.id, descending=True)],
        cursor=request.args.get("at"),
        address=lambda cursor: url_for(".history", institution_id=institution_id, at=cursor),
        total=queries.count_history(session, institution),
    )
    return render_template(
        "registry/history.html",
        institution=institution,
        page=page,
        timeline=timeline.timeline(page.rows, kinds, _departments(institution.authority_id)),
    )


def loaded(institution_id: int) -> Institution:
    return queries.get(current_session(), institution_id, current_officer().scope)


def page(institution: Institution, seen: Mapping[str, str | None] | None = None) -> str:
    """The whole record; ``seen`` is what was asked for in full, by the name of its column."""
    officer, today, session = current_officer(), clock.today(), current_session()
    kinds = catalogue.kind_labels(session, authority_id=institution.authority_id, today=today)
    events = queries.history(session, institution, limit=LATEST)
    happened = queries.count_history(session, institution)
    converted = queries.conversions_of(session, institution)
    sections = _sections(institution, officer, today)
    problems = contributions().fact_of(Institution, PROBLEMS, institution, today) or Problems()
    asked = asked_day("on")
    day = asked.day or today
    return render_template(
        "registry/show.html",
        institution=institution,
        former=service.values_of(institution).former_names,
        told=facts.facts(institution, kinds.get(institution.kind_code or "", "")),
        seen=seen or {},
        may_see=officer.may(Permission.SEE_PERSONAL_DATA),
        may_edit=officer.may(Permission.EDIT_REGISTRY),
        tags=_tags(institution, problems, today),
        venues=presenting.venues(institution),
        charge=presenting.charged(institution.officer_in_charge, today),
        annual=presenting.annual_grid(institution, today),
        papers=[(one, presenting.licence_status_on(one, day)) for one in institution.licences],
        has_events=service.possible_events,
        asked=asked,
        day=day,
        today=today,
        box=next_steps.box(institution, officer, today),
        sections=sections,
        converted=presenting.conversion_lines(converted, kinds),
        contents=_contents(institution, sections, happened, len(converted)),
        closed=institution.closed_on is not None,
        gaps=[(gap.words, gap.url(institution)) for gap in lacking.gaps(institution, today)],
        unexplained=queries.is_unexplained,
        suggested=_suggested(institution, problems, today),
        timeline=timeline.timeline(events, kinds, _departments(institution.authority_id)),
        happened=happened,
    )


def _departments(authority_id: int) -> dict[int, str]:
    """Names for the history; one that was dissolved since keeps its number."""
    found = accounts.departments(current_session(), authority_id)
    return {one.id: one.name for one in found}


def _told(session: Session, events: Sequence[Event]) -> list[TimelineEntry]:
    """What somebody did to it while an officer had a form of it open."""
    authority_id = current_officer().authority_id
    kinds = catalogue.kind_labels(session, authority_id=authority_id, today=clock.today())
    return timeline.timeline(events, kinds, _departments(authority_id))


def _latest(session: Session, key: int, limit: int) -> Sequence[Event]:
    return queries.history(session, session.get_one(Institution, key), limit=limit)


READINGS = (
    Reading(("institution",), _told, _latest),
    Reading(("venue", "licence"), _told),
)


def _tags(institution: Institution, problems: Problems, today: date) -> list[Status]:
    """What stands in the title line, the most urgent only."""
    tags = (
        presenting.state_status(institution),
        presenting.permit_tag(institution, today),
        presenting.problems_tag(problems),
        presenting.annual_tag(institution),
    )
    return [tag for tag in tags if tag is not None][:MOST_TAGS]


def _suggested(
    institution: Institution, problems: Problems, today: date
) -> tuple[list[Text], list[Text]]:
    """What the rule of thumb suggests, and why."""
    facts = suggestion.Facts(
        permit=queries.is_licensed(institution, today),
        registered=queries.is_registered(institution, today),
        without_permit=queries.is_without_permit(institution, today),
        problems=problems,
        grade=queries.last_grade(institution),
    )
    return suggestion.advice(facts), suggestion.reasons(facts)


def _sections(institution: Institution, officer: Officer, today: date) -> list[PanelSection]:
    panels = contributions().panels_of(Institution, officer)
    drawn = [
        PanelSection(
            f"panel-{place}",
            panel.title,
            panel.render(institution, officer, today),
            panel.side,
            panel.count(institution, officer, today) if panel.count else None,
        )
        for place, panel in enumerate(panels)
    ]
    return [section for section in drawn if section.markup]


def _contents(
    institution: Institution, sections: list[PanelSection], events: int, converted: int
) -> list[Tab]:
    conversions = [Tab(Text("Conversions"), "#conversions", converted)] if converted else []
    return [
        Tab(Text("Basic facts"), "#facts", current=True),
        *conversions,
        Tab(Text("Licences"), "#papers", len(institution.licences)),
        *(Tab(one.title, f"#{one.key}", one.count) for one in sections if not one.side),
        Tab(Text("History"), "#history", events),
    ]
