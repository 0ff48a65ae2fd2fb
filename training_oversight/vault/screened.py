"""A form whose free texts go to others: what may tell who the reporter is, is covered unless the
officer has looked at it and keeps it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from wtforms import HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from training_oversight.texts import Text
from training_oversight.vault.marking import Mark
from training_oversight.vault.screening import covered, marks
from training_oversight.web.forms import OversightForm, RequiredAtTimes

# So many characters before and behind a place tell which one it is.
AROUND = 8


class ScreenedForm(OversightForm):
    """The first press shows the places that were found; the second one covers or keeps them.

    ``screened`` names the fields. ``names`` are those of the reporter and how they are reached, for
    an officer who may know them; to others the answer would tell that a guess was right.
    """

    screened: ClassVar[Sequence[str]] = ()

    keep = SelectMultipleField(
        Text("May tell who somebody is"),
        validators=[RequiredAtTimes()],
        description=Text("Ticked stays readable; everything else here is covered with ****."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    looked_at = HiddenField()

    def __init__(self, *args: object, names: Iterable[str | None] = (), **more: object) -> None:
        super().__init__(*args, **more)
        self._places = self._find(list(names)) if self.is_submitted() else {}
        found = {_code(text, one): (text, one) for text, one in self._each()}
        self._unseen = found.keys() - set((self.looked_at.data or "").split(","))
        if found:
            self.looked_at.data = ",".join(found)
            self.keep.choices = [SelectChoice(code, _shown(*one)) for code, one in found.items()]
        else:
            del self.keep, self.looked_at

    def _find(self, names: Sequence[str | None]) -> Mapping[str, tuple[str, Sequence[Mark]]]:
        """Field -> its text and the places in it."""
        texts = {name: self[name].data or "" for name in self.screened}
        return {name: (text, marks(text, names)) for name, text in texts.items()}

    def _each(self) -> Iterable[tuple[str, Mark]]:
        return ((text, one) for text, found in self._places.values() for one in found)

    def validate(self, *given: object, **more: object) -> bool:
        """Whether all of it can be taken; then what is not kept has been covered."""
        if not super().validate(*given, **more):
            return False
        if self._unseen:
            self.keep.errors = [Text("Look at each place, then press again.")]
            return False
        kept = set(self.keep.data or ()) if self.keep else set()
        for name, (text, found) in self._places.items():
            self[name].data = covered(text, [one for one in found if _code(text, one) not in kept])
        return True


def _code(text: str, one: Mark) -> str:
    """The same words are decided on once, wherever they stand."""
    return hashlib.sha256(text[one.start : one.end].encode()).hexdigest()[:16]


def _shown(text: str, one: Mark) -> Text:
    return Text(
        "%(kind)s: …%(before)s【%(found)s】%(behind)s…",
        kind=one.kind.label,
        before=text[max(0, one.start - AROUND) : one.start],
        found=text[one.start : one.end],
        behind=text[one.end : one.end + AROUND],
    )
