"""The WSGI application."""

import sys

from config import WrongSetting
from training_oversight.app import create_app

try:
    app = create_app()
except WrongSetting as wrong:
    sys.exit(str(wrong))
