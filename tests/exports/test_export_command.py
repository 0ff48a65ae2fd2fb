"""``registry export`` with chosen columns, the platform's fields, and how far it is."""

import json

import pytest

from tests.factories import registry
from training_oversight.accounts.permissions import Role
from training_oversight.exports.cli import say_how_far
from training_oversight.spreadsheets import read


@pytest.fixture
def export(app, session, county):
    def run(*words):
        command = ["registry", "export", *map(str, words)]
        return app.test_cli_runner().invoke(args=command)

    return run


def header(path):
    return path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")


def test_columns_are_named_by_header_or_by_field(county, export, tmp_path):
    registry.institution(county)

    answer = export(tmp_path / "out.csv", "--columns", "联系电话, organiser，办学地址")

    assert answer.exit_code == 0, answer.stderr
    assert header(tmp_path / "out.csv") == ["机构名称", "地址", "举办者", "联系电话", "台账状态"]


def test_the_platforms_fields(county, export, tmp_path):
    registry.institution(county, name="晨曦画室", principal="柳长卿")

    export(tmp_path / "out.xlsx", "--platform")

    sheet = read((tmp_path / "out.xlsx").read_bytes(), "out.xlsx", known=["名称", "校长"])
    assert dict(zip(sheet.header, sheet.rows[0].cells, strict=True))["校长"] == "柳长卿"
    assert len(sheet.header) == 13


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["--columns", "年检, 电话"], "年检"), (["--columns", "电话", "--platform"], "--platform")],
)
def test_what_cannot_be_meant_is_said(county, export, tmp_path, words, sentence):
    answer = export(tmp_path / "out.csv", *words)

    assert answer.exit_code == 2
    assert sentence in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_who_may_not_see_telephones_gets_none(county, export, tmp_path):
    registry.institution(county)
    leader = county.officer(Role.LEADER)

    export(tmp_path / "out.csv", "--columns", "电话, 举办者", "--by", leader.username)

    assert header(tmp_path / "out.csv") == ["机构名称", "举办者", "台账状态"]


def test_who_may_not_export_is_told_so(county, export, tmp_path):
    observer = county.officer(Role.OBSERVER)

    answer = export(tmp_path / "out.csv", "--by", observer.username)

    assert answer.exit_code == 2
    assert observer.name in answer.stderr


def test_a_township_officer_takes_out_the_own_township_only(county, export, tmp_path):
    registry.institution(county, name="甲画室")
    registry.institution(county, name="乙画室", division=county.townships[1])
    officer = county.officer(division=county.townships[1])

    told = export(
        tmp_path / "out.csv", "--division", county.townships[1].code, "--by", officer.username,
        "--format", "json",
    )  # fmt: skip
    refused = export(tmp_path / "all.csv", "--by", officer.username)

    assert json.loads(told.stdout)["rows"] == 1
    assert "乙画室" in (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert refused.exit_code == 2
    assert not (tmp_path / "all.csv").exists()


@pytest.mark.parametrize(("done", "said"), [(10_000, True), (10_500, False), (25_000, False)])
def test_now_and_then_it_says_how_far_it_is(capsys, done, said):
    say_how_far(done, 25_000)

    told = capsys.readouterr()
    assert told.out == ""
    assert ("10,000" in told.err) is said
