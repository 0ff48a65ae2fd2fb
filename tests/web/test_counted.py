"""Sentences with a number: one form in Chinese, two in English."""

import json

import flask
import pytest

from training_oversight.law.sentences import packed, unpacked
from training_oversight.texts import Counted, Language, Text, speaking


@pytest.mark.parametrize(
    ("count", "english", "chinese"),
    [
        (1, "1 day left", "剩1天"),
        ("1", "1 day left", "剩1天"),
        (0, "0 days left", "剩0天"),
        (2, "2 days left", "剩2天"),
        ("1,001", "1,001 days left", "剩1,001天"),
    ],
)
def test_one_is_said_otherwise_in_english_alone(count, english, chinese):
    left = Counted("%(days)s day left", "%(days)s days left", days=count)

    with speaking(Language.ENGLISH):
        assert str(left) == english
        assert str(Text("(%(words)s)", words=left)) == f"({english})"
    assert str(left) == chinese


def test_what_was_kept_is_said_as_it_was_when_it_was_new():
    left = Counted("%(days)s day left", "%(days)s days left", days=1)

    (kept,) = unpacked(json.loads(json.dumps([packed(left)])))

    with speaking(Language.ENGLISH):
        assert str(kept) == "1 day left"
    assert str(kept) == "剩1天"


@pytest.mark.parametrize(("count", "english"), [(1, "1 row"), (0, "0 rows"), (1200, "1,200 rows")])
def test_a_page_says_it_the_same_way(app, count, english):
    page = '{{ ngettext("%(count)s row", "%(count)s rows", n, count=n | figure) }}'

    with app.test_request_context():
        with speaking(Language.ENGLISH):
            assert flask.render_template_string(page, n=count) == english
        assert flask.render_template_string(page, n=1) == "共1行"
