"""How long the county keeps who somebody is."""

from training_oversight import database
from training_oversight.catalogue.models import Limit
from training_oversight.law import Unit

# From a Thursday to a Thursday, so that no day off moves the last day.
DAYS = 98


def set_days(county, code, length=DAYS):
    """Let the county save its own number of days."""
    with database.transaction() as session:
        session.add(
            Limit(
                code=code, authority_id=county.authority.id, name="保存期限", name_en="Keeping",
                length=length, unit=Unit.CALENDAR_DAYS, source="县局设定", valid_from=county.today,
            )
        )  # fmt: skip
