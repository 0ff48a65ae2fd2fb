"""A row of somebody's list as values of the register, or the reasons why it cannot be."""

from training_oversight.intake.cleaning.fields import CLEANERS
from training_oversight.intake.cleaning.rows import RowCleaner
from training_oversight.intake.cleaning.traces import Cleaning, cleaning

__all__ = ["CLEANERS", "Cleaning", "RowCleaner", "cleaning"]
