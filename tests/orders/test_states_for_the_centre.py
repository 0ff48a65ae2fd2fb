"""The states of the centre's orders as a table, and the answer that is copied by one press."""

import io

import openpyxl

from tests.factories.complaints import REPORTER, WORDS, answered, called, desk, received
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.complaints.kinds import Channel


def of_the_centre(make, county, number):
    return make(county, channel=Channel.CENTRE, outside_number=number)


def table(answer):
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def test_every_order_of_the_centre_is_in_it_with_its_answer_and_no_word_of_the_reporter(
    client_as, county
):
    told = of_the_centre(answered, county, "DH0002")
    called(county, told)
    of_the_centre(received, county, "DH0001")
    received(county)

    answer = client_as(desk(county)).submit("/complaints", form="form[action$='states.xlsx']")

    header, first, second = table(answer)
    assert (first[0], second[0]) == ("DH0001", "DH0002")
    assert second[1] == told.number
    assert second[header.index("是否属实")] == "属实"
    assert second[header.index("满意度")] == "满意"
    assert first[header.index("给反映人的答复")] is None
    whole = " ".join(str(cell) for row in (header, first, second) for cell in row)
    for secret in (WORDS, REPORTER.name, REPORTER.phone):
        assert secret not in whole


def test_that_it_left_the_building_stands_in_the_history(client_as, county):
    client_as(desk(county)).submit("/complaints", form="form[action$='states.xlsx']")

    [event] = county.session.query(Event).filter_by(verb="orders.exported")
    assert event.facts == {"rows": 0}


def test_nobody_but_the_desk_takes_it_along(client_as, county):
    browser = client_as(county.officer(Role.LEADER))
    data = {"csrf_token": browser.token()}

    assert browser.http.post("/complaints/states.xlsx", data=data).status_code == 403


def test_the_answer_stands_ready_to_be_copied(client_as, county):
    complaint = of_the_centre(answered, county, "DH0003")

    page = client_as(desk(county)).get(f"/complaints/{complaint.id}").soup

    text = page.select_one("textarea[data-copied]")
    assert page.select_one("button[data-copy]")["data-copy"] == text["id"]
    assert text.text.strip() == complaint.answer.words
