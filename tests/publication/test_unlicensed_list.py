"""无证机构名单: a person found it, a paper ordered it; a permit that nobody recorded is unknown."""

import pytest

from tests.factories import ledger, registry
from tests.factories import publication as make
from tests.publication.test_proposal import cell
from training_oversight import database
from training_oversight.catalogue.models import Effect
from training_oversight.ledger import service as ledger_service
from training_oversight.ledger.models import VerificationMode
from training_oversight.notices.workflow import NoticeState
from training_oversight.publication.masking import street
from training_oversight.publication.rules import Occasion
from training_oversight.registry.models import Premises, Venue


def drafted(county):
    return make.draft(county, rule=make.UNLICENSED)


def statuses(publication):
    return {entry.subject_id: entry.status for entry in publication.entries}


def closed_as(county, item, reason):
    return ledger.done(
        ledger_service.close_directly,
        item,
        reason=ledger.close_reason(county, reason),
        recheck=ledger_service.Recheck(VerificationMode.DOCUMENTS, county.today, "核对过。"),
        verified_by=ledger.inspector(county),
        by=ledger.section_head(county),
        today=county.today,
    )


def left_out(county, session):
    occasion = Occasion(county.authority.id, county.system.scope, county.today, None)
    return [count for _words, count in make.UNLICENSED.left_out(session, occasion)]


def test_a_place_without_a_recorded_permit_is_not_on_the_list(county):
    ledger.institution(county)
    make.owed(county, ledger.institution(county))

    assert drafted(county).entries == []


def test_a_place_found_training_without_approval_and_ordered_to_stop_is(county):
    one = make.ordered_to_stop(county, ledger.institution(county, "星屿画室"))

    entry = drafted(county).entries[0]

    assert (entry.subject_kind, entry.subject_id) == ("rectification_item", one.id)
    assert entry.status == "ordered"
    assert cell(entry, "name") == "星屿画室"
    assert cell(entry, "problem") == "未经审批开展校外培训"
    assert cell(entry, "found_on") == one.found_on
    assert cell(entry, "ordered") == make.notice_type(county, Effect.STOP).name
    assert cell(entry, "ordered_on") == county.today


@pytest.mark.parametrize("state", [NoticeState.APPROVED, NoticeState.REVOKED])
def test_an_order_that_is_not_served_or_was_taken_back_puts_nobody_on_it(county, session, state):
    item = ledger.item(county, type="unlicensed")
    make.served_notice(county, item, effect=Effect.STOP, state=state)

    assert drafted(county).entries == []
    assert left_out(county, session) == [1, 0, 0, 0, 0]


def test_an_order_to_put_right_something_else_puts_nobody_on_it(county):
    item = ledger.item(county, type="unlicensed")
    make.served_notice(county, item, effect=Effect.RECTIFY)
    other = ledger.item(county, type="fees")
    make.served_notice(county, other, effect=Effect.STOP)

    assert drafted(county).entries == []


def test_whoever_has_a_permit_by_now_is_not_on_it(county, session):
    place = ledger.institution(county)
    make.ordered_to_stop(county, place)
    registry.licence(county, place)

    assert drafted(county).entries == []
    assert left_out(county, session) == [0, 1, 0, 0, 0]


def test_who_says_that_it_has_stopped_is_not_said_to_have(county):
    one = make.ordered_to_stop(county)
    ledger.applied(county, one)

    assert statuses(drafted(county)) == {one.id: "waiting"}


@pytest.mark.parametrize(("reason", "status"), [("stopped", "stopped"), ("referred", "referred")])
def test_what_became_of_a_place_is_said_once(county, reason, status):
    one = make.ordered_to_stop(county)
    make.published(county, rule=make.UNLICENSED)
    closed_as(county, one, reason)

    assert statuses(make.published(county, rule=make.UNLICENSED)) == {one.id: status}
    assert statuses(drafted(county)) == {}


@pytest.mark.parametrize(
    ("reason", "counts"),
    [("licensed", [0, 0, 1, 0, 0]), ("unfounded", [0, 0, 0, 1, 0])],
)
def test_who_was_licensed_since_or_wrongly_accused_leaves_it(county, session, reason, counts):
    closed_as(county, make.ordered_to_stop(county), reason)

    assert drafted(county).entries == []
    assert left_out(county, session) == counts


def test_what_was_entered_in_error_leaves_it(county, session):
    ledger.voided(county, make.ordered_to_stop(county))

    assert drafted(county).entries == []
    assert left_out(county, session) == [0, 0, 0, 0, 1]


def test_a_place_stands_on_it_once_for_what_was_found_last(county):
    place = ledger.institution(county)
    make.ordered_to_stop(county, place)
    last = make.ordered_to_stop(county, place, found_on=county.today)

    assert statuses(drafted(county)) == {last.id: "ordered"}


def test_it_rests_on_what_the_countys_catalogue_says(county):
    make.ordered_to_stop(county)

    assert drafted(county).basis == ledger.violation_type(county, "unlicensed").legal_basis


def test_it_names_no_person_no_telephone_and_no_house(county):
    place = ledger.institution(
        county,
        "王小丫赵立画室（钱明）13809901234",
        responsible_person="王小丫",
        legal_representative="赵立",
        principal="钱明",
    )
    with database.transaction() as session:
        session.add(
            Venue(
                institution_id=place.id,
                address=f"{place.division.name}王小丫大院3幢2单元401室",
                premises=Premises.DWELLING,
            )
        )
    make.ordered_to_stop(county, place)

    entry = drafted(county).entries[0]

    assert cell(entry, "name") == "王某某赵某画室（钱某）某"
    assert cell(entry, "street") == "王某某大院"


def test_the_number_of_queries_does_not_grow_with_the_list(county, session, queries_of):
    occasion = Occasion(county.authority.id, county.system.scope, county.today, None)

    def sent():
        session.expire_all()
        with queries_of() as statements:
            make.UNLICENSED.proposed(session, occasion)
        return len(statements)

    make.ordered_to_stop(county)
    few = sent()
    for _ in range(3):
        make.ordered_to_stop(county)

    assert sent() == few


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("文澜路12号二楼", "文澜路"),
        ("书香苑3幢2单元401室", "书香苑"),
        ("南塘大街（１２号）", "南塘大街"),
        ("青柳巷三号楼", "青柳巷"),
        ("三元街", "三元街"),
        ("", ""),
    ],
)
def test_an_address_is_told_as_far_as_the_street(address, public):
    assert street(address) == public
