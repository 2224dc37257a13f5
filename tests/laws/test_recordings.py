"""Files of recordings give the numbers that were written, whatever wrote them."""

import sys
from datetime import UTC, datetime

import numpy as np
import pytest

from neurolib.cells import squid_axon
from neurolib.protocols import pulse
from neurolib.recordings import read_abf, read_csv, read_nwb
from neurolib.simulate import current_clamp
from neurolib.spikes import spikes

TRACE = current_clamp(squid_axon, pulse(10.0, 1.0, 2.0), 20.0, sample_every=0.05)
T, V = TRACE.time, TRACE.V


def text(delimiter, decimal=".", header="", columns=(T, V)):
    lines = [delimiter.join(f"{value:.9f}" for value in row) for row in zip(*columns, strict=True)]
    return header + "\n".join(lines).replace(".", decimal) + "\n"


FORMS = {
    "plain": (text(","), {}),
    "header": (text(",", header="time,voltage\n"), {}),
    "tab": (text("\t"), {}),
    "space": (text(" ", header="# t V\n"), {}),
    "semicolon, decimal comma": (text(";", ",", "Zeit;Spannung\n"), {}),
    "tab, decimal comma": (text("\t", ","), {}),
    "space, decimal comma": (text("   ", ","), {}),
    "decimal comma, said": (text(";", ","), {"delimiter": ";", "decimal": ","}),
    "byte order mark, CRLF": ("\ufeff" + text(",", header="t,V\n").replace("\n", "\r\n"), {}),
    "by name": (text(",", header="sweep,Vm,t\n", columns=(0 * T, V, T)), {"time": "t", "V": "Vm"}),
    "by number": (text(",", columns=(0 * T, V, T)), {"time": 2, "V": 1}),
    "units said": (text(",", columns=(1e-3 * T, 1e-3 * V)), {"time_unit": "s", "V_unit": "V"}),
    "units in the header": (text("\t", header="Rig 3\nTime (s)\tVm [V]\n", columns=(1e-3 * T, 1e-3 * V)), {}),
    "quoted": ('"t","V"\n' + "\n".join(f'"{t:.9f}","{v:.9f}"' for t, v in zip(T, V, strict=True)), {}),
    "with a current": (text(",", header="t,V,I (pA)\n", columns=(T, V, 1e3 * T)), {"current": 2}),
}


@pytest.mark.parametrize(("written", "options"), FORMS.values(), ids=FORMS)
def test_text_in_any_usual_form(tmp_path, written, options):
    path = tmp_path / "sweep.csv"
    path.write_text(written, encoding="utf-8", newline="")
    read = read_csv(path, **options)
    assert np.allclose(read.time, T, atol=1e-5) and np.allclose(read.V, V, atol=1e-5)
    if "current" in options:
        assert np.allclose(read.current, T, atol=1e-5)
    assert spikes(read)[0].peak == pytest.approx(spikes(T, V)[0].peak, abs=1e-4)


BAD = {
    "no line of numbers": ("time,voltage\n", {}),
    r"V = 'Vm': did you mean 'V'\? V has to be one of t, V": (text(",", header="t,V\n"), {"V": "Vm"}),
    r"V = 4: .* has columns 0 to 1": (text(","), {"V": 4}),
    r"V_unit = None: all voltages of .* lie within 1 mV of 0, as they would in volts; say 'mV' or 'V'": (
        text(",", columns=(T, 1e-3 * V)), {}),
    r"V_unit = 'volt'": (text(","), {"V_unit": "volt"}),
    r"4 numbers under 2 names; if commas": (text(",", ",", "t,V\n"), {}),
    r"after line 1: could not convert string 'x'": ("t,V\n0,-65\n1,x\n", {}),
    r"V\[1\] = nan": ("0,-65\n1,nan\n", {}),
    r"time\[1\] = 0 ms comes after": ("0,-65\n0,-65\n", {}),
}


@pytest.mark.parametrize(("said", "written", "options"), [(said, *case) for said, case in BAD.items()])
def test_text_that_cannot_be_read_is_refused_with_a_reason(tmp_path, said, written, options):
    path = tmp_path / "sweep.csv"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        read_csv(path, **options)


def test_an_axon_file(tmp_path):
    import pyabf  # here, as its import takes long, and only one of the workers needs it

    path, long = tmp_path / "sweeps.abf", np.tile(V, 5)  # pyABF does not read back what it writes of short sweeps
    pyabf.abfWriter.writeABF1(np.array([long, long - 5.0]), str(path), 20_000.0, units="mV")
    first, second = read_abf(path), read_abf(str(path), sweep=1)
    assert np.allclose(first.time, 0.05 * np.arange(len(long)), atol=1e-9)
    assert np.allclose(first.V, long, atol=0.01) and np.allclose(second.V, long - 5.0, atol=0.01)  # of 16 bits
    with pytest.raises(ValueError, match=r"sweep = 2: .* has 0 to 1"):
        read_abf(path, sweep=2)


def write_nwb(path, names):
    import pynwb

    file = pynwb.NWBFile("a test", "test", datetime(2020, 1, 1, tzinfo=UTC))
    device = file.create_device("rig")
    electrode = file.create_icephys_electrode(name="electrode", description="glass", device=device)
    for number, name in enumerate(names):
        common = {"electrode": electrode, "gain": 1.0, "sweep_number": np.uint32(number), "rate": 20e3}
        file.add_acquisition(pynwb.icephys.CurrentClampSeries(name=name, data=V, conversion=1e-3, **common))
        file.add_stimulus(pynwb.icephys.CurrentClampStimulusSeries(
            name=f"{name}_stimulus", data=TRACE.I_stim, conversion=1e-9, **common))
    with pynwb.NWBHDF5IO(str(path), "w") as io:
        io.write(file)


def test_a_file_of_neurodata_without_borders(tmp_path):
    write_nwb(tmp_path / "one.nwb", ["cell_1"])
    read = read_nwb(tmp_path / "one.nwb")
    assert np.allclose(read.time, T) and np.allclose(read.V, V) and np.allclose(read.current, TRACE.I_stim)
    write_nwb(tmp_path / "two.nwb", ["cell_1", "cell_2"])
    assert np.allclose(read_nwb(tmp_path / "two.nwb", "cell_2").V, V)
    with pytest.raises(ValueError, match="series = None: series has to be one of cell_1, cell_2"):
        read_nwb(tmp_path / "two.nwb")


@pytest.mark.parametrize(("read", "package"), [(read_abf, "pyabf"), (read_nwb, "pynwb")])
def test_without_the_package_the_error_says_which(monkeypatch, read, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ImportError, match=f"{package} is needed to read .* files.*pip install {package}"):
        read("a.file")
