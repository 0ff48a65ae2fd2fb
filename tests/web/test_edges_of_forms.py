"""Forms as no page of ours sends them, and two that say the same at once."""

import pytest
import sqlalchemy as sa

from tests.architecture.test_hostile_addresses import EVERY_ROLE
from tests.factories import registry
from training_oversight import database
from training_oversight.accounts import queries
from training_oversight.accounts.models import Division, DivisionLevel, Officer
from training_oversight.registry.models import Institution
from training_oversight.web.forms import OversightForm


@pytest.mark.parametrize("token", ["x" * 8_000, "长" * 3_000])
def test_a_form_with_a_token_of_any_length_is_a_sentence(client_as, county, session, token):
    place = registry.institution(county)
    browser = client_as(county.officer(*EVERY_ROLE))

    page = browser.submit(f"/institutions/{place.id}/edit", 422, once=token, note="周五回访")

    session.refresh(place)
    assert place.note != "周五回访"
    assert "周五回访" in page.text
    assert "重新打开" in page.soup.select_one(".error-summary").text


def test_so_is_one_that_has_nothing_but_its_button(client_as, county):
    browser = client_as(county.officer(*EVERY_ROLE))

    answer = browser.post("/saved/institutions/columns", {"once": "x" * 8_000, "cols": "name"})

    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["opened", "version", "csrf_token"])
def test_what_pages_carry_along_may_say_anything(client_as, county, name):
    place = registry.institution(county)
    browser = client_as(county.officer(*EVERY_ROLE))
    for value in ("x" * 8_000, "9" * 5_000, "\0", "-1", ""):
        answer = browser.http.post(
            f"/institutions/{place.id}/edit",
            data={"csrf_token": browser.token(), "note": "周五回访", name: value},
        )

        assert answer.status_code < 500, value[:10]


def division(code, path):
    return Division(code=code, name="新街道", level=DivisionLevel.TOWNSHIP, path=path)


def test_what_is_there_once_only_is_told_to_the_second_of_two(app, county, session):
    with app.test_request_context(method="POST", data={}):
        form = OversightForm(meta={"csrf": False})
        with form.saving() as writing:
            writing.add(division("990101009", "99/9901/990101/990101009/"))
            writing.flush()
            writing.add(division("990101009", "99/9901/990101/other/"))
            form.done("/")

    assert form.response is None
    assert form.status == 409
    assert "再按一次" in str(form.refusal[0])
    assert queries.division_by_code(session, "990101009") is None


def test_any_other_rule_of_the_database_that_is_broken_stays_a_fault(app, county, session):
    officer = county.officer()
    with app.test_request_context(method="POST", data={}):
        form = OversightForm(meta={"csrf": False})
        with pytest.raises(sa.exc.IntegrityError), form.saving() as writing:
            writing.get_one(Officer, officer.id).username = "ZHOU"

    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 0
    assert not database.current_session().dirty
