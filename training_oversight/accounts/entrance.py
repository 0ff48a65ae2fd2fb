"""The sign-in page, and what was typed on a page whose sign-in had ended meanwhile.

It travels through signing in as a hidden field and is sent on by the officer, so that an
hour's typing is not lost to a session that was over. Files cannot travel: the page says so.
"""

from __future__ import annotations

import json

import flask

from training_oversight.accounts.forms import SignInForm
from training_oversight.texts import Text

# Tokens count no more after signing in, and passwords are not kept in a page.
LEFT_BEHIND = frozenset({"csrf_token", "password", "present", "again", "username", "kept"})
Typed = list[tuple[str, str]]


def typed() -> Typed:
    """The fields of the form that was just sent, in order; a name may come several times."""
    sent = flask.request.form.items(multi=True)
    return [(name, value) for name, value in sent if name not in LEFT_BEHIND]


def keeping(fields: Typed) -> SignInForm:
    """The sign-in form for somebody whose sign-in ended while they typed."""
    form = SignInForm(formdata=None, kept=json.dumps(fields))
    form.headline = Text("Not saved yet.")
    form.problems.append(
        Text("Your sign-in has ended. Sign in again; what you typed is kept and sent on then.")
    )
    return form


def kept(form: SignInForm) -> Typed:
    """What ``keeping`` put into the form; nothing if it was tampered with."""
    try:
        fields = json.loads(form.kept.data or "[]")
        return [(_shown(name), _shown(value)) for name, value in fields]
    except (ValueError, TypeError, RecursionError):
        return []


def _shown(value: object) -> str:
    """JSON can say halves of a character, which no page can."""
    return str(value).encode(errors="replace").decode()


def page(form: SignInForm, wanted: str | None) -> str:
    """The sign-in page; ``wanted`` is the address that was asked for."""
    return flask.render_template(
        "accounts/sign_in.html",
        form=form,
        wanted=wanted,
        demo_sign_ins=flask.current_app.config.get("DEMO_SIGN_INS", ()),
        demo_password=flask.current_app.config.get("DEMO_PASSWORD", ""),
    )


def resumed(fields: Typed, address: str) -> str:
    """The page from which the kept fields are sent on after signing in."""
    return _to_send_on(
        Text(
            "You are signed in again. What you typed is kept and not saved yet; files that had not "
            "been received have to be chosen once more."
        ),
        fields,
        address,
    )


def sent_anew(fields: Typed, address: str) -> str:
    """The same for who is signed in, on a page that was opened under an earlier sign-in."""
    return _to_send_on(
        Text(
            "The page had been opened before your present sign-in, so nothing was saved. What you "
            "typed is kept; files that had not been received have to be chosen once more."
        ),
        fields,
        address,
    )


def _to_send_on(sentence: Text, fields: Typed, address: str) -> str:
    # The token of this request belonged to the session that has just been replaced.
    flask.g.pop("csrf_token", None)
    return flask.render_template(
        "accounts/resume.html", sentence=sentence, fields=fields, address=address
    )
