"""Pages of the orders of the 12345 centre."""

from training_oversight.orders.views import asking, lists, reporting
from training_oversight.orders.views.blueprint import bp

__all__ = ["asking", "bp", "lists", "reporting"]
