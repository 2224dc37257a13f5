"""Channels as frozen data, by the tissue that they come from; a channel of one's own is made of the same parts."""

from neurolib.channels.channel import CalciumPool, Channel, leak
from neurolib.channels.gating import Gate

__all__ = ["CalciumPool", "Channel", "Gate", "leak"]
