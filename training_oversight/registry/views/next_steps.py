"""The next step of an institution: whose turn it is, and what can be done now."""

from __future__ import annotations

from datetime import date

from flask import url_for

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.registry import presenting, queries
from training_oversight.registry.listing import LISTING
from training_oversight.registry.models import ClosingKind, Institution, LicenceEventKind
from training_oversight.registry.workflow import InstitutionVerb
from training_oversight.texts import Text
from training_oversight.web.components import Locked, MoveButton, MoveStyle, NextStep
from training_oversight.web.contributions import Step, contributions
from training_oversight.web.next_step import led_by

NAME_OFFICER = Text("Name the officer in charge")
PAPER_BACK = Text("Take the permit back")
CONFIRM_NONE = Text("Confirm that it has no permit")
TAKE_BACK = Text("Take the permit back and record the end")
# The pages of the register's own moves; an order to stop comes with a notice, not from here.
PAGES = {
    InstitutionVerb.LIFT: "registry.lift",
    InstitutionVerb.ANNOUNCE_END: "registry.announce_end",
    InstitutionVerb.WITHDRAW_END: "registry.withdraw_end",
    InstitutionVerb.CLOSE: "registry.close",
    InstitutionVerb.REOPEN: "registry.reopen",
}


def box(institution: Institution, officer: Officer, today: date) -> NextStep:
    step = _step(institution, officer, today)
    actions = contributions().actions_on(Institution, institution, officer)
    offer = institution.workflow.offer(officer, institution)
    own = [MoveButton(label, url) for label, url in _own(institution, officer, today)]
    moves = own + [MoveButton(action.label, action.url(institution)) for action in actions]
    moves += _of_the_permit(institution, officer)
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
        moves=led_by(step, moves),
        locked=[
            Locked(each.move.label, reason)
            for each in offer.locked
            for reason in each.reasons
            if each.move.verb in PAGES
        ],
    )


def _own(institution: Institution, officer: Officer, today: date) -> list[tuple[Text, str]]:
    """What the file itself still wants of an officer who keeps it."""
    if not officer.may(Permission.EDIT_REGISTRY):
        return []
    if _wants_paper_back(institution):
        paper = queries.standing_permits(institution)[0]
        revoked = institution.closing_kind is ClosingKind.REVOKED
        kind = LicenceEventKind.REVOKED if revoked else LicenceEventKind.CANCELLED
        url = url_for(
            ".licence_event", institution_id=institution.id, licence_id=paper.id, kind=kind.value
        )
        return [(PAPER_BACK, url)]
    if institution.closed_on is None and institution.is_nobodys(today):
        return [(NAME_OFFICER, url_for(".assign", institution_id=institution.id))]
    return []


def _of_the_permit(institution: Institution, officer: Officer) -> list[MoveButton]:
    """Where no permit is on file: that there is none is said by an officer, or it is not said."""
    if not officer.may(Permission.EDIT_REGISTRY) or institution.closed_on is not None:
        return []
    if queries.has_permit_on_file(institution):
        return []
    known = institution.unlicensed_on is not None
    page = ".take_back_unlicensed" if known else ".confirm_unlicensed"
    words = Text("Take back that it has no permit") if known else CONFIRM_NONE
    return [MoveButton(words, url_for(page, institution_id=institution.id), MoveStyle.TEXT)]


def _wants_paper_back(institution: Institution) -> bool:
    """An institution that ended, and whose permit nobody has taken back."""
    ended = institution.closed_on is not None and not institution.withdrawn
    return ended and bool(queries.standing_permits(institution))


def _step(institution: Institution, officer: Officer, today: date) -> Step:
    """What upper areas say comes next; without them, what the file itself wants."""
    found = contributions().steps_of(LISTING, current_session(), officer, [institution.id], today)
    if institution.id in found:
        return found[institution.id]
    who = presenting.charged(institution.officer_in_charge, today)
    own = next(iter(_own(institution, officer, today)), None)
    if own is not None:
        label, url = own
        return Step(label, who, url, mine=True)
    if institution.closed_on is not None:
        return _after_the_end(institution, who)
    if institution.ending_on is not None:
        if institution.ending_on <= today:
            return _ended(institution, officer, who)
        return Step(Text("Take the permit back by %(day)s", day=institution.ending_on), who)
    if institution.is_nobodys(today):
        return Step(NAME_OFFICER, who)
    if not queries.is_licensed(institution, today):
        return Step(Text("Find out what it teaches, and settle its papers"), who)
    return Step(Text("Inspect it when its turn comes"), who)


def _ended(institution: Institution, officer: Officer, who: Text | str) -> Step:
    """Its announced last day is over: somebody who may close it does."""
    may = officer.may(Permission.CLOSE_INSTITUTION)
    url = url_for(PAGES[InstitutionVerb.CLOSE], institution_id=institution.id) if may else None
    return Step(TAKE_BACK, who, url, mine=may)


def _after_the_end(institution: Institution, who: Text | str) -> Step:
    if institution.merged_into_id is not None:
        return Step(Text("None; it is dealt with in the record that it was joined with"), "")
    if _wants_paper_back(institution):
        return Step(PAPER_BACK, who)
    return Step(Text("None; closed since %(day)s", day=institution.closed_on), "")
