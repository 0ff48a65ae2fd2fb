import ast
from pathlib import PurePath

from tests.architecture import sources

DOMAIN_FILES = {"models", "queries", "service", "workflow"}
PAGE_LIBRARIES = {"flask", "flask_login", "flask_wtf", "werkzeug", "wtforms"}
CLOCKS = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.localtime",
    "time.gmtime",
)
BANNED_NAMES = {"utils", "util", "common", "core", "helpers", "helper", "misc", "manager"}


def subject_parts(path):
    return path.relative_to(sources.PACKAGE).with_suffix("").parts


def is_domain(path):
    parts = subject_parts(path)
    return parts[0] == "law" or bool(DOMAIN_FILES & set(parts))


def test_no_module_is_longer_than_400_lines():
    long = [
        (sources.name(path), lines)
        for path in sources.modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    ]

    assert long == []


def test_only_the_database_module_commits():
    committing = [
        f"{sources.name(path)}:{call.lineno}"
        for path in sources.modules()
        # Migrations run on a connection of their own, before any session.
        if path not in {sources.PACKAGE / "database" / "writing.py", sources.PACKAGE / "schema.py"}
        for call, called in sources.calls(path)
        if called.endswith(".commit")
    ]

    assert committing == []


def test_only_the_clock_module_reads_the_clock():
    reading = [
        f"{sources.name(path)}:{call.lineno}"
        for path in sources.modules()
        if path != sources.PACKAGE / "clock.py"
        for call, called in sources.calls(path)
        if any(called == clock or called.endswith(f".{clock}") for clock in CLOCKS)
    ]

    assert reading == []


def test_services_queries_and_the_law_are_told_the_time():
    reading = [
        f"{sources.name(path)}:{call.lineno}"
        for path in sources.modules()
        if is_domain(path) and subject_parts(path)[0] not in {"audit", "scheduling"}
        for call, called in sources.calls(path)
        if called in {"clock.today", "clock.now"}
    ]

    assert reading == []


def test_domain_files_know_no_pages():
    impure = [
        (sources.name(path), imported)
        for path in sources.modules()
        if is_domain(path)
        for imported in sources.imports(path)
        if imported.split(".")[0] in PAGE_LIBRARIES
    ]

    assert impure == []


def test_the_law_knows_no_tables():
    impure = [
        (sources.name(path), imported)
        for path in sources.modules()
        if subject_parts(path)[0] == "law"
        for imported in sources.imports(path)
        if imported.split(".")[0] in {"sqlalchemy", "alembic"}
    ]

    assert impure == []


def test_no_module_has_a_name_that_says_nothing():
    vague = [
        sources.name(path)
        for path in sources.modules()
        if BANNED_NAMES & set(PurePath(*subject_parts(path)).parts)
    ]

    assert vague == []


def test_every_sentence_is_written_out_where_it_is_used():
    # A sentence put together at run time cannot be found for translation.
    built = [
        f"{sources.name(path)}:{call.lineno}"
        for path in sources.modules()
        for call, called in sources.calls(path)
        if called in {"Text", "texts.Text"}
        # The one place that says again what was kept with a row.
        if sources.name(path) != "training_oversight/law/sentences.py"
        if not (call.args and isinstance(call.args[0], ast.Constant))
    ]

    assert built == []


def test_every_sentence_is_given_exactly_the_values_it_names():
    # Only the simple case: values handed over as ** are checked where they are rendered.
    wrong = [
        f"{sources.name(path)}:{call.lineno}"
        for path in sources.modules()
        for call, called in sources.calls(path)
        if called in {"Text", "texts.Text"}
        if call.args and isinstance(call.args[0], ast.Constant)
        if None not in (given := {keyword.arg for keyword in call.keywords})
        if set(sources.PLACEHOLDER.findall(call.args[0].value)) != given
    ]

    assert wrong == []
