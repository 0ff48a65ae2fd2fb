"""``publication export DIR``: static pages and tables for another site."""

import json
import re

import openpyxl

from tests.factories import ledger
from tests.factories import publication as make
from training_oversight.publication import export


def exported(app, folder, *options):
    return app.test_cli_runner().invoke(
        args=["publication", "export", str(folder), "--format", "json", *options]
    )


def test_the_standing_list_becomes_pages_and_tables(app, county, tmp_path):
    make.owed(county, ledger.institution(county, "星屿艺术培训中心"))
    make.published(county)

    answer = exported(app, tmp_path)

    name = "990101-rectification-2026-1"
    files = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()}
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout) == {"publications": 1, "withdrawn": 0, "files": 7}
    assert {"index.html", f"{name}.html", f"{name}.xlsx", f"{name}.csv"} < files
    assert "星屿艺术培训中心" in (tmp_path / f"{name}.html").read_text(encoding="utf-8")
    table = openpyxl.load_workbook(tmp_path / f"{name}.xlsx").active
    assert table["B2"].value == "星屿艺术培训中心"


def test_every_link_of_the_pages_is_relative_and_leads_to_a_file(app, county, tmp_path):
    make.owed(county)
    make.published(county)
    exported(app, tmp_path)

    for page in tmp_path.glob("*.html"):
        for link in re.findall(r'(?:href|src)="([^"]+)"', page.read_text(encoding="utf-8")):
            if not link.startswith(("#", "tel:")):
                assert (tmp_path / link).is_file(), (page.name, link)


def test_the_files_tell_no_persons_and_no_telephones(app, county, tmp_path):
    place = ledger.institution(
        county, "陈立群书画班", responsible_person="陈立群", phone="13809901234"
    )
    make.owed(county, place)
    make.published(county)
    exported(app, tmp_path)

    for path in tmp_path.rglob("*"):
        if path.suffix in (".html", ".csv"):
            text = path.read_text(encoding="utf-8")
            assert "陈立群" not in text
            assert "13809901234" not in text
            assert "器材柜" not in text
    table = openpyxl.load_workbook(next(tmp_path.glob("*.xlsx"))).active
    assert table["B2"].value == "陈某某书画班"


def test_a_withdrawn_list_disappears_with_the_next_export(app, county, tmp_path):
    make.owed(county)
    one = make.published(county)
    (tmp_path / "theirs.html").write_text("别人的文件", encoding="utf-8")
    listed = str(one.entries[0].cells[0])
    exported(app, tmp_path)
    make.withdrawn(county, one)

    answer = exported(app, tmp_path)

    assert json.loads(answer.stdout)["publications"] == 0
    name = "990101-rectification"
    assert {p.name for p in tmp_path.glob("*.html")} == {
        *("index.html", "theirs.html"),
        *(f"{name}.html", f"{name}-2026-1.html", f"{name}-batches.html"),
    }
    for page in tmp_path.glob("990101-*.html"):
        assert "名单有误" in page.read_text(encoding="utf-8"), page.name
        assert listed not in page.read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.xlsx"))
    assert not list(tmp_path.glob("*.csv"))


def test_a_folder_that_cannot_be_written_is_one_sentence(app, county, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")

    answer = exported(app, blocked / "site")

    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert "无法写入" in answer.stderr


def test_drafts_are_not_exported(app, county, tmp_path):
    make.owed(county)
    make.submitted(county)

    answer = exported(app, tmp_path)

    assert json.loads(answer.stdout)["publications"] == 0


def test_a_note_of_files_that_is_damaged_stops_the_export_before_anything_is_written(
    app, county, tmp_path
):
    make.owed(county)
    listed = make.published(county)
    exported(app, tmp_path)
    make.withdrawn(county, listed)
    damaged = ["[", "{}", "[1]", "", "\\ud800"]

    for words in damaged:
        (tmp_path / "export.json").write_text(words, encoding="utf-8")
        answer = exported(app, tmp_path)

        assert answer.exit_code != 0
        assert "export.json" in answer.output
        assert (tmp_path / "990101-rectification-2026-1.html").exists()
        assert (tmp_path / "export.json").read_text(encoding="utf-8") == words


def test_an_export_that_was_broken_off_leaves_nothing_the_next_one_does_not_know(
    app, county, tmp_path, monkeypatch
):
    make.owed(county)
    listed = make.published(county)
    with monkeypatch.context() as broken:
        broken.setattr(export, "_cleared", _killed)
        exported(app, tmp_path)
    make.withdrawn(county, listed)

    answer = exported(app, tmp_path)

    assert answer.exit_code == 0, answer.output
    assert not list(tmp_path.glob("990101-*.xlsx"))


def _killed(*_any):
    raise KeyboardInterrupt


def test_a_folder_named_in_the_note_is_left_alone(app, county, tmp_path):
    make.owed(county)
    make.published(county)
    (tmp_path / "own").mkdir()
    (tmp_path / "export.json").write_text('["own", "../above.txt"]', encoding="utf-8")
    above = tmp_path.parent / "above.txt"
    above.write_text("-", encoding="utf-8")

    answer = exported(app, tmp_path)

    assert answer.exit_code == 0, answer.output
    assert (tmp_path / "own").is_dir()
    assert above.exists()
