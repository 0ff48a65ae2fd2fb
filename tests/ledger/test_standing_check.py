"""The official ledger and its export show the result that stands, none of an earlier round."""

from datetime import timedelta

import pytest

from tests.factories import ledger as make
from training_oversight.accounts.permissions import Role
from training_oversight.ledger import service, table
from training_oversight.ledger.models import LimitBasis
from training_oversight.ledger.service import FixedLimit

SHOWN = [one for one in table.OFFICIAL if one.name in ("result", "verified_by")]


def shown(county, item):
    county.session.refresh(item)
    return tuple(table.row(SHOWN, table.Line(item, {}, county.today)))


def reopened(county):
    item = make.closed(county)
    limit = FixedLimit(county.today + timedelta(days=10), LimitBasis.REOPENED, "")
    make.done(
        service.reopen, item, limit=limit, reason="又开课",
        by=county.officer(Role.SECTION_HEAD), today=county.today, calendar=make.calendar(county),
    )  # fmt: skip
    return item


@pytest.mark.parametrize("of", [make.verified, make.closed])
def test_what_was_passed_is_shown_while_it_stands(county, of):
    result, who = shown(county, of(county))

    assert str(result) == "整改到位"
    assert who


@pytest.mark.parametrize("of", [make.item, make.applied, reopened])
def test_an_earlier_round_leaves_no_result(county, of):
    assert shown(county, of(county)) == (None, None)
