"""The pages of one list as files: no site stands behind them, all addresses are relative."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import flask
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Authority
from training_oversight.publication import presenting, tables
from training_oversight.publication import public_queries as queries
from training_oversight.publication.models import Publication
from training_oversight.publication.workflow import PublicationState
from training_oversight.web.paging import Page

HOME = "index.html"
S = PublicationState


def present_page(owner: Authority, latest: Publication) -> str:
    """Where the list is read now: the batch that stands, or the page that says why none does."""
    if latest.state == S.PUBLISHED:
        return f"{_name(owner, latest)}.html"
    return f"{owner.code}-{latest.kind}.html"


def _name(owner: Authority, publication: Publication) -> str:
    return f"{owner.code}-{publication.kind}-{publication.year}-{publication.batch}"


def addresses(
    present: Mapping[tuple[str, str], str], batches: Mapping[object, str] = MappingProxyType({})
) -> Callable[..., str]:
    """In place of ``url_for``: the files that the addresses of the public site have become."""

    def address(endpoint: str, **values: object) -> str:
        match endpoint:
            case "static":
                return f"static/{values['filename']}"
            case "public.current":
                return present[str(values["code"]), str(values["kind"])]
        return batches[values["publication_id"]]

    return address


@dataclass(frozen=True)
class StaticList:
    """All that an authority has published of a kind, newest first."""

    owner: Authority
    kind: str
    known: Sequence[Publication]

    @property
    def latest(self) -> Publication:
        standing = (one for one in self.known if one.state == S.PUBLISHED)
        return next(standing, self.known[0])

    def batch(self, session: Session, publication: Publication) -> Iterator[tuple[str, bytes]]:
        """A batch as a page and as tables; of one that was withdrawn only why it is gone."""
        name = _name(self.owner, publication)
        if publication.state == S.WITHDRAWN:
            yield f"{name}.html", self._page("public/gone.html", publication=publication)
            return
        entries = queries.all_entries(session, publication)
        yield (
            f"{name}.html",
            self._page(
                "public/list.html",
                publication=publication,
                page=Page(rows=entries, total=len(entries), first_index=1),
                action=None,
                superseded=publication.state == S.SUPERSEDED,
                entry_links=False,
                table_url=f"{name}.xlsx",
                batches_url=f"{self.owner.code}-{self.kind}-batches.html",
                **presenting.list_words(publication, entries) | {"static_pages": True},
            ),
        )
        yield f"{name}.xlsx", tables.workbook(publication, entries).getvalue()
        yield f"{name}.csv", tables.csv(publication, entries).getvalue()

    def overview(self) -> Iterator[tuple[str, bytes]]:
        """All batches; and why none stands, where none does."""
        title = self.latest.title
        words = {"title": title, "withdrawn": S.WITHDRAWN, "batches": self.known}
        yield (
            f"{self.owner.code}-{self.kind}-batches.html",
            self._page("public/batches.html", **words),
        )
        if self.latest.state != S.PUBLISHED:
            said = presenting.after_withdrawal(self.known)
            page = self._page("public/none.html", title=title, **said)
            yield present_page(self.owner, self.latest), page

    def _page(self, template: str, **words: object) -> bytes:
        owner = self.owner
        present = {(owner.code, self.kind): present_page(owner, self.latest)}
        names: dict[object, str] = {one.id: f"{_name(owner, one)}.html" for one in self.known}
        frame = {
            "batch_label": presenting.batch_label,
            "authority_name": owner.name,
            "hotline": owner.hotline,
            "owner": owner,
            "public_home": HOME,
            "corrections": queries.corrections(self.known),
            "url_for": addresses(present, names),
        }
        return flask.render_template(template, **(frame | words)).encode()
