"""The browser that prints: a Chromium of any make, by its name on the path or in the place where its installer puts it.

``python -m neurolib.book.paper.browsers`` says which it is, or what is missing.
"""

import os
import shutil
import sys

MAC, APPS = ("/Applications", "~/Applications"), ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS = ("${ProgramFiles}", "${ProgramFiles(x86)}", "${LocalAppData}")
PROGRAMS = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
BROWSERS = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "msedge",
    *(f"{folder}/{app}.app/Contents/MacOS/{app}" for app in APPS for folder in MAC),
    *(f"{folder}/{program}" for program in PROGRAMS for folder in WINDOWS),
)  # fmt: skip
MISSING = (
    "No browser is found to print with. Install Chromium, Chrome or Edge, or name one of them by its path: "
    "python -m neurolib.book pdf --browser PATH"
)


def find_browser(named=None):
    """Path of the browser that is ``named``, or of the first there is; the program ends where there is none."""
    wanted = [named] if named else BROWSERS
    found = (shutil.which(os.path.expanduser(os.path.expandvars(place))) for place in wanted)
    return next(filter(None, found), None) or sys.exit(f"{named} is no program." if named else MISSING)


if __name__ == "__main__":
    print(f"PDF files will be printed with {find_browser()}")
