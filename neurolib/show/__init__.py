"""The ways to show an explorer: in a static page, in a live notebook. Importing this package teaches explorers both."""

from neurolib.explorer.declaration import Explorer
from neurolib.show.display import mimebundle

Explorer.shown_by = staticmethod(mimebundle)
