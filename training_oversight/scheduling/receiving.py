"""A web worker whose threads are given only requests that have arrived whole.

The threads are few. Gunicorn gives one to each connection, and ten clients that send half a
request and then nothing stop them all. Here the loop that waits for connections takes requests
in, beside each other, and hands them on when their last byte is there. A web server in front does
the same; this keeps an installation without one, or with one that passes everything on, from
being stopped by whoever holds a few connections open.
"""

from __future__ import annotations

import re
import selectors
import socket
import struct
import time
from contextlib import suppress
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Any

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

HEAD_ENDS = b"\r\n\r\n"
LENGTH = re.compile(rb"^content-length:[ \t]*([0-9]+)[ \t]*\r$", re.IGNORECASE | re.MULTILINE)
IN_CHUNKS = re.compile(rb"^transfer-encoding:", re.IGNORECASE | re.MULTILINE)
# No browser sends a longer head. The product refuses longer bodies in words of its own.
LONGEST_HEAD, LONGEST_BODY = 1 << 16, 65 << 20
MOST_DIGITS = 12
# What is held in memory of one request, and of all of them on the disk.
IN_MEMORY, OF_ALL = 1 << 20, 1 << 30
AT_ONCE = 1 << 18
# Seconds: for a head, however slowly it comes; without a byte of a body; for all of a body.
HEAD_WITHIN, SILENT, BODY_WITHIN = 15.0, 20.0, 900.0
# Seconds in which a client must take some of the answer.
UNTAKEN = 60


class Refused(Exception):
    """A request that is not taken in, with the line that says why."""

    def __init__(self, line: bytes) -> None:
        super().__init__(line)
        self.answer = b"HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" % line


class Arrived(SocketUnreader):  # type: ignore[misc]
    """What has arrived, and after it the connection itself."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock)
        self.content: Any = None

    def chunk(self, size_hint: int | None = None) -> bytes:
        if self.content is not None:
            if found := self.content.read(max(size_hint or 0, self.mxchunk)):
                return bytes(found)
            self.content.close()
            self.content = None
        return bytes(super().chunk(size_hint))

    def left(self) -> bytes:
        """The bytes behind the request: they are the beginning of the next one."""
        rest: bytes = self.take_buffered()
        if self.content is not None:
            rest += self.content.read()
            self.content.close()
            self.content = None
        return rest


class Arriving(TConn):  # type: ignore[misc]
    """A connection and what has come over it of the next request."""

    def __init__(self, *about: object) -> None:
        super().__init__(*about)
        for side, seconds in ((socket.SO_RCVTIMEO, int(SILENT)), (socket.SO_SNDTIMEO, UNTAKEN)):
            self.sock.setsockopt(socket.SOL_SOCKET, side, struct.pack("ll", seconds, 0))
        self.begin(b"")

    def begin(self, rest: bytes) -> None:
        """Wait for the next request; ``rest`` is what of it came with the one before."""
        self.content: Any = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        self.wanted: int | None = None
        self.size, self._head = 0, b""
        self.began = self.heard = time.monotonic()
        if rest:
            self.take(rest)

    def take(self, data: bytes) -> None:
        self.content.write(data)
        self.size += len(data)
        self.heard = time.monotonic()
        if self.wanted is None:
            self._head += data
            self.wanted = self._of_whole()

    def _of_whole(self) -> int | None:
        """How long the request is, as soon as its head says so."""
        end = self._head.find(HEAD_ENDS)
        if end < 0:
            if self.size > LONGEST_HEAD:
                raise Refused(b"431 Request Header Fields Too Large")
            return None
        head = self._head[: end + 2]
        if IN_CHUNKS.search(head):
            # The end of such a request is found only by reading it, which would hold a thread.
            raise Refused(b"411 Length Required")
        length = LENGTH.search(head)
        digits = length[1].lstrip(b"0") if length else b""
        # A body that is too long is not waited for: the product refuses the request unread.
        body = int(digits or b"0") if len(digits) <= MOST_DIGITS else LONGEST_BODY + 1
        return end + len(HEAD_ENDS) + (body if body <= LONGEST_BODY else 0)

    @property
    def is_whole(self) -> bool:
        return self.wanted is not None and self.size >= self.wanted

    def is_given_up(self, now: float) -> bool:
        if self.wanted is None:
            return now > self.began + HEAD_WITHIN
        return now > self.heard + SILENT or now > self.began + BODY_WITHIN

    def hand_on(self) -> None:
        """Let the parser read what has arrived."""
        self.sock.setblocking(True)
        self.init()
        if not isinstance(self.parser.unreader, Arrived):
            self.parser.unreader = Arrived(self.sock)
        self.content.seek(0)
        self.parser.unreader.content, self.content = self.content, None
        self.data_ready = True

    def close(self, graceful: bool = False) -> None:
        if self.content is not None:
            self.content.close()
        super().close(graceful)


class Worker(ThreadWorker):  # type: ignore[misc]
    """Gunicorn's worker with threads, which get whole requests."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._arriving: set[Arriving] = set()

    def accept(self, listener: socket.socket) -> None:
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        self._await(Arriving(self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: Arriving, client: socket.socket) -> None:
        """The next request on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        conn.begin(b"")
        self._await(conn)

    def finish_request(self, conn: Arriving, fs: Any) -> None:
        rest = conn.parser.unreader.left() if conn.parser is not None else b""
        super().finish_request(conn, fs)
        if rest and conn in self.keepalived_conns:
            self.poller.unregister(conn.sock)
            self.keepalived_conns.remove(conn)
            self._go_on(conn, rest)

    def _go_on(self, conn: Arriving, rest: bytes) -> None:
        """Take in the next request, whose beginning came with the one before."""
        try:
            conn.begin(rest)
        except Refused:
            self.nr_conns -= 1
            conn.close()
        else:
            self._await(conn)

    def murder_keepalived(self, force: bool = False) -> None:
        super().murder_keepalived(force)
        now = time.monotonic()
        for conn in [one for one in self._arriving if one.is_given_up(now)]:
            self._drop(conn)

    def _await(self, conn: Arriving) -> None:
        if conn.is_whole:
            self._hand_on(conn)
            return
        conn.sock.setblocking(False)
        self._arriving.add(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._take, conn))

    def _take(self, conn: Arriving, client: socket.socket) -> None:
        try:
            data = client.recv(AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        try:
            conn.take(data)
        except Refused as refused:
            with suppress(OSError):
                client.send(refused.answer)
            data = b""
        if not data or sum(one.size for one in self._arriving) > OF_ALL:
            self._drop(conn)
        elif conn.is_whole:
            self.poller.unregister(client)
            self._arriving.remove(conn)
            self._hand_on(conn)

    def _hand_on(self, conn: Arriving) -> None:
        conn.hand_on()
        self.enqueue_req(conn)

    def _drop(self, conn: Arriving) -> None:
        self.poller.unregister(conn.sock)
        self._arriving.remove(conn)
        self.nr_conns -= 1
        conn.close()
