"""The county's rules for rewards, among its settings."""

from __future__ import annotations

from http import HTTPStatus

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as audit
from training_oversight.audit import timeline
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Setting
from training_oversight.database import current_session
from training_oversight.rewards import presenting, rules, service
from training_oversight.rewards.forms import NO, YES, RulesForm
from training_oversight.rewards.views.blueprint import bp
from training_oversight.texts import Text
from training_oversight.web.components import TimelineEntry
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered

LABELS = {"value": Text("Settings")}


@bp.route("/rules", methods=["GET", "POST"])
@requires(Permission.MANAGE_CATALOGUE)
def rules_page() -> ResponseReturnValue:
    standing = _standing()
    form = _form(standing)

    def act(session: Session) -> Done:
        service.set_rules(session, form.rules(), by=current_officer(), version=form.seen_version)
        return Done(url_for(".rules_page"), Text("Saved. It holds for rewards from now on."))

    def page() -> str:
        if not form.is_submitted() or form.status is HTTPStatus.CONFLICT:
            form.version.data = str(standing.version) if standing else "0"
        return render_template(
            "rewards/rules.html",
            form=form,
            said=presenting.rules_said(standing.value if standing else {}),
            history=_history(standing),
        )

    return answered(form, act, page)


def _standing() -> Setting | None:
    asked = catalogue.settings(
        current_session(), [rules.CODE], authority_id=current_officer().authority_id
    )
    return asked.get(rules.CODE)


def _form(standing: Setting | None) -> RulesForm:
    """Empty until the county has said something."""
    if standing is None:
        return RulesForm()
    ruled = rules.understood(standing.value)
    if ruled is None:
        return RulesForm(data={"rewarded": NO})
    kept = {"rewarded": YES, "kinds": [kind.value for kind in ruled.kinds], "most": ruled.most_fen}
    return RulesForm(data={**kept, "days": str(ruled.days or "")})


def _history(standing: Setting | None) -> list[TimelineEntry]:
    if standing is None:
        return []
    events = audit.history(current_session(), standing)
    return timeline.entries(events, LABELS, {"value": presenting.rules_said})
