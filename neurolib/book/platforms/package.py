"""A ZIP file with the same bytes whenever it is made."""

import io
import zipfile

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a ZIP's calendar: equal books make equal packages


def zipped(files):
    """A ZIP file, as bytes, of files by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
