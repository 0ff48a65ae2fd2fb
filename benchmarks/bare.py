"""A bare Flask page: what the machine can do at all. Served as ``benchmarks.bare:app``."""

import flask

app = flask.Flask(__name__)


@app.get("/")
def page() -> str:
    return "<!doctype html><title>bare</title><h1>bare</h1>"
