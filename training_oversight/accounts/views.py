"""Signing in and out, and an officer's own account."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import flask
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock, texts
from training_oversight.accounts import (
    devices,
    entrance,
    guard,
    lending,
    lent_queries,
    passwords,
    queries,
    service,
    signing_in,
    tries,
)
from training_oversight.accounts.forms import ChoiceForm, PasswordForm, SignInForm
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.rights_queries import KNOWN_FOR
from training_oversight.accounts.tries import TooManyTries, Try
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, Checks, NotFound, OversightError
from training_oversight.texts import Language, Text
from training_oversight.web import faults
from training_oversight.web.marks import public, signed_in
from training_oversight.web.messages import flash
from training_oversight.web.steps import Done, answered_after, pressed

bp = Blueprint("accounts", __name__)
# What a browser takes for another host: it reads a backslash as a slash.
MISREAD = re.compile(r"/[/\\]")
# No address of ours holds one; browsers skip some, and a line feed ends the line of a header.
CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form, wanted = SignInForm(), _local(request.args.get("next"))
    if form.accepted():
        try:
            opened = signing_in.opened(form.username.data or "", form.password.data or "")
        except OversightError as error:
            form.refuse(error)
            waiting = {"Retry-After": str(error.seconds)} if isinstance(error, TooManyTries) else {}
            return entrance.page(form, wanted), form.status, waiting
        flask.session.clear()
        flask.session[guard.TOKEN] = opened.token
        return opened.remembered(_led_on(form, wanted))
    return entrance.page(form, wanted), form.status


def _led_on(form: SignInForm, wanted: str | None) -> ResponseReturnValue:
    """To what was asked for; what was typed there before is sent on by the officer."""
    fields = entrance.kept(form)
    if fields and wanted:
        return entrance.resumed(fields, wanted)
    return redirect(wanted or url_for("desk.home"))


def _local(address: str | None) -> str | None:
    """The address if it is one of ours: a link must not lead elsewhere after signing in."""
    if not address or CONTROL.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    ours = not parts.scheme and not parts.netloc and address.startswith("/")
    return address if ours and not MISREAD.match(address) else None


@bp.route("/sign-out", methods=["POST"])
@signed_in
def sign_out() -> ResponseReturnValue:
    token = flask.session.get(guard.TOKEN, "")
    with transaction() as session:
        service.sign_out(session, token)
    flask.session.clear()
    return redirect(url_for("accounts.sign_in"))


@bp.route("/sign-out-everywhere", methods=["POST"])
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    officer = current_officer()
    with transaction() as session:
        service.sign_out_everywhere(session, officer, by=officer)
    flask.session.clear()
    return redirect(url_for("accounts.sign_in"))


@bp.route("/account")
@signed_in
def account() -> ResponseReturnValue:
    officer, session = current_officer(), current_session()
    here = service.token_hash(flask.session.get(guard.TOKEN, ""))
    since = clock.now() - service.SESSION_LASTS
    idle = guard.idle_limit() or service.SESSION_LASTS
    return render_template(
        "accounts/account.html",
        officer=officer,
        made_by=_who_made_it(officer),
        form=ChoiceForm(obj=officer),
        delegations=[
            (one, lending.obstacle(one.giver, one.taker))
            for one in lent_queries.delegations_of(session, officer.id, today=clock.today())
        ],
        sessions=[
            (devices.words(opened.device), opened, opened.token_hash == here)
            for opened in queries.open_sessions(
                session, officer.id, since=since, used_since=clock.now() - idle
            )
        ],
    )


@bp.route("/account/choices", methods=["POST"])
@signed_in
def choose() -> ResponseReturnValue:
    """How the officer wants the interface."""
    form, officer = ChoiceForm(), current_officer()

    def act(session: Session) -> Done:
        service.choose(
            session,
            officer,
            language=form.language.data,
            shortcuts_off=form.shortcuts_off.data,
        )
        texts.speak(form.language.data)
        return Done(url_for(".account"), Text("Saved."))

    return pressed(form, act, back=url_for(".account"))


@bp.route("/account/sign-out-others", methods=["POST"])
@signed_in
def sign_out_others() -> ResponseReturnValue:
    officer = current_officer()
    with transaction() as session:
        service.sign_out_others(session, officer, keep=flask.session.get(guard.TOKEN, ""))
    flash(Text("Signed out on the other devices."), "done")
    return redirect(url_for(".account"))


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    form, officer = PasswordForm(), current_officer()

    def first() -> str | None:
        try:
            return _new_hash(form, officer)
        except OversightError as error:
            form.refuse(error)
            return None

    def act(session: Session, hashed: str) -> Done:
        service.change_password(session, officer, password_hash=hashed, by=officer)
        return Done(url_for("accounts.sign_in"), instead=_sign_in_anew)

    return answered_after(
        form,
        first,
        act,
        lambda: render_template(
            "accounts/password.html",
            form=form,
            must_change=officer.must_change_password,
            made_by=_who_made_it(officer),
            shortest=passwords.SHORTEST,
        ),
    )


def _sign_in_anew() -> ResponseReturnValue:
    flask.session.clear()
    flash(Text("Password changed. Sign in with the new one."), "done")
    return redirect(url_for("accounts.sign_in"))


def _who_made_it(officer: Officer) -> Text | None:
    """Somebody else knew the password not long ago: the officer may not have asked for it."""
    made_by, at = officer.password_set_by, officer.password_set_at
    if made_by is None or at is None or at + KNOWN_FOR <= clock.now():
        return None
    return Text(
        "%(name)s made a temporary password for this account on %(at)s. If you did not ask for "
        "it, tell your section head.",
        name=made_by.name,
        at=at,
    )


def _new_hash(form: PasswordForm, officer: Officer) -> str:
    present, chosen = form.present.data or "", form.password.data or ""
    # Whoever finds a device signed in is not to guess here what is counted at the door.
    here = service.token_hash(flask.session.get(guard.TOKEN, ""))
    one = Try(officer.username, request.remote_addr or "", device=here)
    tries.begin(one)
    if not passwords.matches(present, officer.password_hash):
        sentence = Text("This is not your present password.")
        raise BadInput(sentence, {"present": sentence})
    tries.succeeded(one)
    hashed, checks = "", Checks()
    with checks.each():
        if chosen == present:
            sentence = Text("This is your present password. Choose another.")
            raise BadInput(sentence, {"password": sentence})
        hashed = passwords.hashed(chosen, names=(officer.username, officer.name))
    with checks.each():
        if chosen != form.again.data:
            sentence = Text("The two new passwords differ. Type the same one twice.")
            raise BadInput(sentence, {"again": sentence})
    checks.settle()
    return hashed


@bp.route("/language/<code>", methods=["POST"])
@public
def language(code: str) -> ResponseReturnValue:
    """Switch the interface; an officer's choice is remembered with the account."""
    if code not in {language.value for language in Language}:
        raise NotFound
    officer = guard.officer_or_none()
    if officer is not None:
        with transaction() as session:
            service.choose(
                session,
                officer,
                language=Language(code),
                shortcuts_off=officer.shortcuts_off,
            )
    answer = redirect(_local(request.form.get("back")) or url_for("desk.home"))
    answer.set_cookie(faults.LANGUAGE_COOKIE, code, samesite="Lax", max_age=31_536_000)
    return answer
