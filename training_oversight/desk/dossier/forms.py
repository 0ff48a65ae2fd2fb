"""Printing many files: one press."""

from __future__ import annotations

from wtforms import HiddenField

from training_oversight.web.forms import OversightForm


class PrintManyForm(OversightForm):
    """The list's own form chooses institutions; only this one asks for the papers."""

    confirmed = HiddenField(default="yes")
