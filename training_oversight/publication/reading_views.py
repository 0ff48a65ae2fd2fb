"""A list as its readers will see it, and as a table."""

from __future__ import annotations

import flask
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.publication import presenting, queries, tables
from training_oversight.publication.views import bp
from training_oversight.web.marks import requires


@bp.route("/<int:publication_id>/preview")
@requires(Permission.VIEW_PUBLICATIONS)
def preview(publication_id: int) -> ResponseReturnValue:
    """The list as the public will see it."""
    publication = queries.one(current_session(), publication_id, officer=current_officer())
    page = queries.public_page(
        current_session(),
        publication,
        cursor=request.args.get("at"),
        address=lambda c: url_for(".preview", publication_id=publication_id, at=c),
    )
    return render_template(
        "publication/preview.html",
        publication=publication,
        page=page,
        owner=publication.authority,
        hotline=publication.authority.hotline,
        authority_name=publication.authority.name,
        corrections=[],
        superseded=False,
        entry_links=False,
        table_url=None,
        batches_url=None,
        action=None,
        pager_shown=True,
        **(presenting.list_words(publication, page.rows) | {"static_pages": True}),
    )


@bp.route("/<int:publication_id>/table.xlsx")
@requires(Permission.VIEW_PUBLICATIONS)
def table(publication_id: int) -> ResponseReturnValue:
    session = current_session()
    publication = queries.one(session, publication_id, officer=current_officer())
    content = tables.workbook(publication, queries.included(session, publication))
    name = f"{tables.file_name(publication)}.xlsx"
    return flask.send_file(content, tables.XLSX, as_attachment=True, download_name=name)
