"""Amounts of money: whole fen inside, yuan as people write and read them. Nothing is rounded."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from training_oversight.errors import BadInput
from training_oversight.texts import Text

# Beyond it a figure is a slip, or a telephone number in the wrong column: ten million yuan.
MOST = 1_000_000_000
FEN_OF_A_YUAN = 100
TEN_THOUSAND = 10_000
WRITTEN = re.compile(
    r"[¥￥]?(?:RMB)?(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?(万)?(?:元|块)?整?", re.IGNORECASE
)


def typed_fen(written: str) -> int:
    """``3,640.50元`` -> 364050. Raises ``BadInput`` for what is no amount."""
    text = "".join(unicodedata.normalize("NFKC", written).split())
    if text.startswith(("-", "−")):
        raise BadInput(Text("An amount cannot be below zero: “%(written)s”.", written=written))
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise BadInput(
            Text(
                "“%(written)s” is no amount. Write yuan in figures, for instance 3640.50.",
                written=written,
            )
        )
    yuan = Decimal(found[1].replace(",", "") + (found[2] or ""))
    fen = yuan * (TEN_THOUSAND if found[3] else 1) * FEN_OF_A_YUAN
    if fen != int(fen):
        raise BadInput(
            Text("“%(written)s” has parts of a fen; write at most two places.", written=written)
        )
    if fen > MOST:
        raise BadInput(
            Text(
                "“%(written)s” is more than %(most)s yuan: look it up.",
                written=written,
                most=plain(MOST),
            )
        )
    return int(fen)


def yuan(fen: int) -> Decimal:
    """What the pages and tables show."""
    return Decimal(fen) / FEN_OF_A_YUAN


def plain(fen: int) -> str:
    """``3640.50``: as it stands in a form and in the steps of a calculation."""
    whole, rest = divmod(fen, FEN_OF_A_YUAN)
    return f"{whole}.{rest:02}"
