"""Invented data for /design: every component in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from wtforms import (
    BooleanField,
    Form,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from training_oversight.law import CellKind
from training_oversight.web.components import (
    Check,
    Choice,
    Completeness,
    DueDay,
    EntryKind,
    Filter,
    FilterBar,
    Link,
    Locked,
    MoveButton,
    MoveStyle,
    NextStep,
    ProgressPart,
    Shape,
    Split,
    SplitPart,
    Status,
    Tab,
    TimelineEntry,
    Tone,
)
from training_oversight.web.forms import options
from training_oversight.web.typed_days import DayField, Lies

HERE = "#"
_TODAY = date(2026, 10, 15)
_SATURDAY = 5
_LENGTH = 10
_OCTOBER = 10
# The rest days and make-up days of the invented example.
_NAMED = {
    **dict.fromkeys((date(2026, 9, day) for day in (25, 26, 27)), "中秋"),
    **dict.fromkeys((date(2026, 10, day) for day in range(1, 8)), "国庆"),
    date(2026, 10, 11): "休",
}
_MADE_UP = date(2026, 10, 10)


@dataclass(frozen=True)
class SampleCell:
    day: date
    label: str
    count: int | None
    kind: CellKind
    is_today: bool = False


@dataclass(frozen=True)
class Explanation:
    weeks: list[list[SampleCell]]
    sentences: list[str]
    source: str
    provisional: bool
    due_on: date


class Sample(Form):
    """A form with one field of each kind; two of them wrong."""

    name = StringField("机构名称", default="知行学堂")
    code = StringField("统一社会信用代码", description="18位；无证机构留空")
    kind = SelectField("类别", choices=options([("subject", "学科类"), ("arts", "文化艺术")]))
    served_on = DayField("送达日期", lies=Lies.BEHIND)
    method = RadioField(
        "送达方式",
        choices=options([("direct", "直接送达"), ("left", "留置送达")]),
        default="direct",
    )
    answer = RadioField(
        "一次收费不超过3个月或60课时",
        choices=options([("yes", "符合"), ("no", "不符合"), ("na", "不适用")]),
        default="no",
    )
    receipt = BooleanField("已取得送达回证", default=True)
    facts = TextAreaField("查明的事实", default="三年级数学班讲授四年级下册“小数加减法”。")
    photos = MultipleFileField("现场照片")
    headline = None

    def faults(self) -> list[tuple[str | None, object]]:
        return [(field.id, problem) for field in self for problem in field.errors]


def sample_form() -> Sample:
    form = Sample()
    for required in (form.name, form.kind, form.served_on, form.method, form.answer, form.facts):
        required.flags.required = True
    form.served_on.data = date(2026, 10, 18)
    form.served_on.errors = ["不能晚于今天（10月15日）"]
    return form


def explained() -> Explanation:
    count, weeks = 0, []
    for week in range(4):
        row = []
        for weekday in range(7):
            day = date(2026, 9, 21) + timedelta(days=7 * week + weekday)
            working = day == _MADE_UP or (day.weekday() < _SATURDAY and day not in _NAMED)
            counted = working and date(2026, 9, 22) <= day and count < _LENGTH
            count += counted
            row.append(_cell(day, count if counted else None))
        weeks.append(row)
    return Explanation(weeks, _SENTENCES, _SOURCE, provisional=False, due_on=date(2026, 10, 12))


def _cell(day: date, count: int | None) -> SampleCell:
    label, kind = "", CellKind.AFTER
    if day == date(2026, 9, 21):
        label, kind = "送达", CellKind.BEFORE
    elif day == date(2026, 10, 12):
        kind = CellKind.DUE
    elif day == _MADE_UP:
        label, kind = "班", CellKind.MADE_UP
    elif day in _NAMED:
        label, kind = _NAMED[day], CellKind.HOLIDAY
    elif count is not None:
        kind = CellKind.COUNTED
    return SampleCell(day, label, count, kind, is_today=day == _TODAY)


_SENTENCES = [
    "9月21日送达，次日9月22日起算。",
    "文书写明“收到之日起10个工作日内”。",
    "跳过11天：中秋3天、国庆7天、周末1天。",
    "调休上班算入1天：10月10日。",
    "第10个工作日是10月12日，当天上班，不顺延。",
]
_SOURCE = "依据：示例放假安排；次日起算、末日遇假顺延。"


def two_weeks() -> list[list[DueDay]]:
    due = {15: 3, 16: 1, 19: 2, 20: 2, 21: 1, 23: 1, 28: 2}
    days = [date(2026, 10, 12) + timedelta(days=place) for place in range(21)]
    cells = [
        DueDay(
            day,
            count=due.get(day.day, 0) if day.month == _OCTOBER else 0,
            url=HERE,
            rest="休" if day.weekday() >= _SATURDAY else "",
            is_today=day == _TODAY,
        )
        for day in days
    ]
    return [cells[start : start + 7] for start in range(0, 21, 7)]


STATUSES = [
    Status(Shape.NOT_BEGUN, "还没开始"),
    Status(Shape.UNDER_WAY, "进行中"),
    Status(Shape.WAITING, "等机关办", Tone.BLUE),
    Status(Shape.DONE, "办成", Tone.GREEN),
    Status(Shape.SOON, "快到期", Tone.AMBER),
    Status(Shape.OVERDUE, "逾期4天", Tone.RED),
    Status(Shape.RETURNED, "退回", Tone.AMBER),
    Status(Shape.ENDED, "作废、撤销", Tone.GREY),
    Status(None, "剩5天"),
    Status(None, "未起算", Tone.GREY),
]
TAGS = [
    Status(Shape.NOT_BEGUN, "拟稿"),
    Status(Shape.WAITING, "待复查", Tone.BLUE),
    Status(Shape.SOON, "即将到期", Tone.AMBER),
    Status(Shape.OVERDUE, "逾期4天", Tone.RED),
    Status(Shape.DONE, "已销号", Tone.GREEN),
]
STEP = NextStep(
    title="现场复查",
    whose="等您办，复查期限10月23日（剩8天）",
    moves=[
        MoveButton("复查合格", HERE, MoveStyle.MAIN),
        MoveButton("复查不合格，继续整改", HERE),
        MoveButton("安排复查任务", HERE, MoveStyle.TEXT),
        MoveButton("撤销登记", HERE, MoveStyle.DANGER),
    ],
    locked=[
        Locked("同意销号", "须先复查合格，并由没有参加复查的人同意。"),
        Locked("申请延期", "整改期限10月10日已过，不能再延期；复查不合格时另定期限。"),
    ],
)
PROGRESS = [
    ProgressPart(2, "已反馈", Tone.GREEN),
    ProgressPart(2, "办理中", Tone.INK),
    ProgressPart(1, "待签收", Tone.GREY),
    ProgressPart(1, "已退回（待改派）", Tone.AMBER),
]
TIMELINE = [
    TimelineEntry(
        datetime(2026, 10, 14, 8, 20, tzinfo=UTC),
        "申请销号",
        "陈立群",
        sentence="整改中 → 待复查。",
    ),
    TimelineEntry(date(2026, 10, 11), "逾期", "按日期得出", EntryKind.TROUBLE),
    TimelineEntry(
        datetime(2026, 9, 28, 2, 5, tzinfo=UTC),
        "催办",
        "陈立群",
        EntryKind.NOTE,
        note="电话，许芸接听，称国庆前停课。",
        entered_later="9月29日补录",
    ),
    TimelineEntry(
        datetime(2026, 9, 24, 22, 0, tzinfo=UTC), "列入联合执法草案", "系统", EntryKind.SYSTEM
    ),
    TimelineEntry(
        datetime(2026, 9, 14, 1, 20, tzinfo=UTC),
        "退回任务",
        "卢岩",
        EntryKind.RETURNED,
        links=[Link("送达回证", HERE)],
    ),
]
SPLIT = Split(
    label="托管机构已处理",
    total=50,
    parts=[
        SplitPart("有学科培训，已发整改通知", 10, HERE),
        SplitPart("其他问题，已发整改通知", 34, HERE),
    ],
    missing_label="没有写明结果",
    missing_url=HERE,
)
TABS = [
    Tab("全部未销号", HERE, 186, current=True),
    Tab("已逾期", HERE, 23),
    Tab("待复查", HERE, 14),
]
BAR = FilterBar(
    action="",
    search_label="编号、机构、问题",
    clear_url=HERE,
    filters=[
        Filter(
            "township",
            "乡镇街道",
            [
                Choice("1", "文澜街道", chosen=True),
                Choice("2", "南塘街道", chosen=True),
                Choice("3", "城东街道"),
            ],
            several=True,
            clear_url=HERE,
        ),
        Filter("kind", "机构类别", [Choice("", "全部"), Choice("subject", "学科类")]),
        Filter(
            "state",
            "状态",
            [Choice("", "全部"), Choice("open", "整改中", chosen=True)],
            clear_url=HERE,
        ),
    ],
)
CHECK = Completeness(
    [
        Check("负责人姓名", Tone.RED, Link("去填", HERE)),
        Check("两年内送达过1份同类文书", Tone.AMBER, Link("看文书", HERE)),
        Check("两名执法人员检查，证件有效", Tone.GREEN),
    ]
)
