"""The keys of an installation: which are taken, which are refused, and what they open."""

import base64
import secrets

import pytest

import config
from tests.vault.rings import NEW, OLD, holding
from training_oversight.vault import keys
from training_oversight.vault.keys import Keyring, NoKey, Unreadable

SECRET = "6f1c0b7de2a94835bb02c7e6a1d5f394"
HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
OTHER = base64.b64encode(bytes(range(7, 47))).decode()


def read(written, **more):
    return config.read({"SECRET_KEY": SECRET, "PROTECTION_KEYS": written} | more).protection_keys


def test_the_first_of_several_keys_stands_first():
    found = read(f"2026:{HEX}, 2025:{OTHER}")

    assert found == (("2026", bytes.fromhex(HEX)), ("2025", bytes(range(7, 47))))


def test_base64_for_addresses_and_without_its_end_is_read_as_well():
    key = bytes(range(200, 240))

    assert read("a:" + base64.urlsafe_b64encode(key).decode().rstrip("=")) == (("a", key),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (HEX, "without a name"), (f"Key:{HEX}", "without a name"), (f":{HEX}", "without a name"),
        ("a:", "can be guessed"), ("a:" + "ab" * 32, "can be guessed"),
        (f"a:{HEX[:62]}", "can be guessed"), ("a:no-key!", "neither hexadecimal nor base64"),
        ("a:abc", "neither hexadecimal nor base64"),
        ("a:" + config.DEMO_PROTECTION[0][1].hex(), "can be guessed"),
        (f"a:{HEX},a:{OTHER}", "twice"), (f"a:{HEX},b:{HEX}", "twice"),
    ],
)  # fmt: skip
def test_a_key_that_is_none_is_refused_without_being_repeated(written, said):
    with pytest.raises(config.WrongSetting, match=said) as refused:
        read(written)

    assert HEX not in str(refused.value)


def test_a_county_starts_without_a_key_and_the_demo_has_one():
    assert read("") == ()
    assert read("", DEMO="1") == config.DEMO_PROTECTION
    assert read(f"a:{HEX}", DEMO="1") == (("a", bytes.fromhex(HEX)),)


def test_without_a_key_nothing_is_sealed():
    with holding():
        with pytest.raises(NoKey):
            keys.needed()
        with pytest.raises(NoKey):
            keys.current().seal(b"13800138000", "a.b")


def test_with_a_key_nothing_is_refused():
    with holding(NEW):
        assert keys.needed() is None


def test_what_one_key_has_sealed_opens_beside_another():
    sealed = Keyring([OLD]).seal(b"13800138000", "a.b")

    assert keys.name_of(sealed) == "2025"
    assert b"13800138000" not in sealed
    assert Keyring([NEW, OLD]).open(sealed, "a.b") == b"13800138000"
    with pytest.raises(Unreadable):
        Keyring([NEW]).open(sealed, "a.b")


def test_the_same_text_is_never_sealed_alike():
    ring = Keyring([NEW])

    assert len({ring.seal(b"13800138000", "a.b") for _time in range(50)}) == 50


def test_nothing_opens_for_another_purpose_or_under_another_key_of_the_name():
    sealed = Keyring([NEW]).seal(b"13800138000", "contact.phone")

    with pytest.raises(Unreadable):
        Keyring([NEW]).open(sealed, "contact.name")
    with pytest.raises(Unreadable):
        Keyring([("2026", OLD[1])]).open(sealed, "contact.phone")


def test_a_changed_byte_anywhere_is_found():
    ring = Keyring([NEW])
    sealed = ring.seal(b"13800138000", "a.b")

    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Unreadable):
            ring.open(bytes(changed), "a.b")


@pytest.mark.parametrize("length", [0, 1, 2, 6, 10, 18, 20])
def test_what_was_cut_off_is_unreadable(length):
    ring = Keyring([NEW])

    with pytest.raises(Unreadable):
        ring.open(ring.seal(b"13800138000", "a.b")[:length], "a.b")


def test_any_bytes_are_unreadable_and_no_fault():
    ring = Keyring([NEW])

    for length in range(60):
        with pytest.raises(Unreadable):
            ring.open(secrets.token_bytes(length), "a.b")
