"""What stands in the whole file as evidence, and for whom."""

from tests.factories import inspections
from tests.factories.addresses import attached
from training_oversight.accounts.permissions import Role


def test_photos_of_a_visit_stand_in_the_whole_file(app, county, client_as):
    officer = county.officer()
    visit = inspections.visit_under_way(county)
    attached(app, visit, officer, name="门头.png")
    url = f"/institutions/{visit.institution_id}/dossier"

    page = client_as(officer).get(url)

    section = page.soup.select_one("#files")
    assert "门头.png" in section.text
    assert section.select_one(f"img[src^='/visits/{visit.id}/files/']")


def test_who_may_not_see_visits_sees_no_photo_of_them(app, county, client_as):
    visit = inspections.visit_under_way(county)
    attached(app, visit, county.officer(), name="门头.png")

    page = client_as(county.officer(Role.HOTLINE)).get(
        f"/institutions/{visit.institution_id}/dossier"
    )

    assert "门头.png" not in page.text
