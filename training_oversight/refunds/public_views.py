"""For families without an account: signing up to a closing event, and how the own refund stands.

No page shows anything of another family, and none says whether somebody has signed up.
"""

from __future__ import annotations

import flask
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import paces as pacing
from training_oversight.accounts import queries as accounts
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.errors import BadInput, OversightError
from training_oversight.publication.presenting import BUREAUS
from training_oversight.refunds import codes, paces, presenting, public_queries, queries, service
from training_oversight.refunds.drafts import RefundDraft
from training_oversight.refunds.families import Family, checked_phone
from training_oversight.refunds.formula import Contract
from training_oversight.refunds.models import ClosingEvent, EntryWay, Refund
from training_oversight.refunds.public_forms import SignUpForm, StatusForm
from training_oversight.refunds.service import AlreadyEntered, Belongs
from training_oversight.refunds.workflow import RefundState
from training_oversight.texts import Text
from training_oversight.vault import keys
from training_oversight.web.forms import given
from training_oversight.web.marks import public
from training_oversight.web.steps import Done, answered_after

bp = Blueprint("families", __name__, url_prefix="/families")
CODE = "family_code"


def _frame(authority_id: int | None = None) -> dict[str, object]:
    office = accounts.authority(current_session(), authority_id) if authority_id else None
    return {
        "authority_name": office.name if office else BUREAUS,
        "hotline": office.hotline if office else "",
        "public_home": url_for("public.home"),
    }


@bp.after_request
def _kept_by_nobody(answer: flask.Response) -> flask.Response:
    """Families share computers; what stands here is theirs alone."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.route("/sign-up", methods=["GET", "POST"])
@public
def sign_up() -> ResponseReturnValue:
    """The form of the event whose code was typed; without one, the question for it."""
    typed = request.args.get("code", "")
    event = public_queries.open_event(current_session(), typed) if typed else None
    if event is None:
        return render_template("refunds/public/which.html", typed=typed, **_frame())
    form = SignUpForm()
    if not keys.current().names:
        frame = _frame(event.authority_id)
        return render_template("refunds/public/closed.html", event=event, **frame)
    if form.is_submitted():
        flask.session[CODE] = _code_of(form)
    if form.website.data:
        # Whatever fills in what nobody sees is thanked and forgotten.
        return redirect(url_for(".signed_up"))
    return answered_after(
        form,
        lambda: _in_time(form),
        lambda session, _ready: _signed_up(session, event, form),
        lambda: render_template(
            "refunds/public/sign_up.html", form=form, event=event, **_frame(event.authority_id)
        ),
    )


def _code_of(form: SignUpForm) -> str:
    secret: str = flask.current_app.config["SECRET_KEY"]
    return codes.derived(secret, form.once.data or "", codes.OF_FAMILY)


def _in_time(form: SignUpForm) -> bool | None:
    try:
        pacing.keep(paces.SIGNED_UP, "sign-up", request.remote_addr or "")
    except pacing.TooFast as error:
        form.refuse(error)
        return None
    return True


def _signed_up(session: Session, event: ClosingEvent, form: SignUpForm) -> Done:
    used, *_others = catalogue.refund_formulas(
        session, authority_id=event.authority_id, today=clock.today()
    )
    contract = Contract(
        given(form.contract.data), given(form.bought.data), form.given.data or 0,
        given(form.used.data),
    )  # fmt: skip
    family = Family(form.phone.data, form.parent.data, form.pupil.data)
    try:
        service.enter(
            session,
            event.institution,
            RefundDraft(family, contract, used, form.course.data, _code_of(form)),
            belongs=Belongs(event),
            how=EntryWay.SIGN_UP,
            by=accounts.system(session),
            today=clock.today(),
        )
    except AlreadyEntered:
        # Not the number of the refund: who types somebody else's telephone learns nothing of it.
        sentence = Text(
            "With these answers no second refund can be signed up. If it is another contract, name "
            "its course; if you have lost your code, ask the desk."
        )
        raise BadInput(sentence) from None
    return Done(url_for(".signed_up"))


@bp.route("/signed-up")
@public
def signed_up() -> ResponseReturnValue:
    """The code, which stands in no address."""
    code = flask.session.get(CODE, "")
    if not code:
        return redirect(url_for(".status"))
    return render_template("refunds/public/signed_up.html", code=codes.shown(code), **_frame())


@bp.route("", methods=["GET", "POST"])
@public
def status() -> ResponseReturnValue:
    """What is due and paid, and what families were told: to who has the code and the number."""
    form = StatusForm()
    refund = _own(form) if form.accepted() else None
    if refund is None:
        page = render_template("refunds/public/ask.html", form=form, **_frame())
        return page, form.status
    told = queries.announcements(current_session(), refund.event_id) if refund.event_id else []
    return render_template(
        "refunds/public/status.html",
        refund=refund,
        told=told,
        unchecked=refund.state == RefundState.SIGNED_UP,
        withdrawn=refund.state == RefundState.WITHDRAWN,
        today=clock.today(),
        showing=presenting,
        **_frame(refund.authority_id),
    )


def _own(form: StatusForm) -> Refund | None:
    """A wrong code and a wrong number are told alike."""
    try:
        pacing.keep(paces.ASKED, "family-status", request.remote_addr or "")
        pacing.for_code("family-code", codes.typed(form.code.data))
        phone = checked_phone(form.phone.data)
        found = public_queries.own_refund(current_session(), form.code.data, phone)
        if found is None:
            raise BadInput(
                Text(
                    "Code and telephone number do not belong together. Look again, or ask the desk."
                )
            )
    except OversightError as error:
        form.refuse(error)
        return None
    return found
