"""登记线索: half a minute, with one hand; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import PhraseUse
from training_oversight.database import current_session
from training_oversight.errors import BadInput, NotFound
from training_oversight.files import service as files
from training_oversight.inspections import queries as picking
from training_oversight.leads import service
from training_oversight.leads.forms import LeadForm
from training_oversight.leads.service import LeadDraft
from training_oversight.leads.views.blueprint import bp, page_of
from training_oversight.names.typed import LONGEST
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.choices import listed
from training_oversight.web.marks import requires
from training_oversight.web.safe_request import whole
from training_oversight.web.steps import Done, answered

FEW = 6
NO_TOWNSHIP = Text("Choose the township of the place.")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ENTER_LEAD)
def new() -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    form = LeadForm(data=_asked())
    towns = accounts.townships(session, officer.scope)
    # Who works in one township has entered it by that.
    own = [(officer.division.code, officer.division.name)]
    form.township.offer(listed([(one.code, one.name) for one in towns] or own))
    if request.form.get("look"):
        return _page(form)

    def act(saving: Session) -> Done:
        lead = service.enter(
            saving, _draft(saving, form), by=current_officer(), today=clock.today()
        )
        files.attach(saving, lead, form.photos.kept, by=current_officer())
        return Done(page_of(lead), Text("Lead %(number)s is entered.", number=lead.number))

    return answered(form, act, lambda: _page(form))


def _asked() -> Mapping[str, str]:
    """What the address says already, from the page of an institution."""
    one = _institution(request.args.get("institution"))
    return {"institution": str(one.id), "place": one.name} if one else {}


def _page(form: LeadForm) -> str:
    return render_template(
        "leads/new.html",
        form=form,
        phrases=catalogue.phrases(
            current_session(),
            PhraseUse.LEAD,
            authority_id=current_officer().authority_id,
            today=clock.today(),
        ),
        beside=_beside(form.place.data or "", _institution(form.institution.data)),
    )


def _draft(session: Session, form: LeadForm) -> LeadDraft:
    """Raises ``BadInput`` for a place in no record and no township."""
    chosen, town = _institution(form.institution.data), None
    if form.township.data:
        town = accounts.division_by_code(session, form.township.data)
    if chosen is None and town is None:
        raise BadInput(NO_TOWNSHIP, {"township": NO_TOWNSHIP})
    return LeadDraft(
        source=form.source.data,
        division=town or current_officer().division,
        institution=chosen,
        place=form.place.data or "",
        address=form.address.data or "",
        position=form.where(),
        position_accuracy=form.metres,
        seen_on=form.seen_on.data or clock.today(),
        facts=form.facts.data or "",
    )


def _institution(typed: str | None) -> Institution | None:
    """The one that was chosen, as far as the officer may read the register."""
    officer = current_officer()
    if not typed or not officer.may(Permission.VIEW_REGISTRY):
        return None
    with suppress(NotFound, ValueError):
        return registry.get(current_session(), whole(typed), officer.scope)
    return None


def _beside(words: str, chosen: Institution | None) -> Mapping[str, object]:
    """Places of these words; who does not read the register describes the place."""
    officer, typed = current_officer(), words.strip()[:LONGEST]
    reads = officer.may(Permission.VIEW_REGISTRY)
    offered: Sequence[Institution] = []
    if typed and chosen is None and reads:
        offered = picking.places(current_session(), typed, officer, limit=FEW)
    return {"words": typed, "chosen": chosen, "places": offered, "reads": reads}


@bp.route("/beside")
@requires(Permission.ENTER_LEAD)
def beside() -> ResponseReturnValue:
    """A part of the page: places of the words, while somebody types."""
    chosen = _institution(request.args.get("institution"))
    return render_template("leads/_beside.html", **_beside(request.args.get("place", ""), chosen))
