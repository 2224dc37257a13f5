"""Where compiled code is kept from one process to the next, and that nothing breaks where it cannot be kept."""

import atexit
import contextlib
import hashlib
import os
import pickle
import shutil
import tempfile
from pathlib import Path

try:
    import numba
    from numba.core.caching import FunctionCache
except ImportError:  # the library is slower without Numba, and otherwise the same
    numba, FunctionCache = None, object
if numba is not None and numba.config.DISABLE_JIT:  # NUMBA_DISABLE_JIT=1: as if it were not installed
    numba, FunctionCache = None, object

PACKAGE = Path(__file__).parent.parent
ABOVE = {"explorer", "explorers", "show", "book"}  # folders whose functions nothing of the library calls


def sources_digest(files):
    """Fingerprint of what ``files`` hold."""
    digest = hashlib.sha256()
    for path in sorted(files):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def library_digest():
    """Fingerprint of the library, of this package and of data: of all that an explorer's functions can use."""
    files = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in ABOVE]
    return sources_digest([*files, *PACKAGE.rglob("*.csv")])


def cache_folder():
    """The folder for compiled code: the first that can be written to, or None where there is none.

    Below ``NUMBA_CACHE_DIR``, ``XDG_CACHE_HOME`` or ``~/.cache``, one for each user; else one of this process's own.
    Numba's cache looks at the file of a function alone, so an edit of another function that it calls would go unnoticed:
    a folder named for the state of the library cannot go stale. (Explorers call the library and nothing calls them.)
    """
    user = f"-{os.getuid()}" if hasattr(os, "getuid") else ""
    for base in (os.environ.get("NUMBA_CACHE_DIR"), os.environ.get("XDG_CACHE_HOME"), os.path.expanduser("~/.cache")):
        if base and os.path.isabs(base):  # "~" stays where there is no home
            folder = Path(base) / f"neurolib{user}" / library_digest()
            if can_write(folder):
                return folder
    try:
        folder = Path(tempfile.mkdtemp(prefix="neurolib-"))
    except OSError:
        return None
    atexit.register(_remove, folder, os.getpid())
    return folder if can_write(folder) else None


def _remove(folder, process):
    if os.getpid() == process:  # not at the end of a process that was forked from it
        shutil.rmtree(folder, ignore_errors=True)


def can_write(folder):
    """Whether files of the size that compiled code has can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(1 << 18))
            probe.flush()
    except OSError:  # read-only, another user's, or full
        return False
    return True


# Another user's file, one cut short, or one of a reader's module that is not there any more.
UNREADABLE = (OSError, ImportError, EOFError, AttributeError, ValueError, pickle.UnpicklingError)


class Kept(FunctionCache):
    """Numba's cache of one function, for which a file that cannot be read or written is as good as none."""

    def load_overload(self, sig, target_context):
        try:
            return super().load_overload(sig, target_context)
        except UNREADABLE:
            return None

    def save_overload(self, sig, data):
        try:
            super().save_overload(sig, data)
        except UNREADABLE:
            with contextlib.suppress(OSError):
                self.flush()  # begin anew


def keep(dispatcher):
    """Let what Numba compiles for ``dispatcher`` be kept in :data:`FOLDER`; returns it."""
    if FOLDER is not None:
        try:
            dispatcher._cache = Kept(dispatcher.py_func)
        except (OSError, RuntimeError):  # no file, or no folder that Numba finds good enough
            pass
    return dispatcher


FOLDER = cache_folder()
if FOLDER is not None and numba is not None:
    numba.config.CACHE_DIR = str(FOLDER)
