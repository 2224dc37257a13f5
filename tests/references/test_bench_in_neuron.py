"""The bench's NMODL files, compiled and run by NEURON, give the same spikes as the bench."""

import copy
import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import numpy as np
import pytest

from neurolib.bench import run
from neurolib.bench.catalogue import channels, membranes, sigmoid
from neurolib.bench.nmodl import nmodl
from neurolib.spikes import spikes

neuron = pytest.importorskip("neuron")
STIMULUS = {"clamp": "current", "kind": "pulse", "base": 0.0, "duration": 60.0, "onset": 5.0, "width": 40.0}
RUN = """
import json, sys
from neuron import h
from cell import cell
h.load_file("stdrun.hoc")
start, calcium, amplitude = json.loads(sys.argv[1])
soma = cell()
if h.ismembrane("calcium_pool", sec=soma):
    soma(0.5).calcium_pool.start = calcium
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 5.0, 40.0, 0.01 * amplitude
V = h.Vector().record(soma(0.5)._ref_v, 0.02)  # ms, as our own samples
solver = h.CVode()
solver.active(True)
solver.atol(1e-8)
h.finitialize(start)
h.continuerun(60.0)
from poolless import cell
soma = cell()
h.finitialize(-60.0)
still = soma(0.5).bench_T_still.i
print(json.dumps([list(V), still]))
"""


def everything():
    """A relay cell, with a constant field, a split curve and a pool, and with what else a membrane may have, in few files."""
    membrane = copy.deepcopy(membranes()["thalamic_relay"])
    membrane["pump"] = 0.1
    membrane["channels"][1]["drive"] = {"form": "nernst", "ion": "K"}
    at_once = {"name": "s", "power": 2, "inf": sigmoid(-50.0, 10.0), "tau": None}
    opened = channels()["BK"]
    opened |= {"name": "pool", "g": 0.3, "calcium": {"half": 0.002, "power": 2}, "gates": [*opened["gates"], at_once]}
    membrane["channels"].append(opened)
    return membrane


def without_a_pool():
    """One channel, driven by calcium that stays as it is, and not as NEURON has it by itself (5e-5 and 2 mM)."""
    membrane = membranes()["thalamic_relay"]
    (channel,) = (channel for channel in membrane["channels"] if channel["name"] == "T")
    channel |= {"name": "T_still", "carries_calcium": False}
    return membrane | {"channels": [channel], "pool": None, "ions": {"Ca": [3.0, 2e-3]}}


def in_neuron(files, given, folder):
    """The trace of the cell, every 0.02 ms, and the current of the other at its start."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    scripts = Path(sysconfig.get_path("scripts"))
    path = {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    made = subprocess.run([scripts / "nrnivmodl", "-incflags", "-O0", "."], cwd=folder, env=os.environ | path,
                          capture_output=True, text=True)  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    out = subprocess.run([sys.executable, "run.py", given], cwd=folder, capture_output=True, text=True)
    assert out.returncode == 0, out.stderr
    return json.loads(out.stdout.splitlines()[-1])


def test_the_same_spikes(tmp_path, kept):
    membrane, amplitude = everything(), 4.0
    result = run({"membrane": membrane, "protocol": STIMULUS | {"amplitude": amplitude}})
    still = nmodl(without_a_pool())
    others = {"bench_T_still.mod": still["bench_T_still.mod"], "poolless.py": still["cell.py"], "run.py": RUN}
    files, given = nmodl(membrane) | others, json.dumps([result.rest.V, result.rest["Ca"], amplitude])
    V, still = kept((neuron.__version__, files, given), lambda: in_neuron(files, given, tmp_path))
    ours, theirs = result.spikes(-10.0)[0], spikes(0.02 * np.arange(len(V)), V, level=-10.0)
    assert len(ours) == len(theirs) > 1
    for own, other in zip(ours, theirs, strict=True):
        assert own.t_peak == pytest.approx(other.t_peak, abs=0.01)  # ms: our step, over several intervals
        assert own.peak == pytest.approx(other.peak, abs=0.01)  # mV: a parabola through samples, 0.02 ms apart in both
    hold = {"clamp": "voltage", "kind": "table", "base": -60.0, "duration": 1.0, "rows": [[0.0, -60.0]]}
    own = run({"membrane": without_a_pool(), "protocol": hold}).trace.current("T_still")[0]
    assert still == pytest.approx(1e-3 * own, rel=1e-9)  # mA/cm²
