"""One spelling for what is typed and for what a list brings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from training_oversight.names.spelling import close, plain
from training_oversight.registry.fields.field import Kind
from training_oversight.spreadsheets import Value, clean_code

# Takes what was written and how long it may be; "" where that says nothing.
Spelling = Callable[[Value, int], str]
# So long a text nobody writes: where another rule says what is too long.
UNLIMITED = 10**9


def _code(written: Value, longest: int) -> str:
    """Half-width letters and figures without spaces."""
    return clean_code(written) if plain(written, longest) else ""


def _account(written: Value, longest: int) -> str:
    """The number of a bank account, in digits alone where it is nothing else."""
    text = plain(written, longest)
    digits = re.sub(r"[ -]", "", unicodedata.normalize("NFKC", text))
    return digits if digits.isdigit() else text


SPELT: Mapping[Kind, Spelling] = {
    Kind.NAME: close,
    Kind.TEXT: plain,
    Kind.PERSON: close,
    Kind.BODY: close,
    Kind.PLACE: close,
    Kind.ADDRESS: close,
    Kind.CODE: _code,
    Kind.ACCOUNT: _account,
}
