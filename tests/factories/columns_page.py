"""The page on which somebody settles how the columns of a list are read."""

import sqlalchemy as sa

from training_oversight.intake.models import ImportBatch, ImportRow

READ = "form[novalidate]"


def taken_for(page):
    """Header as written -> what it is read as, how it was recognised."""
    found = {}
    for row in page.soup.select(".columns-of-list tbody tr"):
        chosen = row.select_one("option[selected]")
        cells = row.select("td")
        found[cells[1].text.strip()] = (chosen["value"], cells[4].text.strip())
    return found


def the_batch(session):
    return session.scalars(sa.select(ImportBatch).execution_options(populate_existing=True)).one()


def stored_rows(session):
    return session.scalars(sa.select(ImportRow).order_by(ImportRow.number)).all()
