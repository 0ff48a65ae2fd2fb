"""Two processes look for work at the same moment: no errand is run twice, and none is lost."""

import threading

from tests import processes
from tests.factories import errands
from tests.factories.county import County
from training_oversight import database
from training_oversight.errands import claims


def claim_at_once(workers):
    """Each worker claims until nothing is left; what each got, and what went wrong."""
    start, got, faults = threading.Barrier(len(workers)), {w: [] for w in workers}, []

    def work(worker):
        try:
            start.wait(processes.PATIENCE)
            while True:
                with database.transaction() as session:
                    errand = claims.claim(session, worker=worker)
                if errand is None:
                    return
                got[worker].append(errand.id)
        except Exception as fault:  # an error of the database is a fault, and must be seen
            faults.append(repr(fault))
        finally:
            database.close_session()

    threads = [threading.Thread(target=work, args=(one,)) for one in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(processes.PATIENCE)
    return got, faults


def test_no_errand_is_claimed_twice_and_none_is_left(own):
    county = County(database.current_session())
    by, kind = county.officer(), errands.kind()
    asked = [errands.asked(kind, by=by).id for _ in range(40)]
    database.close_session()

    got, faults = claim_at_once(["one", "two", "three"])

    assert faults == []
    assert sorted(key for keys in got.values() for key in keys) == asked
