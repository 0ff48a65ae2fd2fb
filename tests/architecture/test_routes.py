"""Every address says who may use it, and answers each role as the permission table says."""

import pytest
from werkzeug.routing import IntegerConverter

from training_oversight.accounts.permissions import GRANTED, Permission, Role, granted
from training_oversight.web import marks

# Answers a machine: no page, no session, no sign-in.
BARE = {"static"}


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in BARE]


def access(app, rule):
    return marks.access_of(app.view_functions[rule.endpoint])


def address(app, rule):
    """The address with an identity that no record has."""
    values = {
        name: 999_999 if isinstance(converter, IntegerConverter) else "nothing"
        for name, converter in rule._converters.items()
    }
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def readable(app):
    return sorted(
        {
            address(app, rule): access(app, rule) for rule in rules(app) if "GET" in rule.methods
        }.items()
    )


def test_every_view_says_who_may_use_it(app):
    silent = [rule.endpoint for rule in rules(app) if access(app, rule) is None]

    assert silent == []


def test_every_permission_that_a_view_asks_for_is_somebodys(app):
    asked = {
        one
        for rule in rules(app)
        if isinstance(access(app, rule), tuple)
        for one in access(app, rule)
    }
    held = set().union(*(held for role, held in GRANTED.items() if role is not Role.SYSTEM))

    assert asked <= set(Permission)
    assert asked <= held


def test_every_permission_is_asked_for_somewhere_or_belongs_to_a_move(app):
    from tests.architecture.test_workflows import workflows

    asked = {
        one
        for rule in rules(app)
        if isinstance(access(app, rule), tuple)
        for one in access(app, rule)
    }
    asked |= {move.permission for workflow in workflows().values() for move in workflow.moves}

    # Asked inside a page and not by an address: who may read telephone numbers, and who reads the
    # complaints that other departments own.
    assert set(Permission) - asked <= {
        Permission.SEE_PERSONAL_DATA,
        Permission.VIEW_EVERY_COMPLAINT,
    }


def test_a_visitor_is_sent_to_the_sign_in_page_or_reads_what_is_public(app, county, client_as):
    visitor = client_as()
    wrong = []
    for url, who in readable(app):
        answer = visitor.http.get(url)
        public = who == marks.PUBLIC
        sent = answer.status_code == 302 and "/sign-in" in answer.location
        if sent is public or (public and answer.status_code >= 500):
            wrong.append((url, answer.status_code))

    assert wrong == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_every_address_answers_the_role_as_the_permission_table_says(app, county, client_as, role):
    browser = client_as(county.officer(role))
    may = granted(frozenset({role}))
    wrong = []
    for url, who in readable(app):
        allowed = not isinstance(who, tuple) or bool(may & set(who))
        status = browser.http.get(url).status_code
        if (status == 403) is allowed or status >= 500:
            wrong.append((url, status, allowed))

    assert wrong == []


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.LIAISON, Role.ADMINISTRATOR])
def test_what_a_role_may_not_open_it_may_not_send_either(app, county, client_as, role):
    browser = client_as(county.officer(role))
    may = granted(frozenset({role}))
    token = browser.token()
    wrong = []
    for rule in rules(app):
        who = access(app, rule)
        if "POST" in rule.methods and isinstance(who, tuple) and not may & set(who):
            answer = browser.http.post(address(app, rule), data={"csrf_token": token})
            if answer.status_code != 403:
                wrong.append((rule.rule, answer.status_code))

    assert wrong == []


def test_nothing_is_sent_without_the_forms_token(app, county, client_as):
    browser = client_as(county.officer(*[role for role in Role if role is not Role.SYSTEM]))

    wrong = [
        (rule.rule, status)
        for rule in rules(app)
        if "POST" in rule.methods
        if (status := browser.http.post(address(app, rule)).status_code) != 400
    ]

    assert wrong == []


def test_an_address_that_nobody_declared_is_not_found(county, client_as):
    assert client_as(county.officer()).get("/nothing/here", status=404)


def test_every_menu_line_opens_for_who_sees_it(app, county, client_as):
    for role in set(Role) - {Role.SYSTEM}:
        browser = client_as(county.officer(role))
        page = browser.get("/account")
        for link in page.soup.select("nav.sidenav a"):
            assert browser.http.get(link["href"]).status_code == 200, (role, link["href"])
