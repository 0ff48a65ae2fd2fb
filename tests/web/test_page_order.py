"""The summary of a refused form follows the page, however the form was declared."""

from tests.factories import enforcement
from tests.factories.registry import institution
from tests.pages import error_links
from training_oversight.accounts.permissions import Role
from training_oversight.web.page_order import in_page_order

PAGE = '<p>{}</p><ul data-faults><li><a href="#b">B</a></li>\n<li>general</li>\n' \
       '<li><a href="#a">A</a></li></ul><input id="a"><input id="b">'  # fmt: skip


def test_the_lines_stand_in_the_order_of_the_page():
    ordered = in_page_order(PAGE)

    assert ordered.index("general") < ordered.index(">A<") < ordered.index(">B<")
    assert ordered.count("<li>") == 3


def test_a_page_without_a_summary_is_as_it_was():
    assert in_page_order("<p>href</p>") == "<p>href</p>"


def test_a_form_that_adds_a_field_to_another_is_summed_up_in_page_order(county, client_as):
    case = enforcement.convened_case(county)

    page = client_as(county.officer(Role.SECTION_HEAD)).submit(
        f"/cases/{case.id}/tasks/new", 422, asked="", department_id=""
    )

    assert error_links(page) == ["#department_id", "#asked"]


def test_a_long_page_is_too(county, client_as):
    place = institution(county)

    page = client_as(county.officer()).submit(
        f"/visits/findings/new?institution={place.id}", 422, found_on="", facts=""
    )

    found = error_links(page)
    assert found.index("#found_on") < found.index("#facts")
