"""Steps that tell somebody something, and what is done with the message."""

import sqlalchemy as sa

from tests.factories import correspondence
from tests.factories.enforcement import done
from training_oversight import clock
from training_oversight.correspondence import service
from training_oversight.correspondence.models import Message
from training_oversight.enforcement import service as joint
from training_oversight.law.sentences import unpacked


def written(session):
    return session.scalars(sa.select(Message).order_by(Message.id)).all()


def said(message):
    return str(unpacked([message.words])[0])


release = correspondence.let_out


def convene(session, case, *, by):
    today = clock.today()
    given = {"decided_by": "顾明川", "decided_on": today, "document": "11号"}
    joint.convene(session, case, **given, by=by, today=today)


def hand_over(message, *, by, on=None, how="电话告知值班室", **more):
    today = clock.today()
    done(service.hand_over, message, on=on or today, how=how, by=by, today=today, **more)
