"""What families are owed: two institutions that closed overnight, and single refunds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Officer
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import RefundFormula
from training_oversight.database import current_session, transaction
from training_oversight.demo.timeline import Story
from training_oversight.demo.world import World
from training_oversight.refunds import queries, service
from training_oversight.refunds.drafts import RefundDraft
from training_oversight.refunds.families import Family
from training_oversight.refunds.formula import Contract
from training_oversight.refunds.lists import Line
from training_oversight.refunds.models import ClosingEvent, EntryWay, Refund, RefundWay
from training_oversight.refunds.service import COUNTER, Belongs, PartDraft
from training_oversight.registry.models import Institution

# Invented, like everybody here; the numbers belong to nobody.
SURNAMES = "霍邵蔺阮骆褚岑戚祝樊"
NAMES = ("思远", "晚晴", "听澜", "知夏", "云起", "若谷", "清和", "望舒")
PUPILS = ("小满", "小寒", "谷雨", "立夏", "白露", "清明")
COURSES = ("美术", "舞蹈", "书法", "编程", "篮球")
PRICES = (1280, 2680, 3640, 4980)
_numbers = count(1)


def _family() -> Family:
    number = next(_numbers)
    parent = SURNAMES[number % len(SURNAMES)] + NAMES[number % len(NAMES)]
    return Family(f"1990300{number:04}", parent, PUPILS[number % len(PUPILS)])


def _formula(world: World) -> RefundFormula:
    return catalogue.refund_formulas(
        current_session(), authority_id=world.authority.id, today=clock.today()
    )[0]


def _draft(world: World) -> RefundDraft:
    bought = world.random.choice((24, 36, 48))
    contract = Contract(
        world.random.choice(PRICES) * 100,
        bought,
        world.random.choice((0, 0, 4)),
        world.random.randrange(2, bought - 4),
    )
    return RefundDraft(_family(), contract, _formula(world), world.random.choice(COURSES))


def _clerk(world: World) -> Officer:
    return world.officers["shenyue"]


def _entered(
    world: World,
    place: Institution,
    *,
    belongs: Belongs = COUNTER,
    how: EntryWay = EntryWay.COUNTER,
) -> Refund:
    system = accounts.system(current_session())
    by = system if how is EntryWay.SIGN_UP else _clerk(world)
    with transaction() as session:
        return service.enter(
            session, place, _draft(world), belongs=belongs, how=how, by=by, today=clock.today()
        )


def _agreed(
    world: World, refund: Refund, how: RefundWay = RefundWay.TALK, share: int = 100
) -> None:
    with transaction() as session:
        service.agree(
            session,
            refund,
            fen=refund.computed_fen * share // 100,
            how=how,
            agreed_on=clock.today(),
            by=_clerk(world),
            today=clock.today(),
        )


def _paid(world: World, refund: Refund, way: RefundWay, share: int = 100) -> None:
    part = PartDraft(clock.today(), refund.left_fen * share // 100, way)
    if part.fen:
        with transaction() as session:
            service.pay(session, refund, part, by=_clerk(world), today=clock.today())


def _opened(world: World, place: Institution, summary: str) -> ClosingEvent:
    with transaction() as session:
        return service.open_event(
            session,
            place,
            happened_on=clock.today(),
            summary=summary,
            by=_clerk(world),
            today=clock.today(),
        )


def _listed(world: World, event: ClosingEvent, families: int) -> Sequence[Refund]:
    lines = [Line(number, _draft(world)) for number in range(2, families + 2)]
    with transaction() as session:
        service.enter_list(session, event, lines, by=_clerk(world), today=clock.today())
    return [*queries.families_of(current_session(), event.id).by_marks.values()]


def _balance(world: World, event: ClosingEvent, yuan: int, source: str) -> None:
    with transaction() as session:
        service.note_balance(
            session,
            event,
            as_of=clock.today(),
            fen=yuan * 100,
            source=source,
            by=_clerk(world),
            today=clock.today(),
        )


def _told(world: World, event: ClosingEvent, text: str) -> None:
    with transaction() as session:
        service.announce(session, event, text=text, by=world.head, today=clock.today())


def closing(world: World, place: Institution) -> Story:
    """Closed overnight three weeks ago: most families wait, some are paid from the account."""
    event = _opened(world, place, "门店关闭，家长联系不上负责人，已会同市场监管、公安部门到场。")
    yield 1
    refunds = _listed(world, event, 26)
    _balance(world, event, 21500, "开户银行函复")
    yield 1
    for _ in range(5):
        _entered(world, place, belongs=Belongs(event), how=EntryWay.SIGN_UP)
    _told(world, event, "请携带合同和缴费凭证到教育局一楼窗口核对，周一至周五办理。")
    yield 2
    for refund in refunds[:14]:
        _agreed(world, refund)
    yield 2
    for refund in refunds[:6]:
        _paid(world, refund, RefundWay.ACCOUNT)
    for refund in refunds[6:10]:
        _paid(world, refund, RefundWay.ACCOUNT, share=40)
    with transaction() as session:
        service.dispute(session, refunds[14], reason="机构称已补课，家长不认。", by=_clerk(world))
    _balance(world, event, 3820, "开户银行函复")


def closing_ended(world: World, place: Institution) -> Story:
    """Closed in spring; every family was paid back or went to another institution."""
    event = _opened(world, place, "机构停业，举办者配合退费。")
    yield 1
    refunds = _listed(world, event, 8)
    yield 2
    for number, refund in enumerate(refunds):
        _agreed(world, refund, RefundWay.MEDIATION if number % 3 else RefundWay.TALK)
    yield 5
    for refund in refunds:
        _paid(world, refund, refund.agreed_how or RefundWay.TALK)
    yield 1
    with transaction() as session:
        service.close_event(
            session,
            event,
            conclusion="8户已全部退清。",
            by=world.head,
            today=clock.today(),
        )


def entered(world: World, place: Institution) -> Story:
    _entered(world, place)
    yield 1


def paying(world: World, place: Institution) -> Story:
    """A mediator found a middle way; the first half is paid."""
    refund = _entered(world, place)
    yield 3
    _agreed(world, refund, RefundWay.MEDIATION, share=90)
    yield 2
    _paid(world, refund, RefundWay.MEDIATION, share=50)


def disputed(world: World, place: Institution) -> Story:
    refund = _entered(world, place)
    yield 2
    with transaction() as session:
        service.dispute(session, refund, reason="机构按原价扣除已上课时。", by=_clerk(world))


def through_the_court(world: World, place: Institution) -> Story:
    refund = _entered(world, place)
    yield 3
    _agreed(world, refund, RefundWay.COURT)
    yield 4
    _paid(world, refund, RefundWay.COURT)
    with transaction() as session:
        service.mark_platform(
            session, refund, entered_on=clock.today(), by=_clerk(world), today=clock.today()
        )


def withdrawn(world: World, place: Institution) -> Story:
    refund = _entered(world, place)
    yield 1
    with transaction() as session:
        service.withdraw(session, refund, reason="家长改为继续上课。", by=world.head)


# (story, how many days ago it began).
OWED = (
    (closing, 21),
    (closing_ended, 120),
    (entered, 3),
    (paying, 16),
    (disputed, 9),
    (through_the_court, 60),
    (withdrawn, 12),
)
