"""What comes next for a lead, and which moves are open."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.leads import presenting, service
from training_oversight.leads.models import Lead
from training_oversight.leads.workflow import LeadState, LeadVerb
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.components import MoveButton, MoveStyle, NextStep
from training_oversight.workflow import Move

PAGES: Mapping[LabelledEnum, str] = {
    LeadVerb.FOLLOW: "leads.follow",
    LeadVerb.HAND_ON: "leads.hand_on",
    LeadVerb.SET_ASIDE: "leads.set_aside",
    LeadVerb.REOPEN: "leads.reopen",
}
TODAY = Text("I inspect it today")


def box_of(lead: Lead, officer: Officer) -> NextStep | None:
    """The box of the page: what, whose turn, the moves."""
    moves = [_button(move, lead) for move in lead.workflow.offer(officer, lead).open]
    if lead.state is not LeadState.OPEN:
        if officer.may(Permission.EDIT_REGISTRY) and not service.obstacles(lead):
            page = url_for("leads.unlicensed", lead_id=lead.id)
            moves.append(MoveButton(presenting.CONFIRM, page))
        return NextStep(Text("Nothing is left to do"), "", moves) if moves else None
    if moves:
        now = url_for("leads.follow_today", lead_id=lead.id)
        moves.insert(1, MoveButton(TODAY, now, method="post", version=lead.version))
    mine = bool(moves) and any(
        move.waits_for(officer, lead) for move in lead.workflow.moves if lead.state in move.sources
    )
    who = presenting.owes(lead)
    whose = Text("waits for you") if mine else Text("waits for %(who)s", who=who)
    return NextStep(LeadVerb.FOLLOW.label, whose, moves)


def _button(move: Move, lead: Lead) -> MoveButton:
    main = move.verb is LeadVerb.FOLLOW
    style = MoveStyle.MAIN if main else MoveStyle.OTHER
    return MoveButton(move.label, url_for(PAGES[move.verb], lead_id=lead.id), style)
