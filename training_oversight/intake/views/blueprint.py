"""The blueprint of imports and the export, apart, so that every file of views can use it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("imports", __name__, url_prefix="/institutions")
