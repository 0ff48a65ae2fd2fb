"""Counties' lists as files, and what is made of them."""

import io
from dataclasses import dataclass

import sqlalchemy as sa

from training_oversight import audit, clock, database
from training_oversight.intake import confirming, guessing, queries, reading, running, uploading
from training_oversight.intake.cleaning import RowCleaner
from training_oversight.intake.judging import judge
from training_oversight.intake.matching import Judged
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.readable import KNOWN
from training_oversight.intake.uploading import Columns
from training_oversight.intake.workflow import ImportState
from training_oversight.law.identifiers import make_uscc
from training_oversight.registry.models import Institution
from training_oversight.spreadsheets import open_table, write, write_csv

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


@dataclass
class Look:
    """A list as it was read and judged against what is sure. Nothing is written."""

    columns: Columns
    rows: list[Judged]

    @property
    def table(self):
        return self.columns.table

    def count(self, outcome):
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def warnings(self):
        return sum(len(row.warnings) for row in self.rows)


def columns_of(content, filename, ground):
    """The columns as they are guessed."""
    table = open_table(content, filename, KNOWN)
    found = guessing.guesses(table, {}, ground)
    columns = Columns(table, found, [one.field for one in found])
    columns.check()
    return columns


def ground_of(session, county, division=None, scope=None):
    return queries.ground(
        session,
        division or county.division,
        scope=scope or county.system.scope,
        today=clock.today(),
    )


def looked(session, county, content, filename="list.xlsx", division=None):
    """A list without regard to what it may be a double of."""
    ground = ground_of(session, county, division)
    columns = columns_of(content, filename, ground)
    cleaner = RowCleaner(ground, reading.fields_of(columns.mapping))
    rows = [cleaner.clean(row) for row in columns.table.rows()]
    register = session.scalars(
        sa.select(Institution).where(
            Institution.authority_id == ground.authority.id, Institution.withdrawn.is_(False)
        )
    )
    judge(rows, register.all(), ground)
    return Look(columns, rows), ground


def judged(session, county, header, *rows, division=None, scope=None, **more):
    """The rows of a list with what becomes of each, possible duplicates included."""
    ground = ground_of(session, county, division, scope)
    columns = columns_of(workbook(header, *rows), "list.xlsx", ground)
    fields = reading.fields_of(columns.mapping)
    parts = reading.judged(
        session, columns.table.rows(), fields, ground, ahead=columns.table.rows(), **more
    )
    return [row for part in parts for row in part]


def uploaded(session, county, content, filename="list.xlsx"):
    """A list that came in, and how it would be read."""
    with database.transaction():
        seen, ground = looked(session, county, content, filename)
        batch = ImportBatch(
            authority_id=ground.authority.id,
            division_id=ground.division.id,
            division_path=ground.division.path,
            filename=filename,
            state=ImportState.UPLOADED,
            header=[],
            unknown_columns=[],
            uploaded_by_id=county.system.id,
            uploaded_at=database.instant(session),
        )
        session.add(batch)
        audit.record(session, batch, uploading.UPLOADED, by=county.system)
        return batch, seen


def previewed(session, county, content, filename="list.xlsx"):
    """A list that was looked at and that nobody has decided on."""
    batch, seen = uploaded(session, county, content, filename)
    with database.transaction():
        uploading.read_now(session, batch, seen.columns, seen.rows, by=county.system, version=None)
        return batch


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
