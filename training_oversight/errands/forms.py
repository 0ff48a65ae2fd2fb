"""Stopping an errand: one press."""

from __future__ import annotations

from training_oversight.web.forms import OversightForm


class StopForm(OversightForm):
    """Nothing to fill in; the token makes two presses one."""
