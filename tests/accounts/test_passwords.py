"""Which passwords are taken."""

import pytest

from tests.accounts.test_signing_in import with_password
from training_oversight.accounts import guessing, passwords
from training_oversight.errors import BadInput


@pytest.mark.parametrize(
    "guessed",
    [
        "aaaaaaaaaa", "aaaaaaaaab", "1234567890", "0987654321", "abcdefghij", "qwertyuiop",
        "abcabcabcabc", "ababababab", "password123", "Passw0rd2026", "Admin@123456",
        "woaini5201314", "1qaz2wsx3edc", "jiaoyuju2026!", "zhou.min2026", "minminminmin",
    ],
)  # fmt: skip
def test_a_password_that_is_guessed_at_once_is_refused(guessed):
    with pytest.raises(BadInput, match="一猜就中") as refused:
        passwords.hashed(guessed, names=("zhou.min", "周敏"))

    assert "password" in refused.value.fields


@pytest.mark.parametrize(
    "good",
    [
        "correct-horse-battery", "demo-county", "我爱吃南塘的豆腐脑呢", "Tq7!vbL0pzR2",
        "k3v9 mqa p2rt",
    ],
)  # fmt: skip
def test_a_few_words_or_signs_that_do_not_belong_together_are_taken(good):
    assert passwords.matches(good, passwords.hashed(good, names=("zhou.min", "周敏")))


def test_every_password_that_is_made_here_is_taken():
    for _ in range(500):
        assert not guessing.is_guessed(passwords.generated(), ("zhou.min", "周敏"))


@pytest.mark.parametrize(("typed", "length"), [("k3v9mqap2", "10"), ("ab7-" * 60, "200")])
def test_too_short_and_too_long_is_said(typed, length):
    with pytest.raises(BadInput, match=length):
        passwords.hashed(typed)


def test_a_password_changed_to_itself_is_refused(client_as, county):
    officer = with_password(county, "correct-horse-battery")

    page = client_as(officer).submit(
        "/account/password",
        422,
        present="correct-horse-battery",
        password="correct-horse-battery",
        again="correct-horse-battery",
    )

    assert "现在的密码" in page.soup.select_one(".error-summary").text
