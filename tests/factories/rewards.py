"""Rewards in every state, of reports that proved true."""

from tests.factories import complaints
from tests.factories.enforcement import done
from training_oversight import clock
from training_oversight.accounts import passwords
from training_oversight.accounts.permissions import Role
from training_oversight.complaints.kinds import ComplaintKind
from training_oversight.rewards import rules, service
from training_oversight.rewards.rules import RewardRules

WORD = "桂花树下"
FEN = 50_000
RULES = RewardRules([ComplaintKind.REPORT], 100_000, 60)


def ruled(county, wanted=RULES):
    done(service.set_rules, wanted, by=county.officer(Role.ADMINISTRATOR), version=None)


def report(county, **values):
    """Verified: the reporter chose a word, the answer says that it is true."""
    given = {"kind": ComplaintKind.REPORT, "tracking_hash": passwords.hashed_word(WORD)}
    return complaints.answered(county, **given | values)


def proposer(county):
    return county.officer(Role.INSPECTOR)


def head(county):
    return county.officer(Role.SECTION_HEAD)


def clerk(county):
    return county.officer(Role.HOTLINE)


def proposed(county, of=None, *, fen=FEN, by=None, reason="线索准确，查实后已责令停办。"):
    of = of or report(county)
    if rules.of(county.session, county.authority.id) is None:
        ruled(county)
    return done(
        service.propose, of, fen=fen, reason=reason, by=by or proposer(county), today=clock.today()
    )


def approved(county, of=None, *, by=None, **values):
    made = proposed(county, of, **values)
    done(service.approve, made, by=by or head(county), today=clock.today())
    return made


def paid(county, of=None, *, by=None, **values):
    made = approved(county, of, **values)
    pay(county, made, by=by)
    return made


def pay(county, made, *, by=None, word=WORD, today=None, **values):
    proof = service.proven(made.complaint, word)
    done(service.pay, made, proof, by=by or clerk(county), today=today or clock.today(), **values)


def refused(county, of=None, **values):
    made = proposed(county, of, **values)
    done(service.refuse, made, reason="此前已由邻县奖励。", by=head(county))
    return made


def withdrawn(county, of=None, **values):
    made = approved(county, of, **values)
    done(service.withdraw, made, reason="复核发现并非首次举报。", by=head(county))
    return made
