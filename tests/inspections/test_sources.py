"""Where a problem comes from: a kind, and the key of the record behind it."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.factories import inspections as made
from tests.factories.registry import institution
from training_oversight.accounts.permissions import Permission
from training_oversight.errors import BadInput
from training_oversight.inspections import sources
from training_oversight.inspections.models import Finding
from training_oversight.texts import Text


@pytest.fixture
def talks():
    """Another area's records, as this one knows them."""
    page = sources.SourcePage(
        endpoint="registry.show", argument="institution_id", permission=Permission.VIEW_REGISTRY
    )
    yield sources.declare(sources.FindingSource("talk", Text("Visit"), page))
    sources.KNOWN.forget("talk")


def test_a_problem_of_a_visit_is_found_from_the_visit(county):
    visit = made.visit(county)

    finding = made.finding(county, visit)

    assert (finding.source_kind, finding.source_key) == ("visit", visit.id)
    assert finding.visit_id == visit.id


def test_no_problem_comes_from_a_visit_that_is_not_there(county, session):
    finding = made.finding(county)

    with pytest.raises(IntegrityError):
        session.execute(
            sa.update(Finding)
            .where(Finding.id == finding.id)
            .values(source_kind="visit", source_key=99999)
        )
    session.rollback()
    with pytest.raises(IntegrityError):
        session.execute(
            sa.update(Finding).where(Finding.id == finding.id).values(source_kind="visit")
        )
    session.rollback()


@pytest.mark.parametrize(
    ("kind", "key"), [("visit", None), ("document", 3), ("unheard_of", None), ("", None)]
)
def test_a_source_that_is_not_known_or_lacks_its_record_is_refused(county, kind, key):
    with pytest.raises(BadInput) as refused:
        made.finding(county, source=kind, source_key=key)

    assert "source" in refused.value.fields


def test_what_an_upper_area_declares_is_a_source_with_its_page(county, client_as, talks):
    place = institution(county)

    finding = made.finding(county, institution=place, source="talk", source_key=place.id)

    page = client_as(county.officer()).get(f"/visits/findings/{finding.id}").text
    assert f'<dd><a href="/institutions/{place.id}">' in page
    assert finding.visit_id is None


def test_a_record_of_ours_is_never_offered_as_typed_in(talks):
    offered = {kind for kind, _label in sources.typed_in()}

    assert not {"visit", "talk"} & offered
    assert {"leader", "platform", "complaint"} <= offered


def test_a_problem_stays_when_the_area_it_came_from_is_gone(county, client_as):
    finding = made.finding(county)
    assert sources.words("gone_area") == "gone_area"
    assert sources.url("gone_area", 1, county.officer()) is None
    assert client_as(county.officer()).get(f"/visits/findings/{finding.id}").status_code == 200
