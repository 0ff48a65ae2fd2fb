"""What areas declare at import: one code, one kind."""

import pytest

from training_oversight.declared import Declared


def test_a_code_means_one_kind():
    known = Declared(lambda pair: pair[0])

    assert known.declare(("a", 1)) == ("a", 1)
    assert known.declare(("a", 1)) == ("a", 1)
    with pytest.raises(ValueError, match="a is declared twice"):
        known.declare(("a", 2))
    assert (known["a"], len(known), list(known)) == (("a", 1), 1, ["a"])


def test_what_a_test_declares_is_forgotten():
    known = Declared(str)
    known.declare("a")

    known.forget("a")

    assert "a" not in known
