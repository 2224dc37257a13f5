"""Of which commit of the repository a book is made."""

import subprocess

from neurolib.explorer.language import _, translate


def commit_of(folder):
    """The commit at hand; none in an archive, or on a machine without git."""
    try:
        done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True)
    except FileNotFoundError:
        return translate(_("no repository"))
    return f"`{done.stdout.strip()}`" if done.returncode == 0 else translate(_("no repository"))
