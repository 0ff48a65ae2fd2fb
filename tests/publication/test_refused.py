"""What the list refuses besides the moves that its table lacks."""

import pytest

from tests.factories import ledger
from tests.factories import publication as make
from training_oversight.errors import BadInput, NotFound, NotPermitted, WrongState
from training_oversight.publication import service


@pytest.fixture
def entry(county):
    make.owed(county)
    make.owed(county)
    return make.draft(county).entries[0]


def test_an_entry_is_left_out_once_and_for_a_reason(county, entry):
    by = make.publisher(county)

    with pytest.raises(BadInput) as refused:
        ledger.done(service.remove, entry, reason=" ", by=by, today=county.today)
    ledger.done(service.remove, entry, reason="正在核实", by=by, today=county.today)
    with pytest.raises(WrongState):
        ledger.done(service.remove, entry, reason="正在核实", by=by, today=county.today)

    assert set(refused.value.fields) == {"reason"}


def test_an_entry_that_is_in_the_list_is_not_taken_back_into_it(county, entry):
    with pytest.raises(WrongState):
        ledger.done(service.restore, entry, by=make.publisher(county))

    assert entry.included


def test_an_inspector_does_not_prepare_lists(county, entry):
    for verb, values in [
        (service.remove, {"reason": "正在核实", "today": county.today}),
        (service.restore, {}),
    ]:
        with pytest.raises(NotPermitted):
            ledger.done(verb, entry, by=county.officer(), **values)


def test_the_copy_of_what_is_public_is_not_refreshed(county):
    make.owed(county)
    one = make.published(county)

    with pytest.raises(WrongState):
        make.refreshed(county, one, by=make.publisher(county))


def test_an_item_that_left_the_ledger_leaves_the_copy_when_it_is_refreshed(county):
    gone, stays = make.owed(county), make.owed(county)
    one = make.draft(county)
    ledger.voided(county, gone)

    make.refreshed(county, one, by=make.publisher(county))

    assert [entry.subject_id for entry in one.entries] == [stays.id]


def test_a_list_of_another_authority_is_not_refreshed(county, session):
    make.owed(county)
    one = make.draft(county)
    stranger = make.publisher(type(county)(session, "990102", "临川县"))

    with pytest.raises(NotFound):
        make.refreshed(county, one, by=stranger)
