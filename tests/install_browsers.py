"""Make sure that the tests have a Chromium, a Firefox and a WebKit: the system's, else Debian's, else Playwright's."""

import os
import shutil
import subprocess
import sys

# What each is called, as a program; Chromium's headless shell opens pages quicker.
NAMES = {
    "chromium": ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
    "firefox": ("firefox-esr", "firefox"),
    "webkit": ("WebKitWebDriver",),
}
PACKAGES = {
    "chromium": ("chromium", "chromium-headless-shell"),
    "firefox": ("firefox-esr",),
    "webkit": ("webkit2gtk-driver", "xvfb"),
}
CHROMIUM_OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def find(engine):
    """Path of the program that is, or drives, this engine; None where there is none."""
    if engine == "webkit" and not shutil.which("Xvfb"):
        return None
    return next(filter(None, map(shutil.which, NAMES[engine])), None)


def main():
    missing = [engine for engine in NAMES if not find(engine)]
    if not missing:
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        packages = [package for engine in missing for package in PACKAGES[engine]]
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=True, stdout=subprocess.DEVNULL)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", *missing], check=True)


if __name__ == "__main__":
    main()
