"""create_app(): puts the areas together. Nothing imports this module."""

from __future__ import annotations

from pathlib import Path

import flask
import jinja2
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from training_oversight import areas, clock, commands, database, texts
from training_oversight.accounts import guard
from training_oversight.database import Database
from training_oversight.vault import keys
from training_oversight.web import assets, design, errors, headers, page, safe_request

ROOT = Path(__file__).parent.parent


def create_app(settings: config.Settings | None = None) -> flask.Flask:
    """The application on the settings given, by default those of the environment."""
    settings = settings or config.read()
    app = flask.Flask("training_oversight", root_path=str(ROOT), static_folder=None)
    # Evidence, lists and the database lie in it: nobody else on the machine reads them.
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    _configure(app, settings)
    clock.configure(settings.timezone)
    database.use(Database(settings.database_url))
    keys.use(keys.Keyring(settings.protection_keys))
    _prepare_templates(app)
    assets.register(app)
    Compress(app)
    safe_request.register(app)
    CSRFProtect(app)
    guard.register(app)
    errors.register(app)
    headers.register(app)
    page.register(app)
    if settings.demo:
        design.register(app)
    for area in areas.every("area"):
        area.register(app)
    commands.register(app)
    app.teardown_appcontext(lambda _error: database.close_session())
    return app


def _configure(app: flask.Flask, settings: config.Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        DATA_DIR=settings.data_dir,
        DEMO=settings.demo,
        SETTINGS=settings,
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=5000,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        # Off unless asked for: bureaus inside a closed network serve plain http, and a
        # browser would send such a cookie never, so that nobody could sign in.
        SESSION_COOKIE_SECURE=settings.https_only,
        IDLE_MINUTES=settings.idle_minutes,
        VIDEO_LIMIT=settings.video_megabytes * 1024 * 1024,
        HTTPS_ONLY=settings.https_only,
        TRUSTED_HOSTS=list(settings.hosts) or None,
        # Who leaves out where they come from sends no less of a token: see ``web.errors``.
        WTF_CSRF_SSL_STRICT=False,
        # Offline drafts and long calls outlive an hour; the session ends them instead.
        WTF_CSRF_TIME_LIMIT=None,
        TEMPLATES_AUTO_RELOAD=False,
    )
    if settings.proxies:
        # The name of the site is not among what is believed: the proxy passes Host on as it is.
        counted = {"x_for": settings.proxies, "x_proto": settings.proxies, "x_host": 0}
        app.wsgi_app = ProxyFix(app.wsgi_app, **counted)  # type: ignore[method-assign]


def _prepare_templates(app: flask.Flask) -> None:
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        texts.gettext, texts.ngettext, newstyle=True
    )
