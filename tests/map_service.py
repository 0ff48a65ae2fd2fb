"""A map service on this machine, for tests: it answers what it is told and keeps what was asked."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit, urlunsplit

import geopy.geocoders
from geopy.adapters import URLLibAdapter

from training_oversight.places import Datum, Position, from_wgs84

PLACE = Position(24.6721, 102.9155)
UNKNOWN = {"status": 1, "msg": "Internal Service Error:无相关结果", "results": []}


def answer(place=PLACE, confidence=80):
    """What Baidu says of an address that it knows."""
    shown = from_wgs84(place, Datum.BD09)
    location = {"lng": shown.longitude, "lat": shown.latitude}
    said = {"precise": 1, "confidence": confidence, "comprehension": 100, "level": "门址"}
    return {"status": 0, "result": {"location": location} | said}


class MapService:
    """Answers every question with ``answer`` and ``status``; ``answers`` by what the address holds.

    ``asked`` are the questions: host and parameters.
    """

    def __init__(self):
        self.answer, self.status, self.answers, self.asked = {"status": 0}, 200, {}, []

    def reply(self, host, query):
        self.asked.append((host, query))
        said = query.get("address") or json.loads(query["ds"])["keyWord"]
        for part, answer in self.answers.items():
            if part in said:
                return answer
        return self.answer

    def addresses(self):
        return [q.get("address") or json.loads(q["ds"])["keyWord"] for _, q in self.asked]


@contextmanager
def running():
    """The service, with every geocoder of the library turned to it."""
    service = MapService()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            query = {name: one for name, (one,) in parse_qs(urlsplit(self.path).query).items()}
            answer = service.reply(self.headers["X-Meant-For"], query)
            body = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
            self.send_response(service.status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()

    class Detour(URLLibAdapter):
        def get_text(self, url, *, timeout, headers):
            meant = urlsplit(url)
            here = urlunsplit(("http", f"127.0.0.1:{server.server_port}", *meant[2:]))
            return super().get_text(
                here, timeout=timeout, headers=headers | {"X-Meant-For": meant.netloc}
            )

    usual = geopy.geocoders.options.default_adapter_factory
    geopy.geocoders.options.default_adapter_factory = Detour
    try:
        yield service
    finally:
        geopy.geocoders.options.default_adapter_factory = usual
        server.shutdown()
        thread.join()
        server.server_close()
