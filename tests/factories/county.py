"""An invented county for tests, and records of every kind with one call each."""

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


class County:
    """Made in the test's own transaction. Each method commits, as real code would."""

    _system = None

    def __init__(self, session, code="990101", name="澄江县"):
        self.session, self.code, self.name = session, code, name
        self.serial = 0
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
                remedies="对本通知不服的，可以依法申请行政复议或者提起行政诉讼。",
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
        number = self.next()
        with database.transaction() as session:
            return service.add(
                session,
                username=f"{self.code}-{number}",
                name=name or f"陈立{number}",
                department=self.departments[department],
                division=division or self.division,
                roles=roles or (Role.INSPECTOR,),
                password_hash=None,
                by=self.system,
                must_change_password=False,
                **({"certificate_number": f"ZF{self.code}{number:04}"} | more),
            )
