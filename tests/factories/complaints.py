"""Complaints at each stage."""

from tests.factories.ledger import done
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.complaints import service
from training_oversight.complaints.kinds import (
    CalledBy,
    Channel,
    ComplaintKind,
    Satisfaction,
    Truth,
)
from training_oversight.complaints.service import Reporter, Told, Written
from training_oversight.complaints.workflow import ComplaintVerb

REPORTER = Reporter("林素问", "13800138000", "")
WORDS = "孩子报的二十四节课只上了九节，机构关门后电话打不通。"
ACCOUNT = "反映该机构停课后不退剩余课时费用。"
ANSWER = Written(
    Truth.TRUE, "到场核实，机构已停课。", "经核实情况属实，已责令机构退还剩余课时费用。"
)


def desk(county):
    return county.officer(Role.HOTLINE)


def head(county):
    return county.officer(Role.SECTION_HEAD)


def handler(county, department="education"):
    role = Role.INSPECTOR if department == "education" else Role.LIAISON
    return county.officer(role, department=department)


def told(county, at=None, **values):
    given = {
        "channel": Channel.PHONE,
        "kind": ComplaintKind.COMPLAINT,
        "words": WORDS,
        "anonymous": False,
        "division": county.division,
        "authority_id": county.authority.id,
        "institution": at,
    }
    return Told(**(given | values))


def received(county, at=None, *, by=None, reporter=REPORTER, described=False, **values):
    """At an institution; or at a place that is only ``described``, in words of its own perhaps."""
    at = None if described else at or institution(county)
    if described:
        values = {"place": "书院路口小卖部楼上"} | values
    return done(
        service.log,
        told(county, at, **values),
        reporter,
        by=by or desk(county),
        now=clock.now(),
        today=clock.today(),
    )


def accepted(county, place=None, **values):
    complaint = received(county, place, **values)
    done(service.accept, complaint, by=desk(county), today=clock.today())
    return complaint


def assigned(county, place=None, *, department="education", to=None, helpers=(), **values):
    complaint = accepted(county, place, **values)
    done(
        service.assign,
        complaint,
        department=county.departments[department],
        handler=to,
        helpers=[county.departments[one] for one in helpers],
        account=ACCOUNT,
        by=desk(county),
        today=clock.today(),
    )
    return complaint


def objected(county, place=None, **values):
    complaint = assigned(county, place, **values)
    done(
        service.object_,
        complaint,
        ground="合同退费由市场监管部门处理。",
        department=county.departments["market"],
        by=handler(county),
        today=clock.today(),
    )
    return complaint


def submitted(county, place=None, *, by=None, written=ANSWER, **values):
    complaint = assigned(county, place, **values)
    done(service.submit, complaint, written, by=by or handler(county), today=clock.today())
    return complaint


def answered(county, place=None, **values):
    complaint = submitted(county, place, **values)
    done(service.approve, complaint, by=head(county), today=clock.today())
    return complaint


def called(county, complaint, said=Satisfaction.SATISFIED, *, reporter=None, by=None):
    return done(
        service.call_back,
        complaint,
        reporter or complaint,
        satisfaction=said,
        called_by=CalledBy.OFFICE,
        remark="",
        called_on=clock.today(),
        by=by or desk(county),
        today=clock.today(),
    )


def closed(county, place=None, **values):
    complaint = answered(county, place, **values)
    called(county, complaint)
    done(service.close, complaint, by=desk(county), today=clock.today())
    return complaint


def declined(county, place=None, **values):
    complaint = received(county, place, **values)
    given = {"reason": "属于邻县管辖，已告知其热线。", "by": desk(county), "today": clock.today()}
    done(service.decline, complaint, **given)
    return complaint


def merged(county, place=None, *, into=None, **values):
    place = place or institution(county)
    into = into or accepted(county, place)
    complaint = received(county, place, **values)
    done(service.merge, complaint, into, by=desk(county))
    return complaint


def redone(county, complaint, verb=ComplaintVerb.REDO, *, by=None):
    given = {"reason": "答复没有说明退费日期。", "by": by or head(county), "today": clock.today()}
    done(service.redo, complaint, verb, **given)
    return complaint
