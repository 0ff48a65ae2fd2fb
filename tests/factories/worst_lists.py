"""The worst spreadsheets that a county may be sent, made here so that nothing real lies about.

They speak of the county of ``tests.factories.county``: three townships, no other institutions.
"""

import io
from datetime import date

import openpyxl

from tests.factories.lists import uscc


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def bureau_ledger(county="澄江县"):
    """Three sheets, a merged title, a header in two rows, sums, full width, a destroyed number."""
    book = openpyxl.Workbook()
    notes = book.active
    notes.title = "填表说明"
    notes.append(["本表由各乡镇街道填报，每学期末更新"])
    sheet = book.create_sheet("2026年台账")
    sheet.append([f"{county}校外培训机构监管台账"])
    sheet.append(["填报单位：教育局", "", "", "", "", "", "", "", "2026年10月"])
    sheet.append(
        [
            *("序号", "机构名称", "所属街道", "类别", "证照", "", "", "负责人", "", "备注"),
        ]
    )
    sheet.append(["", "", "", "", "信用代码", "许可证号", "有效期", "姓名", "电话", ""])
    for cells in ("A1:J1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3", "H3:I3", "J3:J4"):
        sheet.merge_cells(cells)
    rows = [
        ["晨曦　画室", "文澜街道", "艺术类", uscc(1), "办理中", "2027.3.5", "王　明", 13900002046],
        [
            "云帆球类培训中心",
            "南塘街道",
            "非学科（体育）",
            float(910990000000000000),
            "",
            "",
            "",
            "",
        ],
        ["明德书院", "城东街道", "托管", "无", "/", "", "许芸", "0990－1234567"],
        ["ＡＢＣ英语", "文澜街道办事处", "学科类", uscc(2), "教民299010170000123号", "", "", "无"],
        ["北门琴行", "文澜", "音乐", uscc(3), "", date(2027, 9, 1), "周远", "139 0000 2047"],
    ]
    for number, row in enumerate(rows, start=1):
        sheet.append([number, *row, ""])
    sheet.append(["合计", "5家"])
    sheet.append([])
    sheet.append(["制表人：陈立平", "", "审核人：", ""])
    book.create_sheet("已注销").append(["机构名称", "注销日期"])
    book["已注销"].append(["旧时光画室", "2022-01-01"])
    return saved(book)


def township_text():
    """From a township: semicolons, the old encoding, a column twice, a name with a line break."""
    text = (
        "南塘街道培训机构摸底表;;;;\r\n"
        "机构;详细地址;经营地址;手机号码;法人\r\n"
        '"南塘棋院";澄江县南塘路１号;澄江县南塘路2号;139-0000-3001;吴秀兰\r\n'
        '"向日葵\r\n托管";;澄江县南塘路3号;13900003002 0990-7654321;\r\n'
        ";;;;\r\n"
        "南塘棋院;澄江县南塘路1号;;13900003001;吴秀兰\r\n"
        "小计;;;;\r\n"
    )
    return text.encode("gb18030")


def headings_nobody_knows():
    """The header says nothing that is known; what stands below does."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["甲", "乙", "丙", "丁"])
    for number in range(4, 9):
        code = uscc(number).lower()
        sheet.append([code, f"晨星{number}号培训中心", "文澜街道", f"1390000{number:04}"])
    return saved(book)


def almost_the_same(names):
    """A list of institutions that are on the register already, each told a little otherwise."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["单位名称（全称）", "镇街", "联系方式", "办学地点"])
    for name, town, phone, address in names:
        sheet.append([f"{name}有限公司", town, phone, address])
    return saved(book)


def a_row_taken_for_a_note():
    """An institution that stands where notes stand, and one that is named like a sum."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["备注", "机构名称", "类别"])
    sheet.append(["", "南塘琴行", "艺术"])
    sheet.append(["备注：补录", "城东画室", "艺术"])
    sheet.append(["合计", "2", ""])
    return saved(book)
