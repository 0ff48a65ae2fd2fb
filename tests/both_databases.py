"""Which tests run on PostgreSQL as well as on SQLite: said once, here. With SURE=1 all of them do;
SURE=sqlite and SURE=postgresql run all on the one and all on the other.

Without it PostgreSQL is for what can differ there (docs/decisions/0028-tests-on-both-databases.md).
A test on a database of its own always runs on both, and so does one that is marked
``@pytest.mark.both_databases``; of the rest, the modules below.
"""

import os
from fnmatch import fnmatch

from tests.databases import POSTGRESQL, SQLITE

SURE = os.environ.get("SURE", "")

DIFFERING = {
    "tables, migrations, and every address opened by every role": ["architecture/*"],
    "history, whose order and seals the database keeps": ["audit/*"],
    "transactions, locks, and two at once": ["*_at_once.py", "database/*", "scheduling/*claims*"],
    "constraints that only the database sees": [
        "correspondence/test_messages.py",
        "ledger/test_closing.py",
        "notices/test_moves.py",
        "publication/test_workflow.py",
    ],
    "search, by an index of its own on each": ["registry/test_search*", "*/test_lists_find_alike*"],
    "order, collation, paging, filters, and the plans of the lists": [
        "registry/test_list_*",
        "registry/test_sort_columns.py",
        "desk/test_worklist.py",
    ],
    "facts said once for a record and once for the database": [
        "campaigns/test_coverage.py",
        "ledger/test_lists.py",
        "registry/test_licences.py",
        "registry/test_unexplained_permits.py",
        "maps/test_positions.py",
    ],
    "writing and taking back in bulk": [
        "campaigns/test_visiting.py",
        "intake/test_importing_writing.py",
        "intake/test_importing_undo*",
        "doubles/test_joining.py",
    ],
    "what is sealed, as bytes": ["vault/test_rotating.py"],
    "jobs that pick up where one was killed": ["errands/test_running.py", "batches/*"],
}
PATTERNS = [f"*/tests/{one}" for patterns in DIFFERING.values() for one in patterns]


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "both_databases: can differ on PostgreSQL: runs there without SURE=1 as well"
    )


def pytest_collection_modifyitems(config, items):
    named = any(POSTGRESQL in argument for argument in config.args)
    if SURE == "1" or named:
        return
    config.hook.pytest_deselected(items=[item for item in items if not _wanted(item)])
    items[:] = [item for item in items if _wanted(item)]


def _wanted(item):
    values = item.callspec.params if hasattr(item, "callspec") else {}
    on_postgresql = POSTGRESQL in values.values()
    if SURE in (SQLITE, POSTGRESQL):
        return on_postgresql is (SURE == POSTGRESQL)
    return values.get("settings") != POSTGRESQL or _differs(item)


def _differs(item):
    """Whether something of it can differ there."""
    named = any(fnmatch(str(item.path), pattern) for pattern in PATTERNS)
    return named or item.get_closest_marker("both_databases") is not None
