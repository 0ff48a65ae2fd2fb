"""The field of a form that takes photos and papers. All of them are sent through it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from http import HTTPStatus
from urllib.parse import urlencode

import flask
from werkzeug.datastructures import FileStorage
from wtforms import MultipleFileField

from training_oversight.accounts.guard import current_officer, officer_or_none
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, OversightError
from training_oversight.files import images, pending
from training_oversight.files.models import PendingFile
from training_oversight.files.service import CheckedFile
from training_oversight.texts import Text
from training_oversight.web import safe_request


class EvidenceField(MultipleFileField):  # type: ignore[misc]
    """What was sent adds up and stays until the step of the form takes it up.

    A page with script sends each file as it is chosen (``files.views``); a plain form sends them
    with the rest. Either way the readable ones are kept before anything is judged, so that a
    refusal of the form loses none; an unreadable one is named.
    """

    def __init__(self, label: Text, *, rest_saves: bool = False, **more: object) -> None:
        super().__init__(label, **more)
        # Whether the readable ones are saved although another was refused: where nothing but
        # files is on the page, nothing is left to decide.
        self.rest_saves = rest_saves
        self.refused: list[Text] = []
        self.refusal: HTTPStatus | None = None
        self._sent: list[FileStorage] = []
        self._new: list[int] = []

    @cached_property
    def place(self) -> str:
        """The address of the form, as far as it says what the form is about, and the field."""
        said = sorted((name, each) for name, all_ in safe_request.parts().items() for each in all_)
        return f"{flask.request.path}?{urlencode(said)} {self.name}"[: pending.LONGEST_PLACE]

    @property
    def owner(self) -> pending.Owner | None:
        """Who sends, as far as that is known."""
        return officer_or_none()

    @property
    def pending(self) -> Sequence[PendingFile]:
        """What has been sent and no step has taken up."""
        owner = self.owner
        return pending.waiting(current_session(), owner, self.place) if owner else ()

    @property
    def kept(self) -> list[CheckedFile]:
        """What the step of the form names in its record."""
        return [pending.as_checked(one) for one in self.pending]

    data: Sequence[FileStorage] | Sequence[CheckedFile]
    errors: Sequence[object]

    def process_formdata(self, valuelist: Sequence[object]) -> None:
        """Without a file a browser sends an empty one."""
        self._sent = [one for one in valuelist if isinstance(one, FileStorage) and one.filename]
        self.data = self._sent

    def pre_validate(self, form: object) -> None:
        """Keep the readable ones, name the others, take out what is to go."""
        good, bad = self._checked()
        gone = safe_request.keys(flask.request.form.getlist(f"{self.name}-drop"))
        if good or gone:
            try:
                self._keep(good, gone)
            except BadInput as error:
                bad.append(error)
        self.refused = [error.text for error in bad]
        self.data = self.kept
        if bad and not (self.rest_saves and self.data):
            self.refusal = HTTPStatus(bad[0].status)
            self.errors = [*self.errors, *self.refused]

    def _checked(self) -> tuple[list[CheckedFile], list[OversightError]]:
        config = flask.current_app.config
        return pending.checked(
            self._sent, data_dir=config["DATA_DIR"], film_limit=config["VIDEO_LIMIT"]
        )

    def _keep(self, good: list[CheckedFile], gone: list[int]) -> None:
        owner = self.owner or current_officer()
        with transaction() as session:
            pending.drop(session, gone, by=owner)
            there = {one.id for one in self.pending}
            put = pending.put(session, self.place, good, by=owner)
            self._new = [one.id for one in put if one.id not in there]

    def sent_again(self) -> None:
        """The form had been saved with its files already; the second press brought them again."""
        if self._new:
            with transaction() as session:
                pending.drop(session, self._new, by=self.owner or current_officer())


class StrangersPhotos(EvidenceField):
    """The same for who has no account: photos alone, which are made anew before they are kept.

    They belong to the form, known by the token that it carries.
    """

    most = 9

    @property
    def owner(self) -> pending.Owner | None:
        token = flask.request.form.get("once", "")
        return pending.Stranger.of(token) if token else None

    @cached_property
    def place(self) -> str:
        return f"{flask.request.path} {self.name}"

    def pre_validate(self, form: object) -> None:
        """What comes without the token of a form belongs to none."""
        if self.owner is None:
            self._sent = []
            return
        super().pre_validate(form)

    def _checked(self) -> tuple[list[CheckedFile], list[OversightError]]:
        """As many as there is room for; what is no photo, or too many, is named and not kept."""
        room = self.most - len(self.pending)
        self._sent, over = self._sent[:room], self._sent[room:]
        others = [one for one in self._sent if not images.is_photo(one.stream)]
        self._sent = [one for one in self._sent if one not in others]
        good, bad = super()._checked()
        refused = [*map(_no_photo, others), *(_one_too_many(one, self.most) for one in over)]
        return good, [*refused, *bad]


def _no_photo(one: FileStorage) -> BadInput:
    return BadInput(
        Text(
            "“%(name)s” is not a photo. Choose photos (JPEG, PNG, WebP); a paper can be "
            "photographed.",
            name=one.filename,
        )
    )


def _one_too_many(one: FileStorage, most: int) -> BadInput:
    return BadInput(
        Text("At most %(count)s photos; “%(name)s” was left out.", count=most, name=one.filename)
    )
