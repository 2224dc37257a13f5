"""Tabs of three engines behind one face: Firefox by WebDriver BiDi, WebKitGTK by WebDriver, any by Playwright.

No driver of a third party stands between: both protocols are JSON, and what the tests need of them is short. Firefox is
Debian's or any other installed one; WebKit is Debian's webkit2gtk-driver under Xvfb. Where one of them is not installed,
Playwright's own build takes its place.
"""

import base64
import contextlib
import json
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import websocket
from install_browsers import find

WAIT = 120  # seconds for an answer of a busy machine


class Tab:
    """What an engine can be asked for. ``run`` takes a function of JavaScript, which may be async, and its arguments."""

    def run(self, function, *arguments):
        raise NotImplementedError

    def goto(self, url):
        raise NotImplementedError

    def resize(self, width, height):
        raise NotImplementedError

    def screenshot(self):
        raise NotImplementedError

    def press(self, *keys):
        """Press and release keys one after the other; those without a letter by their code in WebDriver."""
        raise NotImplementedError

    def reload(self):
        self.leave("() => location.reload()")

    def back(self):
        self.leave("() => history.back()")

    def leave(self, action):
        """Do what leads to another document, and wait until it stands; one kept from before has its old mark."""
        mark = self.run("() => (window.documentLeft = Math.random())")
        self.run(f"() => {{ setTimeout({action}, 20); }}")
        self.wait_for(f"() => window.documentLeft !== {mark!r} && document.readyState === 'complete'")

    def wait_for(self, condition):
        """Wait until a function gives what is true in JavaScript; between two documents there is no answer."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            with contextlib.suppress(EngineError):
                if self.run(f"async () => !!(await ({condition})())"):
                    return
            time.sleep(0.05)
        raise TimeoutError(condition)


class EngineError(Exception):
    """The engine's own words on what it did not do."""


def keys(text):
    """The actions of both protocols that press keys."""
    actions = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keyboard", "actions": actions}]


class Firefox(Tab):
    """A tab of Firefox by WebDriver BiDi: a socket, commands with an id, answers with the same id; events are passed over."""

    def __init__(self, binary, folder):
        self.folder = folder
        (folder / "user.js").write_text("".join(f'user_pref("{name}", {json.dumps(value)});\n' for name, value in {
            "app.update.enabled": False, "datareporting.policy.dataSubmissionEnabled": False,
            "browser.shell.checkDefaultBrowser": False, "toolkit.telemetry.reportingpolicy.firstRun": False,
            "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
            "services.settings.server": "data:,", "browser.download.folderList": 2,
            "browser.download.dir": str(folder / "downloads"), "browser.startup.page": 0,
            "ui.prefersReducedMotion": 1,
        }.items()))  # fmt: skip
        command = [binary, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self.last = 0
        try:
            for line in self.process.stderr:
                if found := re.search(r"ws://\S+", line):
                    break
            else:
                raise EngineError("Firefox ended before it listened")
            # Read on: a full pipe would halt the browser.
            threading.Thread(target=lambda: [None for _ in self.process.stderr], daemon=True).start()
            self.socket = websocket.create_connection(f"{found[0]}/session", timeout=WAIT, suppress_origin=True)
            self.send("session.new", capabilities={})
            self.context = self.send("browsingContext.getTree")["contexts"][0]["context"]
        except Exception:
            self.close()
            raise

    def send(self, method, **parameters):
        self.last += 1
        self.socket.send(json.dumps({"id": self.last, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.last:
                if answer["type"] == "error":
                    raise EngineError(f"{method}: {answer['message']}")
                return answer["result"]

    def run(self, function, *arguments):
        expression = f"(async () => JSON.stringify((await ({function})(...{json.dumps(arguments)})) ?? null))()"
        answer = self.send("script.evaluate", expression=expression, target={"context": self.context}, awaitPromise=True,
                           userActivation=True)
        if answer["type"] == "exception":
            raise EngineError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def goto(self, url):
        self.send("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def resize(self, width, height):
        self.send("browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height})

    def screenshot(self):
        return base64.b64decode(self.send("browsingContext.captureScreenshot", context=self.context)["data"])

    def press(self, *text):
        self.send("input.performActions", context=self.context, actions=keys(text))

    def close(self):
        self.process.kill()  # its own way out takes as long as a test
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class WebKit(Tab):
    """A tab of WebKitGTK's own small browser, by its driver. The window gives up at 447 pixels: narrower is an iframe."""

    def __init__(self, driver, folder):
        self.folder = folder
        (folder / ".config/gtk-3.0").mkdir(parents=True)  # without animations: WebKit then prefers reduced motion
        (folder / ".config/gtk-3.0/settings.ini").write_text("[Settings]\ngtk-enable-animations=0\n")
        self.display = subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1400x24", "-nolisten", "tcp"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        number = self.display.stdout.readline().strip()
        port = free_port()
        environment = {"DISPLAY": f":{number}", "HOME": str(folder), "PATH": "/usr/bin:/bin", "GDK_BACKEND": "x11",
                       "XDG_RUNTIME_DIR": str(folder), "LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "1", "LANG": "C.UTF-8",
                       "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}  # fmt: skip
        self.process = subprocess.Popen([driver, f"--port={port}"], env=environment, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        self.address = f"http://127.0.0.1:{port}/session"
        wanted = {"browserName": "MiniBrowser", "timeouts": {"script": 1000 * WAIT},
                  "webkitgtk:browserOptions": {"binary": mini_browser(), "args": ["--automation"]}}
        end = time.monotonic() + WAIT
        while True:
            try:
                self.address += "/" + self.send("POST", "", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
                break
            except urllib.error.URLError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def send(self, method, path, parameters=None):
        data = None if parameters is None else json.dumps(parameters).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=WAIT) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise EngineError(f"{path}: {json.load(error)['value'].get('message')}") from None

    def run(self, function, *arguments):
        # WebKit's driver hands numbers over by way of single words of its own: all goes as text.
        script = f"""const done = arguments[arguments.length - 1];
          (async () => (({function})(...{json.dumps(arguments)})))()
            .then((value) => done(JSON.stringify([value ?? null])), (error) => done(String(error.stack ?? error)));"""
        answer = self.send("POST", "/execute/async", {"script": script, "args": []})
        if not answer.startswith("["):
            raise EngineError(answer)
        return json.loads(answer)[0]

    def goto(self, url):
        self.send("POST", "/url", {"url": url})

    def resize(self, width, height):
        inner = self.run("() => [outerWidth - innerWidth, outerHeight - innerHeight]")
        self.send("POST", "/window/rect", {"width": width + inner[0], "height": height + inner[1]})

    def screenshot(self):
        return base64.b64decode(self.send("GET", "/screenshot"))

    def press(self, *text):
        self.send("POST", "/actions", {"actions": keys(text)})

    def close(self):
        with contextlib.suppress(Exception):
            self.send("DELETE", "")
        for process in (self.process, self.display):
            process.terminate()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Playwright(Tab):
    """A tab of a browser that Playwright drives."""

    CODES = {"\ue004": "Tab", "\ue007": "Enter", "\ue012": "ArrowLeft", "\ue014": "ArrowRight"}

    folder = None

    def __init__(self, browser):
        self.context = browser.new_context(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
        self.context.set_default_timeout(1000 * WAIT)
        self.page = self.context.new_page()

    def run(self, function, *arguments):
        try:
            return self.page.evaluate(f"(given) => ({function})(...given)", list(arguments))
        except Exception as error:
            raise EngineError(str(error)) from None

    def goto(self, url):
        self.page.goto(url)

    def resize(self, width, height):
        self.page.set_viewport_size({"width": width, "height": height})

    def screenshot(self):
        return self.page.screenshot()

    def press(self, *text):
        for key in text:
            self.page.keyboard.press(self.CODES.get(key, key))

    def close(self):
        self.context.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def mini_browser():
    """WebKitGTK's own browser; Debian keeps it beside the library."""
    found = sorted(Path("/usr").glob("lib*/**/webkit*gtk-*/MiniBrowser"))
    if not found:
        raise EngineError("webkit2gtk-driver is installed without its MiniBrowser")
    return str(found[-1])


def open_tab(name, playwright):
    """A tab of ``firefox`` or ``webkit``: the installed one, or Playwright's, which ``playwright()`` then gives."""
    if program := find(name):
        return {"firefox": Firefox, "webkit": WebKit}[name](program, Path(tempfile.mkdtemp(prefix=f"neurolib-{name}-")))
    return Playwright(getattr(playwright(), name).launch())
