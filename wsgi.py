"""The WSGI application."""

import gc
import sys

from config import WrongSetting
from training_oversight.app import create_app

try:
    app = create_app()
except WrongSetting as wrong:
    sys.exit(str(wrong))
# The program itself is never garbage: looking for some in it takes a tenth of a long import.
gc.freeze()
