"""One rule for the next step of a record: what is named is the first button, blue, and key E."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from training_oversight.web.components import MoveButton, MoveStyle
from training_oversight.web.contributions import Step


def led_by(step: Step | None, moves: Iterable[MoveButton]) -> list[MoveButton]:
    """The moves with the named step first, and it alone blue; none is where another has to act.

    Moves that lead to the same page are that step: which way it goes is said there.
    """
    others = [_plain(one) for one in moves]
    if step is None:
        return others
    if step.url is None:
        # Somebody else's turn; who may take that step all the same has it first.
        return _first([one for one in others if one.label == step.label], others)
    page = urlsplit(step.url).path
    same = [one for one in others if urlsplit(one.url).path == page and "#" not in step.url]
    main = MoveButton(step.label, step.url, MoveStyle.MAIN)
    if len(same) == 1:
        main = replace(same[0], label=step.label, style=MoveStyle.MAIN)
    return [main, *(one for one in others if one not in same)]


def _first(named: Sequence[MoveButton], moves: Sequence[MoveButton]) -> list[MoveButton]:
    rest = [one for one in moves if one not in named]
    return [*(replace(one, style=MoveStyle.MAIN) for one in named), *rest]


def first_blue(moves: Sequence[MoveButton]) -> list[MoveButton]:
    """The first move alone blue, where a box is named after it."""
    return [
        replace(one, style=MoveStyle.MAIN) if place == 0 else _plain(one)
        for place, one in enumerate(moves)
    ]


def _plain(move: MoveButton) -> MoveButton:
    return replace(move, style=MoveStyle.OTHER) if move.style is MoveStyle.MAIN else move
