"""What a person may type, and how a form is saved without losing any of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import ClassVar, Protocol, TypeVar, runtime_checkable

import flask
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from wtforms import Field, Form, HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from training_oversight import clock, database
from training_oversight.database import transaction
from training_oversight.errors import (
    BadInput,
    Blocked,
    OversightError,
    StaleForm,
    Taken,
    TooLarge,
    WrongState,
)
from training_oversight.texts import Text
from training_oversight.web import form_faults, receipts, stale_form
from training_oversight.web.messages import Message, flash, plain
from training_oversight.web.models import FormReceipt
from training_oversight.web.typed_days import completed
from training_oversight.web.version_field import VersionField
from training_oversight.web.wording import Ours

# What an officer can put right on the same page; everything else goes to the error page.
CORRECTABLE = (BadInput, Blocked, StaleForm, TooLarge, WrongState)


class PartForm(Form):
    """Fields that stand within another form, several times perhaps."""

    class Meta(Ours):
        pass


Answer = TypeVar("Answer")


@runtime_checkable
class SendsAhead(Protocol):
    """A field whose content is kept before the form is judged.

    ``refusal`` is the status of what it could not keep.
    """

    refusal: HTTPStatus | None

    def sent_again(self) -> None:
        """Let go of it: the form had been carried out before."""


class OversightForm(FlaskForm):
    """Base of all forms: trims texts, carries the record's version, counts once.

    An error that the officer can put right comes back in the same form, filled in; how a view
    goes about it stands in ``web.steps``.
    """

    class Meta(Ours):
        pass

    version = VersionField()
    once = HiddenField(default=lambda: secrets.token_urlsafe(18))
    # Since when the officer has had the record before them: what came later is told if it is stale.
    opened = HiddenField(default=lambda: clock.now().isoformat())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.status: HTTPStatus = HTTPStatus.OK
        self.response: ResponseReturnValue | None = None
        self.problems: list[Text] = []
        # What stands over them instead of the usual words.
        self.headline: Text | None = None
        # After a stale save: column -> its value when the form was opened, of those changed since.
        self.before: Mapping[str, object] = {}
        self._receipt: FormReceipt | None = None

    def accepted(self) -> bool:
        """Whether the form was sent and holds together. Sets ``status`` to 422 if not."""
        if not self.is_submitted():
            return False
        try:
            receipts.check(self.once.data or "")
        except BadInput as error:
            self.refuse(error)
            return False
        valid: bool = self.validate()
        if not valid:
            refusals = (one.refusal for one in self if isinstance(one, SendsAhead))
            self.status = next(filter(None, refusals), HTTPStatus.UNPROCESSABLE_ENTITY)
        return valid

    @property
    def seen_version(self) -> int:
        """The version of the record that the officer was looking at."""
        return self.version.seen

    @contextmanager
    def saving(self) -> Iterator[Session]:
        """One transaction for this form. What can be put right is kept for the page."""
        receipts.check(self.once.data or "")
        try:
            with transaction() as session:
                self._receipt = receipts.claim(session, self.once.data or "")
                yield session
        except receipts.AlreadySubmitted as again:
            for sent in self:
                if isinstance(sent, SendsAhead):
                    sent.sent_again()
            flash(Text("This was saved already; it was not done twice."), "quiet")
            for kind, sentence in again.said:
                flash(sentence, kind)
            # What stands inside the ``with`` must not run again, so this leaves the view.
            flask.abort(flask.redirect(again.url))
        except CORRECTABLE as error:
            self.response = None
            self.refuse(error)
        except IntegrityError as fault:
            # A service looks first whether it is there; the database decides between two at once.
            if not database.is_taken(fault):
                raise
            self.response = None
            self.refuse(Taken())

    def done(self, url: str, message: Message | None = None) -> None:
        """Say, inside ``saving()``, where the officer goes and what was done."""
        if self._receipt is not None:
            self._receipt.url = url
        if message is not None:
            self.say(message)
        for sentence in completed(self):
            self.say(sentence, "quiet")
        self.response = flask.redirect(url)

    def say(self, message: Message, kind: str = "done") -> None:
        """Say something on the next page, and again if the button was pressed twice.

        Inside ``saving()``: a browser shows only the answer to the last press.
        """
        flash(message, kind)
        self.say_if_repeated(message, kind)

    def say_if_repeated(self, message: Message, kind: str = "know") -> None:
        """The same, but only to who pressed twice: of what the first answer alone could show."""
        if self._receipt is not None:
            self._receipt.said = [*self._receipt.said, [kind, plain(message)]]

    def refuse(self, error: OversightError) -> None:
        """Put an error from below beside its fields, or at the head of the form."""
        self.status = HTTPStatus(error.status)
        unflash()
        if isinstance(error, StaleForm):
            self._compare_again(error)
            return
        # A refused form may be sent again: its token was rolled back with the rest.
        named = error.fields if isinstance(error, BadInput) else {}
        known = {name: text for name, text in named.items() if name in self._fields}
        for name, text in known.items():
            self._fields[name].errors = [*self._fields[name].errors, text]
        if not known:
            self.problems.extend(getattr(error, "reasons", (error.text,)))

    def refuse_besides(self, error: BadInput) -> None:
        """Put an error from below beside those of its fields that are not wrong already."""
        for name, text in error.fields.items():
            if name in self._fields and not form_faults.flat(self._fields[name].errors):
                self._fields[name].errors = [text]

    def _compare_again(self, error: StaleForm) -> None:
        """Say who changed what meanwhile; knowing that, the next press counts against it."""
        told = stale_form.told(error, self._opened())
        self.before = told.before
        first, *each = told.sentences
        self.headline = first if each else None
        self.problems.extend(each or [first])
        if error.standing is not None:
            self.version.data = str(error.standing.version)
            self.opened.data = clock.now().isoformat()

    def _opened(self) -> datetime | None:
        try:
            opened = datetime.fromisoformat(self.opened.data or "")
        except ValueError:
            return None
        return opened if opened.tzinfo else None

    @property
    def refusal(self) -> list[Text]:
        """Why nothing was done, for a page that does not show the form again."""
        return [self.headline, *self.problems] if self.headline else self.problems

    def faults(self) -> list[tuple[str | None, object]]:
        """(id of the control or nothing, sentence) in page order, for the summary on top."""
        return [(None, text) for text in self.problems] + list(form_faults.beside(self))


def unflash() -> None:
    """Take back the message of a step that was rolled back after it was announced."""
    flask.session.pop("_flashes", None)


class Required:
    """The field must be filled in. The sentence says what to do."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence

    def __call__(self, form: object, field: Field) -> None:
        empty = field.data is None or field.data in ("", [])
        if empty:
            # A field that could not be read has its own sentence already.
            if field.errors and field.raw_data:
                raise StopValidation
            # Where nothing was chosen the library has complained already, and less clearly.
            field.errors = []
            raise StopValidation(self.sentence)


class RequiredAtTimes:
    """Who fills in the form cannot always leave it out: a service or another check says when."""

    field_flags: ClassVar[dict[str, bool]] = {"required_at_times": True}

    def __call__(self, _form: object, _field: Field) -> None:
        """What it takes is known elsewhere."""


class AtMost:
    """A text of at most so many characters."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __call__(self, form: object, field: Field) -> None:
        if field.data and len(field.data) > self.length:
            raise StopValidation(
                Text(
                    "At most %(limit)s characters; these are %(found)s.",
                    limit=self.length,
                    found=len(field.data),
                )
            )


class Between:
    """A whole number within bounds. ``Optional`` before it lets it be empty."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def __call__(self, form: object, field: Field) -> None:
        if field.data is None or not self.least <= field.data <= self.most:
            field.errors = []
            raise StopValidation(
                Text(
                    "Enter a whole number from %(least)s to %(most)s.",
                    least=self.least,
                    most=self.most,
                )
            )


def given(answer: Answer | None) -> Answer:
    """What stands in a required field that has been accepted, a day for instance."""
    assert answer is not None, "ask only after the form was accepted"
    return answer


def options(pairs: Iterable[tuple[object, object]]) -> list[SelectChoice]:
    """(value, label) pairs for a select or radios; labels are rendered late."""
    return [SelectChoice(value, label) for value, label in pairs]
