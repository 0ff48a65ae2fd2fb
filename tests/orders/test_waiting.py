"""What was asked of the centre waits on the desk until its answer is entered."""

from datetime import timedelta

import pytest

from tests.factories.complaints import assigned, desk, head
from tests.factories.orders import asked_back, more_time, said
from training_oversight.complaints.kinds import Channel, RequestResult
from training_oversight.complaints.models import Complaint
from training_oversight.orders import waiting


def order(county, number):
    return assigned(county, channel=Channel.CENTRE, outside_number=number)


def waits(county, officer):
    statement = waiting.WAITING.statement(officer).with_only_columns(Complaint.id)
    return set(county.session.scalars(statement))


@pytest.mark.both_databases
def test_it_waits_from_asking_to_the_answer(county):
    extended, returned, quiet = (order(county, f"DH{n}") for n in range(3))
    until = extended.due_on + timedelta(5)
    more_time(county, extended, until=until)
    asked_back(county, returned)
    before = waits(county, desk(county))

    said(county, extended, RequestResult.GRANTED)
    said(county, returned, RequestResult.REFUSED)

    assert before == {extended.id, returned.id}
    assert waits(county, desk(county)) == set()
    assert quiet.requests == []


def test_the_work_list_leads_to_the_page_on_which_it_is_entered(county, client_as):
    complaint = order(county, "DH1")
    asked_back(county, complaint)
    address = f"/complaints/{complaint.id}/centre/answer"

    assert address in client_as(desk(county)).get("/desk").text
    assert address not in client_as(head(county)).get("/desk").text
