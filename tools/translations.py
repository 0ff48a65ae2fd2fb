"""The Chinese catalogue: find untranslated sentences, add translations, check, compile.

    python -m tools.translations extract     untranslated sentences, as JSON to fill in
    python -m tools.translations add         take {"English": "中文"} from stdin (--replace)
    python -m tools.translations check       exit 1 unless catalogue and code agree
    python -m tools.translations prune       drop translations that the code no longer uses
    python -m tools.translations compile     write the .mo

The file is sorted, has no line numbers, dates or wrapping, and one entry per message: two
branches that add sentences merge by themselves.
"""

from __future__ import annotations

import argparse
import fcntl
import functools
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import denormalize, normalize
from jinja2 import TemplateSyntaxError

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "training_oversight/translations/zh_CN/LC_MESSAGES/messages.po"
# Of a sentence with a number the second form is the message, as Chinese has one form alone.
KEYWORDS = {"Text": None, "_": None, "gettext": None, "Counted": (1, 2), "ngettext": (1, 2)}
JINJA = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
HEADER = (
    "Language: zh_CN\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: 8bit\n"
)


def used() -> dict[str, str]:
    """Every sentence in code and templates, with one place that uses it."""
    found: dict[str, str] = {}
    for path, method in _sources():
        for line, *_, message in _sentences(path, method):
            found.setdefault(message, f"{path.relative_to(ROOT)}:{line}")
    return found


def counted() -> dict[tuple[str, str], str]:
    """Every pair of a sentence about one and about several, with one place that uses it."""
    return {
        (forms[0], forms[1]): f"{path.relative_to(ROOT)}:{line}"
        for path, method in _sources()
        for line, *forms in _sentences(path, method)
        if len(forms) > 1
    }


def _sources() -> list[tuple[Path, str]]:
    sources = [(path, "python") for path in sorted((ROOT / "training_oversight").rglob("*.py"))]
    return sources + [(path, "jinja2") for path in sorted((ROOT / "templates").rglob("*.html"))]


@functools.cache
def _sentences(path: Path, method: str) -> list[tuple[Any, ...]]:
    """(line, sentence) or (line, of one, of several) of one file.

    A file that cannot be parsed is named and holds up nobody.
    """
    try:
        extracted = extract_from_file(method, path, keywords=KEYWORDS, options=JINJA)
    except (SyntaxError, TemplateSyntaxError) as error:
        print(f"not readable: {path.relative_to(ROOT)}: {error}", file=sys.stderr)
        return []
    found = [(line, *([text] if isinstance(text, str) else text)) for line, text, _, _ in extracted]
    return [one for one in found if one[-1] and all(isinstance(text, str) for text in one[1:])]


def entries(po: str) -> list[tuple[str, str]]:
    """The pairs of a catalogue as they stand, duplicates included, header left out."""
    pairs: list[tuple[list[str], list[str]]] = []
    current: list[str] = []
    for line in po.splitlines():
        keyword, _, quoted = line.partition(" ")
        if keyword == "msgid":
            pairs.append(([quoted], []))
            current = pairs[-1][0]
        elif keyword == "msgstr":
            # Two branches that translated one sentence differently were merged: the first stands.
            current = [] if pairs[-1][1] else pairs[-1][1]
            current.append(quoted)
        elif line.startswith('"'):
            current.append(line)
        elif line.strip() and not line.startswith("#"):
            raise SystemExit(f"The catalogue has a line that is neither msgid nor msgstr: {line}")
    texts = [(denormalize("\n".join(left)), denormalize("\n".join(right))) for left, right in pairs]
    return [(english, chinese) for english, chinese in texts if english]


def written(translations: dict[str, str]) -> str:
    """The catalogue file: header, then one entry per message, sorted."""
    blocks = [("", HEADER), *sorted(translations.items())]
    return "\n".join(
        f"msgid {normalize(english, width=0)}\nmsgstr {normalize(chinese, width=0)}\n"
        for english, chinese in blocks
    )


def load() -> list[tuple[str, str]]:
    return entries(CATALOGUE.read_text(encoding="utf-8")) if CATALOGUE.exists() else []


@contextmanager
def editing() -> Iterator[dict[str, str]]:
    """The translations, to be changed; several people may do so at once."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(CATALOGUE.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        translations = dict(load())
        yield translations
        _replace(CATALOGUE, written(translations).encode())
        compile_catalogue()
    finally:
        os.close(folder)


def compile_catalogue() -> None:
    """Write the .mo beside the .po."""
    catalogue = Catalog(locale="zh_CN")
    for english, chinese in load():
        catalogue.add(english, chinese)
    target = CATALOGUE.with_suffix(".mo")
    partial = target.with_suffix(f".{os.getpid()}")
    with partial.open("wb") as stream:
        write_mo(stream, catalogue)
    partial.rename(target)


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_suffix(f".{os.getpid()}")
    partial.write_bytes(content)
    partial.rename(path)


def faults(pairs: list[tuple[str, str]], messages: dict[str, str]) -> list[str]:
    """Everything in which the catalogue and the code disagree, as sentences."""
    known = dict(pairs)
    counted = Counter(english for english, _ in pairs)
    return [
        *(
            f"twice in the catalogue: {english!r}"
            for english, times in counted.items()
            if times > 1
        ),
        *(
            f"no translation: {message!r} ({place})"
            for message, place in sorted(messages.items())
            if not known.get(message, "").strip()
        ),
        *(f"not used any more: {english!r}" for english in known if english not in messages),
        *(
            f"placeholders differ: {english!r} / {chinese!r}"
            for english, chinese in pairs
            if chinese and not agrees(english, chinese)
        ),
    ]


def uneven(pairs: dict[tuple[str, str], str]) -> list[str]:
    """Where the sentence about one asks for something that the other does not have."""
    return [
        f"one and several differ: {one!r} / {many!r} ({place})"
        for (one, many), place in sorted(pairs.items())
        if not set(PLACEHOLDER.findall(one)) <= set(PLACEHOLDER.findall(many))
    ]


def agrees(english: str, chinese: str) -> bool:
    """Whether both have the same placeholders, and no stray percent sign beside them."""
    if set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(chinese)):
        return False
    if not PLACEHOLDER.search(english):
        return True
    return not any(
        "%" in PLACEHOLDER.sub("", side).replace("%%", "") for side in (english, chinese)
    )


def extract() -> int:
    known = dict(load())
    missing = {message: "" for message in sorted(used()) if not known.get(message)}
    print(json.dumps(missing, ensure_ascii=False, indent=1))
    return 0


def add(*, replacing: bool) -> int:
    """Insert what stdin gives; a translation that already stands is kept unless told."""
    wanted: dict[str, str] = json.load(sys.stdin)
    bad = [english for english, chinese in wanted.items() if not agrees(english, chinese)]
    added = 0
    with editing() as translations:
        for english, chinese in wanted.items():
            before = translations.get(english)
            if english in bad or not chinese.strip() or before == chinese:
                continue
            if before and not replacing:
                print(f"kept: {english!r} is {before!r}, not {chinese!r}", file=sys.stderr)
                continue
            translations[english] = chinese
            added += 1
    for english in bad:
        print(f"refused, placeholders differ: {english!r}", file=sys.stderr)
    print(f"{added} added")
    return 1 if bad else 0


def check() -> int:
    found = [*faults(load(), used()), *uneven(counted())]
    for fault in found:
        print(fault)
    print(f"translations: {len(found)} faults" if found else "translations: complete")
    return 1 if found else 0


def prune() -> int:
    messages = used()
    with editing() as translations:
        for english in [english for english in translations if english not in messages]:
            print(f"dropped: {english!r}")
            del translations[english]
    return 0


def merge(base: Path, ours: Path, theirs: Path) -> int:
    """Three versions of the catalogue into ``ours``, for git: see CONTRIBUTING.md.

    What either side added or corrected stays; what either side dropped goes. Where both
    corrected the same sentence, ours stands.
    """
    was, mine, other = (
        dict(entries(path.read_text(encoding="utf-8"))) for path in (base, ours, theirs)
    )
    dropped = {english for english in was if english not in mine or english not in other}
    corrected = {
        english: chinese for english, chinese in other.items() if chinese != was.get(english)
    }
    mine_own = {
        english: chinese for english, chinese in mine.items() if chinese != was.get(english)
    }
    merged = {**mine, **corrected, **mine_own}
    for english in dropped:
        merged.pop(english, None)
    ours.write_text(written(merged), encoding="utf-8")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="tools.translations",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("action", choices=["extract", "add", "check", "prune", "compile", "merge"])
    parser.add_argument("versions", nargs="*", type=Path, help="for merge: base, ours, theirs")
    parser.add_argument("--replace", action="store_true", help="let add correct translations")
    arguments = parser.parse_args()
    match arguments.action:
        case "extract":
            return extract()
        case "add":
            return add(replacing=arguments.replace)
        case "check":
            return check()
        case "prune":
            return prune()
        case "merge":
            return merge(*arguments.versions)
        case _:
            compile_catalogue()
            return 0


if __name__ == "__main__":
    sys.exit(main())
