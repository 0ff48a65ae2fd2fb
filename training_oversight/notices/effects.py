"""What each effect of a paper sets off: one row for each, read wherever it matters.

Types of papers are data of the county, an effect is code; CONTRIBUTING.md says which files a
new one needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from training_oversight.catalogue.models import Effect
from training_oversight.ledger.clocks import LimitKind
from training_oversight.ledger.models import LimitBasis
from training_oversight.notices.models import Recipient
from training_oversight.texts import Text

# What any paper that orders nothing may be printed as.
LETTER = "letter"


def _the_rest(within: Text) -> Text:
    return Text("at once; the rest %(within)s", within=within)


def _settling(within: Text) -> Text:
    return Text("stop at once; refund and settle pupils %(within)s", within=within)


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """What follows from serving a paper, and what its draft begins with."""

    # The templates that a type of paper with this effect may choose among; the first is its own.
    templates: tuple[str, ...]
    # An order: a violation of the same kind found after it is a repeat.
    orders: bool = False
    # Its service starts a deadline, which rests on this. A talk, a reminder or an urging has none,
    # and so neither starts nor moves a deadline.
    starts: LimitBasis | None = None
    # Something asked for at once that has a period as well: the period is a second limit, of this
    # kind.
    second: LimitKind = LimitKind.REST
    both_periods: Callable[[Text], Text] = _the_rest
    # A draft asks for everything at once until somebody changes that.
    at_once: bool = False
    # The institution has to stop from the day of service.
    stops: bool = False
    # What it asks for may stand on the public list of rectification.
    published: bool = False
    # It stays inside the administration: to another department or a township, typed by hand.
    within: bool = False
    recipients: tuple[Recipient, ...] = (Recipient.INSTITUTION, Recipient.ORGANISER)
    # If problems suggest several effects, a draft proposes the one with the highest rank. One of
    # rank 0 is never proposed.
    rank: int = 0


CONSEQUENCES: Mapping[Effect, Consequence] = MappingProxyType(
    {
        Effect.RECTIFY: Consequence(
            templates=("rectify",), orders=True, starts=LimitBasis.SERVICE, published=True, rank=1
        ),
        Effect.STOP: Consequence(
            templates=("stop",),
            orders=True,
            starts=LimitBasis.SERVICE,
            second=LimitKind.SETTLEMENT,
            both_periods=_settling,
            at_once=True,
            stops=True,
            published=True,
            rank=2,
        ),
        Effect.REFER: Consequence(templates=("refer", LETTER), within=True),
        # A landlord is only ever advised: nothing is ordered of one.
        Effect.INFORM: Consequence(templates=("inform", LETTER), recipients=tuple(Recipient)),
        Effect.TALK: Consequence(templates=("talk", LETTER)),
        Effect.ASSIGN: Consequence(templates=("assign", LETTER), within=True),
        Effect.URGE: Consequence(templates=("urge", LETTER)),
        Effect.BAN: Consequence(templates=("ban",), orders=True, starts=LimitBasis.SERVICE),
    }
)


def of(effect: Effect) -> Consequence:
    return CONSEQUENCES[effect]


def those(wanted: Callable[[Consequence], bool]) -> tuple[Effect, ...]:
    """The effects of which that is true, for a query."""
    return tuple(effect for effect, one in CONSEQUENCES.items() if wanted(one))
