"""Characters of a private font are shown as 〓 and kept as they are."""

from tests.factories import registry

NAME = "李\ue000棋院"


def test_a_private_character_is_shown_as_the_mark_for_a_missing_one(client_as, county):
    place = registry.institution(county, name=NAME)

    page = client_as(county.officer()).get(f"/institutions/{place.id}")

    assert page.soup.h1.text.strip() == "李〓棋院"


def test_what_is_edited_stays_as_it_was(client_as, county, session):
    place = registry.institution(county, name=NAME, note="又作李\ue000")
    browser = client_as(county.officer())

    page = browser.submit(f"/institutions/{place.id}/edit", pupils="12")

    assert page.status_code == 200
    session.refresh(place)
    assert (place.name, place.note, place.pupils) == (NAME, "又作李\ue000", 12)
