"""Two records joined into one and taken apart again, as tests do it."""

import sqlalchemy as sa

from tests.factories import registry
from training_oversight import database
from training_oversight.doubles import service
from training_oversight.inspections.models import Visit
from training_oversight.ledger.models import RectificationItem
from training_oversight.notices.models import Notice
from training_oversight.registry import references
from training_oversight.registry.models import (
    Institution,
    Licence,
    Venue,
)


def join(kept, gone, *, by, taken=(), **more):
    with database.transaction() as session:
        return service.join(session, kept, gone, taken=set(taken), reason="同一家", by=by, **more)


def apart(merge, *, by):
    with database.transaction() as session:
        service.take_apart(session, merge, reason="弄错了", by=by, version=merge.version)


def fresh(session, institution):
    session.expire_all()
    return session.get_one(Institution, institution.id)


def everything(session):
    """Every row that a joining may touch, without what it leaves behind on purpose."""
    session.expire_all()
    models = [Institution, Venue, Licence, Visit, RectificationItem, Notice]
    models += [model for model, _ in references.referring()]
    return {
        (model.__tablename__, row["id"]): {
            name: value for name, value in row.items() if name not in ("version",)
        }
        for model in models
        for row in session.execute(sa.select(model.__table__)).mappings()
    }


def two_of_one(county):
    """The record that is kept and its double."""
    kept = registry.licensed_institution(county, name="星屿艺术培训中心", phone="13809900001")
    gone = registry.institution(
        county, name="澄江县星屿艺术(培训)中心", phone="13809900002", pupils=40, note="二楼"
    )
    return kept, gone
