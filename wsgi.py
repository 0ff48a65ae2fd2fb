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
# Nor is much of what a request or a part of a list makes; looking for it after every 700 objects
# takes a twentieth more.
gc.set_threshold(10_000)
