"""What the centres call the columns of their exports, and which of a list is read as what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training_oversight.errors import BadInput
from training_oversight.law.wording import Joined, Named
from training_oversight.registry.columns import Column
from training_oversight.spreadsheets import Table
from training_oversight.spreadsheets.spellings import folded
from training_oversight.spreadsheets.tables import letter
from training_oversight.texts import Text

COLUMNS = (
    Column(
        "number",
        Named("工单编号", "Order number"),
        ("工单编号", "工单号", "受理编号", "受理单号", "诉求编号", "工单流水号", "热线工单号",
         "Order number"),
    ),
    Column(
        "received_on",
        Named("来电时间", "Time of the call"),
        ("来电时间", "受理时间", "登记时间", "来电日期", "受理日期", "登记日期", "诉求时间",
         "Time of the call"),
    ),
    Column(
        "name",
        Named("诉求人", "Caller"),
        ("诉求人", "来电人", "姓名", "诉求人姓名", "来电人姓名", "反映人", "反映人姓名", "投诉人",
         "Caller"),
    ),
    Column(
        "phone",
        Named("联系电话", "Telephone"),
        ("联系电话", "来电号码", "联系方式", "来电电话", "诉求人电话", "联系号码", "手机号码",
         "Telephone"),
    ),
    Column("title", Named("工单标题", "Title"), ("工单标题", "标题", "诉求标题", "Title")),
    Column(
        "words",
        Named("工单内容", "Content"),
        ("工单内容", "诉求内容", "问题描述", "反映内容", "内容", "诉求描述", "投诉内容", "Content"),
    ),
    Column(
        "kind",
        Named("工单类型", "Kind"),
        ("工单类型", "诉求类型", "类别", "诉求类别", "工单类别", "诉求性质", "Kind"),
    ),
    Column(
        "institution",
        Named("被反映单位", "Told of"),
        ("被反映单位", "被投诉对象", "事发单位", "企业名称", "被反映对象", "被投诉单位", "被诉单位",
         "被举报单位", "机构名称", "单位名称", "Told of"),
    ),
    Column(
        "address",
        Named("事发地址", "Address"),
        ("事发地址", "地址", "事发地点", "诉求地址", "详细地址", "Address"),
    ),
    Column(
        "division",
        Named("所属区域", "Area"),
        ("所属区域", "乡镇街道", "区域", "所属区县", "所属乡镇", "所属街道", "事发区域", "诉求区域",
         "Area"),
    ),
    Column(
        "due_on",
        Named("办理期限", "Due"),
        ("办理期限", "截止时间", "办结时限", "办理时限", "截止日期", "处理时限", "回复期限",
         "到期时间", "Due"),
    ),
    Column(
        "anonymous",
        Named("是否保密", "Kept secret"),
        ("是否保密", "是否匿名", "匿名", "保密", "Kept secret"),
    ),
)  # fmt: skip
BY_FIELD = {column.field: column for column in COLUMNS}
FIELDS = {spelling: column.field for column in COLUMNS for spelling in column.spellings}
# The running number of every list: known, and not read.
KNOWN = (*FIELDS, "序号")
REQUIRED = ("number", "words")


@dataclass(frozen=True)
class Read:
    """Which column is read as what: field -> place; and the columns that nobody reads."""

    places: Mapping[str, int]
    unread: Sequence[str]

    @property
    def by_place(self) -> Mapping[int, str]:
        return {place: field for field, place in self.places.items()}


def guessed(table: Table) -> dict[int, str]:
    """Place -> field as the names say it; of two columns of one field the first named is read."""
    rank = {spelling: number for number, spelling in enumerate(FIELDS)}
    named = sorted((rank[name], place) for place, name in enumerate(table.header) if name in FIELDS)
    found: dict[str, int] = {}
    for _rank, place in named:
        found.setdefault(FIELDS[table.header[place]], place)
    return {place: field for field, place in found.items()}


def read(table: Table, said: Mapping[int, str]) -> Read:
    """The columns as somebody has said, else as they are called. ``""``: not read.

    Raises ``BadInput`` where two are the same, or a required one is missing.
    """
    taken = {field for field in said.values() if field}
    kept = {place: field for place, field in guessed(table).items() if field not in taken}
    chosen = {place: field for place, field in (kept | dict(said)).items() if field}
    places: dict[str, int] = {}
    for place, field in sorted(chosen.items()):
        if field in places:
            raise BadInput(
                Text("Two columns are read as “%(field)s”.", field=BY_FIELD[field].label)
            )
        places[field] = place
    missing = [BY_FIELD[field] for field in REQUIRED if field not in places]
    if missing:
        raise BadInput(
            Text(
                "No column holds “%(columns)s”. Looked for: %(names)s.",
                columns=Joined([one.label for one in missing]),
                names=Joined([name for one in missing for name in one.spellings]),
            )
        )
    return Read(places, _unread(table, chosen))


def _unread(table: Table, chosen: Mapping[int, str]) -> list[str]:
    named = [
        name for place, name in enumerate(table.written) if name.strip() and place not in chosen
    ]
    nameless = [one for one in table.unknown if one not in table.header]
    return [*named, *(one for one in nameless if one not in named)]


def said_of(table: Table, named: Mapping[str, str]) -> dict[int, str]:
    """What was said of columns by their name or letter. Raises ``BadInput`` for unknown ones."""
    by_name = {folded(name): place for place, name in enumerate(table.written) if name}
    letters = {letter(place): place for place in range(len(table.header))}
    found = {}
    for name, field in named.items():
        place = by_name.get(folded(name), letters.get(name))
        if place is None:
            raise BadInput(Text("The list has no column “%(name)s”.", name=name))
        found[place] = _field(field)
    return found


def _field(said: str) -> str:
    field = FIELDS.get(said, said)
    if field and field not in BY_FIELD:
        raise BadInput(
            Text(
                "“%(name)s” is no column of an order. These are: %(names)s.",
                name=said,
                names=Joined([one.label for one in COLUMNS]),
            )
        )
    return field
