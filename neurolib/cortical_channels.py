"""Moved: this is :mod:`neurolib.channels.cortical` now. Notebooks that name the old place go on working, and are told."""

import warnings

from neurolib.channels.cortical import *  # noqa: F403

warnings.warn("neurolib.cortical_channels is neurolib.channels.cortical now", DeprecationWarning, stacklevel=2)
