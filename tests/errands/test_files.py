"""The result: for who may have it at that moment, recorded, and forgotten after two weeks."""

from datetime import timedelta

import pytest

from tests.factories import errands
from tests.factories.county import County
from training_oversight import clock
from training_oversight.accounts import service as accounts
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.audit import queries as audit
from training_oversight.database import transaction
from training_oversight.errands import service
from training_oversight.errands.jobs import forget_old_files
from training_oversight.errands.kinds import nothing_more
from training_oversight.files import storage
from training_oversight.files.models import StoredFile
from training_oversight.scheduling.housekeeping import remove_unnamed_files


@pytest.fixture
def made(app, session, county):
    """An errand that has made a file, and who asked for it."""

    def make(by=None, text="台账", needs=nothing_more, **params):
        by = by or county.officer()
        errand = errands.asked(errands.kind(errands.file_made(text), needs), by=by, **params)
        errands.run_all(app)
        return errands.as_it_is(session, errand), by

    return make


def fetch(browser, errand, status=200):
    return browser.get(f"/errands/{errand.id}/file", status=status, buffered=True)


def test_the_file_is_fetched_by_name_and_the_fetching_recorded(session, client_as, made):
    errand, by = made()

    answer = fetch(client_as(by), errand)

    assert answer.data.decode() == "台账"
    assert "%E5%8F%B0%E8%B4%A6.csv" in answer.headers["Content-Disposition"]
    last = audit.history(session, errand)[0]
    assert (last.verb, last.actor_id) == ("errand.file_fetched", by.id)
    assert last.facts == {"name": "台账.csv"}


def test_a_file_larger_than_an_upload_may_be_is_kept(client_as, made):
    size = storage.LIMIT + 1
    errand, by = made(text="x" * size)

    assert len(fetch(client_as(by), errand).data) == size


def test_who_lost_the_right_fetches_nothing(session, county, client_as, made):
    errand, by = made()
    browser = client_as(by)
    with transaction() as writing:
        accounts.change(writing, by, roles=[Role.OBSERVER], by=county.system)

    page = browser.get(f"/errands/{errand.id}")
    assert not page.soup.select(f'a[href="/errands/{errand.id}/file"]')
    assert "无权办理" in page.soup.select_one("main .locked").text
    fetch(browser, errand, 403)
    assert audit.history(session, errand)[0].verb == "errand.done"


@pytest.mark.parametrize(("role", "status"), [(Role.INSPECTOR, 200), (Role.OBSERVER, 404)])
def test_a_colleague_fetches_it_only_with_the_same_right(county, client_as, made, role, status):
    errand, _by = made()

    fetch(client_as(county.officer(role)), errand, status)


def test_a_colleague_without_the_rights_for_what_is_in_it_does_not(county, client_as, made):
    errand, _by = made(needs=lambda _params: [Permission.SEE_PERSONAL_DATA])

    fetch(client_as(county.officer(Role.LEADER)), errand, 404)
    fetch(client_as(county.officer(Role.SECTION_HEAD)), errand, 200)


def test_another_county_does_not_even_learn_of_it(session, client_as, made):
    errand, _by = made()
    stranger = County(session, code="990102", name="临溪县").officer()

    client_as(stranger).get(f"/errands/{errand.id}", status=404)
    fetch(client_as(stranger), errand, 404)


def test_a_township_officer_does_not_fetch_what_the_county_made(county, client_as, made):
    errand, _by = made()
    in_township = county.officer(division=county.townships[0])

    fetch(client_as(in_township), errand, 404)


def test_who_was_moved_elsewhere_does_not_fetch_what_was_asked_for_before(
    session, county, client_as, made
):
    errand, by = made()
    town = county.townships[0]
    with transaction() as writing:
        accounts.change(
            writing, by, roles=[Role.INSPECTOR], by=county.system,
            division_id=town.id, division_path=town.path,
        )  # fmt: skip

    fetch(client_as(by), errand, 403)
    assert audit.history(session, errand)[0].verb == "errand.done"


def test_after_two_weeks_the_file_is_forgotten_and_the_page_says_so(
    app, session, client_as, made, at
):
    errand, by = made()
    sha256 = errand.file_sha256
    done = []
    for days in (13, 2):
        at(clock.now() + timedelta(days=days))
        with app.app_context():
            done.append(forget_old_files(clock.today()).done)

    errand = errands.as_it_is(session, errand)
    assert done == [0, 1]
    assert errand.file_sha256 is None
    assert session.get(StoredFile, sha256, populate_existing=True) is None
    assert audit.history(session, errand)[0].verb == "errand.file_forgotten"
    page = client_as(by).get(f"/errands/{errand.id}")
    assert "已经删除" in page.soup.select_one(".errand").text
    fetch(client_as(by), errand, 404)


def test_a_file_that_another_record_names_stays(app, session, made, at):
    first, _by = made()
    at(clock.now() + timedelta(days=10))
    second, _by = made()
    assert first.file_sha256 == second.file_sha256
    sha256 = second.file_sha256

    at(clock.now() + timedelta(days=5))
    with app.app_context():
        forget_old_files(clock.today())

    assert session.get(StoredFile, sha256) is not None
    assert errands.as_it_is(session, first).file_sha256 is None
    assert errands.as_it_is(session, second).file_sha256 == sha256


def test_the_daily_sweep_leaves_the_file_alone(app, session, client_as, made, at):
    errand, by = made()

    at(clock.now() + timedelta(days=5))
    with app.app_context():
        remove_unnamed_files(clock.today() + timedelta(days=365))

    fetch(client_as(by), errand, 200)


def test_what_a_killed_process_left_behind_is_swept(app, session, settings, at):
    folder = settings.data_dir / "errands" / "7-1"
    folder.mkdir(parents=True)
    (folder / "half").write_text("x")

    with app.app_context():
        forget_old_files(clock.today() + timedelta(days=365 * 50))

    assert not folder.exists()


def test_a_file_that_was_forgotten_is_not_forgotten_again(app, session, county, made):
    errand, _by = made()
    done = []
    for _time in range(2):
        with transaction() as writing:
            done.append(service.forget_file(writing, errand.id, by=county.system))

    assert done == [True, False]
    said = [event.verb for event in audit.history(session, errand)]
    assert said.count("errand.file_forgotten") == 1
