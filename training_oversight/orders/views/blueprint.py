"""The blueprint: orders are complaints, and stand below their address."""

from flask import Blueprint

bp = Blueprint("orders", __name__, url_prefix="/complaints")
