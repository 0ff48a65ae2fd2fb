"""Which column of a list is which field: by its name, by memory, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from training_oversight.intake.queries import Ground
from training_oversight.intake.readable import SKIPPED, Readable
from training_oversight.intake.words import folded
from training_oversight.law.identifiers import looks_like_uscc
from training_oversight.law.personal_numbers import without_personal
from training_oversight.names.spelling import telephone
from training_oversight.registry.columns import BY_FIELD, COLUMNS, STATE
from training_oversight.spreadsheets import Row, Table, Value
from training_oversight.spreadsheets.tables import letter
from training_oversight.texts import LabelledEnum, Text

# So many rows are looked at to guess what a column holds.
LOOKED_AT = 50
SAMPLES = 3
HIDDEN = "***"
# Of the cells that say something, so many must look like it.
MOST, ENOUGH_CELLS = 0.7, 2


class How(LabelledEnum):
    """How a column was recognised, the surest first."""

    REMEMBERED = "remembered", Text("as last time")
    KNOWN = "known", Text("by its name")
    ALIKE = "alike", Text("by a similar name: please check")
    VALUES = "values", Text("by what stands in it: please check")
    DOUBLE = "double", Text("another column is read for this")
    BESIDE = "beside", Text("known, but nothing is asked of it")
    OURS = "ours", Text("running numbers and reasons are not read")
    NOT = "not", Text("not recognised, not read")


SURE = (How.REMEMBERED, How.KNOWN)


@dataclass(frozen=True)
class Guess:
    """A column of the file. ``field`` is empty for one that is not read."""

    place: int
    written: str
    samples: Sequence[str]
    field: str
    how: How

    @property
    def letter(self) -> str:
        return letter(self.place)

    @property
    def key(self) -> str:
        """What a sender's mapping is remembered by."""
        return self.written or f"[{self.letter}]"


SIMILAR: Sequence[tuple[str, re.Pattern[str]]] = [
    (field, re.compile(pattern))
    for field, pattern in (
        ("uscc", r"信用代码|信用编码|社会代码"),
        ("latitude", r"纬度"),
        ("longitude", r"经度"),
        ("phone", r"电话|手机|联系方式|联系号码|座机"),
        ("exception_reason", r"新批|例外"),
        ("licence_issued_on", r"(?:发证|颁证|批准|审批|核发|许可).*(?:日期|时间)"),
        ("licence_until", r"有效期|到期|截止|期限"),
        ("licence_issuer", r"(?:发证|颁证|审批|批准|许可|核发).*(?:机关|单位|部门)"),
        ("licence_type", r"(?:许可证|证照|证件|批文).*(?:类型|种类|类别|名称)"),
        ("licence_number", r"许可证|办学证|办证编号|批准文号|民办学校.*号"),
        ("officer_in_charge_id", r"(?:监管|包联|包保|网格|责任).*(?:人|员|领导|干部)"),
        ("area", r"面积"),
        ("pupils", r"(?:学员|学生|在读|在校|在训|招生).*(?:数|人数|规模)"),
        ("staff", r"(?:教职工|员工|从业|教师|师资|工作人员).*(?:数|人数|规模)"),
        ("stages", r"学段|招生对象|培训对象|年级|年龄段"),
        ("mode", r"线上|线下|培训(?:方式|形式|模式)|办学(?:方式|形式|模式)|教学(?:方式|形式)"),
        ("premises", r"(?:场所|场地|房屋|用房).*(?:性质|类型|类别|用途)"),
        ("landlord", r"房东|出租|产权"),
        ("legal_form", r"(?:机构|单位|法人|企业|登记|组织|办学|营利).*(?:性质|形式|属性)|营利"),
        ("organiser", r"举办|投资|开办|出资"),
        ("responsible_person", r"负责人|校长|法人|法定代表|园长|经营者|主管"),
        ("division_id", r"乡镇|镇街|街道|街镇|辖区|片区|属地|区域|镇\(|乡\("),
        ("address", r"地址|地点|住所|位置|校址"),
        ("platform_id", r"平台.*(?:编号|编码|号|ID|id)"),
        ("kind_code", r"类别|类型|种类|学科类|业态"),
        ("aliases", r"别名|曾用|俗称|简称|招牌|门头|挂牌名"),
        (
            "name",
            r"(?:机构|学校|单位|中心|培训|场所|企业|公司|门店|校区|点|班).*(?:名称|全称|名)$"
            r"|^名称|机构$",
        ),
        ("note", r"备注|说明|备考|其他情况|附注"),
    )
]  # fmt: skip
INSTITUTIONS = Readable(COLUMNS, SKIPPED, SIMILAR)
# A name that speaks of somebody or something else than the institution.
NOT_OURS = re.compile(
    r"主管部门|检查|问题|整改|处罚|投诉|收费|学费|填报|填表|审核人"
    r"|租|合同|协议|押金|消防|卫生|食品|营业执照|年检|身份证|账户|账号|开户"
)

Look = Callable[[Value, Ground], bool]
ADDRESS = re.compile(r"[\u4e00-\u9fff].*(?:路|街|巷|号|栋|幢|楼|村|组|层|室|小区|广场)")
LICENCE = re.compile(r"(?:教民)?\d{13}(?:\d{2})?号?")
CALLED = re.compile(
    r"(?:中心|学校|机构|公司|画室|琴行|工作室|俱乐部|托管|书院|学堂|培训部|培训班|托管班)(?:[(（].*[)）])?$"
)


def _is_uscc(cell: Value, _ground: Ground) -> bool:
    return looks_like_uscc(str(cell))


# In this order: what is most its own first.
LOOKS: Sequence[tuple[str, Look]] = (
    ("uscc", _is_uscc),
    ("licence_number", lambda cell, _: bool(LICENCE.fullmatch(folded(str(cell))))),
    ("phone", lambda cell, _: isinstance(cell, str) and telephone(cell) is not None),
    ("division_id", lambda cell, ground: folded(str(cell)) in ground.towns),
    ("kind_code", lambda cell, ground: folded(str(cell)) in ground.kinds),
    ("name", lambda cell, _: bool(CALLED.search(str(cell)))),
    ("address", lambda cell, _: bool(ADDRESS.search(str(cell)))),
    ("licence_until", lambda cell, ground: isinstance(cell, date) and cell > ground.today),
)


def guesses(
    table: Table,
    remembered: Mapping[str, str],
    ground: Ground,
    among: Readable = INSTITUTIONS,
) -> list[Guess]:
    """What every column is taken for, by its name and by what stands in the first rows."""
    rows = list(islice(table.rows(), LOOKED_AT))
    places = range(len(table.header))
    found = [_by_name(table, rows, remembered, place, among) for place in places]
    found = _without_doubles(table, found, among)
    return _by_values(_one_address(table, found), rows, ground, among)


def _by_name(
    table: Table, rows: Sequence[Row], remembered: Mapping[str, str], place: int, among: Readable
) -> Guess:
    cells = (row.cells[place] for row in rows)
    samples = list(dict.fromkeys(_sample(cell) for cell in cells if cell))[:SAMPLES]
    guess = Guess(place, table.written[place], samples, "", How.NOT)
    name = table.header[place]
    if (field := remembered.get(guess.key)) is not None and (not field or field in among.by_field):
        return replace(guess, field=field, how=How.REMEMBERED)
    if name in among.fields:
        return replace(guess, field=among.fields[name], how=How.KNOWN)
    if name in among.beside:
        return replace(guess, how=How.OURS if name in SKIPPED else How.BESIDE)
    spelt = folded(table.written[place])
    similar = next((field for field, pattern in among.similar if pattern.search(spelt)), "")
    speaks_of_it = similar == "uscc" or similar not in BY_FIELD or not NOT_OURS.search(spelt)
    if similar in among.by_field and speaks_of_it:
        return replace(guess, field=similar, how=How.ALIKE)
    return guess


def _sample(cell: Value) -> str:
    """As it stands; a person's number is not shown."""
    return without_personal(str(cell)) or HIDDEN


def _without_doubles(table: Table, found: Sequence[Guess], among: Readable) -> list[Guess]:
    """Of several columns for one field the most trusted is read."""
    best: dict[str, Guess] = {}
    for one in found:
        before = best.get(one.field)
        if one.field and (
            before is None or _trust(table, one, among) < _trust(table, before, among)
        ):
            best[one.field] = one
    return [
        replace(one, field="", how=How.DOUBLE) if one.field and best[one.field] is not one else one
        for one in found
    ]


def _one_address(table: Table, found: Sequence[Guess]) -> list[Guess]:
    """A list with one address means the place, whatever it is called (``columns.places``)."""
    fields = {one.field for one in found}
    ours = STATE.chinese in table.header or STATE.english in table.header
    if "registered_address" not in fields or "address" in fields or ours:
        return list(found)
    return [
        replace(one, field="address") if one.field == "registered_address" else one for one in found
    ]


def _trust(table: Table, guess: Guess, among: Readable) -> tuple[int, int, int]:
    """The smaller the surer."""
    spellings, name = among.by_field[guess.field].spellings, table.header[guess.place]
    rank = spellings.index(name) if name in spellings else len(spellings)
    return list(How).index(guess.how), rank, guess.place


def _by_values(
    found: Sequence[Guess], rows: Sequence[Row], ground: Ground, among: Readable
) -> list[Guess]:
    taken = {one.field for one in found}
    made = list(found)
    for field, looks in LOOKS:
        if field in taken or field not in among.by_field:
            continue
        fits = [one for one in made if one.how is How.NOT and _fits(one.place, rows, looks, ground)]
        if fits:
            made[fits[0].place] = replace(fits[0], field=field, how=How.VALUES)
    return made


def _fits(place: int, rows: Sequence[Row], looks: Look, ground: Ground) -> bool:
    cells = [row.cells[place] for row in rows if row.cells[place]]
    like = sum(looks(cell, ground) for cell in cells)
    return len(cells) >= ENOUGH_CELLS and like >= MOST * len(cells)
