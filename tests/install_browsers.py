"""Make sure that the tests have a Chromium, a Firefox and a WebKit: the system's, else Debian's, else Playwright's.

And Node's npm, for programs of other platforms, a Java, in which jNeuroML runs, and a Chinese font, in which pages are
printed. Words behind the command choose among these, by the names of NAMES.
"""

import os
import shutil
import subprocess
import sys

# What each is called, as a program; Chromium's headless shell opens pages quicker.
NAMES = {
    "chromium": ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
    "firefox": ("firefox-esr", "firefox"),
    "webkit": ("WebKitWebDriver",),
    "node": ("npm",),
    "java": ("java",),
    "chinese": (),  # no program, but a font
}
PACKAGES = {
    "chromium": ("chromium", "chromium-headless-shell"),
    "firefox": ("firefox-esr",),
    "webkit": ("webkit2gtk-driver", "xvfb"),
    "node": ("nodejs", "npm"),
    "java": ("default-jre-headless",),
    "chinese": ("fontconfig", "fonts-noto-cjk"),
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


def has_chinese_font():
    """On Linux, as far as fontconfig knows; other systems bring one."""
    if not sys.platform.startswith("linux"):
        return True
    asked = ["fc-list", ":lang=zh-cn", "family"]
    return bool(shutil.which("fc-list") and subprocess.run(asked, capture_output=True).stdout.strip())


def main():
    wanted = sys.argv[1:] or NAMES
    missing = [one for one in wanted if not (has_chinese_font() if one == "chinese" else find(one))]
    if not missing:
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        packages = [package for engine in missing for package in PACKAGES[engine]]
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=True, stdout=subprocess.DEVNULL)
    else:
        if "chinese" in missing:
            print("No Chinese font is installed; Debian's package of one is fonts-noto-cjk.", file=sys.stderr)
        if "node" in missing:
            print("Node 20 or newer is not installed; two suites of tests need its npm.", file=sys.stderr)
        if "java" in missing:
            print("No Java is installed; one suite of tests needs it, to run jNeuroML.", file=sys.stderr)
        if browsers := [one for one in missing if one not in ("chinese", "node", "java")]:
            subprocess.run([sys.executable, "-m", "playwright", "install", *browsers], check=True)


if __name__ == "__main__":
    main()
