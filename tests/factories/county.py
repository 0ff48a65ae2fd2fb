"""An invented county for tests, and records of every kind with one call each."""

from collections import Counter
from datetime import date

import sqlalchemy as sa

from training_oversight import clock, database
from training_oversight.accounts import queries, service
from training_oversight.accounts.models import (
    Authority,
    Department,
    Division,
    DivisionLevel,
    Officer,
)
from training_oversight.accounts.permissions import Role

DEPARTMENTS = {
    "education": "澄江县教育局",
    "market": "澄江县市场监管局",
    "police": "澄江县公安局",
    "fire": "澄江县消防救援大队",
    "housing": "澄江县住建局",
    "culture": "澄江县文旅局",
    "sports": "澄江县体育局",
    "science": "澄江县科技局",
    "civil_affairs": "澄江县民政局",
}

# How many of each role the county that stands in the database has from the beginning.
STAFF = {
    Role.INSPECTOR: 12,
    Role.SECTION_HEAD: 4,
    Role.ADMINISTRATOR: 3,
    Role.LEADER: 2,
    Role.PUBLISHER: 2,
    Role.OBSERVER: 2,
    Role.HOTLINE: 1,
    Role.LIAISON: 1,
}


class County:
    """Made in the test's own transaction. Each method commits, as real code would."""

    _system = None

    def __init__(self, session, code="990101", name="澄江县"):
        self.session, self.code, self.name = session, code, name
        self.serial = 0
        # Only the county that stands in the database has a staff.
        self.given = Counter(dict.fromkeys(((role,) for role in STAFF), max(STAFF.values())))
        with database.transaction():
            self.division = self._division(code, name, DivisionLevel.COUNTY, "99/9901/")
            self.townships = [
                self._division(f"{code}0{n}", town, DivisionLevel.TOWNSHIP, self.division.path)
                for n, town in enumerate(["文澜街道", "南塘街道", "城东街道"], start=1)
            ]
            self.authority = Authority(
                code=code,
                name=f"{name}教育局",
                short_name="澄教",
                address=f"{name}文澜路1号",
                hotline="0990-1234567",
                remedies="对本通知不服的，可以自收到之日起六十日内申请行政复议，或者六个月内提起行政诉讼。",
                division_id=self.division.id,
            )
            session.add(self.authority)
            session.flush()
            self.departments = {
                code: Department(authority_id=self.authority.id, code=code, name=name)
                for code, name in DEPARTMENTS.items()
            }
            session.add_all(self.departments.values())

    @classmethod
    def standing(cls, session, code="990101", name="澄江县"):
        """The county that the database holds already."""
        county = cls.__new__(cls)
        county.session, county.code, county.name = session, code, name
        county.serial = 0
        county.given = Counter()
        with database.transaction():
            divisions = sa.select(Division).where(Division.code.startswith(code))
            county.division, *county.townships = session.scalars(divisions.order_by(Division.code))
            county.authority = session.scalars(
                sa.select(Authority).where(Authority.code == code)
            ).one()
            mine = sa.select(Department).where(Department.authority_id == county.authority.id)
            county.departments = {one.code: one for one in session.scalars(mine)}
        return county

    def _division(self, code, name, level, above):
        division = Division(code=code, name=name, level=level, path=f"{above}{code}/")
        self.session.add(division)
        self.session.flush()
        return division

    def staff(self):
        """Officers of the roles that tests ask for most: to find one is quicker than to add one."""
        for role, how_many in STAFF.items():
            for number in range(how_many):
                self._add(_of_the_staff(role, number), f"ZF{self.code}{role}{number}", roles=[role])

    def next(self):
        self.serial += 1
        return self.serial

    @property
    def system(self):
        """The system's own actor: asked for with every officer, looked for once."""
        if self._system is None:
            one = queries.system(self.session)
            self._system = (one, one.id)  # held, since a session forgets what nobody holds
        return self.session.get(Officer, self._system[1])

    @property
    def today(self) -> date:
        return clock.today()

    def officer(self, *roles, name=None, department="education", division=None, **more):
        """An officer who can sign in; without a role, an inspector with a certificate."""
        roles, number = roles or (Role.INSPECTOR,), self.next()
        usual = (name, department, division, more) == (None, "education", None, {})
        if usual and (found := self._next_of_the_staff(roles)):
            return found
        return self._add(
            number, f"ZF{self.code}{number:04}", name=name, department=department,
            division=division, roles=roles, **more,
        )  # fmt: skip

    def _next_of_the_staff(self, roles):
        """Nobody is given twice."""
        number = self.given[roles]
        self.given[roles] += 1
        if len(roles) == 1 and number < STAFF.get(roles[0], 0):
            username = f"{self.code}-{_of_the_staff(roles[0], number)}"
            return queries.by_username(self.session, username)
        return None

    def _add(
        self, number, certificate, *, name=None, department="education", division=None, **more
    ):
        with database.transaction() as session:
            return service.add(
                session,
                username=f"{self.code}-{number}",
                name=name or f"陈立{number}",
                department=self.departments[department],
                division=division or self.division,
                password_hash=None,
                by=self.system,
                must_change_password=False,
                **({"certificate_number": certificate} | more),
            )


def _of_the_staff(role, number):
    return f"{role.replace('_', '-')}-{number}"
