"""What every page with a form does is written once: no view accepts or saves one by itself."""

import ast

from tests.architecture import sources

FRAME = "training_oversight/web/steps.py"
# Who asks the form by itself, and why.
APART = {
    "training_oversight/accounts/views.py: sign_in": (
        "nothing is saved: it opens a session, and its answer says when to try again"
    ),
    "training_oversight/telling/tracking_views.py: track": (
        "nothing is saved: it lets the visit read one order, and its answer says when to try again"
    ),
    "training_oversight/rewards/views/claiming.py: claim": (
        "nothing is saved: it leads to the reward of the code"
    ),
    "training_oversight/refunds/public_views.py: status": (
        "nothing is saved: it shows a family its own refund"
    ),
}


def asking():
    """The functions that call ``….accepted()`` or ``….saving()``, outside the frame."""
    return {
        f"{sources.name(path)}: {getattr(top, 'name', 'module')}"
        for path in sources.modules()
        if sources.name(path) != FRAME
        for top in sources.tree(path).body
        for node in ast.walk(top)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in {"accepted", "saving"}
    }


def test_a_form_is_accepted_and_saved_by_the_frame_alone():
    assert asking() - set(APART) == set()


def test_who_stands_apart_still_asks_by_itself():
    assert set(APART) <= asking()


def looking_up():
    """Where a record is looked up by what stands in a field, without asking that something does."""
    return {
        f"{sources.name(path)}:{node.lineno}"
        for path in sources.modules()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get_one"
        and ast.unparse(node.args[-1]).startswith("form.")
        and ast.unparse(node.args[-1]).endswith(".data")
    }


def test_a_record_is_looked_up_by_what_somebody_has_chosen():
    """A form is tried also where nothing is chosen: the database is not asked for nothing."""
    assert looking_up() == set()
