"""The WSGI application."""

from training_oversight.app import create_app

app = create_app()
