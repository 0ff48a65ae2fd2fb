"""How often something may be sent or asked for from one address, without an account."""

from __future__ import annotations

from http import HTTPStatus

from limits import parse

from training_oversight.accounts import tries
from training_oversight.accounts.tries import Pace
from training_oversight.errors import OversightError
from training_oversight.texts import Text

# A class of parents may share one address.
SENT = Pace(parse("20 per 10 minutes"), parse("1 per 60 seconds"))
# Turning pages and sending photos.
TURNED = Pace(parse("120 per 10 minutes"), parse("1 per 5 seconds"))
# Of the tracking page: from one address, and for one code from wherever.
ASKED = Pace(parse("30 per 10 minutes"), parse("1 per 20 seconds"))
OF_CODE = Pace(parse("10 per 10 minutes"), parse("1 per 60 seconds"))


class TooFast(OversightError):
    """So much came from one address that the next has to wait ``seconds``."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, pace: Pace) -> None:
        self.seconds = pace.then.get_expiry()
        super().__init__(
            Text(
                "Very much has come from your network just now. What you typed is still here: wait "
                "%(seconds)s seconds, then press once more. The hotline can be called at any time.",
                seconds=self.seconds,
            )
        )


def keep(pace: Pace, what: str, address: str) -> None:
    """Count one more from the address. Raises ``TooFast``."""
    if not tries.taken(pace, what, tries.network(address)):
        raise TooFast(pace)


def follow(code: str, address: str) -> None:
    """Count one more question about a code, whether there is such a code or not."""
    # First the address: what is refused to one alone must not use up what the code has.
    keep(ASKED, "track", address)
    if not tries.taken(OF_CODE, "track-code", code):
        raise TooFast(OF_CODE)
