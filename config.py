"""What differs between installations, read from the environment, with safe defaults."""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa

# More than any setting needs.
MOST_DIGITS = 5


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
    # How many proxies of ours stand in front and say who asked; without one nobody is believed.
    proxies: int = 0
    # The names under which the site is reached; without one every name will do.
    hosts: tuple[str, ...] = ()
    # After how many minutes without a page a sign-in ends; 0 for never.
    idle_minutes: int = 60
    # Of one film; photos and papers have a limit of their own.
    video_megabytes: int = 200
    # What contacts are sealed with, by name: the first writes, all of them read. Without one
    # nothing that has to be sealed is kept.
    protection_keys: tuple[tuple[str, bytes], ...] = ()


DEMO_KEY = "demo-only-and-known-to-everybody"
SHORTEST_KEY = 32
# Thirty-two letters of one kind are long and guessed at once; random hexadecimal figures have
# some fourteen different ones.
FEWEST_SIGNS = 8
# 32 random bytes have some thirty different values among them.
SHORTEST_PROTECTION, FEWEST_BYTES = 32, 16
KEY_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,15}")
DEMO_PROTECTION = (("demo", b"demo-only protection, known to everybody"),)
PROTECTION_EXAMPLE = (
    "It is NAME:KEY, for example 2026: and the output of `openssl rand -hex 32`; of several, with "
    "commas between, the first one writes and all of them read."
)


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this installation.

    Raises ``WrongSetting`` for what cannot be used, a key that can be guessed among it.
    """
    values = os.environ if environment is None else environment
    demo = _is_on(values.get("DEMO", ""))
    data_dir = Path(values.get("DATA_DIR") or "var").absolute()
    return Settings(
        database_url=_database(
            values.get("DATABASE_URL") or f"sqlite:///{data_dir / 'oversight.sqlite3'}"
        ),
        secret_key=_key(values.get("SECRET_KEY", ""), demo),
        data_dir=data_dir,
        timezone=_timezone(values.get("TIMEZONE") or "Asia/Shanghai"),
        demo=demo,
        https_only=_is_on(values.get("HTTPS_ONLY", "")),
        proxies=_number(values, "PROXIES", 0),
        hosts=tuple(values.get("HOSTS", "").replace(",", " ").split()),
        idle_minutes=_number(values, "IDLE_MINUTES", 60),
        video_megabytes=_number(values, "VIDEO_MEGABYTES", 200),
        protection_keys=_protection(values.get("PROTECTION_KEYS", ""), demo),
    )


def _key(written: str, demo: bool) -> str:
    """A key that everybody knows or guesses would let anybody forge a signed-in session."""
    if demo:
        return written or DEMO_KEY
    known = written == DEMO_KEY
    if known or len(written) < SHORTEST_KEY or len(set(written)) < FEWEST_SIGNS:
        said = "can be guessed" if written else "is not set"
        raise WrongSetting(
            f"SECRET_KEY {said}. Give a random text of at least {SHORTEST_KEY} characters, for "
            "example the output of `openssl rand -hex 32`, or set DEMO=1 to try the demo county."
        )
    return written


def _protection(written: str, demo: bool) -> tuple[tuple[str, bytes], ...]:
    """The keys by name, in their order. What is wrong is said without repeating a key."""
    named = [one.partition(":") for one in written.replace(",", " ").split()]
    if not named:
        return DEMO_PROTECTION if demo else ()
    if wrong := [name for name, _colon, _key in named if not KEY_NAME.fullmatch(name)]:
        raise WrongSetting(
            f"PROTECTION_KEYS has {len(wrong)} keys without a name of at most 16 small letters and "
            f"figures. {PROTECTION_EXAMPLE}"
        )
    keys = tuple((name, _random_bytes(name, key, demo)) for name, _colon, key in named)
    if len(dict(keys)) < len(keys) or len({key for _name, key in keys}) < len(keys):
        raise WrongSetting(f"PROTECTION_KEYS has a name or a key twice. {PROTECTION_EXAMPLE}")
    return keys


def _random_bytes(name: str, written: str, demo: bool) -> bytes:
    try:
        key = _decoded(written)
    except (ValueError, binascii.Error) as fault:
        raise WrongSetting(
            f"Key {name} of PROTECTION_KEYS is neither hexadecimal nor base64. {PROTECTION_EXAMPLE}"
        ) from fault
    known = key == DEMO_PROTECTION[0][1] and not demo
    if known or len(key) < SHORTEST_PROTECTION or len(set(key)) < FEWEST_BYTES:
        raise WrongSetting(
            f"Key {name} of PROTECTION_KEYS can be guessed: it needs {SHORTEST_PROTECTION} random "
            f"bytes. {PROTECTION_EXAMPLE}"
        )
    return key


def _decoded(written: str) -> bytes:
    if re.fullmatch(r"[0-9A-Fa-f]+", written):
        return bytes.fromhex(written)
    plain = written.rstrip("=").translate({ord("-"): "+", ord("_"): "/"})
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)


def _number(values: Mapping[str, str], name: str, usual: int) -> int:
    written = values.get(name, "").strip() or str(usual)
    if not (written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS):
        raise WrongSetting(f"{name} is a whole number, for example {usual}; it says: {written}.")
    return int(written)


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
