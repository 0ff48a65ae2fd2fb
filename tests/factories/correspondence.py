"""Messages at each stage: what a convened case tells the fire brigade, and of its return."""

from tests.factories import enforcement
from tests.factories.enforcement import done
from training_oversight import clock
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.correspondence import channels, kinds, queries, service
from training_oversight.correspondence.kinds import MessageKind
from training_oversight.enforcement import messages
from training_oversight.enforcement import service as joint
from training_oversight.enforcement.models import JointTask
from training_oversight.texts import Text

UNWANTED = kinds.declare(
    MessageKind(
        "test.unwanted",
        Text("Message"),
        lambda _task: Text("Message"),
        messages.PAGE,
        Permission.CONVENE_CASE,
        wanted=lambda _session, _key: False,
    )
)


def unwanted(county):
    """A message that a step has left behind though nobody need be told any more."""
    task = enforcement.task_of(county, enforcement.raised_case(county))
    return done(service.write, UNWANTED, about=task, to=task.department, by=releaser(county))


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
    let_out(message, by=releaser(county))
    return message


def let_out(message, *, by, channel=channels.NONE, **more):
    return done(service.release, message, channel=channel, by=by, today=clock.today(), **more)


def handed_over(county):
    message = released(county)
    given = {"on": county.today, "how": "电话告知卢岩", "today": county.today}
    done(service.hand_over, message, by=releaser(county), **given)
    return message


def dropped(county):
    message = waiting(county)
    done(service.drop, message, reason="当面已说清", by=releaser(county))
    return message


def settled(county):
    message = released(county)
    task = county.session.get_one(JointTask, message.subject_id)
    done(joint.accept, task, by=enforcement.liaison(county), today=county.today)
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
