"""``officers add`` and ``officers reset-password`` are a contract."""

import json

import pytest

from training_oversight.accounts import passwords, queries
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history


@pytest.fixture
def officers(app, session, county):
    def run(*arguments, stdin=None):
        return app.test_cli_runner().invoke(args=["officers", *arguments], input=stdin)

    return run


ADD = ("add", "zhou.min", "--name", "周敏", "--department", "education", "--role", "inspector")


def test_add_prints_a_password_that_must_be_changed(officers, session, county):
    answer = officers(*ADD, "--division", county.code, "--format", "json")

    officer = queries.by_username(session, "zhou.min")
    made = json.loads(answer.stdout)
    assert answer.exit_code == 0
    assert made["username"] == "zhou.min"
    assert passwords.matches(made["password"], officer.password_hash)
    assert officer.must_change_password


def test_a_password_from_stdin_is_not_printed_and_is_ones_own(officers, session, county):
    answer = officers(
        *ADD, "--division", county.code, "--password-stdin", stdin="correct-horse-battery\n"
    )

    officer = queries.by_username(session, "zhou.min")
    assert answer.exit_code == 0
    assert "correct-horse" not in answer.stdout
    assert passwords.matches("correct-horse-battery", officer.password_hash)
    assert not officer.must_change_password


def test_several_roles_and_a_certificate_are_taken(officers, session, county):
    answer = officers(
        *ADD, "--division", county.code, "--role", "section_head", "--certificate", "ZF1"
    )

    officer = queries.by_username(session, "zhou.min")
    assert answer.exit_code == 0
    assert officer.roles == {Role.INSPECTOR, Role.SECTION_HEAD}
    assert officer.certificate_number == "ZF1"


@pytest.mark.parametrize(
    "change",
    [
        ("--division", "000000"),
        ("--division", "990101", "--department", "nothing"),
        ("--division", "990101", "--role", "king"),
        ("--division", "990101", "--role", "system"),
        ("--division", "990101", "--by", "nobody"),
    ],
)
def test_unknown_names_are_exit_2_and_add_nobody(officers, session, change):
    answer = officers(*ADD, *change)

    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert queries.by_username(session, "zhou.min") is None


def test_a_short_password_is_exit_2(officers, session, county):
    answer = officers(*ADD, "--division", county.code, "--password-stdin", stdin="short\n")

    assert answer.exit_code == 2
    assert queries.by_username(session, "zhou.min") is None


def test_a_user_name_in_use_is_exit_2(officers, county):
    taken = county.officer()

    answer = officers("add", taken.username, *ADD[2:], "--division", county.code)

    assert answer.exit_code == 2
    assert taken.username in answer.stderr


def test_reset_password_must_be_changed_and_says_who_did_it(officers, session, county):
    officer, head = county.officer(), county.officer(Role.ADMINISTRATOR)

    answer = officers("reset-password", officer.username, "--by", head.username, "--format", "json")

    session.refresh(officer)
    changed = history.history(session, officer)[1]
    assert answer.exit_code == 0
    assert passwords.matches(json.loads(answer.stdout)["password"], officer.password_hash)
    assert officer.must_change_password
    assert (changed.verb, changed.actor_id) == ("officer.password_changed", head.id)


def test_resetting_for_nobody_is_exit_2(officers):
    answer = officers("reset-password", "nobody")

    assert answer.exit_code == 2
    assert "nobody" in answer.stderr
