"""The bench in code: links, protocols, runs and their errors, and the rest of the library on a cell that is data."""

import base64
import copy
import math
import random
import re

import numpy as np
import pytest

from neurolib import cells
from neurolib.bench import DataCell, python_call, read_link, run, to_link
from neurolib.bench.catalogue import membranes
from neurolib.bench.description import FORMS
from neurolib.bench.protocol import check_protocol, runs_of
from neurolib.excitability import firing_rates, threshold_current
from neurolib.export import to_pandas, to_xarray
from neurolib.fitting import fit
from neurolib.protocols import pulse
from neurolib.recordings import Recording
from neurolib.simulate import LeftRange, current_clamp, resume, voltage_clamp

MEMBRANES = membranes()
PULSE = {"clamp": "current", "kind": "pulse", "base": 0.0, "duration": 20.0, "onset": 5.0, "width": 1.0, "amplitude": 20.0}
FAMILY = {"clamp": "voltage", "kind": "family", "base": -65.0, "duration": 12.0, "onset": 3.0, "width": 5.0, "first": -60.0,
          "last": 20.0, "count": 3, "pre": -90.0, "pre_width": 1.0, "tail": -40.0}  # fmt: skip


def experiment(protocol=PULSE, cell="squid_axon", **changes):
    return {"format": 1, "membrane": copy.deepcopy(MEMBRANES[cell]), "protocol": protocol | changes, "view": {"panels": ["V"]}}


def test_a_link_holds_the_experiment():
    whole = experiment()
    letters = to_link(whole)
    assert read_link(letters) == whole == read_link(f"https://example.org/bench.html#bench?e={letters}")
    assert read_link(f"https://example.org/?name=x#bench?e={letters}") == whole
    assert re.fullmatch(r"[\w-]+", letters)
    deep = "j" + base64.urlsafe_b64encode(b"[" * 100_000).decode()
    made = {}
    exec(python_call(whole), made)
    assert np.array_equal(made["result"].trace.V, run(whole).trace.V)
    for wrong in ("", "d", "xabc", letters[:-20], "d!!!", to_link({"a": 1}), deep):
        with pytest.raises(ValueError, match=r"^link = "):
            read_link(wrong)


def test_a_run_is_that_of_the_cell():
    result, own = run(experiment()), current_clamp(cells.squid_axon, pulse(20.0, 1.0, 5.0), 20.0, 0.01, 0.02)
    assert np.allclose(result.trace.time, own.time, rtol=0.0, atol=1e-12)
    assert np.allclose(result.trace.V, own.V, rtol=0.0, atol=1e-9)
    assert np.allclose(result.trace.current("Na"), own.current("Na"), rtol=1e-9, atol=1e-9)
    assert result.rest.stable
    (spike,) = result.spikes()[0]
    assert spike.peak == pytest.approx(own.V.max(), abs=0.01)
    held = run(experiment(FAMILY))
    assert held.levels == (-60.0, -20.0, 20.0)
    steps = held.traces[1].stimulus
    own = voltage_clamp(cells.squid_axon, steps, 12.0, 0.01, 0.02, holding=-65.0)
    assert np.allclose(held.traces[1].I_ion, own.I_ion, rtol=1e-9, atol=1e-9)


def test_a_run_begins_beside_an_unstable_rest():
    result = run(experiment(cell="thalamic_pacemaker", amplitude=0.0))
    assert not result.rest.stable
    assert result.trace.V[0] == pytest.approx(result.rest.V - 1.0)


def test_protocols():
    """At times of interest, by hand; noise has the mean and the spread that are asked for."""
    sampled = {
        "pulse": (PULSE | {"base": 1.0}, {0.0: 1.0, 5.5: 20.0, 7.0: 1.0}),
        "pair": (PULSE | {"kind": "pair", "interval": 4.0, "second": 7.0}, {5.5: 20.0, 7.0: 0.0, 9.5: 7.0, 11.0: 0.0}),
        "train": (PULSE | {"kind": "train", "period": 2.0, "count": 3}, {5.5: 20.0, 6.5: 0.0, 9.5: 20.0, 10.5: 0.0, 11.5: 0.0}),
        "ramp": (PULSE | {"kind": "ramp", "start": 10.0}, {5.5: 15.0, 7.0: 0.0}),
        "sine": (PULSE | {"kind": "sine", "base": 1.0, "frequency": 250.0, "width": 8.0},
                 {1.0: 1.0, 6.0: 20.0, 7.0: 1.0, 8.0: -18.0, 14.0: 1.0}),
        "table": ({**{k: PULSE[k] for k in ("clamp", "base", "duration")}, "kind": "table", "rows": [[2, 3], [4, -1]]},
                  {1.0: 0.0, 3.0: 3.0, 19.0: -1.0}),
        "family": (FAMILY, {1.0: -65.0, 2.5: -90.0, 4.0: -60.0, 9.0: -40.0}),
    }  # fmt: skip
    for protocol, values in sampled.values():
        wave = runs_of(protocol)[0][1]
        assert wave(np.array(list(values))) == pytest.approx(list(values.values()), abs=1e-9)
    longest = PULSE | {"kind": "sine", "width": 10000.0, "duration": 10000.0, "frequency": 125.0}
    t = np.linspace(5.0, 9990.0, 4321)
    assert np.abs(runs_of(longest)[0][1](t) - 20.0 * np.sin(2.0 * math.pi * 0.125 * (t - 5.0))).max() < 20.0 * (1 - math.cos(
        math.pi / 16)) * 1.01  # the sagitta of a sixteenth of a period
    noise = PULSE | {"kind": "noise", "sd": 3.0, "tau": 5.0, "seed": 7, "width": 9000.0, "duration": 10000.0}
    wave = runs_of(noise)[0][1]
    drawn = wave(np.arange(5.25, 9000.0, 0.5))
    assert abs(drawn.mean() - 20.0) < 4.0 * 3.0 / math.sqrt(9000.0 / 10.0)  # one independent value in 2 tau
    assert drawn.std() == pytest.approx(3.0, rel=0.1)
    assert np.corrcoef(drawn[:-10], drawn[10:])[0, 1] == pytest.approx(math.exp(-1.0), abs=0.1)
    assert np.array_equal(drawn, runs_of(noise)[0][1](np.arange(5.25, 9000.0, 0.5)))
    assert not np.array_equal(drawn, runs_of(noise | {"seed": 8})[0][1](np.arange(5.25, 9000.0, 0.5)))


def test_the_library_takes_the_cell():
    cell = DataCell(MEMBRANES["squid_axon"])
    assert threshold_current(cell, 1.0) == pytest.approx(threshold_current(cells.squid_axon, 1.0), rel=1e-9)
    currents = np.linspace(6.0, 30.0, 17)  # as many as would go in lockstep
    assert firing_rates(cell, currents[:2], 50.0, 200.0) == pytest.approx(
        firing_rates(cells.squid_axon, currents[:2], 50.0, 200.0), rel=1e-9)
    assert len(firing_rates(cell, currents, 50.0, 100.0)) == 17
    assert threshold_current(cell, 1.0, g_bar_Na=60.0) > threshold_current(cell, 1.0)
    own = current_clamp(cell, pulse(20.0, 1.0, 1.0), 8.0, g_bar_Na=100.0)
    recording = Recording(own.time[::10], own.V[::10])
    for trace in (own, run(experiment(FAMILY)).traces[0]):
        on = resume(trace, 2.0, g_bar_K=30.0)
        assert on.V[0] == trace.V[-1] and on.cell.values_of(on.parameters)["g_bar_K"] == 30.0
        assert on.cell.values_of(on.parameters)["g_bar_Na"] == trace.cell.values_of(trace.parameters)["g_bar_Na"]
        data, table = to_xarray(trace), to_pandas(trace)
        assert data.attrs["E_Na"] == 50.0 and data["g_Na"].attrs["units"] == "mS/cm²"
        assert np.array_equal(table["I_Na"], trace.current("Na"))
    for change in (lambda: cell.with_(C_m=2.0), lambda: cell.with_channel(cells.squid_axon.channel("Na"))):
        with pytest.raises(ValueError, match=r"^cell bench: it is data: change its membrane"):
            change()
    found = fit(cell, recording, {"g_bar_Na": (80.0, 140.0)}, pulse(20.0, 1.0, 1.0))
    assert found.values["g_bar_Na"] == pytest.approx(100.0, rel=1e-3)


def test_errors_in_one_sentence():
    wrong = {
        "protocol: amplitud: did you mean": experiment(amplitud=1.0),
        "protocol: width = 0": experiment(width=0.0),
        "protocol: duration = 20000": experiment(duration=20000.0),
        "protocol: kind = 'puls'": experiment(kind="puls"),
        "protocol: width = 10000 ms at frequency = 126 Hz: a sine has at most 1250 periods": experiment(
            kind="sine", width=10000.0, duration=10000.0, frequency=126.0),
        "experiment: format = 2": experiment() | {"format": 2},
    }
    for says, whole in wrong.items():
        with pytest.raises(ValueError, match=f"^{says}"):
            run(whole)
    for wrong in (2.9, True, "3", 0, 16, math.nan):
        with pytest.raises(ValueError, match=f"^protocol: count = {wrong!r}: .* has to be a whole number, between 1"):
            check_protocol(FAMILY | {"count": wrong})
    assert check_protocol(check_protocol(FAMILY)) == check_protocol(FAMILY)
    with pytest.raises(LeftRange, match="make the stimulus weaker"):
        run(experiment(amplitude=50000.0))
    vanishing = experiment()
    vanishing["membrane"]["channels"][0]["gates"][0] |= {role: {"form": "constant", "rate": 0.0} for role in ("alpha", "beta")}
    with pytest.raises(ValueError, match=r"^channel Na, gate m: its rates at -150 mV vanish"):
        run(vanishing)
    for tau in (None, {"form": "constant", "rate": 1.0}):  # at once, and not
        beyond = experiment()
        gate = {"name": "x", "inf": {"form": "sigmoid", "rate": 2.0, "midpoint": -50.0, "scale": 5.0}, "tau": tau}
        beyond["membrane"]["channels"][1]["gates"].append(gate)
        with pytest.raises(ValueError, match=r"^channel K, gate x: its steady state at -45 mV is 1\.46"):
            run(beyond)


def random_curve(chance, form):
    if form == "product":
        factors = [random_curve(chance, "sigmoid") | {"rate": 1.0} for _ in range(chance.randint(1, 4))]
        return {"form": form, "factors": factors, "exponent": chance.uniform(0.2, 4.0)}
    if form == "sum":
        return {"form": form, "terms": [random_curve(chance, inner) for inner in ("constant", "sigmoid")]}
    sizes = {"rate": 10.0 ** chance.uniform(-3, 1), "base": chance.uniform(0.01, 5.0),
             "amplitude": 10.0 ** chance.uniform(-2, 2)}  # fmt: skip
    return {"form": form} | {name: sizes.get(name) or chance.choice([-1, 1]) * chance.uniform(4, 80) for name in FORMS[form]}


def random_membrane(chance):
    """Any membrane whose numbers are in the range of what channels have."""
    channels = []
    for k in range(chance.randint(1, 12)):
        gates = []
        for j in range(chance.randint(0, 4)):
            gate = {"name": f"x{j}", "power": chance.randint(1, 4), "q10": chance.uniform(1, 4)}
            if chance.random() < 0.5:
                forms = "exp", "sigmoid", "exp_linear", "product"
                gate |= {role: random_curve(chance, chance.choice(forms)) for role in ("alpha", "beta")}
            else:
                tau = chance.choice([None, *(random_curve(chance, form) for form in ("bell", "constant", "sum"))])
                inf = chance.choice([random_curve(chance, "sigmoid") | {"rate": 1.0}, random_curve(chance, "product")])
                gate |= {"inf": inf, "tau": tau}
            gates.append(gate)
        ohmic = {"form": "ohmic", "E": chance.uniform(-100, 60)}
        drive = chance.choice([ohmic, {"form": "nernst", "ion": chance.choice(["K", "Ca"])},
                               {"form": "constant_field", "ion": chance.choice(["Na", "Ca", "Cl"])}])  # fmt: skip
        size = 1e-5 if drive["form"] == "constant_field" else 1.0
        channels.append({"name": f"c{k}", "g": size * 10.0 ** chance.uniform(-2, 2), "drive": drive, "gates": gates,
                         "carries_calcium": drive.get("ion") == "Ca",
                         "calcium": chance.choice([None, None, {"half": 0.001, "power": 2.0}])})  # fmt: skip
    pool = {"rest": 1e-4, "tau": chance.uniform(1, 100), "gain": 10.0 ** chance.uniform(-6, -3)}
    return {"C_m": chance.uniform(0.5, 5), "temperature": chance.uniform(5, 40), "channels": channels, "pool": pool,
            "ions": MEMBRANES["mammalian_neuron"]["ions"]}  # fmt: skip


def test_random_cells_are_finite_or_say_why():
    chance, ran = random.Random(17), 0
    for _ in range(150):
        try:
            result = run({"membrane": random_membrane(chance), "protocol": PULSE})
        except (ValueError, LeftRange) as error:
            assert re.match(r"channel c\d+, gate x\d: its|V left", str(error)), error
            continue
        ran += 1
        assert np.all(np.isfinite(result.trace.samples)) and np.all(np.isfinite(result.trace.I_ion))
    assert ran > 75
