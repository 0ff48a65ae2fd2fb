"""What a reader of a public list can do, on pages of an upper area."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from training_oversight.publication.models import PublicEntry
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions
from training_oversight.web.listings import Contribution


@dataclass(frozen=True)
class ReadersLink(Contribution):
    """``url`` is asked for an entry and the name under which it stands, or for none: for a page
    that is about no place."""

    label: Text
    url: Callable[[PublicEntry | None, str], str]


def links(entry: PublicEntry | None = None, name: str = "") -> list[tuple[Text, str]]:
    return [(one.label, one.url(entry, name)) for one in contributions().every(ReadersLink)]
