"""The officers of an invented county, with a password they type."""

from functools import cache

from tests.factories.county import County
from training_oversight import database
from training_oversight.accounts import passwords
from training_oversight.accounts.permissions import Role

PASSWORD = "a long enough sentence"


@cache
def _hash():
    return passwords.hashed(PASSWORD)


class People:
    """Everybody the chain of a problem passes through, by name."""

    def __init__(self):
        self.county = county = County(database.current_session())
        self.officers = {}
        for name, role, department in (
            ("李敏", Role.INSPECTOR, "education"),
            ("赵宁", Role.INSPECTOR, "education"),
            ("王建国", Role.SECTION_HEAD, "education"),
            ("孙晓", Role.LIAISON, "market"),
            ("周岚", Role.PUBLISHER, "education"),
            ("钱进", Role.ADMINISTRATOR, "education"),
        ):
            officer = county.officer(role, name=name, department=department)
            with database.transaction():
                officer.password_hash = _hash()
            self.officers[name] = officer
        self.username = {name: officer.username for name, officer in self.officers.items()}
