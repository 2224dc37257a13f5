"""A trace in a file, or as a table of pandas or a data set of xarray."""

import numpy as np

from neurolib.cell import require_cell
from neurolib.checks import optional_package
from neurolib.protocols import Waveform
from neurolib.simulate import Trace
from neurolib.synapses import Synapse


def save(trace, path):
    """Write a :class:`~neurolib.simulate.Trace` to ``path``, a compressed ``.npz`` of arrays that NumPy reads anywhere.

    It holds ``time``, ``samples`` with ``state_names``, ``parameters`` with ``parameter_names``, the stimulus as rows of
    (time, value, slope), and synapses likewise. The cell itself, which is code, is kept by its name alone: :func:`load`
    takes it again.
    """
    with open(path, "wb") as file:
        np.savez_compressed(
            file, time=trace.time, samples=trace.samples, parameters=trace.parameters, cell=trace.cell.name,
            state_names=trace.cell.state_names, parameter_names=trace.cell.parameter_names,
            stimulus=trace.stimulus.table, idle=np.array(trace.stimulus.idle, dtype=bool),
            description=trace.stimulus.description, clamped=trace.clamped,
            synapses=[(synapse.name, str(synapse.E_rev), synapse.conductance.description) for synapse in trace.synapses],
            **{f"conductance_{k}": synapse.conductance.table for k, synapse in enumerate(trace.synapses)},
        )  # fmt: skip


def load(path, cell):
    """The trace that :func:`save` wrote; ``cell`` is the cell that made it, or one with the same states and parameters."""
    require_cell(cell)
    with np.load(path, allow_pickle=False) as held:
        for names, what in ((cell.state_names, "state_names"), (cell.parameter_names, "parameter_names")):
            if tuple(held[what].tolist()) != names:
                raise ValueError(f"cell = {cell.name}: {path} is of {held['cell']}, whose {what} are "
                                 f"{', '.join(held[what].tolist())}; here they are {', '.join(names)}")
        stimulus = Waveform(tuple(map(tuple, held["stimulus"].tolist())), str(held["description"]),
                            tuple(held["idle"].tolist()))
        synapses = tuple(
            Synapse(Waveform(tuple(map(tuple, held[f"conductance_{k}"].tolist())), description), float(E_rev), name)
            for k, (name, E_rev, description) in enumerate(held["synapses"].tolist())
        )
        return Trace(cell, held["parameters"], held["time"], held["samples"], stimulus, bool(held["clamped"]), synapses)


def columns(trace):
    """All that a trace holds against time, by name: ``(values, unit)`` of states, stimulus, conductances and currents."""
    units = {"V": "mV", "Ca": "mM"}
    table = {name: (trace[name], units.get(name, "1")) for name in trace.cell.state_names}
    table["I_stim"] = trace.I_stim, "µA/cm²"
    if trace.synapses:
        table["I_syn"] = trace.I_syn, "µA/cm²"
    for channel in trace.cell.channels:
        unit = "mS/cm²" if channel.drive is None else "as g_bar"
        table[f"g_{channel.name}"] = trace.conductance(channel.name), unit
        table[f"I_{channel.name}"] = trace.current(channel.name), "µA/cm²"
    return table


def to_pandas(trace):
    """A ``pandas.DataFrame`` of the trace: a row for each time (ms), a column for each of :func:`columns`.

    Raises ``ImportError`` where pandas is not installed.
    """
    pandas = optional_package("pandas", "to make a table")
    index = pandas.Index(trace.time, name="time")
    return pandas.DataFrame({name: values for name, (values, _) in columns(trace).items()}, index)


def to_xarray(trace):
    """An ``xarray.Dataset`` of the trace, with units, and the parameters of the run as its attributes.

    Raises ``ImportError`` where xarray is not installed.
    """
    xarray = optional_package("xarray", "to make a data set")
    variables = {name: ("time", values, {"units": unit}) for name, (values, unit) in columns(trace).items()}
    attributes = trace.cell.values_of(trace.parameters) | {"cell": trace.cell.name, "stimulus": trace.stimulus.description}
    return xarray.Dataset(variables, {"time": ("time", trace.time, {"units": "ms"})}, attributes)
