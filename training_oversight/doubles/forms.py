"""Choosing, field by field, what a joined record says."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import RadioField, TextAreaField

from training_oversight.doubles.presenting import FieldLine
from training_oversight.texts import Text
from training_oversight.web.forms import (
    AtMost,
    OversightForm,
    Required,
    options,
)
from training_oversight.web.version_field import VersionField

KEPT, GONE = "kept", "gone"
PREFIX = "take_"
LONGEST_REASON = 500


class JoinForm(OversightForm):
    """``version`` is that of the record that is kept, ``other_version`` of the one that goes."""

    other_version = VersionField()
    reason = TextAreaField(Text("Why they are one"), validators=[AtMost(LONGEST_REASON)])

    @property
    def seen_other(self) -> int:
        return self.other_version.seen

    def taken(self) -> set[str]:
        """The names of the choices that come from the record that goes."""
        return {
            field.name.removeprefix(PREFIX)
            for field in self
            if field.name.startswith(PREFIX) and field.data == GONE
        }


def join_form(lines: Sequence[FieldLine]) -> JoinForm:
    """A form with one question for each field in which the two records differ."""
    fields = {
        f"{PREFIX}{line.name}": RadioField(
            line.label,
            choices=options([(KEPT, line.kept), (GONE, line.gone)]),
            default=GONE if line.take else KEPT,
        )
        for line in lines
        if line.differs
    }
    made: JoinForm = type("JoinFormOfTwo", (JoinForm,), fields)()
    return made


class DistinctForm(OversightForm):
    """Saying that two records are two institutions: one press."""


class ReasonForm(OversightForm):
    """Why two records are taken apart again."""

    reason = TextAreaField(
        Text("Reason"),
        validators=[Required(Text("Say why; it stays in the history.")), AtMost(LONGEST_REASON)],
    )
