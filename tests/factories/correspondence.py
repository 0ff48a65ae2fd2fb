"""Messages at each stage: what a convened case tells the fire brigade, and of its return."""

from tests.factories import enforcement
from tests.factories.enforcement import done
from training_oversight.accounts.permissions import Role
from training_oversight.correspondence import channels, queries, service
from training_oversight.texts import Text


def releaser(county):
    return county.officer(Role.SECTION_HEAD)


def message_about(county, task, kind="task.asked"):
    found = queries.about(county.session, task)
    return next(message for message in found if message.kind == kind)


def waiting(county):
    case = enforcement.convened_case(county)
    return message_about(county, enforcement.task_of(county, case))


def released(county):
    message = waiting(county)
    done(
        service.release,
        message,
        channel=channels.NONE,
        by=releaser(county),
        today=county.today,
    )
    return message


def handed_over(county):
    message = released(county)
    given = {"on": county.today, "how": "电话告知卢岩", "today": county.today}
    done(service.hand_over, message, by=releaser(county), **given)
    return message


def dropped(county):
    message = waiting(county)
    done(service.drop, message, reason="当面已说清", by=releaser(county))
    return message


def sent(county):
    message = released(county)
    done(service.sent, message, answer=Text("Released."), by=county.system)
    return message


def ready(county):
    return message_about(county, enforcement.returned_task(county), "task.returned")


class Carrier:
    """A channel that keeps what it was given."""

    code = "carrier"
    promise = Text("Released.")

    def __init__(self):
        self.taken = []

    def take(self, _session, message, *, by):
        self.taken.append((message.id, by.id))
        return Text("Released.")
