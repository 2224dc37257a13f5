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

pytest.importorskip("neuron")
STIMULUS = {"clamp": "current", "kind": "pulse", "base": 0.0, "duration": 60.0, "onset": 5.0, "width": 40.0}
RUN = """
import json, sys
from neuron import h
from cell import cell
h.load_file("stdrun.hoc")
start, calcium, amplitude = json.loads(sys.argv[1])
soma = cell()
if h.ismembrane("bench_pool", sec=soma):
    soma(0.5).bench_pool.start = calcium
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 5.0, 40.0, 0.01 * amplitude
V, t = h.Vector().record(soma(0.5)._ref_v), h.Vector().record(h._ref_t)
solver = h.CVode()
solver.active(True)
solver.atol(1e-8)
h.finitialize(start)
h.continuerun(60.0)
print(json.dumps([list(t), list(V)]))
"""


def everything():
    """A relay cell, with a constant field, a split curve and a pool, and with what else a membrane may have, in few files."""
    membrane = copy.deepcopy(membranes()["thalamic_relay"])
    membrane["pump"] = 0.1
    membrane["channels"][1]["drive"] = {"form": "nernst", "ion": "K"}
    at_once = {"name": "s", "power": 2, "inf": sigmoid(-50.0, 10.0), "tau": None}
    opened = channels()["BK"]
    opened |= {"g": 0.3, "calcium": {"half": 0.002, "power": 2}, "gates": [*opened["gates"], at_once]}
    membrane["channels"].append(opened)
    return membrane


def test_the_same_spikes(tmp_path):
    membrane, amplitude = everything(), 4.0
    result = run({"membrane": membrane, "protocol": STIMULUS | {"amplitude": amplitude}})
    for name, text in nmodl(membrane).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "run.py").write_text(RUN, encoding="utf-8")
    scripts = Path(sysconfig.get_path("scripts"))
    path = {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    made = subprocess.run([scripts / "nrnivmodl", "-incflags", "-O0", "."], cwd=tmp_path, env=os.environ | path,
                          capture_output=True, text=True)  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    start = json.dumps([result.rest.V, result.rest["Ca"], amplitude])
    out = subprocess.run([sys.executable, "run.py", start], cwd=tmp_path, capture_output=True, text=True)
    assert out.returncode == 0, out.stderr
    t, V = (np.array(values) for values in json.loads(out.stdout.splitlines()[-1]))
    ours = result.spikes(-10.0)[0]
    up = np.flatnonzero((V[:-1] < -10.0) & (V[1:] >= -10.0))
    theirs = t[up] + (t[up + 1] - t[up]) * (-10.0 - V[up]) / (V[up + 1] - V[up])
    times, mine = result.trace.time, result.trace.V
    up = np.flatnonzero((mine[:-1] < -10.0) & (mine[1:] >= -10.0))
    own = times[up] + (times[up + 1] - times[up]) * (-10.0 - mine[up]) / (mine[up + 1] - mine[up])
    assert len(own) == len(theirs) == len(ours) > 1
    assert np.allclose(own, theirs, rtol=0.0, atol=0.02)  # ms: our step of 0.01 ms, over several intervals
    assert V.max() == pytest.approx(mine.max(), abs=0.3)
