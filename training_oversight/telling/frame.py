"""The frame of what somebody without an account opens: whose page it is, and the way back."""

from __future__ import annotations

from flask import url_for

from training_oversight.accounts.models import Authority
from training_oversight.publication.presenting import BUREAUS


def frame(office: Authority | None) -> dict[str, object]:
    return {
        "authority_name": office.name if office else BUREAUS,
        "hotline": office.hotline if office else "",
        "public_home": url_for("public.home"),
    }
