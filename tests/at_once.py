"""Officers who press at the same moment, each on a connection of their own."""

import threading
import time

from tests import processes
from training_oversight import database
from training_oversight.accounts.models import Officer
from training_oversight.errors import OversightError

# So long the first holds what it has written before it commits; the second runs into it.
HELD = 0.5


def at_once(act, officers):
    """The act by each officer in a thread of their own; what each was answered."""
    start = threading.Barrier(len(officers))

    def press(officer_id):
        start.wait(processes.PATIENCE)
        with database.transaction() as session:
            act(session, by=session.get_one(Officer, officer_id))

    return sorted(_answers([lambda key=key: press(key) for key in officers]), key=str)


def one_within_another(first, second):
    """``second`` begins while ``first`` has written and not committed; what each was answered.

    Each is given a session; the first its transaction, the second none yet.
    """
    begun = threading.Event()

    def hold():
        try:
            with database.transaction() as session:
                first(session)
                session.flush()
                begun.set()
                time.sleep(HELD)
        finally:
            begun.set()

    def follow():
        assert begun.wait(processes.PATIENCE)
        second(database.current_session())

    return _answers([hold, follow])


def _answers(acts):
    """What each act was answered in a thread of its own, in their order: nothing is well."""
    answers = [None] * len(acts)

    def run(place):
        try:
            acts[place]()
        except OversightError as error:
            answers[place] = type(error).__name__
        except Exception as fault:  # an error of the database is a fault, and must be seen
            answers[place] = f"fault: {fault!r}"
        finally:
            database.close_session()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(processes.PATIENCE)
    return answers
