"""Eight at the same moment on one record that nobody locks: each is answered and recorded."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

import config
from tests.conftest import THURSDAY
from tests.databases import POSTGRESQL, SQLITE, made, present
from tests.factories import errands, inspections, ledger, lists, registry
from tests.factories.county import County
from tests.factories.uploads import photo, upload
from tests.pages import Browser, filled_in
from training_oversight import clock, database
from training_oversight.accounts import service as accounts
from training_oversight.accounts.permissions import Role
from training_oversight.app import create_app
from training_oversight.audit import Event, queries
from training_oversight.files import images
from training_oversight.texts import Text
from training_oversight.turns import Turns

AT_ONCE = 8


class Site:
    """The system on a database of its own, with a county in it."""

    def __init__(self, url, folder):
        settings = config.Settings(
            *(url, "for tests only", folder, "Asia/Shanghai"),
            demo=True,
            protection_keys=config.DEMO_PROTECTION,
        )
        self.app = create_app(settings)
        self.app.testing = True
        # People sign in and open their pages in one session; what they press is on its own.
        self.session = database.current_database().sessions()
        with database.using_session(self.session):
            self.county = County(self.session)

    def prepared(self, prepare):
        """The presses, everything committed that they need."""
        with database.using_session(self.session):
            presses = prepare(self)
        self.session.rollback()
        return presses

    def each(self, role=Role.INSPECTOR):
        """Eight officers."""
        return [Browser(self.app, self.county.officer(role)) for _ in range(AT_ONCE)]

    def devices(self, officer):
        """One officer eight times."""
        return [Browser(self.app, officer) for _ in range(AT_ONCE)]


@pytest.fixture(scope="module", params=[SQLITE, POSTGRESQL])
def site(request, tmp_path_factory):
    """One for all bursts: what each of them counts is its own kind of event."""
    before = present()
    folder = tmp_path_factory.mktemp("bursts")
    with made(request.param, folder) as url, clock.standing_at(THURSDAY):
        one = Site(url, folder)
        yield one
        one.session.close()
        database.close_session()
        database.current_database().engine.dispose()
    if before is not None:
        database.use(before)


def posting(browser, url, form=None, kind=None, **data):
    """The press of a button: its page was opened before, as it is by people."""
    hidden = filled_in(browser.get(form).soup.select_one("main form[method=post]")) if form else {}
    sent = {"csrf_token": browser.token()} | hidden | data
    return lambda: browser.http.post(url, data=sent, content_type=kind)


def getting(browser, url):
    return lambda: browser.http.get(url, buffered=True)


def looking_at_the_phone(site):
    place = registry.institution(site.county, phone="13800002046")
    return [posting(one, f"/institutions/{place.id}/phone") for one in site.each()]


def looking_at_the_account(site):
    place = registry.institution(site.county, fund_bank="农商行", fund_account="990100200300408812")
    return [posting(one, f"/institutions/{place.id}/account") for one in site.each()]


def looking_at_the_landlord(site):
    place = registry.institution(site.county, landlord="许大房东")
    url = f"/institutions/{place.id}/venues/{place.main_venue.id}/landlord"
    return [posting(one, url) for one in site.each()]


def exporting_the_ledger(site):
    ledger.item(site.county)
    return [posting(one, "/items/export.xlsx") for one in site.each(Role.SECTION_HEAD)]


def exporting_the_register(site):
    registry.institution(site.county)
    url = "/institutions/export/file?layout=own&form=xlsx&fields=name&fields=uscc"
    return [getting(one, url) for one in site.each()]


def printing_a_whole_file(site):
    url = f"/institutions/{registry.institution(site.county).id}/dossier.pdf"
    return [getting(one, url) for one in site.each()]


def fetching_a_file(site):
    officer = site.county.officer()
    errand = errands.with_file(site.app, by=officer)
    return [getting(one, f"/errands/{errand.id}/file") for one in site.devices(officer)]


def fetching_returned_rows(site):
    sheet = lists.workbook(["机构名称", "统一社会信用代码"], ["", "x"], ["好学", "坏"])
    batch = lists.previewed(database.current_session(), site.county, sheet)
    return [getting(one, f"/institutions/import/{batch.id}/rejected.xlsx") for one in site.each()]


def lending_roles(site):
    officer, page = site.county.officer(), "/account/delegate"
    takers = [site.county.officer() for _ in range(AT_ONCE)]
    return [
        posting(
            browser, page, form=page, taker_id=taker.id, starts_on="2026-10-16",
            ends_on="2026-10-20", reason="外出",
        )
        for browser, taker in zip(site.devices(officer), takers, strict=True)
    ]  # fmt: skip


def taking_lent_roles_back(site):
    giver, today = site.county.officer(), site.county.today
    takers = [site.county.officer() for _ in range(AT_ONCE)]
    with database.transaction() as session:
        lent = [
            accounts.delegate(
                session, giver, taker=taker, starts_on=today, ends_on=today + timedelta(days=5),
                reason="外出",
            )
            for taker in takers
        ]  # fmt: skip
    return [
        posting(browser, f"/account/delegations/{one.id}/take-back")
        for browser, one in zip(site.devices(giver), lent, strict=True)
    ]


def entering_days_off(site):
    days = "/settings/calendar/2027/days"
    return [
        posting(
            one,
            days,
            form=days,
            first_on=f"2027-02-{n + 1:02}",
            working="off",
            name="春节",
            source="通知",
        )
        for n, one in enumerate(site.each(Role.ADMINISTRATOR))
    ]


def entering_the_same_day_off(site):
    days = "/settings/calendar/2027/days"
    return [
        posting(
            one, days, form=days, first_on="2027-02-06", working="off", name="春节", source="通知"
        )
        for one in site.each(Role.ADMINISTRATOR)
    ]


def taking_a_day_off_back(site):
    """The first takes it back, the others find nothing."""
    browsers = site.each(Role.ADMINISTRATOR)
    browsers[0].submit(
        "/settings/calendar/2027/days",
        first_on="2027-05-04",
        working="off",
        name="劳动节",
        source="通知",
    )
    url = "/settings/calendar/2027/days/2027-05-04/take-back"
    return [posting(one, url) for one in browsers]


def adding_photos(site):
    url = f"/visits/{inspections.visit(site.county).id}/photos"
    return [
        posting(
            one, url, form=url, kind="multipart/form-data",
            photos=upload(photo((40 + n, 30)), f"{n}.png"),
        )
        for n, one in enumerate(site.each(Role.SECTION_HEAD))
    ]  # fmt: skip


def signing_out_elsewhere(site):
    # Whoever is first ends the others' visits: only one need stand in the history.
    return [posting(one, "/account/sign-out-others") for one in site.devices(site.county.officer())]


def signing_out_everywhere(site):
    return [posting(one, "/sign-out-everywhere") for one in site.devices(site.county.officer())]


def statuses(presses):
    """All at the same moment; the status of each answer."""
    start, answers = threading.Barrier(len(presses)), ["no answer"] * len(presses)

    def run(place):
        start.wait(60)
        answers[place] = presses[place]().status_code
        database.close_session()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(presses))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return answers


BURSTS = [
    (looking_at_the_phone, "institution.phone_seen", 8),
    (looking_at_the_account, "institution.account_seen", 8),
    (looking_at_the_landlord, "venue.landlord_seen", 8),
    (exporting_the_ledger, "ledger.exported", 8),
    (exporting_the_register, "registry.exported", 8),
    (printing_a_whole_file, "dossier.printed", 8),
    (fetching_a_file, "errand.file_fetched", 8),
    (fetching_returned_rows, "import.returned_fetched", 8),
    (lending_roles, "officer.delegated", 8),
    (taking_lent_roles_back, "officer.delegation_revoked", 8),
    (entering_days_off, "calendar.day_entered", 8),
    (entering_the_same_day_off, "calendar.day_entered", 8),
    (taking_a_day_off_back, "calendar.day_taken_back", 1),
    (adding_photos, "file.attached", 8),
    (signing_out_elsewhere, "officer.signed_out_others", 1),
    (signing_out_everywhere, "officer.signed_out_everywhere", 1),
]


@pytest.fixture(autouse=True)
def _room_for_all_photos(monkeypatch):
    """A process of four threads lets three photos wait; here eight threads press in one."""
    everybody = Turns(Text("Many photos are being read."), waiting=AT_ONCE, seconds=60)
    monkeypatch.setattr(images, "_turns", everybody)


@pytest.mark.parametrize(("prepared", "verb", "times"), BURSTS)
def test_eight_at_once_are_all_answered_and_all_recorded(site, prepared, verb, times):
    presses, before = site.prepared(prepared), recorded(verb)

    answers = statuses(presses)

    assert not [one for one in answers if one not in (200, 302, 404)], answers
    assert recorded(verb) - before >= times
    assert queries.verify(database.current_session()).broken == []


def recorded(verb):
    """How many events of this kind there are, read anew."""
    database.close_session()
    counted = sa.select(sa.func.count()).select_from(Event).where(Event.verb == verb)
    return database.current_session().scalar(counted)
