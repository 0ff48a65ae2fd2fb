"""``complaints import`` as a terminal sees it."""

import json

import pytest
import sqlalchemy as sa

from tests.factories.orders import HEADER, orders, row
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.complaints.models import Complaint


@pytest.fixture
def command(app, county, tmp_path):
    def run(content, *arguments, name="工单.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        given = ["complaints", "import", str(path), "--channel", "12345", "--format", "json"]
        return app.test_cli_runner().invoke(args=[*given, *arguments])

    return run


def answered(answer):
    return json.loads(answer.stdout)


def counted(session):
    return session.scalar(sa.select(sa.func.count()).select_from(Complaint))


def test_a_list_answers_one_object(session, command):
    content = orders(row("DH1"), row("DH2"), row("DH3", 联系电话="13900000003"), row("DH1"))

    answer = command(content)

    assert answer.exit_code == 0
    assert answered(answer) == {
        "rows": 4, "created": 2, "merged": 1, "unchanged": 1, "rejected": 0,
    }  # fmt: skip
    assert counted(session) == 3


def test_what_is_rejected_is_said_and_makes_it_done_in_part(command):
    content = orders(
        [*row("DH1"), "五星"], [*row(""), ""], [*row("DH3", 工单类型="其他"), ""],
        header=[*HEADER, "星级"],
    )  # fmt: skip

    answer = command(content)

    assert answer.exit_code == 3
    assert answered(answer)["rejected"] == 1
    assert "第3行未导入：工单没有编号。" in answer.stderr
    assert "第4行：不认识诉求类型“其他”" in answer.stderr
    assert "星级" in answer.stderr


def test_a_trial_writes_nothing(session, command):
    answer = command(orders(row("DH1")), "--dry-run")

    assert answered(answer)["created"] == 1
    assert counted(session) == 0


def test_a_change_is_an_answer_of_its_own(command):
    command(orders(row("DH1")))

    answer = command(orders(row("DH1", 办理期限="2099-01-01")))

    assert answered(answer) == {
        "rows": 1, "created": 0, "merged": 0, "changed": 1, "unchanged": 0, "rejected": 0,
    }  # fmt: skip


def test_the_history_names_who_took_it_over(session, command, county):
    clerk = county.officer(Role.HOTLINE)

    command(orders(row("DH1")), "--by", clerk.username)

    logged = sa.select(Event.actor_name).where(Event.verb == "complaint.logged")
    assert session.scalar(logged) == clerk.name


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        (orders(["DH1", ""], header=["工单编号", "来电时间"]), (), "工单内容"),
        (orders(["a", "b"], header=["甲", "乙"]), (), "没有找到表头"),
        (b"no table", (), "没有找到表头"),
        (orders(row("DH1")), ("--column", "甲=number"), "没有“甲”列"),
        (orders(row("DH1")), ("--column", "工单编号"), "COLUMN=OURS"),
        (orders(row("DH1")), ("--by", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(session, command, content, arguments, said):
    answer = command(content, *arguments)

    assert answer.exit_code == 2
    assert said in answer.stderr
    assert counted(session) == 0


def test_an_inspector_takes_no_orders_in(command, county):
    answer = command(orders(row("DH1")), "--by", county.officer().username)

    assert answer.exit_code == 2
    assert "无权导入工单" in answer.stderr


def test_a_line_that_adds_up_is_no_order_and_is_said(command):
    content = "澄江县12345工单\n工单号,诉求内容,联系电话\nDH1,不退费,13900000001\n合计,,\n"

    answer = command(content.encode(), name="工单.csv")

    assert answer.exit_code == 0
    assert answered(answer)["created"] == 1
    assert "第4行" in answer.stderr
