"""How often a word may be tried for one code at the counter."""

from __future__ import annotations

from http import HTTPStatus

from limits import parse

from training_oversight.accounts import tries
from training_oversight.accounts.tries import Pace
from training_oversight.errors import OversightError
from training_oversight.texts import Text

OF_CODE = Pace(parse("10 per 10 minutes"), parse("1 per 60 seconds"))


class TooOften(OversightError):
    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self) -> None:
        super().__init__(
            Text(
                "The word of this code was tried very often just now. Wait %(seconds)s seconds, "
                "then let the reporter type it once more; nothing was paid.",
                seconds=OF_CODE.then.get_expiry(),
            )
        )


def tried(code: str) -> None:
    """Count one more word for the code. Raises ``TooOften``."""
    if not tries.taken(OF_CODE, "reward-word", code):
        raise TooOften
