"""Showing in full, once, what the record masks; each look stays in the history."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import transaction
from training_oversight.registry import queries, service
from training_oversight.registry.views.blueprint import bp
from training_oversight.registry.views.record import loaded, page
from training_oversight.web.marks import requires


@bp.route("/<int:institution_id>/phone", methods=["POST"])
@requires(Permission.SEE_PERSONAL_DATA)
def phone(institution_id: int) -> ResponseReturnValue:
    institution, officer = loaded(institution_id), current_officer()
    with transaction() as session:
        service.look_at_phone(session, institution, by=officer)
    return page(loaded(institution_id), seen={"phone": institution.phone})


@bp.route("/<int:institution_id>/account", methods=["POST"])
@requires(Permission.SEE_PERSONAL_DATA)
def account(institution_id: int) -> ResponseReturnValue:
    institution, officer = loaded(institution_id), current_officer()
    with transaction() as session:
        service.look_at_account(session, institution, by=officer)
    return page(loaded(institution_id), seen={"fund_account": institution.fund_account})


@bp.route("/<int:institution_id>/venues/<int:venue_id>/landlord", methods=["POST"])
@requires(Permission.SEE_PERSONAL_DATA)
def landlord(institution_id: int, venue_id: int) -> ResponseReturnValue:
    venue, officer = queries.venue_of(loaded(institution_id), venue_id), current_officer()
    with transaction() as session:
        service.look_at_landlord(session, venue, by=officer)
    return page(loaded(institution_id), seen={f"landlord-{venue.id}": venue.landlord})
