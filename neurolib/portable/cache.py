"""Where compiled code is kept from one process to the next, and that nothing breaks where it cannot be kept."""

import atexit
import contextlib
import hashlib
import os
import pickle
import shutil
import tempfile
import weakref
from pathlib import Path

from neurolib.portable.reach import fingerprint

try:
    import numba
    from numba.core.caching import FunctionCache, IndexDataCacheFile
except ImportError:  # the library is slower without Numba, and otherwise the same
    numba, FunctionCache = None, object
if numba is not None and numba.config.DISABLE_JIT:  # NUMBA_DISABLE_JIT=1: as if it were not installed
    numba, FunctionCache = None, object


def sources_digest(files):
    """Fingerprint of what ``files`` hold."""
    digest = hashlib.sha256()
    for path in sorted(files):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder():
    """The folder for compiled code: the first that can be written to, or None where there is none.

    Below ``NUMBA_CACHE_DIR``, ``XDG_CACHE_HOME`` or ``~/.cache``, one for each user; else one of this process's own.
    Its name is of how this package compiles; what a function reaches is in the key of each entry (:class:`Kept`).
    """
    user = f"-{os.getuid()}" if hasattr(os, "getuid") else ""
    for base in (os.environ.get("NUMBA_CACHE_DIR"), os.environ.get("XDG_CACHE_HOME"), os.path.expanduser("~/.cache")):
        if base and os.path.isabs(base):  # "~" stays where there is no home
            folder = Path(base) / f"neurolib{user}" / sources_digest(Path(__file__).parent.glob("*.py"))
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
    """Numba's cache of one function, for which a file that cannot be read or written is as good as none.

    Numba looks at the file of the function alone, so that an edit of another one that it calls would go unnoticed, and one of
    a comment above it would not. Here an entry is good for as long as the function and all that it reaches are the same.
    """

    def __init__(self, dispatcher):
        super().__init__(dispatcher.py_func)
        self._dispatcher = weakref.ref(dispatcher)
        base = self._impl.filename_base.replace(f"-{self._impl.locator.get_disambiguator()}.py", ".py")
        self._cache_file = IndexDataCacheFile(self._cache_path, base, "")

    def _index_key(self, sig, codegen):
        return (*super()._index_key(sig, codegen), fingerprint(self._dispatcher()))

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
            dispatcher._cache = Kept(dispatcher)
        except (OSError, RuntimeError):  # no file, or no folder that Numba finds good enough
            pass
    return dispatcher


FOLDER = cache_folder()
if FOLDER is not None and numba is not None:
    numba.config.CACHE_DIR = str(FOLDER)
