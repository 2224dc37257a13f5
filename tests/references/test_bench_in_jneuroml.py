"""The bench's NeuroML files are valid by libNeuroML's schema and, run by jNeuroML, give the same spikes as the bench."""

import importlib.util
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from bench_cells import CONNOR_STEVENS, EVERY_PART

from neurolib.bench import run, to_neuroml
from neurolib.bench.catalogue import membranes
from neurolib.portable.cache import sources_digest
from neurolib.portable.reach import PACKAGE
from neurolib.spikes import spikes

neuroml = pytest.importorskip("neuroml")
utils, etree = pytest.importorskip("neuroml.utils"), pytest.importorskip("lxml.etree")
STEPS = 0.004, 0.002  # ms
PULSE = {"clamp": "current", "kind": "pulse", "base": 0.0, "onset": 2.0, "width": 28.0, "duration": 30.0}
SIMULATION = """<Lems><Target component="simulation"/>
<Include file="Cells.xml"/><Include file="Networks.xml"/><Include file="Simulation.xml"/><Include file="{name}.nml"/>
<pulseGenerator id="clamp" delay="2ms" duration="28ms" amplitude="{amplitude}nA"/>
<network id="net" type="networkWithTemperature" temperature="{temperature}degC">
<population id="pop" component="{name}_cell" size="1"/><explicitInput target="pop[0]" input="clamp"/></network>
<Simulation id="simulation" length="30ms" step="{step}ms" target="net">
<OutputFile id="out" fileName="{name}_{step}.dat"><OutputColumn id="V" quantity="pop[0]/v"/></OutputFile></Simulation></Lems>"""


CASES = {"connor_stevens": (CONNOR_STEVENS, 16.0), "every_part": (EVERY_PART, 4.0)}


def test_every_file_is_valid(tmp_path):
    schema = etree.XMLSchema(etree.parse(next(Path(neuroml.__file__).parent.rglob("NeuroML_v2.3.1.xsd"))))
    exported = {name: membrane for name, (membrane, _) in CASES.items()}
    exported |= {name: membrane for name, membrane in membranes().items() if name != "mammalian_rectifying_leak"}
    for name, membrane in exported.items():
        text = to_neuroml(membrane, name)
        assert schema.validate(etree.fromstring(text.encode())), (name, schema.error_log)
        (tmp_path / "cell.nml").write_text(text, encoding="utf-8")
        assert utils.is_valid_neuroml2(str(tmp_path / "cell.nml")), name
    assert not schema.validate(etree.fromstring(text.replace("spikeThresh", "threshold").encode()))


def test_the_same_spikes(tmp_path, kept):
    """jNeuroML takes plain Euler steps: what two steps give is continued to none."""
    jar = next((Path(importlib.util.find_spec("pyneuroml").origin).parent / "lib").glob("*.jar"))
    files, simulations = {}, []
    for name, (membrane, amplitude) in CASES.items():
        files[f"{name}.nml"] = to_neuroml(membrane, name)
        for step in STEPS:
            given = {"name": name, "amplitude": 0.01 * amplitude, "temperature": membrane["temperature"], "step": step}
            simulations.append(f"{name}_{step}")
            files[f"LEMS_{name}_{step}.xml"] = SIMULATION.format(**given)
    ours_too = sources_digest([PACKAGE / "spikes.py"])  # by which their spikes are found
    theirs = kept((jar.name, files, ours_too), lambda: in_jneuroml(jar, files, simulations, tmp_path))
    for name, (membrane, amplitude) in CASES.items():
        ours = run({"membrane": membrane, "protocol": PULSE | {"amplitude": amplitude}}).spikes(-10.0)[0]
        coarse, fine = (theirs[f"{name}_{step}"] for step in STEPS)
        assert len(ours) == len(coarse) == len(fine) > 1, name
        for own, (c_time, c_peak), (f_time, f_peak) in zip(ours, coarse, fine, strict=True):
            assert own.t_peak == pytest.approx(2.0 * f_time - c_time, abs=0.01), name  # ms: our step
            assert abs(f_time - own.t_peak) < 0.2, name  # ms: half as far off at half the step, as the bench's page says
            assert own.peak == pytest.approx(2.0 * f_peak - c_peak, abs=0.03), name  # mV: our samples are 0.02 ms apart


def in_jneuroml(jar, files, simulations, folder):
    """Times (ms) and sizes (mV) of the peaks in each simulation."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    command = [shutil.which("java"), "-Xmx400M", "-XX:+UseSerialGC", "-jar", jar]
    running = [
        subprocess.Popen([*command, f"LEMS_{name}.xml", "-nogui"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         text=True)
        for name in simulations
    ]  # fmt: skip
    told = [process.communicate()[0] for process in running]
    assert not any(process.returncode for process in running), told
    return {name: peaks(1e3 * np.loadtxt(folder / f"{name}.dat").T) for name in simulations}


def peaks(trace):
    return [(found.t_peak, found.peak) for found in spikes(*trace, level=-10.0)]
