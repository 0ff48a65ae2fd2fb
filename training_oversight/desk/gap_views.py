"""缺项: what should be on file and is not, each a number that opens its rows."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.desk import gaps
from training_oversight.texts import Text
from training_oversight.web.marks import requires

bp = Blueprint("gaps", __name__)
ITEM_WORDS = {
    "owner": Text("Items without an officer in charge"),
    "step": Text("Items without a next step"),
}


@bp.route("/desk/gaps")
@requires(Permission.VIEW_REGISTRY)
def index() -> ResponseReturnValue:
    officer = current_officer()
    counted = gaps.counted(current_session(), officer, today=clock.today())
    return render_template(
        "desk/gaps.html",
        rows=[(gap, counted.lacking[gap.name], rows_of(gap.name)) for gap in
              gaps.of_officer(officer)],
        items=[
            (ITEM_WORDS[name], count, url_for("ledger.index", gap=name))
            for name, count in counted.items.items()
        ],
        live=counted.live,
        any=counted.lacking[gaps.ANY],
        any_url=rows_of(gaps.ANY),
    )  # fmt: skip


def rows_of(name: str) -> str:
    """The institutions that the number counts, no more and no fewer."""
    return url_for("registry.index", view="live", gap=name)
