"""One explorer's page on a local server, made anew in a process of its own when a file of the package has changed."""

import http.server
import subprocess
import sys
import threading
import time

from neurolib.portable.reach import PACKAGE

EVERY = 0.5  # s between two looks at the files
# The page asks for the number of its making, and loads itself again when there is another.
RELOAD = """let made;
setInterval(async () => {
  const now = await (await fetch("made")).text();
  if (made !== undefined && now !== made) location.reload();
  made = now;
}, 500);"""


def newest():
    """When a source was last changed."""
    kinds = {".py", ".toml", ".js", ".css", ".html", ".svg", ".csv", ".po"}
    return max(path.stat().st_mtime for path in PACKAGE.rglob("*") if path.suffix in kinds)


class Page:
    """The page as it was last made."""

    def __init__(self, name):
        self.name = name
        self.made, self.html, self.of = 0, b"", 0.0

    def make(self):
        """Make the page if a source is newer; what goes wrong is shown in its place."""
        changed = newest()
        if changed == self.of:
            return
        self.of, start = changed, time.perf_counter()
        command = [sys.executable, "-m", "neurolib.explorers", "page", self.name, "--reload"]
        done = subprocess.run(command, capture_output=True)
        error = b"<meta charset=utf-8><pre>" + done.stderr + b"</pre><script>" + RELOAD.encode() + b"</script>"
        self.html = done.stdout if done.returncode == 0 else error
        self.made += 1
        print(f"made in {time.perf_counter() - start:.1f} s", flush=True)

    def keep_making(self):
        while True:
            self.make()
            time.sleep(EVERY)


def serve(name, port):
    """Serve the page of the explorer ``name`` until the process is stopped."""
    page = Page(name)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            found = {"/": (page.html, "text/html; charset=utf-8"), "/made": (str(page.made).encode(), "text/plain")}
            body, kind = found.get(self.path.partition("?")[0], (b"", "text/plain"))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    page.make()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    threading.Thread(target=page.keep_making, daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
