"""Which items the rule proposes, as what, and masked how."""

from datetime import date, timedelta

import pytest

from tests.factories import ledger
from tests.factories import publication as make
from training_oversight import database
from training_oversight.law.sentences import unpacked
from training_oversight.ledger import service as ledger_service
from training_oversight.ledger.clocks import LimitKind
from training_oversight.ledger.models import VerificationMode
from training_oversight.notices.publishing import PublicStatus
from training_oversight.notices.workflow import NoticeState
from training_oversight.publication import layout, service
from training_oversight.publication.masking import masked_words
from training_oversight.publication.rules import Occasion
from training_oversight.registry.models import Premises, Venue


def first_occasion(county):
    return Occasion(county.authority.id, county.system.scope, county.today, None)


def closed_directly(county, code):
    one = ledger.item(county)
    ledger.done(
        ledger_service.close_directly,
        one,
        reason=ledger.close_reason(county, code),
        recheck=ledger_service.Recheck(VerificationMode.DOCUMENTS, county.today, "核对过。"),
        verified_by=ledger.inspector(county),
        by=ledger.section_head(county),
        today=county.today,
    )
    return one


def cell(entry, name):
    """What the entry says in the column of that name."""
    values = layout.of(entry.publication).values(entry)
    return next(value for column, value in values if column.name == name)


def listed(one):
    return {entry.subject_id: entry.status for entry in one.entries}


def test_an_item_without_a_served_notice_is_not_proposed(county):
    waiting, revoked = ledger.item(county), ledger.item(county)
    make.served_notice(county, waiting, state=NoticeState.APPROVED)
    make.served_notice(county, revoked, state=NoticeState.REVOKED)
    ledger.applied(county)

    assert listed(make.draft(county)) == {}


def test_served_reported_and_verified_items_stand_in_words_that_do_not_mix(county):
    served, reported, checked = (make.owed(county) for _ in range(3))
    ledger.applied(county, reported)
    ledger.verified(county, ledger.applied(county, checked))

    assert listed(make.draft(county)) == {
        served.id: PublicStatus.RECTIFYING,
        reported.id: PublicStatus.WAITING,
        checked.id: PublicStatus.WAITING,
    }


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (LimitKind.SETTLEMENT, "停止：2026年10月15日；退费：2026年11月2日"),
        (LimitKind.REST, "立即整改：2026年10月15日；其余：2026年11月2日"),
    ],
)
def test_of_two_limits_the_list_says_both_and_what_each_is_for(county, kind, said):
    one = make.owed(county, due_on=county.today)
    ledger.second_limit(county, one, date(2026, 11, 2), kind=kind)
    alone = make.owed(county, due_on=county.today)

    found = {entry.subject_id: cell(entry, "due_on") for entry in make.draft(county).entries}

    assert found == {one.id: said, alone.id: county.today}


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("fixed_on_spot", PublicStatus.RECTIFIED),
        ("stopped", PublicStatus.STOPPED),
        ("referred", PublicStatus.REFERRED),
    ],
)
def test_a_closed_item_stands_as_its_reason_says(county, reason, status):
    one = closed_directly(county, reason)

    assert listed(make.draft(county)) == {one.id: status}


def test_untrue_and_void_items_are_never_proposed(county):
    closed_directly(county, "unfounded")
    void = make.owed(county)
    ledger.voided(county, void)

    assert listed(make.draft(county)) == {}


def test_a_closed_item_is_said_once(county, at):
    first = ledger.closed(county)
    make.published(county)
    later = ledger.closed(county)

    assert listed(make.published(county)) == {later.id: PublicStatus.RECTIFIED}
    assert first.id != later.id
    at(county.today + timedelta(days=30))
    assert listed(make.draft(county)) == {}


def test_what_a_withdrawn_batch_said_is_said_again(county):
    one = ledger.closed(county)
    make.withdrawn(county)

    assert listed(make.draft(county)) == {one.id: PublicStatus.RECTIFIED}


def test_every_entry_says_why(county):
    make.owed(county)
    one = make.draft(county)

    sentences = [str(why) for why in unpacked(one.entries[0].why)]

    assert sentences == ["2026年10月15日已送达文书。", "尚未整改到位。"]


def test_what_was_removed_stays_removed_when_the_copy_is_refreshed(county):
    make.owed(county)
    by = make.publisher(county)
    one = make.draft(county, by=by)
    ledger.done(service.remove, one.entries[0], reason="正在核实", by=by, today=county.today)
    new = make.owed(county)

    make.refreshed(county, one, by=by)

    assert [(e.included, e.removed_reason) for e in one.entries] == [
        (False, "正在核实"),
        (True, ""),
    ]
    assert one.entries[1].subject_id == new.id


def test_only_items_of_the_own_authority_are_proposed(county, session):
    from tests.factories.county import County

    other = County(session, code="990202", name="云岭县")
    make.owed(other)
    mine = make.owed(county)

    assert listed(make.draft(county)) == {mine.id: PublicStatus.RECTIFYING}


def test_what_the_rule_leaves_out_is_counted(county, session):
    ledger.item(county)
    closed_directly(county, "unfounded")
    ledger.voided(county)
    make.owed(county)

    found = make.RECTIFICATION.left_out(session, first_occasion(county))

    assert [count for _words, count in found] == [1, 0, 1, 1]


def test_the_copy_of_a_home_names_neither_person_nor_door_nor_telephone(county):
    place = ledger.institution(
        county, name="陈立群家教（书香苑3幢2单元401室）13809901234", responsible_person="陈立群"
    )
    with database.transaction() as session:
        session.add(Venue(institution_id=place.id, address="书香苑3幢", premises=Premises.DWELLING))
    make.owed(county, place)

    entry = make.draft(county).entries[0]

    assert cell(entry, "name") == "陈某某家教（书香苑3幢某）某"
    assert cell(entry, "problem") == ledger.violation_type(county).name


@pytest.mark.parametrize(
    ("name", "home", "public"),
    [
        ("新东风教育100分", False, "新东风教育100分"),
        ("文澜路12号培训点", False, "文澜路12号培训点"),
        ("书香苑3-2-401小饭桌", True, "书香苑某小饭桌"),
        ("书香苑3幢5楼501户", True, "书香苑3幢某"),
        ("辅导班0990-1234567", False, "辅导班某"),
        ("书香苑3幢401室某培训点", None, "书香苑3幢某某培训点"),
        ("文澜路12号培训点", None, "文澜路12号培训点"),
    ],
)
def test_names_are_masked_only_where_they_tell_too_much(name, home, public):
    assert masked_words(name, people=[None, ""], home=home) == public


def test_the_number_of_queries_does_not_grow_with_the_list(county, session, queries_of):
    def sent():
        session.expire_all()
        with queries_of() as statements:
            make.RECTIFICATION.proposed(session, first_occasion(county))
        return len(statements)

    make.owed(county)
    county.system  # noqa: B018 - loaded before counting
    few = sent()
    for _ in range(3):
        make.owed(county)

    assert sent() == few
