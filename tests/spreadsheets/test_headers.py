from __future__ import annotations

import pytest

from tests.spreadsheets.old_workbooks import old_workbook
from tests.spreadsheets.open_documents import COVERED, Spanning, open_document
from tests.spreadsheets.workbooks import merging, workbook
from training_oversight import spreadsheets
from training_oversight.errors import BadInput
from training_oversight.spreadsheets import NoHeader

KNOWN = ["机构名称", "统一社会信用代码", "地址", "许可证编号", "许可证有效期至", "负责人",
         "负责人电话", "电话", "发证机关", "序号", "编号", "举办者", "备注"]  # fmt: skip
HEADER = ["机构名称", "统一社会信用代码", "地址"]


def read(content, **wishes):
    return spreadsheets.read(content, "台账.xlsx", known=wishes.pop("known", KNOWN), **wishes)


def test_the_header_is_found_under_a_merged_title_and_a_line_of_units():
    content = workbook(
        ["星河区校外培训机构台账"],
        ["单位：教育局", None, "2026年"],
        [],
        HEADER,
        ["甲", "", "一路"],
        prepare=merging("A1:C1"),
    )

    sheet = read(content)

    assert (sheet.header, sheet.header_row) == (HEADER, 4)
    assert [(row.number, row.cells) for row in sheet.rows] == [(5, ["甲", "", "一路"])]


@pytest.mark.parametrize(
    "written",
    ["机构\n名称*", " 机构　名称：", "机构名称（必填）", "机构名称(全称，与公章一致)", "★机构名称",
     "1.机构名称", "（1）机构名称", "２、机构名称"],
)  # fmt: skip
def test_a_name_is_recognised_with_spaces_full_width_letters_remarks_and_marks(written):
    sheet = read(workbook([written, "地址"], ["甲", "一路"]))

    assert sheet.header == ["机构名称", "地址"]
    assert sheet.written[0] == " ".join(written.split())


TWO_LINES = [
    ["序号", "机构名称", "许可证", None, None, "负责人", None, "备注"],
    [None, None, "编号", "有效期至", "发证机关", "姓名", "电话", None],
    [1, "甲", "199", "2027-01-01", "教育局", "张三", "139", None],
]
TITLES = merging("A1:A2", "B1:B2", "C1:E1", "F1:G1", "H1:H2")
COMBINED = [
    "序号",
    "机构名称",
    "许可证编号",
    "许可证有效期至",
    "发证机关",
    "负责人",
    "负责人电话",
    "备注",
]
OPEN_TITLES = [
    [Spanning("序号", rows=2), Spanning("机构名称", rows=2), Spanning("许可证", 3), COVERED,
     COVERED, Spanning("负责人", 2), COVERED, Spanning("备注", rows=2)],
    [COVERED, COVERED, "编号", "有效期至", "发证机关", "姓名", "电话", COVERED],
    TWO_LINES[2],
]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        workbook(*TWO_LINES, prepare=TITLES),
        old_workbook(
            *TWO_LINES,
            merges=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 5), (1, 6, 1, 7), (1, 8, 2, 8)],
        ),
        open_document(*OPEN_TITLES),
        "\n".join(",".join(str(cell or "") for cell in row) for row in TWO_LINES).encode(),
    ],
    ids=["xlsx", "xls", "ods", "csv"],
)
def test_titles_and_their_sub_titles_name_the_columns_together(content):
    sheet = read(content)

    assert sheet.header == COMBINED
    assert sheet.written[2:4] == ["许可证编号", "许可证有效期至"]
    assert sheet.header_row == 1
    assert [row.cells[1] for row in sheet.rows] == ["甲"]


def test_the_sub_title_of_another_title_is_not_taken_for_the_column_of_that_name():
    content = workbook(
        ["机构名称", "举办者", None, "营业执照", None],
        [None, "姓名", "电话", "编号", "发证机关"],
        ["甲", "李四", "138", "91", "市监局"],
        prepare=merging("A1:A2", "B1:C1", "D1:E1"),
    )

    sheet = read(content)

    assert sheet.header == ["机构名称", "举办者", "举办者电话", "营业执照编号", "发证机关"]
    assert sheet.unknown == ["举办者电话", "营业执照编号"]


BY_CONTACT = [
    "联系人姓名",
    "负责人电话",
    "联系电话",
    "手机",
    "办公电话",
    "联系方式",
    "地址",
    "机构名称",
]


@pytest.mark.parametrize(
    ("title", "subs", "columns"),
    [
        ("联系方式", ["姓名", "电话"], ["联系人姓名", "电话"]),
        ("联系方式", ["姓名", "手机"], ["联系人姓名", "手机"]),
        ("联系电话", ["姓名", "电话"], ["联系人姓名", "电话"]),
        ("电话", ["负责人", "办公"], ["负责人电话", "办公电话"]),
        ("联系人", ["姓名", "电话"], ["联系人姓名", "电话"]),
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv"])
def test_a_sub_title_names_its_column_better_than_the_title_over_both(title, subs, columns, kind):
    rows = [["机构名称", "地址", title, None], [None, None, *subs], ["甲", "一路", "张三", "139"]]
    spans = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)]
    content = {
        "xlsx": lambda: workbook(*rows, prepare=merging("A1:A2", "B1:B2", "C1:D1")),
        "xls": lambda: old_workbook(*rows, merges=spans),
        "ods": lambda: open_document(
            [Spanning("机构名称", rows=2), Spanning("地址", rows=2), Spanning(title, 2), COVERED],
            [COVERED, COVERED, *subs],
            rows[2],
        ),
        "csv": lambda: "\n".join(",".join(cell or "" for cell in row) for row in rows).encode(),
    }[kind]()

    sheet = read(content, known=[*BY_CONTACT, "电话"])

    assert sheet.header == ["机构名称", "地址", *columns]
    assert [row.cells for row in sheet.rows] == [["甲", "一路", "张三", "139"]]


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("有效期(起)", "有效期起"), ("有效期（起始日期）", "有效期（起始日期）"),
        ("有效期（止）", "有效期（止）"), ("有效期（格式：2021-3-5）", "有效期"),
        ("有效期(起止)", "有效期"),
    ],
)  # fmt: skip
def test_which_end_of_a_term_it_is_is_no_remark(written, column):
    sheet = read(
        workbook(["机构名称", written], ["甲", "1"]), known=["机构名称", "有效期", "有效期起"]
    )

    assert sheet.header == ["机构名称", column]


def test_three_lines_of_titles_are_one_header():
    content = workbook(
        ["机构名称", "证照情况", None, None],
        [None, "许可证", None, "电话"],
        [None, "编号", "有效期至", None],
        ["甲", "199", "2027-01-01", "139"],
        prepare=merging("A1:A3", "B1:D1", "B2:C2", "D2:D3"),
    )

    sheet = read(content)

    assert sheet.header == ["机构名称", "许可证编号", "许可证有效期至", "电话"]
    assert [row.number for row in sheet.rows] == [4]


def test_unknown_sub_titles_are_no_row_of_the_table():
    content = workbook(
        ["机构名称", "开设课程", None, "地址"],
        [None, "语文", "舞蹈", None],
        ["甲", "是", "否", "一路"],
        prepare=merging("A1:A2", "B1:C1", "D1:D2"),
    )

    sheet = read(content)

    assert sheet.header == ["机构名称", "开设课程语文", "开设课程舞蹈", "地址"]
    assert [row.number for row in sheet.rows] == [3]


def test_a_title_merged_over_the_whole_header_is_no_title_of_columns():
    content = workbook(
        ["培训机构一览", None, None, None],
        [*HEADER, "课程"],
        ["甲", "", "一路", "舞蹈"],
        prepare=merging("A1:D1"),
    )

    sheet = read(content)

    assert (sheet.header, sheet.header_row) == ([*HEADER, "课程"], 2)


def test_a_merged_line_of_units_above_the_header_is_no_title_of_columns():
    content = workbook(
        ["填报单位：教育局", None, "日期：2026年3月", None],
        [*HEADER, "课程"],
        ["甲", "", "一路", "舞蹈"],
        prepare=merging("A1:B1", "C1:D1"),
    )

    assert read(content).header == [*HEADER, "课程"]


def test_a_name_merged_over_two_columns_belongs_to_the_first():
    content = workbook(
        ["机构名称", "地址", None],
        ["甲", "一路", "3号"],
        ["乙", "二路", "4号"],
        prepare=merging("B1:C1"),
    )

    sheet = read(content)

    assert (sheet.header, sheet.unknown) == (["机构名称", "地址", ""], ["C"])
    assert len(sheet.rows) == 2


def test_the_caller_says_which_row_is_the_header():
    content = workbook(["机构名称", "地址"], ["甲", "一路"], ["名儿", "地儿"], ["乙", "二路"])

    sheet = read(content, header_row=3)

    assert (sheet.header, sheet.written, sheet.header_row) == (["名儿", "地儿"],) * 2 + (3,)
    assert [row.cells for row in sheet.rows] == [["乙", "二路"]]


def test_a_header_without_any_known_name_is_read_if_it_is_pointed_at():
    content = workbook(["一览"], ["名儿", "地儿"], ["乙", "二路"])

    for known in ((), KNOWN):
        sheet = read(content, header_row=2, known=known)

        assert (sheet.header, sheet.unknown) == (["名儿", "地儿"], ["名儿", "地儿"])


def test_pointing_at_the_row_that_was_found_changes_nothing():
    for content in (workbook(*TWO_LINES, prepare=TITLES), workbook(["表"], HEADER, ["甲"])):
        found = read(content)

        assert read(content, header_row=found.header_row) == found


def test_pointing_at_the_sub_titles_takes_them_for_the_header():
    sheet = read(workbook(*TWO_LINES, prepare=TITLES), header_row=2)

    assert sheet.written == [
        "序号",
        "机构名称",
        "编号",
        "有效期至",
        "发证机关",
        "姓名",
        "电话",
        "备注",
    ]
    assert [row.number for row in sheet.rows] == [3]


def test_a_header_far_down_is_read_if_it_is_pointed_at():
    content = workbook(*(["说明"] for _ in range(40)), HEADER, ["甲"])

    with pytest.raises(NoHeader):
        read(content)
    assert [row.number for row in read(content, header_row=41).rows] == [42]


@pytest.mark.parametrize("row", [0, -1, 2, 9, 2_000_000])
def test_an_empty_row_is_no_header(row, in_english):
    with pytest.raises(BadInput) as refusal:
        read(workbook(HEADER, [], ["甲"]), header_row=row)

    assert str(refusal.value).startswith(f"Row {row} is empty")


def test_the_sheet_with_the_header_is_read_and_a_second_one_is_mentioned():
    content = workbook(["填表说明"], sheets=[("一", [HEADER, ["甲"]]), ("二", [HEADER, ["乙"]])])

    sheet = read(content)

    assert (sheet.name, sheet.unread, len(sheet.rows)) == ("一", ["二"], 1)


def test_one_known_word_in_a_sheet_of_explanations_does_not_make_it_the_table():
    content = workbook(
        ["备注", "请逐项填写"], ["", "不得空项"], sheets=[("名单", [HEADER, ["甲"]])]
    )

    assert read(content).name == "名单"


def test_a_list_of_nothing_but_names_has_a_header():
    assert read(workbook(["机构名称"], ["甲"])).header == ["机构名称"]


def test_another_sheet_can_be_chosen():
    content = workbook(HEADER, ["甲"], sheets=[("二", [HEADER, ["乙"]])])

    sheet = read(content, sheet="二")

    assert (sheet.name, sheet.rows[0].cells[0], sheet.unread) == ("二", "乙", [])
    with pytest.raises(BadInput):
        read(content, sheet="三")


def hide(sheet):
    sheet.parent["藏"].sheet_state = "hidden"


@pytest.mark.parametrize(
    "content",
    [
        workbook(
            ["说明"], sheets=[("一", [["台账"], HEADER, ["甲"]]), ("藏", [HEADER])], prepare=hide
        ),
        open_document(
            ["说明"], sheets=[("一", [["台账"], HEADER, ["甲"]]), ("藏", [HEADER])], hidden=["藏"]
        ),
    ],
    ids=["xlsx", "ods"],
)
def test_the_sheets_that_can_be_seen_are_listed_to_choose_from(content):
    found = spreadsheets.glance(content, "台账.xlsx", KNOWN).sheets

    assert [(one.name, one.rows, one.columns) for one in found] == [("台账", 1, 1), ("一", 3, 3)]
    assert [(one.header_row, one.is_recognised) for one in found] == [(None, False), (2, True)]
    assert [(row.number, row.cells) for row in found[1].top] == [
        (1, ["台账", "", ""]), (2, HEADER), (3, ["甲", "", ""])
    ]  # fmt: skip
