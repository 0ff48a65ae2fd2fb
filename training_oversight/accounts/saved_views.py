"""Saved filters: kept from any list, and looked after on a page of their own."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import saved_queries as queries
from training_oversight.accounts import service
from training_oversight.accounts.forms import ColumnsForm, SavedFilterForm
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.saved import COLUMNS, listing_of, opening
from training_oversight.audit.recent_changes import Reading, by
from training_oversight.database import current_session
from training_oversight.texts import Text
from training_oversight.web import listings
from training_oversight.web.contributions import contributions
from training_oversight.web.forms import OversightForm
from training_oversight.web.listings import Listing
from training_oversight.web.marks import signed_in
from training_oversight.web.steps import Done, answered, pressed

bp = Blueprint("saved", __name__, url_prefix="/saved")
READING = Reading(
    ("saved_filter",),
    by({"name": Text("Name of the filter"), "shared": Text("Offer it to my colleagues")}),
)


@bp.route("")
@signed_in
def index() -> ResponseReturnValue:
    """All that the officer has saved."""
    known = {one.name: one for one in contributions().every(Listing)}
    rows = [
        (one, known[one.listing].label, opening(known[one.listing], one))
        for one in queries.of_officer(current_session(), current_officer())
        if one.listing in known
    ]
    return render_template("accounts/saved.html", rows=rows, form=OversightForm())


@bp.route("/<listing>/new", methods=["GET", "POST"])
@signed_in
def new(listing: str) -> ResponseReturnValue:
    found, officer = listing_of(listing), current_officer()
    form = SavedFilterForm()

    def act(session: Session) -> Done:
        saved = service.save_filter(
            session,
            listing=found.name,
            name=form.name.data or "",
            query=_kept(found, form, officer),
            shared=form.shared.data,
            by=officer,
        )
        return Done(opening(found, saved), Text("Saved as “%(name)s”.", name=saved.name))

    def page() -> str:
        if not form.is_submitted():
            form.query.data = request.query_string.decode(errors="replace")
        back = f"{url_for(found.endpoint)}?{form.query.data or ''}"
        return render_template("accounts/save_filter.html", form=form, listing=found, back=back)

    return answered(form, act, page)


@bp.route("/<int:saved_id>", methods=["GET", "POST"])
@signed_in
def change(saved_id: int) -> ResponseReturnValue:
    """Another name, shared or not."""
    officer = current_officer()
    saved = queries.own(current_session(), saved_id, officer)
    found = listing_of(saved.listing)
    form = SavedFilterForm(obj=saved)

    def act(session: Session) -> Done:
        form.query.data = saved.query
        service.change_saved(
            session,
            saved,
            name=form.name.data or "",
            query=_kept(found, form, officer),
            shared=form.shared.data,
            by=officer,
            version=form.seen_version,
        )
        return Done(url_for(".index"), Text("Saved."))

    return answered(
        form,
        act,
        lambda: render_template(
            "accounts/change_filter.html", form=form, saved=saved, listing=found
        ),
    )


@bp.route("/<int:saved_id>/remove", methods=["POST"])
@signed_in
def remove(saved_id: int) -> ResponseReturnValue:
    form, officer = OversightForm(), current_officer()

    def act(session: Session) -> Done:
        saved = queries.own(session, saved_id, officer)
        service.remove_saved(session, saved, by=officer)
        return Done(url_for(".index"), Text("“%(name)s” is no longer kept.", name=saved.name))

    return pressed(form, act, back=url_for(".index"))


@bp.route("/<listing>/columns", methods=["POST"])
@signed_in
def columns(listing: str) -> ResponseReturnValue:
    """The columns of the list as it stands, for every time that it is opened."""
    found, officer = listing_of(listing), current_officer()
    form = ColumnsForm()
    chosen = listings.parts(found, [(COLUMNS, form.cols.data or "")], officer)
    here = listings.parts(found, listings.read(form.query.data or ""), officer)
    back = f"{url_for(found.endpoint)}?{listings.written(here)}"

    def act(session: Session) -> Done:
        service.keep_columns(
            session, listing=found.name, query=listings.written(chosen), by=officer
        )
        return Done(back, Text("The list begins with these columns from now on."))

    return pressed(form, act, back=back)


def _kept(listing: Listing[Officer], form: SavedFilterForm, officer: Officer) -> str:
    """What is kept of the address: only what the list understands."""
    asked = listings.parts(listing, listings.read(form.query.data or ""), officer)
    if form.shared.data:
        asked = sorted(listing.lasting(asked, officer))
    return listings.written(asked)
