"""A ZIP file with the same bytes whenever and wherever it is made."""

import io
import zipfile

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a ZIP's calendar: equal books make equal packages
UNIX, MODE = 3, 0o644  # as on a system that knows modes: whoever unpacks it there can read the files


def zipped(files):
    """A ZIP file, as bytes, of files by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.create_system, entry.external_attr = UNIX, MODE << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)
    return packed.getvalue()
