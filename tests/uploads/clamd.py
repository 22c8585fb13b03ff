"""A small scanner that speaks ClamAV's protocol INSTREAM, and finds EICAR."""

import socketserver
import struct
import threading
from contextlib import contextmanager

from tests.uploads.files import EICAR


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        assert self.rfile.readline() == b"nINSTREAM\n"
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.seen.append(content)
        self.wfile.write(self.server.says or (b"stream: Eicar FOUND\n" if EICAR in content else b"stream: OK\n"))


@contextmanager
def scanner(says=None):
    """The running server; its address is `url`, and `seen` what it was given."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads, server.seen, server.says = True, [], says
        server.url = f"tcp://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()
