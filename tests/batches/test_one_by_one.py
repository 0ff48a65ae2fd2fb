"""One bad record never holds up the rest, and leaves nothing behind."""

import logging

from training_oversight.accounts.models import Department
from training_oversight.batches import Outcome, one_by_one


def test_what_was_done_and_what_was_found_handled_are_counted_apart(county):
    outcome = one_by_one([1, 2, 3], lambda _session, key: key != 2)

    assert outcome == Outcome(done=2, failed=0, skipped=1)


def test_an_error_in_one_record_is_logged_and_undone_and_the_rest_is_kept(county, session, caplog):
    keys = [county.departments[code].id for code in ("market", "police", "fire")]

    def rename(session, key):
        session.get_one(Department, key).name = "改名"
        session.flush()
        if key == keys[1]:
            raise ZeroDivisionError
        return True

    with caplog.at_level(logging.ERROR):
        outcome = one_by_one(keys, rename)

    names = [session.get_one(Department, key, populate_existing=True).name for key in keys]
    assert outcome == Outcome(done=2, failed=1, skipped=0)
    assert names == ["改名", "澄江县公安局", "改名"]
    assert str(keys[1]) in caplog.text
