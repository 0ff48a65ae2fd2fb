"""The question from which map a position comes, the same on every form that asks for one."""

from __future__ import annotations

from wtforms import SelectField
from wtforms.fields.core import UnboundField

from training_oversight.places import Datum
from training_oversight.texts import Text
from training_oversight.web.choices import NOT_KNOWN, each, member, with_none


def datum() -> UnboundField:
    """Nobody knows until somebody says so."""
    return SelectField(
        Text("Where the figures come from"),
        description=Text(
            "Figures copied from Amap or Baidu lie hundreds of metres off; they are converted. Not "
            "known: good to a kilometre."
        ),
        coerce=member(Datum),
        choices=with_none(each(Datum), NOT_KNOWN),
    )
