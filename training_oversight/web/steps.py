"""What every page with a form does: show it, take the step once it is accepted, go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

import flask
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.database import transaction
from training_oversight.errors import BadInput
from training_oversight.web import receipts
from training_oversight.web.forms import OversightForm, unflash
from training_oversight.web.messages import Message, flash
from training_oversight.web.page_order import in_page_order

Ready = TypeVar("Ready")


@dataclass(frozen=True)
class Done:
    """Where the officer goes, and what is said there; again, if the button was pressed twice."""

    url: str
    said: Message | None = None
    # What else was done, and what is good to know of it.
    also: Sequence[Message] = ()
    know: Sequence[Message] = ()
    # Answers in place of going there, once the transaction is through.
    instead: Callable[[], ResponseReturnValue] | None = None


def answered(
    form: OversightForm, act: Callable[[Session], Done], page: Callable[[], str]
) -> ResponseReturnValue:
    """Carry out an accepted form in one transaction and go on; else show it with what is wrong.

    A view does::

        record = queries.get(current_session(), …)
        form = SomeForm(obj=record)

        def act(session: Session) -> Done:
            service.something(session, record, by=…, version=form.seen_version)
            return Done(url_for(…), Text("Done."))

        return answered(form, act, lambda: render_template(…, form=form))
    """
    answer = None
    if form.accepted():
        answer = _carried_out(form, act)
    elif form.is_submitted():
        _rehearse(form, act)
    return (in_page_order(page()), form.status) if answer is None else answer


def _rehearse(form: OversightForm, act: Callable[[Session], Done]) -> None:
    """What the service would refuse besides, so that the officer reads all that is wrong at once.

    Nothing of it is kept. ``act`` counts on an accepted form: how it fails on another says nothing.
    """
    with suppress(Exception), transaction() as session:
        try:
            act(session)
        except BadInput as error:
            form.refuse_besides(error)
        raise Rehearsed
    # What it said of its work was said too early.
    unflash()


class Rehearsed(Exception):
    """Ends the transaction without keeping anything."""


def answered_on(
    form: OversightForm, act: Callable[[Session], Done], template: str, **words: object
) -> ResponseReturnValue:
    """The same where the page is a template that needs the form and a few words beside it."""
    return answered(form, act, lambda: flask.render_template(template, form=form, **words))


def answered_after(
    form: OversightForm,
    first: Callable[[], Ready | None],
    act: Callable[[Session, Ready], Done],
    page: Callable[[], str],
) -> ResponseReturnValue:
    """The same where something slow comes before the transaction: files to be kept, a hash.

    ``first`` gives what ``act`` needs of it; nothing, once it has told the form what is wrong.
    """
    ready = first() if form.accepted() else None
    answer = None if ready is None else _carried_out(form, lambda session: act(session, ready))
    return (in_page_order(page()), form.status) if answer is None else answer


def pressed(
    form: OversightForm, act: Callable[[Session], Done], *, back: str
) -> ResponseReturnValue:
    """For a button that has no page of its own: what refuses it is said where the officer was."""
    receipts.check(form.once.data or "")
    answer = _carried_out(form, act) if form.accepted() else None
    if answer is not None:
        return answer
    for sentence in form.refusal:
        flash(sentence, "failed")
    return flask.redirect(back)


def _carried_out(form: OversightForm, act: Callable[[Session], Done]) -> ResponseReturnValue | None:
    """What the officer gets; nothing if the step was refused, and the form says why."""
    done: Done | None = None
    with form.saving() as session:
        done = act(session)
        form.done(done.url, done.said)
        for sentence in done.also:
            form.say(sentence)
        for sentence in done.know:
            form.say(sentence, "know")
    if done is None or form.response is None:
        return None
    return done.instead() if done.instead else form.response
