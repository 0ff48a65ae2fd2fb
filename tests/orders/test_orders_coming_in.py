"""Orders of the 12345 centre as they come in lists."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import undefer_group

from tests.factories.complaints import answered, assigned, desk, received
from tests.factories.county import County
from tests.factories.orders import HEADER, TOLD, counts, opened, orders, row, taken, why
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.complaints import service
from training_oversight.complaints.kinds import Channel, ComplaintKind, LimitBasis, Step
from training_oversight.complaints.models import Complaint, ComplaintContact
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.errors import BadInput, NotFound, NotPermitted
from training_oversight.orders import running

NAME = "青禾艺术培训中心"


def of(session, number):
    return session.scalars(sa.select(Complaint).where(Complaint.outside_number == number)).one()


def contact(session, complaint):
    return session.scalars(
        sa.select(ComplaintContact)
        .where(ComplaintContact.complaint_id == complaint.id)
        .options(undefer_group("sealed"))
    ).one()


def verbs(session, complaint):
    return session.scalars(
        sa.select(Event.verb)
        .where(Event.subject_kind == "complaint", Event.subject_id == complaint.id)
        .order_by(Event.id)
    ).all()


def test_a_row_becomes_an_order_with_its_number_its_day_and_a_sealed_contact(session, county):
    place = institution(county, name=NAME)

    tally = taken(county, row("DH20260001"))

    order, told = of(session, "DH20260001"), contact(session, of(session, "DH20260001"))
    assert (tally.rows, counts(tally)) == (1, {"created": 1})
    assert (order.channel, order.kind) == (Channel.CENTRE, ComplaintKind.COMPLAINT)
    assert (order.institution_id, order.received_on) == (place.id, county.today)
    assert [(limit.step, limit.basis) for limit in order.limits] == [
        (Step.ACCEPT, LimitBasis.COUNTY),
        (Step.ANSWER, LimitBasis.ORDER),
    ]
    assert order.limits[1].due_on == county.today + timedelta(10)
    assert (told.name, told.phone, told.reach) == ("梁晚舟", "13900000001", None)
    assert order.reachable
    assert not order.anonymous
    assert verbs(session, order) == ["complaint.logged"]


def test_the_same_list_twice_makes_nothing_new(session, county):
    rows = [row(f"DH{n}", 联系电话=f"1390000000{n}") for n in range(5)]
    taken(county, *rows)

    tally = taken(county, *rows)

    assert counts(tally) == {"unchanged": 5}
    assert session.scalar(sa.select(sa.func.count()).select_from(Complaint)) == 5


def test_a_name_that_is_only_alike_chooses_no_institution(session, county):
    institution(county, name=NAME)

    taken(county, row("DH1", 被反映单位="青禾培训"), row("DH2", 被反映单位=f" {NAME}（本部）"))

    for number, said in (("DH1", "青禾培训"), ("DH2", f"{NAME}（本部）")):
        order = of(session, number)
        assert order.institution_id is None
        assert order.place == f"{said}，书院路8号"
        assert order.division_path == county.townships[0].path


def test_of_two_institutions_of_one_name_none_is_chosen_unless_one_has_closed(session, county):
    institution(county, name=NAME)
    institution(county, name=NAME)

    taken(county, row("DH1"))

    assert of(session, "DH1").institution_id is None


def test_contacts_in_the_text_are_covered_and_go_to_the_sealed_contact(session, county):
    words = "我叫梁晚舟，身份证号11010119900307765X，请打13900000009联系，课没上完。"

    taken(county, row("DH1", 工单内容=words, 事发地址="书院路8号梁晚舟家13900000009"))

    order = of(session, "DH1")
    kept = contact(session, order)
    for secret in ("梁晚舟", "11010119900307765X", "13900000009"):
        assert secret not in order.words + order.place
    assert "课没上完" in order.words
    assert kept.reach == "13900000009"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("投诉", ComplaintKind.COMPLAINT),
        ("举报类", ComplaintKind.REPORT),
        ("咨询", ComplaintKind.INQUIRY),
        ("意见建议", ComplaintKind.INQUIRY),
        ("求助", ComplaintKind.HELP),
        ("信访", ComplaintKind.PETITION),
        ("", ComplaintKind.COMPLAINT),
    ],
)
def test_the_kind_is_read_as_the_centre_calls_it(session, county, said, kind):
    tally = taken(county, row("DH1", 工单类型=said))

    assert of(session, "DH1").kind is kind
    assert tally.doubted == []


def test_a_kind_that_nobody_knows_is_taken_for_a_complaint_and_said(session, county):
    tally = taken(county, row("DH1", 工单类型="其他"))

    assert of(session, "DH1").kind is ComplaintKind.COMPLAINT
    assert "其他" in str(tally.doubted[0].doubts[0])


@pytest.mark.parametrize("said", [{"是否保密": "是"}, {"诉求人": ""}])
def test_who_wants_it_secret_or_gave_no_name_is_anonymous(session, county, said):
    taken(county, row("DH1", **said))

    assert of(session, "DH1").anonymous


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"工单编号": ""}, "没有编号"),
        ({"工单编号": "无"}, "没有编号"),
        ({"工单编号": "2.02611E+17"}, "工单编号"),
        ({"工单内容": ""}, "内容为空"),
        ({"工单内容": "#REF!"}, "工单内容"),
        ({"来电时间": "上周三"}, "来电时间"),
        ({"来电时间": "2099-01-01"}, "不能晚于今天"),
        ({"办理期限": "尽快"}, "办理期限"),
        ({"办理期限": "2020-01-01"}, "早于"),
        ({"所属区域": "邻江县"}, "不在澄江县"),
        ({"所属区域": "云州市临江区"}, "不在澄江县"),
        ({"所属区域": "", "事发地址": "云州市邻江县人民路1号"}, "不在澄江县"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_an_order_is_rejected_with_its_reason(session, county, said, sentence):
    tally = taken(county, row("DH1", **said), row("DH2", 联系电话="13900000002"))

    assert counts(tally) == {"created": 1, "rejected": 1}
    assert sentence in why(tally)[0]
    assert [one.row for one in tally.rejected] == [2]


def test_another_county_of_the_database_is_another_county(county):
    County(county.session, "990202", "霁江县")

    tally = taken(county, row("DH1", 所属区域="", 事发地址="霁江县南门12号"))

    assert "不在澄江县" in why(tally)[0]


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"所属区域": "澄江县"}, "澄江县"),
        ({"所属区域": "澄江"}, "澄江县"),
        ({"所属区域": "云州市澄江县南塘街道"}, "南塘街道"),
        ({"所属区域": "南塘"}, "南塘街道"),
        ({"所属区域": "城东街道东门社区"}, "城东街道"),
        ({"所属区域": "澄江县", "事发地址": "澄江县南塘街道6号"}, "南塘街道"),
        ({"所属区域": "", "事发地址": "南塘街道6号"}, "南塘街道"),
        ({"所属区域": "", "事发地址": "县前街6号"}, "澄江县"),
        ({"所属区域": ""}, "澄江县"),
        ({"所属区域": "", "事发地址": ""}, "澄江县"),
    ],
)
def test_where_it_lies_is_read_from_area_and_address(session, county, said, where):
    tally = taken(county, row("DH1", **said))

    assert of(session, "DH1").division.name == where
    assert tally.doubted == []


def test_an_area_that_is_no_township_is_said_and_left(session, county):
    tally = taken(county, row("DH1", 所属区域="东门社区"))

    assert of(session, "DH1").division_path == county.division.path
    assert "东门社区" in str(tally.doubted[0].doubts[0])


def test_a_cell_that_is_not_needed_and_cannot_be_read_is_left_empty(session, county):
    tally = taken(county, row("DH1", 联系电话="1.39E+10"))

    assert contact(session, of(session, "DH1")).phone is None
    assert "联系电话" in str(tally.doubted[0].doubts[0])


def test_without_any_place_the_order_says_so(session, county):
    taken(county, row("DH1", 被反映单位="", 事发地址=""))

    assert of(session, "DH1").place == "工单未写明地点"


@pytest.mark.parametrize("number", [20261130001, 20261130001.0, "20261130001.0", " 20261130001 "])
def test_a_number_is_the_same_however_it_is_kept(session, county, number):
    taken(county, row(number))

    assert of(session, "20261130001")


def test_the_same_caller_about_the_same_place_is_added_to_the_open_order(session, county):
    place = institution(county, name=NAME)
    first = assigned(county, place)
    phone = "138 0013 8000"

    tally = taken(county, row("DH1", 联系电话=phone), row("DH2"), row("DH3", 诉求人="林素问"))

    merged, new = of(session, "DH1"), of(session, "DH2")
    assert counts(tally) == {"created": 1, "merged": 2}
    assert (merged.state, merged.merged_into_id) == (ComplaintState.MERGED, first.id)
    assert of(session, "DH3").merged_into_id == new.id
    assert merged.tracking_code != first.tracking_code
    assert merged.due_on is None
    assert contact(session, merged).phone == phone
    assert verbs(session, merged) == ["complaint.logged", "complaint.merge"]
    assert verbs(session, first)[-1] == "complaint.joined"
    assert counts(taken(county, row("DH1", 联系电话=phone))) == {"unchanged": 1}


def test_a_third_call_goes_where_the_second_went(session, county):
    first = received(county, institution(county, name=NAME))
    phone = "13800138000"

    taken(county, row("DH1", 联系电话=phone))
    taken(county, row("DH2", 联系电话=phone))

    assert of(session, "DH2").merged_into_id == first.id


def test_an_answered_order_takes_nobody_in(session, county):
    answered(county, institution(county, name=NAME))

    tally = taken(county, row("DH1", 联系电话="13800138000"))

    assert counts(tally) == {"created": 1}


def test_the_same_caller_about_another_place_is_another_order(county):
    tally = taken(county, row("DH1"), row("DH2", 被反映单位="晨曦书画社"), row("DH3"))

    assert counts(tally) == {"created": 2, "merged": 1}


def test_another_day_of_the_centre_is_a_new_limit_of_the_order(session, county):
    taken(county, row("DH1"))
    later = county.today + timedelta(20)

    tally = taken(county, row("DH1", 办理期限=later))

    order = of(session, "DH1")
    assert counts(tally) == {"changed": 1}
    assert [one.due_on for one in order.limits][1:] == [county.today + timedelta(10), later]
    assert order.due_on == order.limits[0].due_on
    assert verbs(session, order)[-1] == "complaint.order_changed"
    assert counts(taken(county, row("DH1", 办理期限=later))) == {"unchanged": 1}


def test_of_an_accepted_order_the_new_day_is_owed(session, county):
    order = assigned(county, outside_number="DH1")
    later = county.today + timedelta(30)

    taken(county, row("DH1", 办理期限=later))

    session.refresh(order)
    assert order.due_on == order.sort_due == later


def test_an_order_typed_by_a_clerk_keeps_its_words_beside_those_of_the_list(session, county):
    order = received(county, outside_number="DH1")
    typed = order.words

    first = taken(county, row("DH1", 办理期限=""))
    again = taken(county, row("DH1", 办理期限=""))

    session.refresh(order)
    assert (counts(first), counts(again)) == ({"changed": 1}, {"unchanged": 1})
    assert order.words == f"{typed}\n\n反映退费问题\n{TOLD}"


def test_an_answered_order_is_changed_by_no_list(session, county):
    order = answered(county, outside_number="DH1")

    tally = taken(county, row("DH1"))

    assert counts(tally) == {"rejected": 1}
    assert order.number in why(tally)[0]


def test_a_new_day_before_the_call_is_refused(county):
    received(county, outside_number="DH1")
    early = county.today - timedelta(3)

    tally = taken(county, row("DH1", 来电时间=early, 办理期限=early))

    assert "早于" in why(tally)[0]


def test_a_number_twice_in_one_list_counts_once(session, county):
    tally = taken(county, row("DH1"), row("DH1"), row("DH1", 工单内容="另一件事"))

    assert counts(tally) == {"created": 1, "unchanged": 1, "rejected": 1}
    assert "第2行" in why(tally)[0]


def test_nothing_is_written_by_a_trial(session, county):
    rows = [row("DH1"), row("DH2"), row("")]

    tried = taken(county, *rows, run=running.tried)

    assert session.scalar(sa.select(sa.func.count()).select_from(Complaint)) == 0
    assert counts(tried) == counts(taken(county, *rows))


def test_a_long_list_comes_in_in_parts(session, county, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 2)

    tally = taken(county, *(row(f"DH{n}") for n in range(5)))

    assert counts(tally) == {"created": 1, "merged": 4}


def test_more_rows_ask_the_database_no_more_often(session, county, queries_of):
    assigned(county, institution(county, name=NAME))

    def asked(first, count):
        phones = ("13800138000", f"1390000{first}")
        rows = [row(f"D{first + n}", 联系电话=phones[n % 2]) for n in range(count)]
        with queries_of(session) as seen:
            taken(county, *rows)
        return sum(one.startswith("SELECT") for one in seen)

    assert asked(2000, 60) <= asked(1000, 6)


def test_a_missing_column_is_named_with_what_was_looked_for():
    with pytest.raises(BadInput) as refused:
        opened(orders(["x"], header=["来电时间", "问题描述"][:1]))

    assert "工单编号、" in str(refused.value)
    assert "受理编号" in str(refused.value)
    assert "诉求内容" in str(refused.value)


def test_renamed_columns_can_be_said(session, county):
    header = ["流水", "群众说法", *HEADER[1:5]]
    content = ["流水1", "不退费", "2026-03-05", "", "", ""]

    taken(county, content, header=header, said={"流水": "number", "B": "工单内容"})

    assert of(session, "流水1").words == "不退费"


def test_what_is_said_of_a_column_must_be_known():
    content = orders(row("DH1"))

    for said in ({"不存在": "number"}, {"工单编号": "颜色"}):
        with pytest.raises(BadInput):
            opened(content, said)
    with pytest.raises(BadInput, match="工单内容"):
        opened(content, {"工单标题": "words", "工单内容": "words"})


def test_of_two_columns_of_one_field_the_better_named_is_read():
    _, read = opened(
        orders(["a", "b", "c", "d", "e"], header=["登记时间", "工单号", "来电时间", "内容", "星级"])
    )

    assert read.by_place == {1: "number", 2: "received_on", 3: "words"}
    assert read.unread == ["登记时间", "星级"]


def test_only_the_desk_takes_a_list_over(county):
    taken(county, row("DH1"), by=desk(county))

    for officer in (county.officer(), county.officer(Role.LIAISON)):
        with pytest.raises(NotPermitted):
            taken(county, row("DH2"), by=officer)


def test_an_officer_of_a_township_takes_in_its_own_orders_alone(session, county):
    town = county.townships[0]
    clerk = county.officer(Role.HOTLINE, division=town)

    tally = taken(
        county, row("DH1"), row("DH2", 所属区域="南塘街道"), by=clerk, run=running.tried,
        division=town,
    )  # fmt: skip

    assert counts(tally) == {"created": 1, "rejected": 1}
    with pytest.raises(NotFound):
        taken(county, row("DH1"), by=clerk, division=county.division)


def test_a_number_is_typed_once(county):
    first = received(county, outside_number="DH1")

    with pytest.raises(BadInput, match=first.number):
        received(county, outside_number="DH1")


def test_nothing_is_made_of_no_list(session, county):
    assert (
        service.log_all(session, [], by=county.system, now=clock.now(), today=clock.today()) == []
    )
