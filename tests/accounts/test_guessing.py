"""Wrong passwords slow down whoever enters them, and nobody else."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from argon2 import PasswordHasher

from tests.pages import Browser
from training_oversight import clock, database
from training_oversight.accounts import passwords, tries
from training_oversight.accounts.models import OfficerSession
from training_oversight.audit import Event

SECRET = "correct-horse-battery"
OFFICE, ELSEWHERE = "10.3.2.1", "203.0.113.9"


@pytest.fixture(scope="module")
def secret_hash():
    return passwords.hashed(SECRET)


@pytest.fixture
def officer(county, secret_hash):
    return with_password(county, secret_hash)


def with_password(county, secret_hash):
    made = county.officer()
    with database.transaction():
        made.password_hash = secret_hash
    return made


class Person(Browser):
    """Somebody at a device of their own, at an address of the network."""

    def __init__(self, app, address):
        super().__init__(app)
        self.address = address
        page = self.get("/sign-in").soup
        self.form = {"csrf_token": page.select_one("input[name=csrf_token]")["value"]}

    def enter(self, username, password="wrong"):
        """Try a password; who has just signed in gets a form of their own again."""
        answer = self.http.post(
            "/sign-in",
            data={**self.form, "username": username, "password": password},
            environ_overrides={"REMOTE_ADDR": self.address},
        )
        if answer.status_code == 302:
            page = self.get("/sign-in").soup
            self.form = {"csrf_token": page.select_one("input[name=csrf_token]")["value"]}
        return answer


def signed_in(answer):
    return answer.status_code == 302


@pytest.fixture
def person(app, session):
    return lambda address=OFFICE: Person(app, address)


def test_five_wrong_passwords_cost_seconds_and_then_the_right_one_signs_in(person, officer):
    somebody = person()
    with time_machine.travel(datetime.now(UTC), tick=False) as now:
        wrong = [somebody.enter(officer.username).status_code for _ in range(7)]
        refused = somebody.enter(officer.username, SECRET)
        now.shift(int(refused.headers["Retry-After"]) + 1)
        later = somebody.enter(officer.username, SECRET)

    assert wrong == [422] * 6 + [429]
    assert refused.status_code == 429
    assert officer.username in refused.text
    assert "请等" in refused.text
    assert int(refused.headers["Retry-After"]) <= 20
    assert signed_in(later)


def test_130_wrong_passwords_lock_none_of_26_officers(person, county, secret_hash):
    everybody = [with_password(county, secret_hash) for _ in range(26)]
    colleague, attacker = person(), person()
    with time_machine.travel(datetime.now(UTC), tick=False) as now:
        assert signed_in(colleague.enter(everybody[0].username, SECRET))
        for one in everybody:
            for _ in range(5):
                attacker.enter(one.username)
        at_their_desk = colleague.enter(everybody[0].username, SECRET)
        now.shift(21)
        others = [person().enter(one.username, SECRET) for one in everybody[1:]]

    assert signed_in(at_their_desk)
    assert all(map(signed_in, others))


def test_who_guesses_elsewhere_is_slowed_down_and_the_officer_is_not(person, officer):
    desk = person()
    assert signed_in(desk.enter(officer.username, SECRET))
    for number in range(24):
        person(f"203.0.113.{number}").enter(officer.username)

    strangers = person("203.0.113.77").enter(officer.username, SECRET)
    on_the_device = desk.enter(officer.username, SECRET)
    at_the_address = person(OFFICE).enter(officer.username, SECRET)

    assert strangers.status_code == 429
    assert signed_in(on_the_device)
    assert signed_in(at_the_address)


def test_a_device_of_one_officer_says_nothing_for_another(person, county, officer, secret_hash):
    other, attacker = with_password(county, secret_hash), person(ELSEWHERE)
    assert signed_in(attacker.enter(officer.username, SECRET))

    wrong = [attacker.enter(other.username).status_code for _ in range(7)]

    assert wrong[-1] == 429


@pytest.mark.parametrize("cookie", ["x", "", "W10.x", "WyJ4IiwxXQ.AAAA"])
def test_a_device_that_only_says_it_is_known_is_not(person, officer, cookie):
    attacker = person(ELSEWHERE)
    attacker.http.set_cookie("device", cookie)
    for _ in range(6):
        attacker.enter(officer.username)

    assert attacker.enter(officer.username).status_code == 429


def test_a_name_that_nobody_has_is_treated_like_one_that_somebody_has(person, officer):
    known, unknown = person(), person(ELSEWHERE)

    of_one = [known.enter(officer.username) for _ in range(7)]
    of_none = [unknown.enter("nobody.here") for _ in range(7)]

    assert [one.status_code for one in of_one] == [one.status_code for one in of_none]
    assert of_one[0].text.count("不匹配") == of_none[0].text.count("不匹配") == 1


def test_an_address_that_tries_many_names_is_slowed_down(person, app, officer):
    attacker, desk = person(ELSEWHERE), person()
    assert signed_in(desk.enter(officer.username, SECRET))
    with app.test_request_context():
        for number in range(201):
            tries.begin(tries.Try(f"name-{number}", ELSEWHERE))

    assert attacker.enter("one.more").status_code == 429
    assert signed_in(desk.enter(officer.username, SECRET))


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("2001:db8:1:2::5", "2001:db8:1:2::/64"),
        ("::ffff:10.3.2.1", "10.3.2.1"),
        ("10.3.2.1", "10.3.2.1"),
        ("", ""),
    ],
)
def test_an_address_counts_as_far_as_its_owner_cannot_choose_it(address, counted):
    assert tries.network(address) == counted


def test_history_says_once_from_where_wrong_passwords_came(person, officer, session):
    attacker = person(ELSEWHERE)
    for _ in range(9):
        attacker.enter(officer.username)

    events = session.scalars(sa.select(Event).where(Event.verb == "officer.wrong_passwords")).all()

    assert [(one.facts, one.actor_name) for one in events] == [({"address": ELSEWHERE}, "系统")]


def test_a_sign_in_knows_its_address_and_says_so_to_its_officer(person, officer, session):
    somebody = person()
    somebody.enter(officer.username, SECRET)

    opened = session.scalars(sa.select(OfficerSession)).one()
    page = somebody.get("/account", environ_overrides={"REMOTE_ADDR": OFFICE})

    assert opened.address == OFFICE
    assert OFFICE in page.text


def test_the_present_password_is_not_guessed_on_a_device_that_was_left(client_as, officer):
    browser = client_as(officer)
    answers = {"password": "staple-under-the-lamp", "again": "staple-under-the-lamp"}

    for _ in range(6):
        browser.submit("/account/password", 422, present="wrong", **answers)

    browser.submit("/account/password", 429, present=SECRET, **answers)


class Counting:
    """A hasher that notes how many are at work at once."""

    def __init__(self, real):
        self.real, self.most, self.now = real, [], []

    def verify(self, *asked):
        self.now.append(1)
        self.most.append(len(self.now))
        try:
            return self.real.verify(*asked)
        finally:
            self.now.pop()


def test_a_crowd_that_signs_in_hashes_one_after_the_other(secret_hash, monkeypatch):
    counting = Counting(passwords._hasher)
    monkeypatch.setattr(passwords, "_hasher", counting)

    crowd = [
        threading.Thread(target=passwords.matches, args=(SECRET, secret_hash)) for _ in range(16)
    ]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()

    assert len(counting.most) == 16
    assert max(counting.most) == 1


def test_who_does_not_get_a_turn_is_told_to_press_again(person, officer, monkeypatch):
    monkeypatch.setattr(passwords._turns, "_seconds", 0.01)
    somebody = person()
    with passwords._turns.taken():
        answer = somebody.enter(officer.username, SECRET)

    assert answer.status_code == 503
    assert officer.username in answer.text
    assert "再按一次" in answer.text
    assert signed_in(somebody.enter(officer.username, SECRET))


def test_a_hash_of_before_is_made_anew_at_the_next_sign_in(person, officer, session):
    old = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(SECRET)
    with database.transaction():
        officer.password_hash = old

    assert signed_in(person().enter(officer.username, SECRET))

    session.refresh(officer)
    assert officer.password_hash != old
    assert passwords.matches(SECRET, officer.password_hash)


@pytest.mark.parametrize(("minutes", "lasts"), [(59, True), (61, False)])
def test_a_sign_in_that_is_left_alone_ends(client_as, officer, at, minutes, lasts):
    browser = client_as(officer)
    begun = clock.now()

    at(begun + timedelta(minutes=minutes))

    assert (browser.get("/account", None).status_code == 200) is lasts


def test_one_that_is_used_goes_on_and_says_when_it_was(client_as, officer, at, session):
    browser, begun = client_as(officer), clock.now()
    for minutes in (40, 80, 120):
        at(begun + timedelta(minutes=minutes))
        browser.get("/account", 200)
    opened = session.scalars(sa.select(OfficerSession)).one()

    assert opened.seen_at == begun + timedelta(minutes=120)


def test_a_reader_never_waits_to_say_so(own):
    clock.configure("Asia/Shanghai")
    somebody_writes = own.sessions()
    with database.transaction() as session:
        session.execute(sa.text("DELETE FROM officer_session"))
    if own.engine.dialect.name == "sqlite":
        somebody_writes.connection(execution_options={"sqlite_begin": "IMMEDIATE"})

    note = sa.update(OfficerSession).values(address="10.3.2.1")
    written = database.write_if_free(database.current_session(), note)

    assert written is (own.engine.dialect.name != "sqlite")
    somebody_writes.rollback()
    assert database.write_if_free(database.current_session(), note)
    somebody_writes.close()
