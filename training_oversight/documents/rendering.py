"""A paper as a file. Content travels as data, so nothing that was typed can act as source."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from training_oversight.documents import blocks, setting, signs
from training_oversight.documents.blocks import Paper
from training_oversight.documents.content import Json, canonical_json


def pdf(paper: Paper, *, instead: str = "") -> bytes:
    """A paper as PDF; the same paper gives the same bytes. Raises as ``render`` does."""
    return render("documents/paper.typ", blocks.to_json(paper), instead=instead)


def docx(paper: Paper, *, instead: str = "") -> bytes:
    """The same paper as .docx, in the same words. Raises as ``render`` does."""
    from training_oversight.documents import word  # noqa: PLC0415 - large, and seldom wanted

    written = word.written(paper, _printable(blocks.to_json(paper), instead=instead))
    # The library's parts hold each other. Left until the collector comes by itself, which is
    # seldom here, each file written would keep a megabyte.
    gc.collect(1)
    return written


def render(template_name: str, content: Json, *, instead: str = "") -> bytes:
    """A PDF of frozen content; the same content gives the same bytes.

    ``template_name`` is a path under ``templates/``, as in ``VisitMinutesContent.TEMPLATE``.
    Raises ``BadInput`` for a character that no font here has: a notice must not misspell a
    name. For a paper of the office's own, ``instead`` is what is printed in its place.
    """
    printable = _printable(content, instead=instead)
    return setting.fitted(template_name, {"content": canonical_json(_each(content, printable))})


def _printable(content: Json, *, instead: str) -> Callable[[str], str]:
    """How each of these texts is printed."""
    lacking = signs.missing("\n".join(_texts(content)))
    if lacking and not instead:
        raise signs.cannot_be_printed(lacking)
    return partial(signs.marked, lacking=lacking, by=instead)


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from (text for member in value.values() for text in _texts(member))
        case list() | tuple():
            yield from (text for member in value for text in _texts(member))


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """The same content with every text in it changed."""
    match value:
        case str():
            return change(value)
        case dict():
            return {name: _each(member, change) for name, member in value.items()}
        case list() | tuple():
            return [_each(member, change) for member in value]
        case _:
            return value
