"""按地址查找位置: asking for it, for the institutions of the filtered set that have none."""

from __future__ import annotations

import sqlalchemy as sa
from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.errands import service as errands
from training_oversight.errors import BadInput
from training_oversight.maps import queries
from training_oversight.maps.forms import LocateForm
from training_oversight.maps.locating import LOCATE, MOST_AT_ONCE
from training_oversight.maps.views.blueprint import bp
from training_oversight.maps.views.mapping import OWN_PARTS
from training_oversight.registry.listing import kept, wanted_here
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_after

NOTHING_TO_ASK = Text("There is no address to ask for.")


@bp.route("/map/locate", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def locate() -> ResponseReturnValue:
    officer, session = current_officer(), current_session()
    chosen = catalogue.map_settings(session, authority_id=officer.authority_id).geocoder
    form = LocateForm()

    def act(writing: Session, ids: list[int]) -> Done:
        if not ids:
            raise BadInput(NOTHING_TO_ASK)
        errand = errands.ask(writing, LOCATE, params={"ids": ids}, by=officer)
        return Done(url_for("errands.show", errand_id=errand.id))

    def page() -> str:
        missing, either = _count(again=False), _count(again=True)
        back = {name: value for name, value in kept().items() if name not in OWN_PARTS}
        return render_template(
            "maps/locate.html",
            form=form,
            chosen=chosen,
            missing=missing,
            found_before=either - missing,
            most=MOST_AT_ONCE,
            may_set=officer.may(Permission.MANAGE_CATALOGUE),
            back_url=asking(".map_page", back),
        )

    if chosen is None:
        return page()
    return answered_after(form, lambda: _ids(again=form.again.data), act, page)


def _ids(*, again: bool) -> list[int]:
    return list(current_session().scalars(_asked(again=again).limit(MOST_AT_ONCE)))


def _count(*, again: bool) -> int:
    """All of them, also beyond what is asked for at one time."""
    asked = _asked(again=again).order_by(None).subquery()
    return current_session().scalar(sa.select(sa.func.count()).select_from(asked)) or 0


def _asked(*, again: bool) -> sa.Select[int]:
    today = clock.today()
    return queries.to_locate(current_officer(), wanted_here(today), today=today, again=again)
