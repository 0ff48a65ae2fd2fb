"""``registry import`` told how to read a list; going on with one, and taking it back."""

import json

import pytest
import sqlalchemy as sa

from tests.factories.lists import HEADER, many, workbook
from tests.factories.registry import institution
from training_oversight.accounts.permissions import Role
from training_oversight.intake import confirming, running
from training_oversight.intake.models import ImportBatch, ImportMapping
from training_oversight.intake.readable import KNOWN
from training_oversight.intake.workflow import ImportState
from training_oversight.registry.models import Institution
from training_oversight.spreadsheets import open_table


@pytest.fixture
def command(app, county):
    def run(*arguments):
        return app.test_cli_runner().invoke(args=["registry", *map(str, arguments)])

    return run


@pytest.fixture
def file(tmp_path):
    def save(content, name="list.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return save


def counted(session):
    return session.scalar(sa.select(sa.func.count()).select_from(Institution))


def result(answer):
    return json.loads(answer.stdout)


def test_a_column_is_read_as_one_says_and_so_the_next_time_for_its_sender(session, command, file):
    odd = ["培训点", "大类", "电话"]
    first = file(workbook(odd, ["晨曦画室", "体育", "0990-1234567"]), "一.xlsx")
    second = file(workbook(odd, ["云帆球馆", "体育", "0990-7654321"]), "二.xlsx")
    wishes = ("--column", "培训点=机构名称", "--column", "大类=类别", "--column", "电话=")

    answer = command("import", first, "--sender", "南塘街道", *wishes)
    again = command("import", second, "--sender", "南塘街道")

    assert (answer.exit_code, again.exit_code) == (0, 0)
    assert "电话" in answer.stderr
    found = session.scalars(sa.select(Institution).order_by(Institution.id)).all()
    assert [(one.name, one.kind_code, one.phone) for one in found] == [
        ("晨曦画室", "sports", None),
        ("云帆球馆", "sports", None),
    ]


def test_a_word_means_what_one_says_and_so_the_next_time_for_its_sender(session, command, file):
    header = ["机构名称", "类别", "学段"]
    first = file(workbook(header, ["晨曦画室", "综合", "九年一贯"]), "一.xlsx")
    second = file(workbook(header, ["云帆球馆", "综合", ""]), "二.xlsx")
    words = ("--word", "kind:综合=艺术", "--word", "学段:九年一贯=小学、初中")

    wrong = command("import", first, "--dry-run")
    answer = command("import", first, "--sender", "南塘街道", *words)
    again = command("import", second, "--sender", "南塘街道")

    assert wrong.exit_code == 3
    assert "综合" in wrong.stderr
    assert "--word" in wrong.stderr
    assert (answer.exit_code, again.exit_code) == (0, 0)
    assert "综合" not in answer.stderr
    found = session.scalars(sa.select(Institution).order_by(Institution.id)).all()
    assert [one.kind_code for one in found] == ["arts", "arts"]
    said = session.scalars(sa.select(ImportMapping.words)).one()
    assert said == {"kind_code": {"综合": "arts"}, "stages": {"九年一贯": "primary、junior"}}


def test_a_word_can_be_left_empty(session, command, file):
    path = file(workbook(["机构名称", "类别"], ["晨曦画室", "综合"]))

    answer = command("import", path, "--word", "类别:综合=")

    assert answer.exit_code == 0
    assert session.scalars(sa.select(Institution.kind_code)).one() is None


def test_a_column_that_is_guessed_is_said_aloud(session, command, file):
    answer = command(
        "import", file(workbook(["机构名称", "家长热线电话"], ["晨曦画室", "0990-1234567"]))
    )

    assert answer.exit_code == 0
    assert "家长热线电话" in answer.stderr
    assert "联系电话" in answer.stderr


@pytest.mark.parametrize(
    "wishes",
    [
        ["--column", "没有这列=机构名称"],
        ["--column", "机构名称=没有这列"],
        ["--column", "机构名称="],
        ["--word", "机构名称:综合=艺术"],
        ["--word", "类别:综合=没有这类"],
        ["--sheet", "没有这张"],
    ],
)
def test_a_wish_that_cannot_be_is_a_sentence_and_nothing_is_kept(session, command, file, wishes):
    answer = command("import", file(workbook(HEADER, *many(1))), *wishes)

    assert answer.exit_code == 2
    assert answer.stderr.strip().endswith("。")
    assert session.scalars(sa.select(ImportBatch)).all() == []


def test_a_row_that_may_be_known_already_is_returned_and_not_written(
    session, county, command, file, tmp_path
):
    institution(county, name="晨曦画室", address="澄江县文澜路1号", phone="0990-1234567")
    header = ["机构名称", "地址", "联系电话"]
    row = ["晨曦画室（文澜店）", "澄江县文澜路1号", "0990-1234567"]
    path, back = file(workbook(header, row)), tmp_path / "back.xlsx"

    tried = command("import", path, "--dry-run", "--rejects", back, "--format", "json")
    said = open_table(back, known=KNOWN).rows()
    answer = command("import", path, "--rejects", back, "--format", "json")

    assert (tried.exit_code, answer.exit_code) == (3, 3)
    assert "晨曦画室" in next(iter(said)).cells[0]
    assert {**result(tried), "list": 0} == {**result(answer), "list": 0}
    assert result(answer)["possible_duplicates"] == 1
    assert counted(session) == 1


def test_a_preview_waits_for_somebody_to_decide_on_its_page(session, command, file):
    answer = command("import", file(workbook(HEADER, *many(3))), "--preview", "--format", "json")

    batch = session.get(ImportBatch, result(answer)["list"])
    assert (answer.exit_code, batch.state) == (0, ImportState.PREVIEWED)
    assert batch.file_sha256 is not None
    assert counted(session) == 0


def test_a_list_that_was_cut_off_is_gone_on_with_and_taken_back(
    session, county, command, file, monkeypatch
):
    monkeypatch.setattr(confirming, "AT_ONCE", 4)
    written, parts = running.confirming.write_some, []

    def cut_off(*args, **kwargs):
        if len(parts) == 2:
            raise KeyboardInterrupt
        parts.append(written(*args, **kwargs))
        return parts[-1]

    monkeypatch.setattr(confirming, "write_some", cut_off)
    broken = command("import", file(workbook(HEADER, *many(10))))
    monkeypatch.setattr(confirming, "write_some", written)
    key = session.scalars(sa.select(ImportBatch.id)).one()
    after = counted(session)
    resumed = command("resume-import", key, "--format", "json")
    finished = counted(session)
    again = command("resume-import", key)
    undone = command("undo-import", key, "--format", "json")

    assert broken.exit_code == 1
    assert (after, finished) == (8, 10)
    assert result(resumed)["new"] == 10
    assert again.exit_code == 2
    assert result(undone) == {"list": key, "new": 10, "changed": 0, "left_as_is": 0}
    live = sa.select(sa.func.count()).where(Institution.withdrawn.is_(False))
    assert session.scalar(live) == 0


def test_a_list_that_its_page_read_anew_meanwhile_is_left_to_it(
    session, county, command, file, monkeypatch
):
    kept = running.reading.keep

    def keep(writing, batch_id, rows):
        # As the page does that has the columns settled again.
        writing.get_one(ImportBatch, batch_id).sender = "别的来源"
        writing.flush()
        return kept(writing, batch_id, rows)

    monkeypatch.setattr(running.reading, "PART", 2)
    monkeypatch.setattr(running.reading, "keep", keep)
    answer = command("import", file(workbook(HEADER, *many(5))))

    assert answer.exit_code == 2
    assert answer.stderr.strip().endswith("。")
    assert counted(session) == 0


def test_who_may_not_import_may_not_take_back(session, county, command, file):
    answer = command("import", file(workbook(HEADER, *many(1))), "--format", "json")
    key, observer = result(answer)["list"], county.officer(Role.OBSERVER).username

    for wrong in (["undo-import", key, "--by", observer], ["undo-import", 9_999]):
        refused = command(*wrong)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert refused.stderr.strip().endswith("。")
    assert counted(session) == 1
