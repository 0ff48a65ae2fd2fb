"""Pages of the map, and of positions."""

from training_oversight.maps.views import locating, mapping, placing
from training_oversight.maps.views.blueprint import bp

__all__ = ["bp", "locating", "mapping", "placing"]
