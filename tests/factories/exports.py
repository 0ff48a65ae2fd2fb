"""The register as a file, made as the command makes it."""

import io

import sqlalchemy as sa

from training_oversight import clock, database
from training_oversight.exports import layouts, queries, service, writing
from training_oversight.registry import cells
from training_oversight.registry.models import Institution


def file(county, form, layout=layouts.Layout.OWN, fields=None):
    """The bytes of a file with all institutions of the county."""
    session, content = county.session, io.BytesIO()
    arrangement = layouts.arranged(layout, fields, personal=True)
    keys = queries.of_division(county.authority, county.division, scope=county.system.scope)
    order = service.Order(
        keys=queries.in_order(session, keys),
        arrangement=arrangement,
        words=cells.words_for(session, county.authority, today=clock.today()),
    )
    rows = service.rows(session, order, heard=lambda _done, _total: None)
    writing.write_file(content, arrangement.header, rows, form=form)
    return content.getvalue()


def count(county):
    keys = queries.of_division(county.authority, county.division, scope=county.system.scope)
    return len(queries.in_order(county.session, keys))


def crowd(county, count):
    """Many institutions at once, with no more than a name each."""
    town = county.townships[0]
    with database.transaction() as session:
        session.execute(
            sa.insert(Institution),
            [
                {
                    "authority_id": county.authority.id,
                    "division_id": town.id,
                    "division_path": town.path,
                    "name": f"星屿第{n}分部",
                    "match_name": f"星屿第{n}分部",
                    "search_text": f"星屿第{n}分部",
                    "sort_key": f"xing yu {n:06}",
                    "entered_at": database.instant(session),
                    "version": 1,
                }
                for n in range(count)
            ],
        )
