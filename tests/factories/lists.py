"""Counties' lists as files, and what is made of them."""

import io

import sqlalchemy as sa

from training_oversight import clock, database
from training_oversight.law.identifiers import make_uscc
from training_oversight.registry.importing import (
    confirming,
    queries,
    reading,
    running,
    service,
)
from training_oversight.registry.importing.columns import places
from training_oversight.registry.models import Institution
from training_oversight.spreadsheets import write, write_csv

HEADER = ["机构名称", "类别", "乡镇街道", "地址", "统一社会信用代码", "联系电话"]


def workbook(header, *rows):
    """The bytes of a workbook with one sheet."""
    file = io.BytesIO()
    write(file, header, rows)
    return file.getvalue()


def table(header, *rows):
    """The bytes of a .csv."""
    file = io.BytesIO()
    write_csv(file, header, rows)
    return file.getvalue()


def uscc(number):
    """A credit code of an invented company."""
    return make_uscc(f"91990101MA{number:07}")


def many(count, bad=0):
    """Rows under HEADER; the first ``bad`` ones have a wrong credit code."""
    rows = []
    for number in range(1, count + 1):
        code = uscc(number)
        wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
        rows.append(
            [
                f"明德培训中心第{number}分部",
                "体育",
                "文澜街道",
                f"澄江县文澜路{number}号",
                wrong if number <= bad else code,
                f"0990-{number:07}",
            ]
        )
    return rows


START = "/institutions/import"


def sent(browser, content, filename="台账.xlsx", status=200, **answers):
    """The page that follows a list that was sent: its columns, or the form with what is wrong."""
    answer = browser.submit(START, status, list=(io.BytesIO(content), filename), **answers)
    # The test client leaves the file open in which it keeps a large request.
    answer.request.environ["wsgi.input"].close()
    return answer


def read_in(browser, content, filename="台账.xlsx", sender="", **columns):
    """The page of a list that was sent and read as its columns were taken."""
    page = sent(browser, content, filename, sender=sender)
    return browser.submit(page.request.path, form="form[novalidate]", **columns)


def looked(session, county, content, filename="list.xlsx", division=None):
    ground = queries.ground(
        session,
        division or county.division,
        scope=county.system.scope,
        today=clock.today(),
    )
    return service.look(session, service.opened(content, filename), ground), ground


def judged(session, county, header, *rows, division=None, scope=None):
    """The rows of a list with what becomes of each, possible duplicates included."""
    ground = queries.ground(
        session,
        division or county.division,
        scope=scope or county.system.scope,
        today=clock.today(),
    )
    sheet = service.opened(workbook(header, *rows), "list.xlsx")
    parts = reading.judged(session, sheet.rows, places(sheet.header), ground)
    return [row for part in parts for row in part]


def previewed(session, county, content, filename="list.xlsx"):
    """A list that was looked at and that nobody has decided on."""
    with database.transaction():
        seen, ground = looked(session, county, content, filename)
        return service.preview(session, seen, ground, filename=filename, by=county.system)


def confirmed(county, batch, *, by=None):
    """Write a list that was looked at; how many rows came to which end."""
    by = by or county.system
    with database.transaction() as session:
        confirming.begin(session, batch, by=by)
    return running.write_list(batch.id, by=by, today=clock.today())


def imported(session, county, content, filename="list.xlsx"):
    batch = previewed(session, county, content, filename)
    return confirmed(county, batch), batch


def one(session, **where):
    return session.scalars(sa.select(Institution).filter_by(**where)).one()


def said(row):
    return " ".join(str(reason) for reason in row.reasons)
