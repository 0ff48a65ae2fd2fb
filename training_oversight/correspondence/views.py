"""发件箱: what waits to be released or passed on, and what became of the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as history
from training_oversight.audit import timeline
from training_oversight.correspondence import channels, kinds, presenting, queries, service
from training_oversight.correspondence.forms import DropForm, HandOverForm, ReleaseForm
from training_oversight.correspondence.models import Message
from training_oversight.correspondence.workflow import MessageState, MessageVerb
from training_oversight.database import current_session
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Choice, Filter, FilterBar, Tab
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged
from training_oversight.web.steps import Done, answered_on

bp = Blueprint("correspondence", __name__, url_prefix="/outbox")
S, V = MessageState, MessageVerb


@bp.route("")
@requires(Permission.VIEW_OUTBOX)
def index() -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    kind = _asked_kind()
    asked: dict[str, str] = {"kind": kind} if kind else {}
    counts = queries.count_by_state(session, officer, kind=kind)
    state = _asked_state(counts)
    page = paged(
        session,
        queries.listed(officer, kind=kind).where(Message.state == state),
        keys=[Key(Message.id, descending=True)],
        cursor=request.args.get("at"),
        address=lambda at: asking(".index", asked, state=state.value, at=at),
        total=counts.get(state, 0),
    )
    return render_template(
        "correspondence/index.html",
        page=page,
        total=sum(counts.values()),
        views=[
            Tab(
                one.label,
                asking(".index", asked, state=one.value),
                counts.get(one, 0),
                one == state,
            )
            for one in MessageState
        ],
        bar=_bar(kind, state),
        presenting=presenting,
        steps={message.id: presenting.step(message, officer) for message in page.rows},
    )


def _asked_kind() -> str | None:
    wanted = request.args.get("kind")
    return wanted if wanted in {kind.code for kind in kinds.every()} else None


def _asked_state(counts: dict[MessageState, int]) -> MessageState:
    """The tab that was asked for, else the first with something in it."""
    wanted = request.args.get("state")
    for state in MessageState:
        if state.value == wanted:
            return state
    return next((state for state in MessageState if counts.get(state)), S.WAITING)


def _bar(kind: str | None, state: MessageState) -> FilterBar:
    choices: list[tuple[str, Text]] = [("", Text("All"))]
    choices += [(one.code, one.label) for one in kinds.every()]
    return FilterBar(
        action=url_for(".index"),
        filters=[
            Filter(
                "kind",
                Text("Kind"),
                [Choice(code, words, code == (kind or "")) for code, words in choices],
            )
        ],
        clear_url=url_for(".index", state=state.value),
        kept=[("state", state.value)],
    )


@bp.route("/<int:message_id>")
@requires(Permission.VIEW_OUTBOX)
def show(message_id: int) -> ResponseReturnValue:
    session, message = current_session(), _found(message_id)
    return render_template(
        "correspondence/show.html",
        message=message,
        presenting=presenting,
        box=presenting.box(message, current_officer(), obstacle=_obstacle(message)),
        history=timeline.entries(history.history(session, message), presenting.FACTS),
    )


def _found(message_id: int) -> Message:
    return queries.get(current_session(), message_id, officer=current_officer())


def _obstacle(message: Message) -> Text | None:
    """Why nobody need be told any more."""
    found = presenting.kind(message)
    if message.state != S.WAITING or found is None:
        return None
    wanted = found.wanted(current_session(), message.subject_id)
    return None if wanted else service.NOT_WANTED


def _answered(
    message: Message,
    form: OversightForm,
    act: Callable[[Session], Done],
    verb: MessageVerb,
    **words: object,
) -> ResponseReturnValue:
    """One step on its page, which says what it does before it is done."""
    acting.opening(message, verb)
    known = {"message": message, "presenting": presenting, "verb": verb.label}
    back = (Text("Back to the message"), _record_of(message))
    return answered_on(form, act, "correspondence/step.html", back=back, **(known | words))


def _record_of(message: Message) -> str:
    return url_for(".show", message_id=message.id)


@bp.route("/<int:message_id>/release", methods=["GET", "POST"])
@requires(Permission.RELEASE_MESSAGE)
def release(message_id: int) -> ResponseReturnValue:
    message = _found(message_id)
    form = ReleaseForm(obj=message)

    def act(session: Session) -> Done:
        answer = service.release(
            session, message, channel=channels.configured(), **acting.today(form)
        )
        return Done(_record_of(message), Text("Released."), know=[answer])

    return _answered(
        message,
        form,
        act,
        V.RELEASE,
        happens=Text(
            "The message to %(department)s may leave the office; your name stays with it.",
            department=message.department_name,
        ),
        stays=channels.configured().promise,
    )


@bp.route("/<int:message_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.RELEASE_MESSAGE)
def hand_over(message_id: int) -> ResponseReturnValue:
    message = _found(message_id)
    form = HandOverForm(obj=message)

    def act(session: Session) -> Done:
        service.hand_over(
            session,
            message,
            on=cast(Any, form.handed_over_on.data),
            how=form.how.data or "",
            **acting.today(form),
        )
        return Done(_record_of(message), Text("Recorded: you passed the message on."))

    return _answered(
        message,
        form,
        act,
        V.HAND_OVER,
        happens=Text("You record that you passed the message on yourself, and how."),
        stays=Text("The system sends nothing; what you write here cannot be changed later."),
    )


@bp.route("/<int:message_id>/drop", methods=["GET", "POST"])
@requires(Permission.RELEASE_MESSAGE)
def drop(message_id: int) -> ResponseReturnValue:
    message = _found(message_id)
    form = DropForm(obj=message)

    def act(session: Session) -> Done:
        service.drop(session, message, reason=form.reason.data or "", **acting.by(form))
        return Done(_record_of(message), Text("The message was dropped."))

    return _answered(
        message,
        form,
        act,
        V.DROP,
        happens=Text("The message ends here; it cannot be released any more."),
        stays=Text("What it tells of stays as it is; only nobody is told of it."),
        tells=Text("Nobody"),
        danger=True,
    )
