"""Moved: this is :mod:`neurolib.channels.squid` now. Notebooks that name the old place go on working, and are told."""

import warnings

from neurolib.channels.squid import *  # noqa: F403

warnings.warn("neurolib.squid_channels is neurolib.channels.squid now", DeprecationWarning, stacklevel=2)
