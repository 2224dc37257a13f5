"""``python -m neurolib.show.bench``: the bench alone, one HTML document, on standard output."""

import sys

from neurolib.show.bench.page import standalone_html

if __name__ == "__main__":
    sys.stdout.write(standalone_html())
