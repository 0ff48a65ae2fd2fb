"""Every process that has this folder on its PYTHONPATH lives from the day in MOVED_TO on.

Python imports a module of this name by itself when it starts, in the processes that tests start
too. libfaketime would move the clock below Python, but breaks either its sleeps or its waits.
"""

import os
import time
from datetime import UTC, datetime, timedelta

import time_machine

if "MOVED_BY" not in os.environ:
    morning = datetime.fromisoformat(os.environ["MOVED_TO"]).replace(hour=1, tzinfo=UTC)
    # The processes that this one starts agree with it to the second.
    os.environ["MOVED_BY"] = str(morning.timestamp() - time.time())

now = datetime.now(UTC) + timedelta(seconds=float(os.environ["MOVED_BY"]))
time_machine.travel(now, tick=True).start()
