"""One rule for the next step, on the page of every record, in every state, for every role."""

from datetime import timedelta

import pytest

from tests.factories import ledger, notices, registry
from tests.factories.stages import STAGES
from training_oversight.accounts.permissions import Role

PAGES = {
    "institution": "/institutions/{}",
    "visit": "/visits/{}",
    "finding": "/visits/findings/{}",
    "lead": "/leads/{}",
    "item": "/items/{}",
    "notice": "/notices/{}",
    "case": "/cases/{}",
    "task": "/cases/tasks/{}",
    "complaint": "/complaints/{}",
    "refund": "/refunds/{}",
    "event": "/refunds/events/{}",
    "reward": "/rewards/{}",
    "message": "/outbox/{}",
    "publication:rectification": "/publications/{}",
    "publication:unlicensed": "/publications/{}",
}
ROLES = [role for role in Role if role is not Role.SYSTEM]


def stages():
    return [(kind, state) for kind in PAGES if kind in STAGES for state in STAGES[kind]]


def follows_the_rule(page):
    """What is named is the first button, blue; where another has to act, none is."""
    box = page.soup.select_one(".next-step")
    if box is None:
        return
    title = box.select_one("#next-step-title").text.removeprefix("下一步：").strip()
    buttons = box.select(".moves .button")
    blue = [one for one in buttons if "main" in one["class"]]
    named = [one for one in buttons if one.text.strip() == title]
    assert named == blue, (title, [one.text.strip() for one in buttons])
    assert blue in ([], buttons[:1]), (title, [one.text.strip() for one in buttons])


@pytest.mark.parametrize(("kind", "state"), stages())
def test_the_named_step_is_the_blue_first_button_for_every_role(county, client_as, kind, state):
    record = STAGES[kind][state](county)
    for role in ROLES:
        page = client_as(county.officer(role)).get(PAGES[kind].format(record.id), status=None)
        if page.status_code == 200:
            follows_the_rule(page)


def late(county):
    return ledger.item(county, due_on=county.today - timedelta(days=3))


def nobodys(county):
    return registry.institution(county, officer_in_charge_id=None)


OTHERS = {
    "an item without a limit": ("item", ledger.item),
    "an item that is late": ("item", late),
    "an institution that is nobody's": ("institution", nobodys),
    "an institution with a permit": ("institution", registry.licensed_institution),
}


@pytest.mark.parametrize("which", OTHERS)
def test_the_same_of_what_a_state_does_not_tell(county, client_as, which):
    kind, make = OTHERS[which]
    record = make(county)
    for role in ROLES:
        follows_the_rule(client_as(county.officer(role)).get(PAGES[kind].format(record.id), None))


def test_of_a_verified_item_the_close_out_is_named_and_blue_for_the_head(county, client_as):
    item = ledger.verified(county)

    page = client_as(county.officer(Role.SECTION_HEAD)).get(f"/items/{item.id}").soup

    assert page.select_one(".moves .button.main").text == "同意销号"


def test_who_waits_for_another_has_no_blue_button(county, client_as):
    item = ledger.verified(county)

    page = client_as(county.officer(Role.INSPECTOR)).get(f"/items/{item.id}").soup

    assert not page.select(".moves .button.main")


def test_while_an_announcement_runs_its_end_is_the_next_step(county, client_as):
    notice = notices.announced(county, notices.approved(county))

    page = client_as(county.officer(Role.SECTION_HEAD)).get(f"/notices/{notice.id}").soup

    # Thirty days from today end on a Saturday.
    assert "公告期满，2026年11月16日" in page.select_one("#next-step-title").text
    assert not page.select(".moves .button.main")
