"""A figure beside a line of the menu is the number of steps that a press on it lists."""

import re

import pytest

from tests.factories import ledger
from tests.factories.stages import STAGES
from training_oversight.accounts.permissions import Role
from training_oversight.publication.workflow import PublicationState

TOLD_OF = ("institution", "visit", "finding", "item", "notice", "case", "task", "message")


def filled(county):
    """A record of each kind in each state, and some that are late, for every group of the desk."""
    for kind in TOLD_OF:
        for make in STAGES[kind].values():
            make(county)
    # Of a public list only one is in preparation at a time.
    STAGES["publication:rectification"][PublicationState.SUBMITTED](county)
    STAGES["publication:unlicensed"][PublicationState.DRAFT](county)


def figures(page):
    """Label of the line -> (its figure, where that leads)."""
    found = {}
    for line in page.soup.select(".sidenav .nav-group li"):
        figure = line.select_one("a.count")
        if figure is not None:
            found[line.a.text.strip()] = (int(figure.text), figure["href"])
    return found


def steps(page, *, whole):
    """How many steps a page of the desk lists; what a group leaves out, its own line counts."""
    rows = len(page.soup.select("main table.ledger a.verb"))
    more = [int(re.search(r"\d+", one.text)[0]) for one in page.soup.select("main tr.more")]
    assert not (whole and more)
    return rows + sum(more)


def test_every_figure_of_the_menu_is_that_of_the_rows_it_opens(county, client_as):
    filled(county)
    told = set()
    for role in Role:
        if role is Role.SYSTEM:
            continue
        officer = county.officer(role)
        for _ in range(6):
            ledger.item(county, in_charge=officer, due_on=county.today)
        browser = client_as(officer)
        for label, (number, url) in figures(browser.get("/account")).items():
            told.add(label)
            assert steps(browser.get(url), whole=label != "工作台") == number, (role, label)
    assert {"工作台", "问题台账", "文书送达", "联合执法", "发件箱", "信息公示"} <= told


@pytest.mark.parametrize("asked", ["nowhere", "", "public.home"])
def test_a_line_that_is_none_lists_everything(county, client_as, asked):
    officer = ledger.inspector(county)
    ledger.item(county, in_charge=officer, due_on=county.today)

    page = client_as(officer).get(f"/desk?area={asked}")

    assert len(page.soup.select("main table.ledger a.verb")) == 1
