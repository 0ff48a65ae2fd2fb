"""``errands`` for a machine without a scheduler, and for who watches it."""

import json

from tests.factories import errands


def run(app, *words):
    return app.test_cli_runner().invoke(args=["errands", *words])


def test_what_waits_is_run_and_counted(app, session, county):
    errand = errands.asked(errands.kind(), by=county.officer())

    answer = run(app, "run", "--format", "json")

    assert json.loads(answer.stdout) == {"turns": 1, "left": 0}
    assert errands.as_it_is(session, errand).finished_at


def test_the_list_says_what_waits_and_for_whom(app, session, county):
    officer = county.officer(name="周敏")
    errand = errands.asked(errands.kind(), by=officer)

    lines = run(app, "list").stdout
    told = json.loads(run(app, "list", "--format", "json").stdout)["errands"]

    assert lines == f"{errand.id}  排队中  导出台账  周敏\n"
    assert [(one["id"], one["state"]) for one in told] == [(errand.id, "errand_waiting")]
