"""Leads in every state, made through the service."""

from datetime import timedelta

from tests.factories.enforcement import done
from training_oversight import clock
from training_oversight.leads import service
from training_oversight.leads.models import LeadSource
from training_oversight.leads.service import LeadDraft

FACTS = "三楼东侧教室正在上课，学生约二十人，门口没有招牌。"
PLACE = "书院路口二楼的托管班"


def lead(county, institution=None, *, by=None, **values):
    """Seen yesterday at an institution, else at a place that only words describe."""
    usual = {
        "source": LeadSource.COVERT,
        "division": county.townships[0],
        "seen_on": clock.today() - timedelta(days=1),
        "facts": FACTS,
        "institution": institution,
        "place": PLACE,
        "address": "书院路12号二楼",
    }
    draft = LeadDraft(**(usual | values))
    return done(service.enter, draft, by=by or county.officer(), today=clock.today())


def follow(county, made, *, by=None, **values):
    officer = by or county.officer()
    usual = {"planned_on": clock.today(), "officers": [officer], "today": clock.today()}
    return done(service.follow, made, by=officer, **(usual | values))


def followed(county, institution=None, **values):
    made = lead(county, institution, **values)
    follow(county, made)
    return made


def handed_on(county, institution=None, **values):
    made = lead(county, institution, **values)
    to = county.departments["market"]
    done(service.hand_on, made, to=to, note="涉及营业执照，请核实。", by=county.officer(),
         today=clock.today())  # fmt: skip
    return made


def set_aside(county, institution=None, **values):
    made = lead(county, institution, **values)
    done(service.set_aside, made, reason="与上周检查所见为同一情况。", by=county.officer(),
         today=clock.today())  # fmt: skip
    return made
