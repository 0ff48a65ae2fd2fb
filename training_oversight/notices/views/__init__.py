"""Pages of this area, by what one comes for."""

from training_oversight.notices.views import deciding, drafting, listing, printed, serving
from training_oversight.notices.views.blueprint import bp

__all__ = ["bp", "deciding", "drafting", "listing", "printed", "serving"]
