"""How often somebody without an account may send and ask: the machinery. The numbers stand in each
area.
"""

from __future__ import annotations

from http import HTTPStatus

from limits import parse

from training_oversight.accounts import tries
from training_oversight.accounts.tries import Pace
from training_oversight.errors import OversightError
from training_oversight.texts import Text

# Whoever knows a code could try words or telephone numbers.
OF_CODE = Pace(parse("10 per 10 minutes"), parse("1 per 60 seconds"))


class TooFast(OversightError):
    """So much came from one address, or for one code, that the next has to wait ``seconds``."""

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


def for_code(what: str, code: str) -> None:
    """Count one more question about a code, whether there is such a code or not. Raises
    ``TooFast``."""
    if not tries.taken(OF_CODE, what, code):
        raise TooFast(OF_CODE)
