"""The blueprint of this area, apart, so that every file of views can use it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("maps", __name__, url_prefix="/institutions")
