"""The officers of an invented county, with a password they type."""

from functools import cache

import sqlalchemy as sa

from tests.factories.county import County
from training_oversight import database
from training_oversight.accounts import passwords
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Role

PASSWORD = "a long enough sentence"


@cache
def _hash():
    return passwords.hashed(PASSWORD)


NAMED = (
    ("李敏", Role.INSPECTOR, "education"),
    ("赵宁", Role.INSPECTOR, "education"),
    ("王建国", Role.SECTION_HEAD, "education"),
    ("孙晓", Role.LIAISON, "market"),
    ("周岚", Role.PUBLISHER, "education"),
    ("钱进", Role.ADMINISTRATOR, "education"),
    ("吴桐", Role.HOTLINE, "education"),
)


class People:
    """Everybody the chain of a problem passes through, by name."""

    def __init__(self, county, officers):
        self.county = county
        self.officers = {officer.name: officer for officer in officers}
        self.username = {name: officer.username for name, officer in self.officers.items()}

    @classmethod
    def new(cls):
        county, officers = County(database.current_session()), []
        for name, role, department in NAMED:
            officer = county.officer(role, name=name, department=department)
            with database.transaction():
                officer.password_hash = _hash()
            officers.append(officer)
        return cls(county, officers)

    @classmethod
    def standing(cls):
        """Those whom the database holds already."""
        session = database.current_session()
        named = sa.select(Officer).where(Officer.name.in_([name for name, *_ in NAMED]))
        return cls(County.standing(session), session.scalars(named).all())
