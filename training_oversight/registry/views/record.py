"""一机构一档: everything about one institution on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.registry import queries, service
from training_oversight.registry.models import Institution
from training_oversight.registry.views import saying
from training_oversight.registry.views.blueprint import bp
from training_oversight.registry.workflow import InstitutionVerb
from training_oversight.texts import Text
from training_oversight.web.components import (
    Locked,
    MoveButton,
    MoveStyle,
    NextStep,
    Tab,
)
from training_oversight.web.contributions import Panel, Step, contributions
from training_oversight.web.marks import requires

SUBJECT = "institution"
NAME_OFFICER = Text("Name the officer in charge")
# The pages of the register's own moves; an order to stop comes with a notice, not from here.
PAGES = {
    InstitutionVerb.LIFT: "registry.lift",
    InstitutionVerb.ANNOUNCE_END: "registry.announce_end",
    InstitutionVerb.CLOSE: "registry.close",
    InstitutionVerb.REOPEN: "registry.reopen",
}


@dataclass(frozen=True)
class Section:
    """What another area shows of the institution."""

    key: str
    title: Text
    markup: Markup
    side: bool


@bp.route("/<int:institution_id>")
@requires(Permission.VIEW_REGISTRY)
def show(institution_id: int) -> ResponseReturnValue:
    institution = loaded(institution_id)
    return page(institution)


def loaded(institution_id: int) -> Institution:
    return queries.get(current_session(), institution_id, current_officer().scope)


def page(institution: Institution, seen: Mapping[str, str | None] | None = None) -> str:
    """The whole record; ``seen`` is what was asked for in full, by the name of its column."""
    officer, today, session = current_officer(), clock.today(), current_session()
    kinds = catalogue.kind_labels(session, authority_id=institution.authority_id, today=today)
    events = list(queries.history(session, institution))
    sections = _sections(institution, officer, today)
    return render_template(
        "registry/show.html",
        institution=institution,
        former=service.values_of(institution).former_names,
        kind=kinds.get(institution.kind_code or "", ""),
        seen=seen or {},
        may_see=officer.may(Permission.SEE_PERSONAL_DATA),
        may_edit=officer.may(Permission.EDIT_REGISTRY),
        state=saying.state_status(institution),
        standing=saying.standing_tag(institution, today),
        stages=saying.stages(institution),
        size=saying.size(institution),
        annual=saying.annual_checks(institution),
        papers=[(one, saying.licence_status(one, today)) for one in institution.licences],
        has_events=service.possible_events,
        box=_next_step(institution, officer, today),
        sections=sections,
        contents=_contents(institution, sections, len(events)),
        closed=institution.closed_on is not None,
        gaps=saying.gaps(institution),
        suggestion=saying.suggestion(institution, today),
        timeline=saying.timeline(events, kinds),
    )


def _sections(institution: Institution, officer: Officer, today: date) -> list[Section]:
    panels: list[Panel] = contributions().panels_of(SUBJECT, officer)
    drawn = [
        Section(
            f"panel-{place}", panel.title, panel.render(institution, officer, today), panel.side
        )
        for place, panel in enumerate(panels)
    ]
    return [section for section in drawn if section.markup]


def _contents(institution: Institution, sections: list[Section], events: int) -> list[Tab]:
    return [
        Tab(Text("Basic facts"), "#facts", current=True),
        Tab(Text("Licences"), "#papers", len(institution.licences)),
        *(Tab(one.title, f"#{one.key}") for one in sections if not one.side),
        Tab(Text("History"), "#history", events),
    ]


def _next_step(institution: Institution, officer: Officer, today: date) -> NextStep:
    step = _step(institution, officer, today)
    actions = contributions().actions_on(SUBJECT, institution, officer)
    offer = institution.workflow.offer(officer, institution)
    moves = [
        MoveButton(
            action.label,
            action.url(institution),
            MoveStyle.MAIN if place == 0 else MoveStyle.OTHER,
        )
        for place, action in enumerate(actions)
    ]
    if _wants_officer(institution, officer):
        moves.insert(
            0,
            MoveButton(
                NAME_OFFICER,
                url_for(".assign", institution_id=institution.id),
                MoveStyle.OTHER if moves else MoveStyle.MAIN,
            ),
        )
    moves += [
        MoveButton(
            move.label,
            url_for(PAGES[move.verb], institution_id=institution.id),  # type: ignore[index]
            MoveStyle.DANGER if move.grave else MoveStyle.OTHER,
        )
        for move in offer.open
        if move.verb in PAGES
    ]
    return NextStep(
        title=step.label,
        whose=step.who,
        moves=moves,
        locked=[
            Locked(each.move.label, reason)
            for each in offer.locked
            for reason in each.reasons
            if each.move.verb in PAGES
        ],
    )


def _wants_officer(institution: Institution, officer: Officer) -> bool:
    live = institution.closed_on is None
    return (
        live and institution.officer_in_charge_id is None and officer.may(Permission.EDIT_REGISTRY)
    )


def _step(institution: Institution, officer: Officer, today: date) -> Step:
    """What upper areas say comes next; without them, what the file itself wants."""
    found = contributions().steps_of(
        "institutions", current_session(), officer, [institution.id], today
    )
    if institution.id in found:
        return found[institution.id]
    charge = institution.officer_in_charge
    who = charge.name if charge else Text("Nobody yet")
    if institution.closed_on is not None:
        return Step(Text("None; closed since %(day)s", day=institution.closed_on), "")
    if institution.ending_on is not None:
        return Step(Text("Take the permit back by %(day)s", day=institution.ending_on), who)
    if charge is None:
        return Step(NAME_OFFICER, Text("Nobody yet"))
    if not queries.is_licensed(institution, today):
        return Step(Text("Find out what it teaches, and settle its papers"), who)
    return Step(Text("Inspect it when its turn comes"), who)
