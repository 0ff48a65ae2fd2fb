"""From items that were ticked on the ledger to the case of each institution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.enforcement import queries
from training_oversight.enforcement.models import JointCase
from training_oversight.enforcement.views.blueprint import bp
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry.models import Institution
from training_oversight.web import choosing
from training_oversight.web.marks import requires


@dataclass(frozen=True)
class Group:
    """The items of one institution: a case is about one."""

    institution: Institution
    items: Sequence[RectificationItem]
    case: JointCase | None

    @property
    def url(self) -> str:
        keys = [item.id for item in self.items]
        if self.case is not None:
            return url_for(".add_items", case_id=self.case.id, item=keys)
        return url_for(".open_case", institution=self.institution.id, item=keys)


@bp.route("/choose", methods=["POST"])
@requires(Permission.RAISE_CASE)
def choose_items() -> ResponseReturnValue:
    """The step itself is taken for each institution on its own page, these items ticked."""
    session, keys = current_session(), choosing.ticked()
    found = sorted(
        queries.chosen_items(session, current_officer(), keys),
        key=lambda item: item.institution_id,
    )
    cases = queries.live_cases(session, {item.institution_id for item in found})
    groups = [
        Group(items[0].institution, items, cases.get(key))
        for key, each in groupby(found, key=lambda item: item.institution_id)
        if (items := list(each))
    ]
    if len(groups) == 1 and len(found) == len(keys):
        return redirect(groups[0].url)
    return render_template(
        "enforcement/choose.html", groups=groups, left_out=len(keys) - len(found)
    )
