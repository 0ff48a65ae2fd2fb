"""A paper as .docx: the words of the PDF, on the sheet of an office, and nobody's seal."""

import gc
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn

from tests.architecture import sources
from tests.documents.test_rendering import letter
from tests.factories.papers import word_file, written
from training_oversight import documents
from training_oversight.documents.blocks import (
    Form,
    FormRow,
    Labelled,
    Layout,
    Paragraph,
    Particulars,
    Remark,
    Signature,
)
from training_oversight.errors import BadInput

SIGNATURE = Signature(authority="澄江县教育局", seal="（印章）", day="2026年11月21日")


def opened(paper, **options):
    return word_file(documents.docx(paper, **options))


def parts_of(paper):
    with zipfile.ZipFile(io.BytesIO(documents.docx(paper))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def line(document, text):
    return next(one for one in document.paragraphs if one.text == text)


@pytest.mark.parametrize(
    "typed",
    [
        "<w:p/> & ]]> &amp; <!-- x --> <培训>",
        "{{ name }} {% if %} %(name)s {0}",
        "#let x = 1 $ x^2 $ *strong* \\ PAGE",
    ],
)
def test_what_was_typed_is_written_and_never_run(typed):
    assert typed in [one.text for one in opened(letter(typed)).paragraphs]


def test_control_characters_pasted_into_a_text_leave_no_trace():
    assert "甲乙丙" in written(letter("甲\x00乙\x0b丙\ufffe"))


def test_a_character_that_no_font_has_is_refused_or_marked_as_in_the_pdf():
    with pytest.raises(BadInput):
        documents.docx(letter("李\ue000棋院"))

    assert "李〓棋院" in written(letter("李\ue000棋院"), instead=documents.GETA)


def test_a_letter_is_set_on_the_sheet_that_offices_use():
    document = opened(letter())
    section, normal = document.sections[0], document.styles["Normal"]

    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert (section.top_margin.mm, section.bottom_margin.mm) == pytest.approx((37, 35), abs=0.1)
    assert (section.left_margin.mm, section.right_margin.mm) == pytest.approx((28, 26), abs=0.1)
    assert (normal.font.size.pt, normal.paragraph_format.line_spacing.pt) == (16, 28.95)
    assert line(document, "请于本周内来电。").paragraph_format.first_line_indent.pt == 32


def test_every_script_has_the_face_of_offices_and_the_file_says_what_to_take_instead():
    parts = parts_of(letter())
    styles, fonts = (parts[f"word/{name}.xml"].decode() for name in ("styles", "fontTable"))

    normal = re.search(r'w:styleId="Normal".*?</w:style>', styles, re.DOTALL)[0]
    assert set(re.findall(r'w:(\w+)="仿宋_GB2312"', normal)) == {"ascii", "hAnsi", "eastAsia", "cs"}
    assert "minorEastAsia" not in styles[: styles.index("</w:docDefaults>")]
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,' in fonts
    assert "方正小标宋简体" in fonts


def test_figures_stand_close_to_chinese_signs():
    styles = parts_of(letter())["word/styles.xml"].decode()

    assert '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' in styles


def test_the_heading_has_its_own_face_and_a_rule_below_the_number():
    document = opened(letter())
    title, number = line(document, "告知书"), line(document, "澄教告〔2026〕1号")

    assert title.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert (title.alignment, number.alignment) == (ALIGN.CENTER, ALIGN.RIGHT)
    assert number._p.pPr.find(qn("w:pBdr")) is not None


def test_the_file_says_who_issues_the_paper_and_of_which_day_and_not_what_made_it():
    said = opened(letter(made_on=date(2026, 11, 21))).core_properties

    assert (said.title, said.author, said.last_modified_by) == (
        "告知书", "澄江县教育局", "澄江县教育局",
    )  # fmt: skip
    assert said.created == said.modified == datetime(2026, 11, 21, tzinfo=UTC)
    assert said.comments == ""
    assert opened(letter()).core_properties.created.year == 1970


def test_a_draft_says_so_at_the_head_of_every_page():
    def head(paper):
        return opened(paper).sections[0].header.paragraphs[0].text

    assert head(letter(mark="拟稿")) == "拟稿"
    assert head(letter(demo=True)).strip() == "演示数据 不具有法律效力"
    assert head(letter()) == ""


def test_the_foot_counts_the_pages():
    foot = opened(letter()).sections[0].footer.paragraphs[0]

    assert [one.text for one in foot._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert foot.text == "第 1 页 共 1 页"


def test_the_signature_stays_with_the_last_line_and_the_seal_is_a_place_not_a_picture():
    paper = letter()
    signed = replace(paper, blocks=(*paper.blocks, SIGNATURE, Remark(text="（一式两份。）")))

    document = opened(signed)
    lines = [*document.paragraphs[-5:-1]]

    assert [one.text for one in lines] == [
        "请于本周内来电。", "澄江县教育局", "（印章）", "2026年11月21日",
    ]  # fmt: skip
    assert all(one.paragraph_format.keep_with_next for one in lines)
    assert not [name for name in parts_of(signed) if name.startswith("word/media")]
    assert not [one for one in document.element.body.iter() if one.tag.endswith("}drawing")]


def test_a_long_value_hangs_under_its_own_beginning():
    particulars = Particulars(lines=(Labelled(label="约谈地点：", value="三楼会议室" * 20),))

    first = opened(letter(blocks=(particulars,))).paragraphs[0].paragraph_format

    assert (first.left_indent.pt, first.first_line_indent.pt) == (16 * 7, -16 * 5)


def test_a_form_leaves_room_for_the_pen_and_keeps_each_row_on_one_page():
    rows = (
        FormRow(label=("送达方式",), phrases=tuple(f"□ {name}送达" for name in "直留邮电委公")),
        FormRow(label=("收件人签名", "或者盖章"), phrases=("收件人：许芸",), pen="年月日", room=2),
        FormRow(label=("送达时间",), phrases=("2026年11月22日",), pen="时分"),
        FormRow(label=("送达地点",)),
    )
    paper = letter(layout=Layout.FORM, blocks=(Form(rows=rows), Paragraph(text="说明")))

    (table,) = opened(paper).tables
    cells = [row.cells[1] for row in table.rows]

    assert [row.cells[0].text for row in table.rows] == [
        "送达方式", "收件人签名\n或者盖章", "送达时间", "送达地点",
    ]  # fmt: skip
    assert cells[0].text.count("\n") == 1
    assert [one.text for one in cells[1].paragraphs] == ["收件人：许芸", "年月日"]
    assert cells[1].paragraphs[1].alignment == ALIGN.RIGHT
    assert cells[1].paragraphs[1].paragraph_format.space_before.pt == 20
    assert cells[2].text == "2026年11月22日时分"
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_library_is_not_loaded_before_somebody_wants_a_word_file(tmp_path):
    code = "import wsgi, sys; print('docx' in sys.modules, 'lxml' in sys.modules)"
    environment = os.environ | {"DEMO": "1", "DATA_DIR": str(tmp_path)}

    said = subprocess.run(
        [sys.executable, "-c", code],
        env=environment, cwd=sources.ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert said.stdout.split() == ["False", "False"]


def test_a_file_once_written_leaves_nothing_in_memory():
    from docx.package import Package

    def held():
        return sum(isinstance(one, Package) for one in gc.get_objects())

    documents.docx(letter())
    gc.collect()
    gc.disable()
    try:
        before = held()
        for _ in range(3):
            documents.docx(letter())
        after = held()
    finally:
        gc.enable()

    assert after == before
