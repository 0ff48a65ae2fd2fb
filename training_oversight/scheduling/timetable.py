"""Every job, its hour, and how it catches up after an outage. The whole timetable on one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from training_oversight import clock
from training_oversight.audit.jobs import seal_days
from training_oversight.batches import Outcome
from training_oversight.complaints.jobs import forget_contacts
from training_oversight.enforcement.jobs import raise_overdue_items
from training_oversight.errands.jobs import forget_old_files
from training_oversight.intake.forgetting import forget_contents, forget_undecided_lists
from training_oversight.orders.jobs import discard_waiting_lists
from training_oversight.refunds.jobs import forget_families
from training_oversight.registry.jobs import follow_kinds, warn_of_licences
from training_oversight.scheduling.housekeeping import forget_old_tokens, remove_unnamed_files
from training_oversight.texts import Text

ONE_DAY = timedelta(days=1)


class CatchUp(StrEnum):
    """After an outage: every slot that was missed, or only the latest of them."""

    EACH = "each"
    LATEST = "latest"


@dataclass(frozen=True)
class Job:
    """A function of the day, safe to repeat, and the county's hour at which it runs daily."""

    name: str
    label: Text
    at: time
    run: Callable[[date], Outcome]
    catch_up: CatchUp

    def slot(self, day: date) -> datetime:
        return clock.from_local(datetime.combine(day, self.at))

    def latest_slot(self, now: datetime) -> datetime:
        """The last slot that has come by ``now``."""
        today = clock.day_of(now)
        slot = self.slot(today)
        return slot if slot <= now else self.slot(today - ONE_DAY)


TIMETABLE = {
    job.name: job
    for job in (
        Job(
            "seal-days",
            Text("Seal the history of the day before"),
            time(4, 10),
            seal_days,
            # It seals every day that is over and not sealed yet.
            CatchUp.LATEST,
        ),
        Job(
            "raise-overdue-items",
            Text("Put overdue items into joint cases, for a person to decide"),
            time(6, 0),
            raise_overdue_items,
            # Overdue is a fact of the present day: a missed morning is in today's.
            CatchUp.LATEST,
        ),
        Job(
            "follow-kinds",
            Text("Let industry departments follow the county's mapping of kinds"),
            time(5, 0),
            follow_kinds,
            # The mapping of today is the one that counts.
            CatchUp.LATEST,
        ),
        Job(
            "warn-of-licences",
            Text("Tell officers in charge of licences that come to their end"),
            time(5, 30),
            warn_of_licences,
            # After an outage the sharpest warning is enough; it names the day all the same.
            CatchUp.LATEST,
        ),
        Job(
            "forget-old-tokens",
            Text("Remove ended sign-ins and receipts of forms"),
            time(3, 0),
            forget_old_tokens,
            CatchUp.LATEST,
        ),
        Job(
            "forget-old-results",
            Text("Let go of files made two weeks ago"),
            time(3, 20),
            forget_old_files,
            CatchUp.LATEST,
        ),
        Job(
            "forget-undecided-lists",
            Text("Discard lists that nobody decided on for 30 days"),
            time(3, 25),
            forget_undecided_lists,
            CatchUp.LATEST,
        ),
        Job(
            "forget-list-contents",
            Text("Delete what senders wrote in finished lists and checks, by the county's days"),
            time(3, 27),
            forget_contents,
            CatchUp.LATEST,
        ),
        Job(
            "forget-contacts",
            Text("Delete who told of something, by the county's days"),
            time(3, 28),
            forget_contacts,
            CatchUp.LATEST,
        ),
        Job(
            "forget-families",
            Text("Delete who the families of ended refunds are, by the county's days"),
            time(3, 29),
            forget_families,
            CatchUp.LATEST,
        ),
        Job(
            "discard-waiting-orders",
            Text("Discard lists of orders that nobody took over for 7 days"),
            time(3, 29),
            discard_waiting_lists,
            CatchUp.LATEST,
        ),
        Job(
            "remove-unnamed-files",
            Text("Remove files that no record names"),
            time(3, 30),
            remove_unnamed_files,
            CatchUp.LATEST,
        ),
    )
}
