"""What the form library says by itself reaches an officer in the officer's language."""

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path

import flask_wtf
import pytest
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, SelectField, SelectMultipleField
from wtforms.fields import FileField

from tests.architecture import sources
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm
from training_oversight.web.wording import _Said

CHINESE = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile("[A-Za-z]{4}")
NONSENSE = ["☃", "x" * 8000, "-1", "9" * 30, "2026-99-99", "NaN", "\u2028"]


def said_by(library):
    """Every sentence that the library hands to ``gettext`` or ``ngettext``."""
    for path in Path(library.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if named and node.func.attr in ("gettext", "ngettext"):
                for argument in node.args[: 1 + (node.func.attr == "ngettext")]:
                    if isinstance(argument, ast.Constant):
                        yield argument.value


@pytest.mark.parametrize("library", [wtforms, flask_wtf], ids=lambda one: one.__name__)
def test_every_sentence_of_the_library_has_words_of_ours(library):
    sentences = set(said_by(library))

    assert sentences
    for sentence in sentences:
        if not sentence.endswith("."):
            continue  # the name of a field without a label
        shown = str(_Said().gettext(sentence) % {"value": "甲"})
        assert CHINESE.search(shown), sentence
        assert not LATIN.search(shown), sentence


def forms():
    for path in sources.modules():
        if "form" in path.stem or "form" in path.parent.stem or path.stem == "controls":
            import_module(".".join(path.with_suffix("").relative_to(sources.ROOT).parts))
    found = [OversightForm]
    for one in found:
        found += [each for each in one.__subclasses__() if each not in found]
    return [one for one in found if one.__module__.startswith("training_oversight")]


def made(kind, **given):
    """The form; what it must be told is told as little as possible."""
    needed = {
        name: () if name in ("remembered", "columns") else False
        for name, one in inspect.signature(kind.__init__).parameters.items()
        if one.kind is one.KEYWORD_ONLY and one.default is one.empty
    }
    return kind(**needed, **given, meta={"csrf": False})


def sentences(errors):
    if isinstance(errors, dict):
        errors = list(errors.values())
    for error in errors:
        if isinstance(error, (list, tuple, dict)):
            yield from sentences(error)
        else:
            yield error


def fields(whole):
    """Every field that somebody fills in, those within others, too."""
    for field in whole:
        if isinstance(field, (FieldList, FormField)):
            yield from fields(field)
        elif not isinstance(field, FileField):
            yield field


@pytest.mark.parametrize("typed", NONSENSE, ids=lambda typed: ascii(typed[:9]))
def test_nonsense_in_any_field_of_any_form_is_told_in_chinese(app, session, typed):
    seen, foreign = 0, []
    for kind in forms():
        with app.test_request_context(method="POST"):
            names = [field.name for field in fields(made(kind))]
            sent = MultiDict([(name, typed) for name in names])
            form = made(kind, formdata=sent)
            for field in fields(form):
                if isinstance(field, (SelectField, SelectMultipleField)) and field.choices is None:
                    field.choices = []
            form.validate()
            for field in fields(form):
                for error in sentences(field.errors):
                    seen += 1
                    if not isinstance(error, Text) or not CHINESE.search(str(error)):
                        foreign.append((kind.__name__, field.name, str(error)))

    assert foreign == []
    assert seen > 20
