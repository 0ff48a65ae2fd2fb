"""A test's browser: signs in, opens pages, fills in forms, and checks every page it sees."""

import re
from functools import cached_property
from http import HTTPStatus
from urllib.parse import urlsplit

import flask
from bs4 import BeautifulSoup
from flask_wtf.csrf import generate_csrf
from lxml import html

from training_oversight import clock, database
from training_oversight.accounts import guard, service

CONTROLS = "//main//input[not(@type='hidden')] | //main//select | //main//textarea"
EMPTY_PART = re.compile(r"[?&][^=&#]*=(?:[&#]|$)")
SUMMARY = "//*[@class='error-summary']//a/@href"
UNTRANSLATED = re.compile(r"\b(?:[A-Z][a-z]+ [a-z]+ [a-z]+ [a-z]+|[a-z]+ [a-z]+ [a-z]+ [a-z]+)\b")


class Page:
    """What came back; a page can be asked for its parts."""

    @cached_property
    def soup(self):
        return BeautifulSoup(self.text, "lxml")

    @cached_property
    def tree(self):
        """For a look at very many pages: read in a tenth of the time of ``soup``."""
        return html.document_fromstring(self.text)

    @property
    def is_page(self):
        return self.mimetype == "text/html" and self.status_code not in range(300, 400)


class Browser:
    def __init__(self, app, officer=None):
        self.http = app.test_client()
        self.http.response_wrapper = type("Answer", (Page, self.http.response_wrapper), {})
        if officer is not None:
            with database.transaction() as session:
                token = service.sign_in(session, officer, device="test", today=clock.today())
            with self.http.session_transaction() as cookies:
                cookies[guard.TOKEN] = token

    def get(self, url, status=200, **options):
        answer = self.http.get(url, **options)
        if status == HTTPStatus.OK and self._same_page(answer):
            answer = self.http.get(answer.location)
        return self._checked(answer, status)

    @staticmethod
    def _same_page(answer):
        """Whether it leads to the same page without the empty parts of its address."""
        return answer.status_code == HTTPStatus.FOUND and (
            answer.request.path == urlsplit(answer.location).path
        )

    def post(self, url, data=None, status=None, follow=True, **options):
        """Send a form's data; the token of the visit is added as a page would carry it."""
        data = dict(data or {})
        if "csrf_token" not in data:
            data["csrf_token"] = self.token()
        answer = self.http.post(url, data=data, follow_redirects=follow, **options)
        return self._checked(answer, status)

    def submit(self, url, status=200, form=None, follow=True, **answers):
        """Open the page, fill in its form and send it, as a browser would.

        ``form`` is a CSS selector when the page has several. Answers may be lists and files.
        """
        page = self.get(url)
        chosen = page.soup.select_one(form or "main form[method=post]")
        data = filled_in(chosen) | answers
        return self.post(
            chosen.get("action") or url,
            data={k: v for k, v in data.items() if v is not None},
            status=status,
            follow=follow,
            content_type=chosen.get("enctype"),
        )

    def token(self):
        """What every form of this visit carries; a page that was opened before has begun it."""
        with self.http.session_transaction() as visit, self.http.application.test_request_context():
            flask.session.update(visit)
            token = generate_csrf()
            visit["csrf_token"] = flask.session["csrf_token"]
        return token

    def _checked(self, answer, status):
        if status is not None:
            assert answer.status_code == status, f"{answer.status_code}: {answer.text[:3000]}"
        if answer.is_page:
            check(answer.tree)
        return answer


def filled_in(form):
    """What the form would send as it stands."""
    data = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name, kind = control["name"], control.get("type", "text")
        if control.name == "select":
            chosen = control.select("option[selected]") or control.select("option")[:1]
            if control.has_attr("multiple"):
                chosen = control.select("option[selected]")
            for option in chosen:
                _put(data, name, option.get("value", option.text))
        elif control.name == "textarea":
            _put(data, name, control.text.removeprefix("\n"))
        elif kind in ("checkbox", "radio"):
            if control.has_attr("checked"):
                _put(data, name, control.get("value", "on"))
        elif kind not in ("submit", "file", "button"):
            _put(data, name, control.get("value", ""))
    return data


def _put(data, name, value):
    if name in data:
        before = data[name] if isinstance(data[name], list) else [data[name]]
        data[name] = [*before, value]
    else:
        data[name] = value


def check(page):
    """The standards of every page, held because nobody can forget them."""
    headings = page.xpath("//h1")
    assert len(headings) == 1, f"{len(headings)} h1"
    title = page.findtext(".//title") or ""
    assert title.strip()
    # What a person looks for stands in the title as it was typed, and may look like a tag.
    made = title
    for typed in filter(None, page.xpath("//input[@type='search']/@value")):
        made = made.replace(typed, "")
    assert "<" not in made, f"a tag in the title: {title}"
    heading = headings[0].text_content().strip()
    assert heading.split("\n")[0][:8] in title.replace("\n", " ")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    assert not page.xpath("//@style"), "inline style"
    assert not page.xpath("//script[not(@src)]"), "inline script"
    labels = set(page.xpath("//label/@for"))
    for control in page.xpath(CONTROLS):
        labelled = (
            control.get("aria-label")
            or control.get("aria-labelledby")
            or next(control.iterancestors("label"), None) is not None
            or control.get("id") in labels
        )
        assert labelled, f"no label: {html.tostring(control, encoding='unicode')}"
    empty = [each for each in page.xpath("//a/@href") if EMPTY_PART.search(each)]
    assert not empty, f"addresses with empty parts: {empty}"
    summed_up = [one.removeprefix("#") for one in page.xpath(SUMMARY)]
    assert set(summed_up) <= set(ids), f"leads nowhere: {set(summed_up) - set(ids)}"
    assert summed_up == sorted(summed_up, key=ids.index), f"not in page order: {summed_up}"
    for form in page.xpath("//form[@method='post']"):
        assert form.xpath(".//input[@name='csrf_token']"), "a form without its token"


def links(answer):
    return {a["href"] for a in answer.soup.select("main a[href]")}


def error_links(answer):
    return [a["href"] for a in answer.soup.select(".error-summary a")]
