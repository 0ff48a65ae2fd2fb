"""How far the tasks of a case are, and what would be left open if it were concluded now."""

import pytest

from tests.factories import enforcement
from training_oversight.accounts.permissions import Role
from training_oversight.enforcement import presenting
from training_oversight.enforcement.queries import Overview
from training_oversight.enforcement.workflow import TaskState
from training_oversight.texts import rendered

S = TaskState


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (Overview(items=2, open=2, tasks={S.DONE: 1, S.ASKED: 3, S.RETURNED: 1}),
         "案内2项问题还没有结论，4项任务还没有反馈。"),
        (Overview(items=2, open=1, tasks={S.DONE: 2}), "案内1项问题还没有结论。"),
        (Overview(items=2, open=0, tasks={S.ACCEPTED: 1}), "1项任务还没有反馈。"),
        (Overview(items=0, open=0, tasks={S.DONE: 1, S.CANCELLED: 2}), None),
    ],
)  # fmt: skip
def test_what_is_open_is_counted_in_words(seen, words):
    left = presenting.still_open(seen)

    assert (rendered(left) if left else None) == words


def test_the_line_leaves_out_what_is_asked_of_nobody_any_more():
    parts = presenting.progress(Overview(tasks={S.CANCELLED: 1, S.REDIRECTED: 1, S.RETURNED: 2}))

    assert [(part.count, rendered(part.label)) for part in parts] == [(2, "已退回（待改派）")]


def test_the_case_shows_its_progress_and_what_is_open(county, client_as):
    case = enforcement.convened_case(county)
    head = client_as(county.officer(Role.SECTION_HEAD))

    box = head.get(f"/cases/{case.id}").soup.select_one(".next-step")
    page = head.get(f"/cases/{case.id}/conclude").soup

    assert box.select(".progress-line li")
    assert "办结：案内" in box.text
    assert "还没有办完：案内" in page.text
    assert [one.text for one in page.select("main h2")] == ["案内问题", "还没有反馈的任务"]
