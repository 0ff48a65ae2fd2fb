"""The code by which a reporter follows an order."""

import secrets

import pytest

from tests.factories.complaints import received
from training_oversight.complaints.service import codes


def test_codes_are_ten_digits_of_which_the_last_tells_a_slip(session):
    found = codes.fresh(session, 30)

    assert len(set(found)) == 30
    assert all(map(codes.is_one, found))
    assert not codes.is_one(found[0][:-1] + str((int(found[0][-1]) + 1) % 10))
    assert not codes.is_one(found[0][:-1])


def test_a_code_that_an_order_has_is_not_given_again(session, county, monkeypatch):
    taken = int(received(county).tracking_code[:-1])
    drawn = iter([taken, 7, 7, 8])
    monkeypatch.setattr(secrets, "randbelow", lambda _limit: next(drawn))

    assert [one[:-1] for one in sorted(codes.fresh(session, 2))] == ["000000007", "000000008"]


def test_where_no_code_is_left_nothing_is_made_up(session, county, monkeypatch):
    taken = int(received(county).tracking_code[:-1])
    monkeypatch.setattr(secrets, "randbelow", lambda _limit: taken)

    with pytest.raises(RuntimeError):
        codes.fresh(session, 1)
