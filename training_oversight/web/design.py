"""/design: every component in every state, with invented data, in demo mode only."""

from __future__ import annotations

from datetime import date

import flask
from flask.typing import ResponseReturnValue

from training_oversight.web import design_samples
from training_oversight.web.marks import public
from training_oversight.web.paging import Page

blueprint = flask.Blueprint("design", __name__)


@blueprint.get("/design")
@public
def show() -> ResponseReturnValue:
    return flask.render_template(
        "design.html",
        form=design_samples.sample_form(),
        statuses=design_samples.STATUSES,
        tags=design_samples.TAGS,
        step=design_samples.STEP,
        tasks_so_far=design_samples.PROGRESS,
        entries=design_samples.TIMELINE,
        split=design_samples.SPLIT,
        tab_list=design_samples.TABS,
        bar=design_samples.BAR,
        check=design_samples.CHECK,
        explained=design_samples.explained(),
        weeks=design_samples.two_weeks(),
        rows=[
            (
                "2026-0391",
                "以美术课名义开展数学培训",
                "当前行（J、K移动，回车打开）",
                date(2026, 10, 10),
                design_samples.TAGS[3],
            ),
            (
                "2026-0402",
                "预收费未进入监管账户",
                "已选",
                date(2026, 10, 12),
                design_samples.TAGS[3],
            ),
            ("2026-0418", "收费项目未公示", "悬停", date(2026, 10, 16), design_samples.STATUSES[4]),
        ],
        page=Page(rows=[None] * 50, total=97, first_index=1, next_url=design_samples.HERE),
    )


def register(app: flask.Flask) -> None:
    """Called in demo mode only."""
    app.register_blueprint(blueprint)
