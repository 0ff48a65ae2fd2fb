"""A planned visit begins with one press on its page: the button carries what the page has seen."""

from tests.factories import ledger
from training_oversight.inspections.workflow import VisitState


def test_a_planned_visit_is_started_from_its_own_page(client_as, county, session):
    officer = ledger.inspector(county)
    place = ledger.institution(county)
    visit = ledger.visit(county, place, officer, state=VisitState.PLANNED)

    client_as(officer).submit(
        f"/visits/{visit.id}", form=f'form[action="/visits/{visit.id}/start"]'
    )

    session.refresh(visit)
    assert visit.state is VisitState.UNDER_WAY
