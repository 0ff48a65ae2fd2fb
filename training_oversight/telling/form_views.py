"""告诉我们: the form for who has no account. It shows nothing of any case, and works without
script; what becomes of it is told under ``/tell-us/track``."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from http import HTTPStatus

import flask
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm import Session

from training_oversight import clock, database
from training_oversight.accounts import paces as pacing
from training_oversight.accounts import passwords
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Authority, Scope
from training_oversight.complaints import pinned, service
from training_oversight.complaints.kinds import Channel
from training_oversight.complaints.service import Reporter, Told
from training_oversight.database import current_session
from training_oversight.errors import BadInput, OversightError
from training_oversight.files.pending import Stranger
from training_oversight.registry.models import Institution
from training_oversight.telling import paces, places
from training_oversight.telling import public_queries as queries
from training_oversight.telling.forms import (
    ELSEWHERE,
    SHORTEST_WORD,
    UNKNOWN,
    TellForm,
)
from training_oversight.telling.frame import frame
from training_oversight.telling.sent_views import OPEN_TOO_LONG, bp, remember
from training_oversight.telling.tracking_views import ended
from training_oversight.texts import Text
from training_oversight.vault import keys
from training_oversight.web import errors
from training_oversight.web.choices import CHOOSE, listed
from training_oversight.web.marks import public
from training_oversight.web.steps import Done, answered_after

LAST = 3


@dataclass(frozen=True)
class _Here:
    """Who takes the complaint, and the record that the link named."""

    office: Authority
    place: Institution | None = None
    # What the link called it.
    shown: str = ""


@bp.errorhandler(CSRFError)
def open_too_long(error: CSRFError) -> ResponseReturnValue:
    """The visit ended while the page stood open: all that was typed comes back in a fresh one."""
    if error.description == errors.FOREIGN or not request.form:
        return errors.stale(error)
    flask.g.pop("csrf_token", None)
    if request.endpoint != "complaint_form.tell":
        return ended(), HTTPStatus.BAD_REQUEST
    here = _here()
    if here is None:
        return errors.stale(error)
    form = _form(here)
    form.holds(form.sent_part)
    form.problems.append(OPEN_TOO_LONG)
    return _page(form, here, form.sent_part), HTTPStatus.BAD_REQUEST


@bp.route("", methods=["GET", "POST"])
@public
def tell() -> ResponseReturnValue:
    here = _here()
    if here is None:
        return render_template(
            "public/tell_where.html",
            offices=queries.offices(current_session()),
            **frame(None),
        )
    form = _form(here)
    if request.method == "GET":
        return _page(form, here, 1)
    part = form.sent_part
    try:
        pacing.keep(paces.TURNED, "turned", request.remote_addr or "")
    except pacing.TooFast as error:
        form.refuse(error)
        return _page(form, here, part), form.status, {"Retry-After": str(error.seconds)}
    if part < LAST or request.form.get("back"):
        return _turned(form, here, part)
    return _sent(form, here)


def _turned(form: TellForm, here: _Here, part: int) -> ResponseReturnValue:
    """The next part once this one holds; the one before in any case."""
    holds = form.holds(part)
    if request.form.get("back"):
        return _page(form, here, max(part - 1, 1))
    if part == 1 and form.township is not None and form.township.data == ELSEWHERE:
        sentence = Text(
            "%(county)s can only look into places of its own. Tell the education bureau of the "
            "county where it is, or dial 12345 there.",
            county=here.office.name,
        )
        form.township.errors = [sentence]
        holds = False
    if not holds:
        return _page(form, here, part), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(form, here, part + 1)


def _sent(form: TellForm, here: _Here) -> ResponseReturnValue:
    mark = Stranger.of(form.once.data or "").mark
    remember(mark, code=_invented(form))
    if form.website.data:
        # Whatever fills in what nobody sees is thanked and forgotten.
        return redirect(url_for(".told"))
    return answered_after(
        form,
        lambda: _ready(form),
        lambda session, hashed: _act(session, form, here, hashed),
        lambda: _page(form, here, form.faulty_part()),
    )


def _invented(form: TellForm) -> str:
    """For what is only seemingly taken: a code that no order has."""
    return "".join(str(secrets.randbelow(10)) for _ in range(10)) if form.website.data else ""


def _ready(form: TellForm) -> str | None:
    """What hangs on several fields, and the hash of the reporter's word."""
    secret, wrong = (form.secret.data or "").strip(), {}
    if len(secret) < SHORTEST_WORD:
        wrong["secret"] = Text("Choose at least %(count)s signs.", count=SHORTEST_WORD)
    if form.anonymous.data == "no" and not (form.phone.data or form.reach.data):
        wrong["phone"] = Text("Enter a telephone number or another way, or stay anonymous.")
    try:
        if wrong:
            raise BadInput(next(iter(wrong.values())), wrong)
        pacing.keep(paces.SENT, "sent", request.remote_addr or "")
        return passwords.hashed_word(secret)
    except OversightError as error:
        form.refuse(error)
        return None


def _act(session: Session, form: TellForm, here: _Here, hashed: str) -> Done:
    service.log(
        session,
        _told(session, form, here, hashed),
        _reporter(form),
        by=accounts.system(session),
        now=database.instant(session),
        today=clock.today(),
        kept=form.photos.kept,
    )
    return Done(url_for(".told"))


def _told(session: Session, form: TellForm, here: _Here, hashed: str) -> Told:
    typed = form.place.data or ""
    known = here.place or queries.named(session, here.office.id, typed)
    township = accounts.division_by_code(session, form.township.data) if form.township else None
    here_on_map = form.pinned() if form.position and known is None else None
    return Told(
        channel=Channel.WEB,
        kind=form.kind.data,
        words=form.words.data,
        anonymous=form.anonymous.data == "yes",
        division=township or here.office.division,
        authority_id=here.office.id,
        institution=known,
        place="" if known else typed,
        latitude=here_on_map.latitude if here_on_map else None,
        longitude=here_on_map.longitude if here_on_map else None,
        happened=form.happened.data or "",
        wanted=form.wanted.data or "",
        tracking_hash=hashed,
        form_mark=Stranger.of(form.once.data or "").mark,
    )


def _reporter(form: TellForm) -> Reporter:
    if form.anonymous.data == "yes":
        return Reporter()
    return Reporter(form.name.data or "", form.phone.data or "", form.reach.data or "")


def _here() -> _Here | None:
    """The county of the link's place, the one that was chosen, or the only one there is."""
    session = current_session()
    asked = request.form if request.method == "POST" else request.args
    offices = queries.offices(session)
    shown = asked.get("place", "")
    record = places.meant(asked.get("at", ""), shown=shown) or places.meant(asked.get("at", ""))
    place = queries.place(session, *record) if record else None
    if place is not None:
        office = next((one for one in offices if one.id == place.authority_id), None)
        if office is not None:
            return _Here(office, place, shown or place.name)
    if len(offices) == 1:
        return _Here(offices[0])
    chosen = next((one for one in offices if one.code == asked.get("county")), None)
    return _Here(chosen) if chosen else None


def _form(here: _Here) -> TellForm:
    form = TellForm(
        data={
            "county": here.office.code,
            "at": request.args.get("at", "") if here.place else "",
            "place": here.shown or request.args.get("place", "")[:200],
        }
    )
    if here.place is not None:
        # The link said it: nobody is asked again.
        del form.township, form.position, form.datum
    else:
        form.township.choices = listed(_townships(here))
    if not keys.current().names:
        form.anonymous.choices = form.anonymous.choices[1:]
    return form


def _townships(here: _Here) -> list[tuple[object, object]]:
    held = accounts.townships(current_session(), Scope(here.office.division.path))
    return [
        ("", CHOOSE),
        *((one.code, one.name) for one in held),
        (UNKNOWN, Text("I do not know")),
        (ELSEWHERE, Text("Not in this county")),
    ]


def _page(form: TellForm, here: _Here, part: int) -> str:
    form.show(part)
    on_map = part == 1 and form.position is not None
    return render_template(
        "public/tell.html",
        form=form,
        part=part,
        last=LAST,
        ground=pinned.ground(form, here.office.id) if on_map else None,
        here=here,
        carried=list(form.carried(part)),
        sealed=bool(keys.current().names),
        **frame(here.office),
    )
