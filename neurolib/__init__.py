"""Models and explorers of the electrical neuron; README.md says what lives where."""

import sys
import warnings
from pathlib import Path


def _others():
    """Other packages of this name that Python could find: the index has one, which is no part of this book."""
    places = (Path(entry or ".") / "neurolib" for entry in sys.path if isinstance(entry, str))
    return [str(place) for place in places if (place / "__init__.py").is_file() and not (place / "portable").is_dir()]


if _others():
    warnings.warn(f"another package of the name neurolib, which is not this book's, is installed in {', '.join(_others())}: "
                  "some processes may import it instead. Run: pip uninstall neurolib; pip install -r requirements.txt",
                  stacklevel=2)  # fmt: skip
