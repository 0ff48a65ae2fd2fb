"""The WSGI application."""

import sys

from config import SettingMissing
from training_oversight.app import create_app

try:
    app = create_app()
except SettingMissing as missing:
    sys.exit(str(missing))
