"""A server that can be killed and is there again at once, forked from what has read all modules.

Run as ``python -m benchmarks.mother PORT``; it reads ``up`` and ``down`` from standard input and
answers each with a line.
"""

from __future__ import annotations

import logging
import os
import signal
import sys

from werkzeug.serving import make_server

import config
from training_oversight import database
from training_oversight.app import create_app


def main(port: int) -> None:
    app = create_app(config.read())
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    child = 0
    for line in sys.stdin:
        if child:
            # As a failing power supply does: nothing is finished first.
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            child = 0
        if line.strip() == "up":
            database.current_database().engine.dispose()
            server = make_server("127.0.0.1", port, app, threaded=True)
            child = os.fork()
            if not child:
                server.serve_forever()
            server.server_close()
        print(line.strip(), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
