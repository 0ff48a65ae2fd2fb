"""A small register to search in, by each of the ways that the search box has."""

from tests.factories.registry import closed, credit_code, institution, licence
from training_oversight import database
from training_oversight.accounts.models import Scope
from training_oversight.names.typed import Typed
from training_oversight.registry import queries, service
from training_oversight.registry.queries import Search

# How many are few, and how many are gone through in order: looked at one by one without the
# index; found by the index; gone through in order; all that the index names.
WAYS = {"plain": (1000, 0), "index": (4, 1000), "in order": (0, 1000), "all": (0, 0)}
EVERYWHERE = Scope.everything()
PLACE = "星屿艺术（文澜）培训中心"


def register(county):
    """Some institutions, so that the index has something to choose from."""
    place = institution(
        county,
        name=PLACE,
        aliases=("拾光画室",),
        address="文澜街道书院路118号",
        phone="138-0990 0001",
        uscc=credit_code(7),
    )
    licence(county, place, number="199010170000009")
    for name in ("重庆书院", "ABC英语", "仇英书画社", "墨耕书法"):
        institution(county, name=name, address="南塘街道3号", phone="13811112222")
    closed(institution(county, name="星屿旧址", address="南塘街道4号", phone=""), county)
    with database.transaction():
        place.former_names = [{"name": "蓝汀书社", "until": "2025-03-01"}]
        service.refresh_search(place)


def found(session, typed, *, way="plain", scope=EVERYWHERE, phones=True, limit=50):
    search = Search(Typed.read(typed), scope, phones, *WAYS[way])
    return [hit.institution.name for hit in queries.hits(session, search, limit=limit)]


# What is typed, and what it finds in this order.
