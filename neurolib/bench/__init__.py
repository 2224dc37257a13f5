"""The bench: experiments that are plain data, on cells that are plain data.

An experiment holds a membrane, a protocol and a view, as JSON does. A link of the page holds one, too::

    from neurolib.bench import read_link, run

    result = run(read_link("https://…/bench.html#bench?e=d…"))
    result.trace.V, result.trace.current("Na"), result.rest.V, result.spikes()

:mod:`neurolib.bench.description` and :mod:`neurolib.bench.protocol` say what is in it and check it,
:mod:`neurolib.bench.catalogue` has the cells and channels of the book in this form, :mod:`neurolib.bench.pack` writes a
membrane into the array of :mod:`neurolib.kernel.generic`, and :class:`~neurolib.bench.cell.DataCell` is a cell for the rest of
the library: thresholds, firing rates, fits. :mod:`neurolib.bench.nmodl` and :mod:`neurolib.bench.neuroml` write it for other
simulators.
"""

from neurolib.bench.cell import DataCell
from neurolib.bench.link import python_call, read_link, to_link
from neurolib.bench.neuroml import to_neuroml
from neurolib.bench.neuroml_in import from_neuroml
from neurolib.bench.nmodl import nmodl
from neurolib.bench.run import Result, run

__all__ = ["DataCell", "Result", "from_neuroml", "nmodl", "python_call", "read_link", "run", "to_link", "to_neuroml"]
