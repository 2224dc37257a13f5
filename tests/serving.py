"""A folder on a server of this machine, for as long as a test wants it."""

import contextlib
import functools
import http.server
import threading


class Quiet(http.server.SimpleHTTPRequestHandler):
    """The files of a folder, with no word of who asked for them."""

    def log_message(self, *args):
        pass


@contextlib.contextmanager
def serving(folder, handler=Quiet):
    """The address, without a slash at its end, at which ``handler`` answers for ``folder``."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
