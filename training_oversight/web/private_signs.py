"""Characters that only somebody's own font has stand on pages as 〓, as on paper.

A browser shows an empty box, or another sign. What stands in a form stays as it is: saved again it
must be what it was.
"""

from __future__ import annotations

import re

import flask

from training_oversight.documents.signs import GETA, PRIVATE

# Tags with what stands in them, and texts to be typed in; else a private character.
SEEN = re.compile(rf"<(textarea|script)\b.*?</\1>|<[^>]*>|({PRIVATE.pattern})", re.DOTALL)


def register(app: flask.Flask) -> None:
    app.after_request(marked)


def marked(response: flask.Response) -> flask.Response:
    if response.mimetype != "text/html" or response.is_streamed or response.direct_passthrough:
        return response
    page = response.get_data(as_text=True)
    # Hardly a page has one.
    if PRIVATE.search(page):
        response.set_data(SEEN.sub(lambda one: GETA if one[2] else one[0], page))
    return response
