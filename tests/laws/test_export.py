"""A trace survives a file, another process, a copy and a table."""

import copy
import math
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from neurolib import cells
from neurolib.cell import Cell
from neurolib.channels import Channel, leak, squid
from neurolib.channels.gating import Gate
from neurolib.export import load, save, to_pandas, to_xarray
from neurolib.portable import portable
from neurolib.protocols import pulse
from neurolib.rest import find_rest
from neurolib.simulate import current_clamp, voltage_clamp

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
CELLS = [cells.squid_axon, cells.mammalian_bk, cells.mammalian_rectifying_leak]
TRACES = [current_clamp(cell, pulse(40.0, 1.0, 1.0), 10.0) for cell in CELLS]
TRACES.append(voltage_clamp(cells.squid_axon, pulse(-20.0, 5.0, 1.0), 10.0, holding=-65.0))


def same(a, b):
    assert a.cell == b.cell and a.cell.kernel is b.cell.kernel and a.stimulus == b.stimulus and a.clamped == b.clamped
    for name in ("time", "samples", "parameters", "I_ion", "I_stim", "dVdt"):
        assert np.array_equal(getattr(a, name), getattr(b, name)), name


@pytest.mark.parametrize("trace", TRACES, ids=lambda trace: trace.cell.name)
def test_copies_and_files_hold_the_same(trace, tmp_path):
    same(trace, pickle.loads(pickle.dumps(trace)))
    same(trace, copy.deepcopy(trace))
    save(trace, tmp_path / "run.npz")
    same(trace, load(tmp_path / "run.npz", trace.cell))
    assert set(np.load(tmp_path / "run.npz")) >= {"time", "samples", "state_names"}


def test_another_process_reads_a_pickle(tmp_path):
    (tmp_path / "run.pkl").write_bytes(pickle.dumps(TRACES[1]))
    reads = ("import pickle, sys; from neurolib.cells import mammalian_bk as bk; t = pickle.load(open(sys.argv[1], 'rb')); "
             "assert t.cell == bk and hash(t.cell) == hash(bk); print(repr(float(t.I_ion.sum())))")
    done = subprocess.run([sys.executable, "-c", reads, tmp_path / "run.pkl"], check=True, capture_output=True, text=True,
                          env=ENVIRONMENT)
    assert float(done.stdout) == TRACES[1].I_ion.sum()


@portable
def slow_inf(V):
    return 1.0 / (1.0 + math.exp(-(V + 40.0) / WIDTH))


@portable
def slow_tau(V):
    return 5.0


WIDTH = 5.0


def test_a_cell_with_functions_of_the_readers_travels_too(tmp_path):
    gate = Gate("x", 1, inf=slow_inf, tau=slow_tau)
    cell = Cell("with_x", 1.0, (leak("leak", 0.3, -60.0), Channel("X", 0.3, (gate,), -77.0, "K")), 20.0)  # soon compiled
    assert pickle.loads(pickle.dumps(cell)) == cell
    (tmp_path / "cell.pkl").write_bytes(pickle.dumps(cell))
    reads = ("import pickle, sys; from neurolib.rest import find_rest; "
             "print(repr(find_rest(pickle.load(open(sys.argv[1], 'rb'))).V))")
    command = [sys.executable, "-c", reads, tmp_path / "cell.pkl"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path, env=ENVIRONMENT)
    assert float(done.stdout) == find_rest(cell).V


def test_a_file_of_another_cell_is_refused(tmp_path):
    save(TRACES[0], tmp_path / "run.npz")
    with pytest.raises(ValueError, match="is of squid_axon, whose state_names are V, m_Na, h_Na, n_K; here they are V, "):
        load(tmp_path / "run.npz", cells.mammalian_bk)


@pytest.mark.parametrize("trace", TRACES, ids=lambda trace: trace.cell.name)
def test_tables_hold_every_column(trace):
    table, data = to_pandas(trace), to_xarray(trace)
    assert list(table.columns) == list(data.data_vars) and np.array_equal(table.index, trace.time)
    assert np.array_equal(table["V"], trace.V) and np.array_equal(data["I_stim"], trace.I_stim)
    currents = [f"I_{channel.name}" for channel in trace.cell.channels]
    assert np.allclose(table[currents].sum(axis=1), trace.I_ion)
    assert data["V"].attrs == {"units": "mV"} and data.attrs["C_m"] == 1.0


@pytest.mark.parametrize(("make", "package"), [(to_pandas, "pandas"), (to_xarray, "xarray")])
def test_without_the_package_the_error_says_which(monkeypatch, make, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ImportError, match=f"pip install {package}"):
        make(TRACES[0])


def test_what_is_frozen_stays_frozen_in_a_copy():
    channel = pickle.loads(pickle.dumps(cells.mammalian_neuron.channel("Na")))
    assert isinstance(channel, Channel) and channel == cells.mammalian_neuron.channel("Na")
    with pytest.raises(TypeError):
        channel.constants["V_T"] = 0.0
    assert copy.deepcopy(squid.M).alpha is squid.alpha_m
