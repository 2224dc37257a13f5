"""A link holds a whole experiment: JSON, deflated, in letters that an address may have."""

import base64
import json
import zlib

MARK = "#bench?e="  # before the letters, in an address
LARGEST = 10_000_000  # letters of JSON


def to_link(experiment):
    """The letters of ``experiment``, which the page takes after ``#bench?e=``: "d" and base64url of deflated JSON."""
    text = json.dumps(experiment, ensure_ascii=False, separators=(",", ":")).encode()
    deflate = zlib.compressobj(9, wbits=-15)
    return "d" + base64.urlsafe_b64encode(deflate.compress(text) + deflate.flush()).decode().rstrip("=")


def read_link(text):
    """The experiment that a link holds: a whole address of the bench, or what follows ``#bench?e=`` in it.

    Raises ``ValueError`` for what is no such link.
    """
    letters = str(text).strip().rpartition(MARK)[2]
    try:
        data = base64.urlsafe_b64decode(letters[1:] + "=" * (-len(letters[1:]) % 4))
        if letters[0] == "d":
            data = zlib.decompressobj(-15).decompress(data, LARGEST)
        elif letters[0] != "j":
            raise ValueError(letters[0])
        experiment = json.loads(data.decode())
    except (ValueError, IndexError, RecursionError, zlib.error):  # JSON may be nested too deep to read
        raise ValueError(f"link = {str(text)[:40]!r}…: a link of the bench is wanted, with all its letters") from None
    if not isinstance(experiment, dict) or "membrane" not in experiment:
        raise ValueError(f"link = {str(text)[:40]!r}…: it holds no experiment of the bench")
    return experiment


def python_call(experiment):
    """Python that rebuilds ``experiment`` and runs it, as the page offers it."""
    return f'from neurolib.bench import read_link, run\n\nresult = run(read_link("{to_link(experiment)}"))'
