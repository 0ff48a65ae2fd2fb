"""One record of each kind, for whatever opens every address."""

from tests.architecture.test_strangers import records

__all__ = ["records"]
