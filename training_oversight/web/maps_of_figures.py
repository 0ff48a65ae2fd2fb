"""The question from which map a position comes, the same on every form that asks for one."""

from __future__ import annotations

from wtforms import SelectField
from wtforms.fields.core import UnboundField

from training_oversight.places import Datum
from training_oversight.texts import Text
from training_oversight.web.choices import each, member, with_none

COPIED = Text("Figures copied from Amap or Baidu lie hundreds of metres off; they are converted.")
# What is said of it wherever it is asked, for it is what a position is then worth.
UNKNOWN = Text("Unknown: good to a kilometre")


def datum(why: Text = COPIED) -> UnboundField:
    """Nobody knows until somebody says so."""
    return SelectField(
        Text("Where the figures come from"),
        description=why,
        coerce=member(Datum),
        choices=with_none(each(Datum), UNKNOWN),
    )
