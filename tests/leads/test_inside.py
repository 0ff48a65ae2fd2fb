"""A lead stays in the office: what leaves it, in whatever form, says nothing of one."""

from tests.architecture.test_reading import readable
from tests.complaints.test_shield import texts
from tests.factories import leads
from tests.factories.addresses import EVERY_ROLE, attached, records_of
from tests.factories.enforcement import done
from tests.leads.test_deciding import visited
from training_oversight.leads import service
from training_oversight.registry.models import Institution
from training_oversight.web import marks

TOLD = "隔墙听见三角函数"
NOTED = "另案一并核实甲乙丙"
# The pages of the office on which a lead is shown: its own, and those of what it is about.
SHOWING = {
    *("leads.index", "leads.show", "leads.follow", "leads.hand_on", "leads.set_aside"),
    *("registry.show", "inspections.show", "desk.show", "desk.index", "history.index"),
}


def told(body):
    return [secret for secret in (TOLD, NOTED, "XS-20") if secret in "".join(texts(body))]


def planted(app, county, client_as):
    """A lead in every state about the institution that every paper and list is made of."""
    numbers = records_of(app, county, client_as)
    place = county.session.get(Institution, numbers["institution_id"])
    waiting = leads.lead(county, place, facts=TOLD)
    attached(app, waiting, county.officer(), name=f"{TOLD}.png")
    leads.handed_on(county, place, facts=TOLD)
    leads.set_aside(county, place, facts=TOLD)
    answered = visited(county, leads.lead(county, place, facts=TOLD))
    aside = leads.lead(county, place, facts=TOLD)
    done(service.set_aside, aside, reason=NOTED, by=county.officer(), today=county.today)
    return numbers | {"lead_id": waiting.id, "visit_id": answered.visit_id}


def test_no_paper_table_or_public_page_tells_of_a_lead(app, county, client_as):
    numbers = planted(app, county, client_as)
    browser, stranger = client_as(county.officer(*EVERY_ROLE)), client_as()
    shown, leaving, papers = set(), [], 0

    for endpoint, url in readable(app, numbers):
        public = marks.access_of(app.view_functions[endpoint]) == marks.PUBLIC
        with (stranger if public else browser).http.get(url) as answer:
            if answer.status_code != 200:
                continue
            page = answer.mimetype == "text/html" and not public
            papers += not page
            if told(answer.get_data()):
                shown.add(endpoint)
                leaving += [] if page else [endpoint]

    assert leaving == []
    assert papers > 15
    assert {"leads.show", "registry.show", "inspections.show"} <= shown
    assert shown <= SHOWING


def test_the_folder_for_the_public_tells_of_none(app, county, client_as, tmp_path):
    planted(app, county, client_as)

    app.test_cli_runner().invoke(args=["publication", "export", str(tmp_path)])

    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    assert [path for path in written if told(path.read_bytes())] == []
