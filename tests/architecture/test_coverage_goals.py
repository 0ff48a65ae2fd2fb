"""What the tests walk through is held by part: all of the law, of procedures and of what writes."""

import json

import pytest

from tests.architecture import sources
from tools import coverage


def file(*, lines=10, run=10, missing=(), branches=(0, 0), missing_branches=()):
    return {
        "summary": {
            "num_statements": lines, "covered_lines": run,
            "num_branches": branches[0], "covered_branches": branches[1],
        },
        "missing_lines": list(missing),
        "missing_branches": [list(one) for one in missing_branches],
    }  # fmt: skip


@pytest.fixture
def answer(tmp_path, capsys):
    """Exit code and words for a report in which all is run, but for the files given."""

    def judge(files):
        whole = {
            f"training_oversight/{name}": file(lines=1000, run=1000)
            for name in ("law/periods.py", "workflow.py", "notices/service/serving.py", "app.py")
        }
        report = tmp_path / "coverage.json"
        report.write_text(json.dumps({"files": whole | files}), encoding="utf-8")
        return coverage.main(str(report)), capsys.readouterr().out

    return judge


def test_where_all_is_run_the_goals_are_met(answer):
    code, told = answer({})

    assert code == 0
    assert "services    100.00 %" in told


@pytest.mark.parametrize(
    "name", ["law/calendar.py", "ledger/workflow.py", "notices/service/x.py", "audit/service.py"]
)
def test_one_line_not_run_in_a_strict_part_fails_and_is_named(answer, name):
    name = f"training_oversight/{name}"

    code, told = answer({name: file(run=9, missing=[7])})

    assert code == 1
    assert f"{name}:7" in told


def test_one_branch_not_taken_in_a_strict_part_fails_and_is_named(answer):
    name = "training_oversight/files/service.py"

    code, told = answer({name: file(branches=(2, 1), missing_branches=[(4, -1)])})

    assert code == 1
    assert f"{name}:4 never goes to its end" in told


def test_elsewhere_five_in_a_hundred_may_be_missing_and_no_more(answer):
    views = "training_oversight/web/views.py"

    assert answer({views: file(lines=1000, run=760)})[0] == 0
    assert answer({views: file(lines=1000, run=740)})[0] == 1


def test_a_part_that_holds_no_file_is_not_taken_for_whole(tmp_path):
    report = tmp_path / "coverage.json"
    report.write_text(json.dumps({"files": {"training_oversight/app.py": file()}}))

    assert coverage.main(str(report)) == 1


def test_every_service_and_every_table_of_moves_has_the_goal_of_a_hundred():
    strict = [part.files for part in coverage.PARTS if part.goal == 100]

    lenient = [
        sources.name(path)
        for path in sources.modules()
        if {"service", "workflow", "law"} & {*path.parts, path.stem}
        if not any(files.match(sources.name(path)) for files in strict)
    ]

    assert lenient == []
