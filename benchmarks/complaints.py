"""Taking complaints in by the desk's form, four at a time, beside a bare insert of one row."""

from __future__ import annotations

import http.client
import secrets
from urllib.parse import urlencode

import flask
import sqlalchemy as sa
from flask_wtf.csrf import generate_csrf

from benchmarks import county
from benchmarks.load import measured
from benchmarks.pages import served
from training_oversight import clock, database
from training_oversight.accounts import guard, service
from training_oversight.accounts.models import Officer, OfficerRole
from training_oversight.accounts.permissions import Role
from training_oversight.registry.models import Institution

SECONDS = 6.0
AT_A_TIME = 4


def run(app: flask.Flask) -> None:
    print(f"Complaints taken in, {AT_A_TIME} at a time, 2 workers of 4 threads")
    officer = county.build(200)
    with database.transaction() as session:
        session.add(OfficerRole(officer_id=officer.id, role=Role.HOTLINE))
    place = database.current_session().scalars(sa.select(Institution.id).limit(1)).one()
    cookie, token = _signed_in(app, officer)
    with served("wsgi:app") as port:
        measured(lambda: _taken(port, cookie, token, place), at_a_time=AT_A_TIME, seconds=1)
        taken = measured(
            lambda: _taken(port, cookie, token, place), at_a_time=AT_A_TIME, seconds=SECONDS
        )
    bare = measured(_inserted, at_a_time=AT_A_TIME, seconds=SECONDS / 2)
    ratio = bare.per_second / taken.per_second
    print(f"  complaint {taken}   bare insert {bare}   1 : {ratio:.1f}")


def _signed_in(app: flask.Flask, officer: Officer) -> tuple[str, str]:
    """The cookie of a clerk who has opened the form, and the token of its page."""
    with database.transaction() as session:
        kept = service.sign_in(session, officer, device="benchmark", today=clock.today())
    with app.test_request_context():
        token = generate_csrf()
        held = {guard.TOKEN: kept, "csrf_token": flask.session["csrf_token"]}
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(held)}", token


def _taken(port: int, cookie: str, token: str, place: int) -> None:
    form = {
        "csrf_token": token,
        "once": secrets.token_urlsafe(18),
        "institution": place,
        "township": "",
        "violation": "",
        "kind": "complaint",
        "words": "停课以后不退余下的课时费。",
        "anonymous": "no",
        "name": "林某",
        "phone": "13900000001",
        "channel": "phone",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/complaints/new", urlencode(form), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != http.HTTPStatus.FOUND:
        raise RuntimeError(f"the form answered {answer.status}")


def _inserted() -> None:
    """One row in a transaction of its own, as the machine can do it at all."""
    engine = database.current_database().engine
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.execution_options(sqlite_begin="IMMEDIATE")
        connection.execute(
            sa.text(
                "INSERT INTO form_receipt (token, at, url, said) VALUES (:token, :at, '/', '[]')"
            ),
            {"token": secrets.token_urlsafe(18), "at": clock.now().replace(tzinfo=None)},
        )
        connection.commit()
