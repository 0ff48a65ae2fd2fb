"""Lists of the 12345 centre as files, and what is made of them."""

import io
from datetime import timedelta

from tests.factories.complaints import desk
from tests.factories.ledger import done
from tests.factories.lists import workbook
from training_oversight import clock
from training_oversight.orders import columns, running, service
from training_oversight.orders.judging import Outcome
from training_oversight.spreadsheets import open_table

HEADER = [
    "工单编号", "来电时间", "诉求人", "联系电话", "工单标题", "工单内容", "工单类型", "被反映单位",
    "事发地址", "所属区域", "办理期限", "是否保密",
]  # fmt: skip
TOLD = "机构关门后一直不退剩余课时费。"


def row(number, **said):
    today = clock.today()
    given = {
        "工单编号": number,
        "来电时间": f"{today:%Y/%m/%d} 09:12:30",
        "诉求人": "梁晚舟",
        "联系电话": "13900000001",
        "工单标题": "反映退费问题",
        "工单内容": TOLD,
        "工单类型": "投诉",
        "被反映单位": "青禾艺术培训中心",
        "事发地址": "书院路8号",
        "所属区域": "文澜街道",
        "办理期限": today + timedelta(10),
        "是否保密": "否",
    }
    return [(given | said)[name] for name in HEADER]


def orders(*rows, header=HEADER):
    return workbook(header, *rows)


def file(*rows, header=HEADER, name="工单.xlsx"):
    """As a browser sends it."""
    return io.BytesIO(orders(*rows, header=header)), name


def opened(content, said=None):
    table = open_table(content, "工单.xlsx", columns.KNOWN)
    return table, columns.read(table, columns.said_of(table, said or {}))


def taken(county, *rows, by=None, run=running.written, division=None, header=HEADER, said=None):
    """A list taken over; what became of its rows."""
    table, read = opened(orders(*rows, header=header), said)
    by, place = by or county.system, division or county.division
    return run(table.rows(), read.places, place, by=by, today=clock.today())


def counts(tally):
    """Only what there is."""
    return {one.value: tally.outcomes[one] for one in Outcome if tally.outcomes[one]}


def why(tally):
    return [str(one.why) for one in tally.rejected]


def more_time(county, complaint, *, until, by=None):
    given = {"wanted_on": until, "ground": "机构负责人外出，合同尚未核对完。"}
    done(service.ask_extension, complaint, **given, by=by or desk(county), today=county.today)


def asked_back(county, complaint, *, by=None):
    given = {"ground": "合同纠纷属于市场监管部门职责。"}
    done(service.ask_return, complaint, **given, by=by or desk(county), today=county.today)


def said(county, complaint, result, *, words="", decided_on=None, until=None):
    """The centre's answer."""
    given = {"words": words, "decided_on": decided_on or county.today, "until": until}
    done(
        service.enter_answer, complaint, result=result, **given, by=desk(county),
        today=county.today,
    )  # fmt: skip
