"""What differs between installations, read from the environment, with safe defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa


class WrongSetting(Exception):
    """A setting is missing or cannot be used; the message says which and what to do."""


@dataclass(frozen=True)
class Settings:
    database_url: str
    secret_key: str
    data_dir: Path
    timezone: str
    demo: bool
    https_only: bool = False


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this installation.

    Raises ``WrongSetting`` without ``SECRET_KEY`` outside demo mode: a key that
    everybody knows would let anybody forge a signed-in session.
    """
    values = os.environ if environment is None else environment
    demo = _is_on(values.get("DEMO", ""))
    data_dir = Path(values.get("DATA_DIR") or "var").absolute()
    secret_key = values.get("SECRET_KEY", "")
    if not secret_key:
        if not demo:
            raise WrongSetting(
                "SECRET_KEY is not set. Give a long random text, for example the output of "
                "`openssl rand -hex 32`, or set DEMO=1 to try the demo county."
            )
        secret_key = "demo-only-and-known-to-everybody"
    return Settings(
        database_url=_database(
            values.get("DATABASE_URL") or f"sqlite:///{data_dir / 'oversight.sqlite3'}"
        ),
        secret_key=secret_key,
        data_dir=data_dir,
        timezone=_timezone(values.get("TIMEZONE") or "Asia/Shanghai"),
        demo=demo,
        https_only=_is_on(values.get("HTTPS_ONLY", "")),
    )


def _database(url: str) -> str:
    try:
        sa.make_url(url)
    except sa.exc.ArgumentError as fault:
        raise WrongSetting(
            "DATABASE_URL cannot be read. It looks like postgresql://user:password@host/name "
            "or sqlite:////folder/file.sqlite3."
        ) from fault
    return url


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise WrongSetting(f"TIMEZONE is not known: {name}. Example: Asia/Shanghai.") from fault
    return name


def _is_on(written: str) -> bool:
    return written.strip().lower() in {"1", "true", "yes", "on"}
