"""What an officer reads after sending something bad, and what it left in the tables."""

import re

import sqlalchemy as sa

FULL_STOPS = re.compile(r"[。？：]")
LATIN_SENTENCE = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+ ")


def rows(session, model, *where):
    session.expire_all()
    return session.scalar(sa.select(sa.func.count()).select_from(model).where(*where))


def refusal(answer):
    """The sentence at the head of the form, and that it is one a clerk can read."""
    return readable(answer.soup.select_one(".error-summary").text)


def readable(text):
    assert re.search(r"[\u4e00-\u9fff]", text), text
    assert FULL_STOPS.search(text), text
    assert not LATIN_SENTENCE.search(text), text
    return text


def somewhere(county):
    return {"division_id": str(county.townships[0].id)}
