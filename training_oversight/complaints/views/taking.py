"""登记投诉: one page while the caller talks, by keyboard alone; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock, database
from training_oversight.accounts import passwords
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue.models import PhraseUse
from training_oversight.complaints import presenting, queries, service
from training_oversight.complaints.forms import IntakeForm, PlainForm
from training_oversight.complaints.service import Reporter, Told
from training_oversight.complaints.views import matter
from training_oversight.complaints.views.blueprint import bp, found, phrases
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, NotFound, OversightError
from training_oversight.texts import Text
from training_oversight.vault import screening
from training_oversight.web.choices import key
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_after, pressed

# What a draft does not keep: what belongs to this very page.
OF_THE_PAGE = {"csrf_token", "version", "once", "opened", "files", "look", "draft", "into"}
SHORTEST_WORD = 4


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.LOG_COMPLAINT)
def take() -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    held = queries.draft_of(session, officer) if request.method == "GET" else None
    form = IntakeForm(data=held[0] if held else _asked())
    matter.offer(form)
    if request.form.get("look"):
        return _page(form)
    if request.form.get("draft"):
        return _draft()
    return answered_after(
        form,
        lambda: _ready(form),
        lambda saving, hashed: _act(saving, form, hashed),
        lambda: _page(form, held=held),
    )


def _asked() -> Mapping[str, str]:
    """What the address says already, from the page of an institution for instance."""
    wanted = request.args.get("institution", "")
    one = matter.institution(wanted)
    return {"institution": wanted, "place": one.name} if one else {}


def _page(form: IntakeForm, *, held: object = None) -> str:
    return render_template(
        "complaints/take.html",
        form=form,
        held=held,
        phrases=phrases(PhraseUse.CALL),
        beside=matter.beside(form),
        **matter.map_of(form),
    )


def _ready(form: IntakeForm) -> str | None:
    """Checks what is slow or hangs on several fields; the hash of the reporter's word, or ""."""
    secret = (form.secret.data or "").strip()
    wrong: dict[str, Text] = {}
    if secret and len(secret) < SHORTEST_WORD:
        wrong["secret"] = Text("Choose at least %(count)s signs.", count=SHORTEST_WORD)
    if form.anonymous.data == "no" and not form.name.data:
        wrong["name"] = Text("Enter the name, or choose that the reporter stays anonymous.")
    wrong |= matter.nowhere(form)
    if wrong:
        form.refuse(BadInput(next(iter(wrong.values())), wrong))
        return None
    return passwords.hashed_word(secret) if secret else ""


def _act(session: Session, form: IntakeForm, hashed: str) -> Done:
    officer, now, today = current_officer(), database.instant(session), clock.today()
    told, reporter = _told(session, form, hashed), _reporter(form)
    into = request.form.get("into", "")
    order = found(key(into) or 0) if into else None
    made = service.log(
        session, told, reporter, by=officer, now=now, today=today, kept=form.files.kept
    )
    if order is not None:
        service.merge(session, made, order, by=officer, version=made.version)
    service.drop(session, by=officer)
    return Done(url_for(".read_back", complaint_id=made.id))


def _told(session: Session, form: IntakeForm, hashed: str) -> Told:
    officer = current_officer()
    chosen = matter.kept_at(form.institution.data)
    here = form.pinned()
    township = matter.township(session, form)
    return Told(
        channel=form.channel.data,
        kind=form.kind.data,
        words=form.words.data,
        anonymous=form.anonymous.data == "yes",
        division=township or officer.division,
        authority_id=officer.authority_id,
        institution=chosen,
        # The name goes no further where the reporter stays anonymous, nor in the place's words.
        place=screening.without_contacts(form.place.data, [form.name.data or ""])
        if chosen is None
        else "",
        latitude=here.latitude if here else None,
        longitude=here.longitude if here else None,
        violation_code=form.violation.data or None,
        happened=form.happened.data or "",
        wanted=form.wanted.data or "",
        outside_number=form.outside_number.data or None,
        outside_due_on=form.outside_due_on.data,
        received_on=form.received_on.data,
        tracking_hash=hashed or None,
    )


def _reporter(form: IntakeForm) -> Reporter:
    """Who stays anonymous can leave a way to be reached, and no name."""
    name = "" if form.anonymous.data == "yes" else form.name.data or ""
    return Reporter(name, form.phone.data or "", form.reach.data or "")


def _draft() -> ResponseReturnValue:
    """Without script the clerk keeps a draft by a button; with it the page does while they type."""
    form = PlainForm()

    def act(session: Session) -> Done:
        service.save(session, _typed(), by=current_officer(), now=database.instant(session))
        return Done(url_for(".take"), Text("The draft is kept."))

    return pressed(form, act, back=url_for(".take"))


def _typed() -> dict[str, str]:
    return {
        name: value
        for name, value in request.form.items()
        if name not in OF_THE_PAGE and value.strip()
    }


@bp.route("/new/draft", methods=["POST"])
@requires(Permission.LOG_COMPLAINT)
def keep_draft() -> ResponseReturnValue:
    """For the script: keep what was typed; the answer says truly whether it is kept."""
    try:
        with transaction() as session:
            now = database.instant(session)
            service.save(session, _typed(), by=current_officer(), now=now)
    except OversightError as error:
        return {"kept": False, "said": str(error.text)}, error.status
    kept = clock.local(now).strftime("%H:%M")
    return {"kept": True, "said": str(Text("Draft kept at %(time)s", time=kept))}, HTTPStatus.OK


@bp.route("/new/clear", methods=["POST"])
@requires(Permission.LOG_COMPLAINT)
def clear() -> ResponseReturnValue:
    form = PlainForm()

    def act(session: Session) -> Done:
        service.drop(session, by=current_officer())
        return Done(url_for(".take"), Text("The draft was thrown away."))

    return pressed(form, act, back=url_for(".take"))


@bp.route("/<int:complaint_id>/taken")
@requires(Permission.LOG_COMPLAINT)
def read_back(complaint_id: int) -> ResponseReturnValue:
    """What the clerk reads to the caller: the code, and by when there is an answer."""
    complaint, officer = found(complaint_id), current_officer()
    own = complaint.received_by_id == officer.id
    if not own and not officer.may(Permission.ASSIGN_COMPLAINT):
        raise NotFound
    return render_template(
        "complaints/taken.html",
        complaint=complaint,
        order=complaint.merged_into or complaint,
        code=presenting.spoken(complaint.tracking_code),
        asks=complaint.tracking_hash is not None,
    )
