"""Who is in charge: of one institution, of a selection, of all that a colleague had."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.registry import queries, service
from training_oversight.registry.forms import AssignForm, AssignManyForm, HandOverForm
from training_oversight.registry.listing import wanted_here
from training_oversight.registry.views.blueprint import bp
from training_oversight.registry.views.editing import people
from training_oversight.registry.views.record import loaded
from training_oversight.texts import Counted, Text
from training_oversight.web import choosing
from training_oversight.web.choices import listed
from training_oversight.web.contributions import Handover, contributions
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered, answered_after

SHOWN = 10


@bp.route("/<int:institution_id>/officer", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def assign(institution_id: int) -> ResponseReturnValue:
    institution = loaded(institution_id)
    form = AssignForm(officer_id=institution.officer_in_charge_id)
    form.officer_id.offer(listed(people(current_officer(), institution)))
    if not form.is_submitted():
        form.version.data = str(institution.version)

    def act(session: Session) -> Done:
        chosen = session.get_one(Officer, given(form.officer_id.data))
        service.assign_officer(
            session,
            institution,
            officer=chosen,
            by=current_officer(),
            version=form.seen_version,
        )
        return Done(
            url_for(".show", institution_id=institution.id),
            Text("%(name)s is in charge now.", name=chosen.name),
        )

    return answered(
        form,
        act,
        lambda: render_template("registry/assign.html", form=form, institution=institution),
    )


@bp.route("/assign", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def assign_many() -> ResponseReturnValue:
    """Put one officer in charge of a selection, or of all that the list's filter finds.

    The list sends ``id`` once for each box that is ticked; without any, the address is the
    list's own and names the filter.
    """
    officer = current_officer()
    form = AssignManyForm(formdata=request.form if _is_confirmed() else None)
    form.officer_id.offer(listed(people(officer, None)))
    selected = request.form.getlist("id")
    keys = choosing.ticked() if selected else _found(officer)
    chosen = queries.to_assign(current_session(), keys, scope=officer.scope)

    def act(session: Session) -> Done:
        to = session.get_one(Officer, given(form.officer_id.data))
        count = service.assign_many(
            session, [one.id for one in chosen], officer=to, by=officer, today=clock.today()
        )
        return Done(url_for(".index", officer=to.id), _assigned(to, count))

    def page() -> str:
        return render_template(
            "registry/assign_many.html",
            form=form,
            selected=[one.id for one in chosen] if selected else [],
            chosen=chosen,
            shown=chosen[:SHOWN],
        )

    return answered(form, act, page) if _is_confirmed() else page()


def _assigned(to: Officer, count: int) -> Text:
    if not count:
        return Text("%(name)s was in charge of all of these already.", name=to.name)
    return Text(
        "%(name)s is in charge of %(count)s more institutions now.", name=to.name, count=count
    )


def _is_confirmed() -> bool:
    """The list's own form chooses records; only that of this page chooses the officer."""
    return "officer_id" in request.form


def _found(officer: Officer) -> list[int]:
    wanted = wanted_here(clock.today())
    found = queries.keys(officer, wanted, today=clock.today()).limit(choosing.MOST + 1)
    return choosing.few(list(current_session().scalars(found)))


@bp.route("/hand-over", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def hand_over() -> ResponseReturnValue:
    """All that one officer is in charge of goes to another, in one act."""
    session, officer, form = current_session(), current_officer(), HandOverForm()
    counts = queries.charges(session, officer.scope)
    others = contributions().handovers_by(officer)
    form.offer(
        givers=_givers(officer, counts),
        takers=people(officer, None),
        others=[(one.name, one.label) for one in others],
    )
    if not form.is_submitted():
        form.giver_id.data = request.args.get("from", type=int)
    giver = _giver(form, officer)

    def act(session: Session, giver: Officer) -> Done:
        taker = session.get_one(Officer, given(form.taker_id.data))
        count = service.hand_over(
            session,
            giver,
            taker=taker,
            reason=form.reason.data or "",
            by=officer,
            today=clock.today(),
        )
        beside = sum(
            one.perform(session, giver, taker, officer)
            for one in others
            if one.name in (form.also.data or ())
        )
        return Done(url_for(".index", officer=taker.id), _said(giver, taker, count, beside))

    return answered_after(
        form,
        lambda: giver,
        act,
        lambda: render_template(
            "registry/hand_over.html",
            form=form,
            giver=giver,
            count=counts.get(giver.id, 0) if giver else None,
            beside=_beside(others, giver, officer),
        ),
    )


def _givers(officer: Officer, counts: Mapping[int, int]) -> list[tuple[int, str]]:
    """Who has anything to hand over, those who have left too, and how many institutions it is."""
    return [
        (one.id, str(Text("%(name)s (%(count)s)", name=one.name, count=counts.get(one.id, 0))))
        for one in accounts.staff(current_session(), officer.scope, today=clock.today())
        if one.id in counts or one.may(Permission.LOG_VISIT)
    ]


def _giver(form: HandOverForm, officer: Officer) -> Officer | None:
    if form.giver_id.data is None:
        return None
    found = current_session().get(Officer, form.giver_id.data)
    if found is None or not officer.scope.covers(found.division_path):
        raise NotFound
    return found


def _beside(
    others: list[Handover[Officer]], giver: Officer | None, officer: Officer
) -> list[tuple[Text, int]]:
    if giver is None:
        return []
    return [(one.label, one.count(current_session(), giver, officer)) for one in others]


def _said(giver: Officer, taker: Officer, count: int, beside: int) -> Text:
    if beside:
        return Text(
            "%(count)s institutions and %(beside)s other matters of %(giver)s are with "
            "%(taker)s now.",
            count=count, beside=beside, giver=giver.name, taker=taker.name,
        )  # fmt: skip
    return Counted(
        "%(count)s institution of %(giver)s is with %(taker)s now.",
        "%(count)s institutions of %(giver)s are with %(taker)s now.",
        count=count, giver=giver.name, taker=taker.name,
    )  # fmt: skip
