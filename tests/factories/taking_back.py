"""Taking lists back, and what is on the register then."""

import sqlalchemy as sa

from tests.factories.lists import (
    uscc,
    workbook,
)
from training_oversight.intake import running
from training_oversight.registry import queries
from training_oversight.registry.queries import InstitutionFilter
from training_oversight.registry.queries.listing import View

CHANGE = workbook(
    ["名称", "信用代码", "地址", "联系电话", "乡镇街道", "许可证号", "学段"],
    ["明德学堂", uscc(1), "新街1号", "0990-7654321", "南塘街道", "299010170000123", "小学"],
)


def undone(county, batch, **more):
    return running.undo_list(batch.id, by=county.system, today=county.today, **more)


def columns(session, record):
    session.expire_all()
    names = (column.key for column in sa.inspect(type(record)).columns)
    return {name: getattr(record, name) for name in names if name != "version"}


def seen(session, county, view=View.ALL):
    wanted = queries.listing(county.system, InstitutionFilter(view=view), today=county.today)
    return session.scalars(wanted).all()
