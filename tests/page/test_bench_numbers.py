"""What the bench's script has by hand, in V8, held to the library: the packed cell, the runs, the readings, the lessons."""

import json
import re
from copy import deepcopy

import numpy as np
import pytest
from bench_cells import CONNOR_STEVENS, EVERY_PART
from py_mini_racer import MiniRacer

from neurolib.bench import run, to_neuroml
from neurolib.bench.pack import pack
from neurolib.bench.protocol import runs_of
from neurolib.cells import squid_axon
from neurolib.protocols import pulse
from neurolib.rest import find_rest
from neurolib.show import script as common
from neurolib.show.bench import script
from neurolib.show.bench.catalogue import PULSE, catalogue
from neurolib.show.bench.lessons import lessons
from neurolib.show.bench.schema import TABLES
from neurolib.simulate import current_clamp
from neurolib.spikes import spikes

AROUND = """
function finished(work) {
  for (;;) {
    const { value, done } = work.next();
    if (done) return value;
  }
}
function numbersOf(experiment) {
  const result = finished(perform(experiment));
  return result.failed >= 0 ? { failed: result.failed } : measured(result);
}
function traceOf(experiment) {
  const { runs } = finished(perform(experiment));
  const [{ times, states, failed, total }] = runs;
  return { times: Array.from(times), V: Array.from(states[0]), failed, total: Array.from(total) };
}
function formless(membrane) {
  try {
    return neuromlOf(membrane).slice(0, 0);
  } catch (error) {
    return error.message;
  }
}
function isWhole(experiment) {
  const { failed, V, total } = traceOf(experiment);
  return failed >= 0 || [...V, ...total].every(Number.isFinite);
}
"""


@pytest.fixture(scope="module")
def call():
    """Call a function of the bench's script with plain data."""
    engine = MiniRacer()
    parts = "\n".join((script.FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in (*script.ON_DATA, "neuroml_out"))
    shared = common.text_of(("text", "numbers", "curve", "positions"))
    engine.eval(f"{shared}\n{script.kernel_script()}\nconst QUANTITIES = {{}};\n{parts}\n{AROUND}")
    for name in ("QUANTITIES", "KIND_FIELDS", "SCHEMA", "VALENCES", "CURVE_CODES", "CURVE_NUMBERS", "DRIVE_CODES"):
        engine.eval(f"Object.assign({name}, {json.dumps(TABLES[name])})")

    def call(expression, **given):
        values = "".join(f"const {name} = {json.dumps(value)};" for name, value in given.items())
        return json.loads(engine.eval(f"(() => {{ {values} return JSON.stringify({expression}); }})()"))

    yield call
    engine.close()


def experiment(membrane, protocol):
    return {"format": 1, "membrane": membrane, "protocol": protocol, "view": {}}


CELLS = {key: cell["membrane"] for key, cell in catalogue()["cells"].items()}


def test_every_cell_is_packed_as_the_library_packs_it(call):
    for key, membrane in (CELLS | {"connor_stevens": CONNOR_STEVENS}).items():
        ours = call("Array.from(packed(membrane).p, String)", membrane=membrane)
        np.testing.assert_array_equal(np.array(ours, float), pack(membrane), err_msg=key)


def test_neuroml_is_written_as_the_library_writes_it(call):
    written = 0
    for key, membrane in (CELLS | {"connor_stevens": CONNOR_STEVENS, "every_part": EVERY_PART}).items():
        try:
            theirs = to_neuroml(membrane)
        except ValueError as error:
            (part,) = re.findall(r"^(?:membrane: |channel )(\w+)", str(error))
            assert call("formless(membrane)", membrane=membrane) == part
            continue
        assert call("neuromlOf(membrane)", membrane=membrane) == theirs, key
        written += 1
    assert written > 15


def test_cells_with_random_numbers_are_packed_alike(call):
    draw = np.random.default_rng(1)

    def moved(thing):
        if isinstance(thing, dict):
            return {
                key: value if key in ("power", "temperature", "reference", "E") else moved(value)
                for key, value in thing.items()
            }
        if isinstance(thing, list):
            return [moved(value) for value in thing]
        return thing * draw.uniform(0.5, 1.5) if isinstance(thing, float) and thing else thing

    for membrane in (*CELLS.values(), CONNOR_STEVENS):
        changed = moved(membrane)
        ours = call("Array.from(packed(membrane).p, String)", membrane=changed)
        np.testing.assert_array_equal(np.array(ours, float), pack(changed))


def test_the_squid_axon_runs_as_in_the_library(call):
    """Its trace is that of the axon's own kernel, its spike is read as the library reads it."""
    trace = current_clamp(squid_axon, pulse(10.0, 1.0, onset=5.0), duration=25.0)
    ours = call("traceOf(experiment)", experiment=experiment(CELLS["squid_axon"], PULSE))
    np.testing.assert_allclose(ours["times"], trace.time[::2])
    np.testing.assert_allclose(ours["V"], trace.V[::2], rtol=1e-9)
    spike = spikes(trace)[0]
    numbers = call("numbersOf(experiment)", experiment=experiment(CELLS["squid_axon"], PULSE))
    for name, theirs in (("peak", spike.peak), ("time", spike.t_peak), ("trough", spike.trough)):
        assert numbers[name] == pytest.approx(theirs, abs=5e-3), name  # its samples are 0.02 ms apart
    assert numbers["width"] == pytest.approx(spike.half_width, abs=5e-3)
    assert numbers["threshold"] == pytest.approx(spike.threshold, abs=0.1)  # between samples, on an upstroke
    assert numbers["rest"] == pytest.approx(spike.rest, abs=1e-9) and numbers["stable"] == 1


@pytest.mark.parametrize("clamp", ["current", "voltage"])
def test_every_protocol_runs_as_in_the_library(call, clamp):
    """Also with a base that is not 0, under which the run begins, and with the noise of a seed."""
    for kind, defaults in TABLES["KIND_DEFAULTS"][clamp].items():
        base = {"current": 1.5, "voltage": -70.0}[clamp]
        asked = experiment(CELLS["mammalian_l_type"], {"clamp": clamp, "kind": kind} | defaults | {"base": base})
        ours, theirs = call("traceOf(experiment)", experiment=asked), run(asked).trace
        np.testing.assert_allclose(ours["times"], theirs.time, rtol=1e-12)
        np.testing.assert_allclose(ours["V"], theirs.V, rtol=1e-9, atol=1e-6, err_msg=kind)  # mV: rounding grows in spikes
        if clamp == "current" and kind != "family" and theirs.V[-1] < 0.0:
            assert call("numbersOf(experiment).spikes", experiment=asked) == len(spikes(theirs)), kind
        np.testing.assert_allclose(
            ours["total"], sum(theirs.current(c["name"]) for c in asked["membrane"]["channels"]), rtol=1e-6, atol=1e-6
        )


def test_a_sine_of_too_many_periods_is_no_other_stimulus(call):
    """As many periods as the library takes, in as many pieces; one more is a fault, said in a sentence."""
    protocol = {"clamp": "current", "kind": "sine"} | TABLES["KIND_DEFAULTS"]["current"]["sine"]
    protocol |= {"width": 10000.0, "frequency": 125.0, "duration": 50.0}
    ((_, wave),) = runs_of(protocol)
    ours = call("Array.from(rowsOf(protocol))", protocol=protocol)
    np.testing.assert_allclose(np.array(ours).reshape(-1, 3), wave.table, rtol=1e-9, atol=1e-9)
    for frequency, said in ((125.0, ""), (126.0, "periods")):
        asked = experiment(CELLS["squid_axon"], protocol | {"frequency": frequency})
        assert call("faultOf(experiment, {periods: 'periods'})", experiment=asked) == said


def test_a_rest_is_stable_where_its_eigenvalues_say_so(call):
    for I_stim in (0.0, 5.0, 9.0, 10.5, 50.0):
        wanted = find_rest(squid_axon, I_stim).stable
        asked = experiment(CELLS["squid_axon"], PULSE | {"base": I_stim, "duration": 6.0})
        assert call("numbersOf(experiment).stable", experiment=asked) == wanted, I_stim


SOLUTIONS = {
    "spike": lambda m, p: m["channels"].extend(CELLS["squid_axon"]["channels"]),
    "threshold": lambda m, p: p.update(amplitude=7.0),
    "refractory": lambda m, p: p.update(interval=15.0),
    "potassium": lambda m, p: (m["channels"][0].update(scale=0.0), m["channels"][1].update(g=23.5)),
    "block": lambda m, p: m["channels"][1].update(scale=0.0),
    "anode_break": lambda m, p: p.update(amplitude=-4.0, width=30.0),
    "heat": lambda m, p: m.update(temperature=28.0),
    "adaptation": lambda m, p: m["channels"].append(CELLS["mammalian_m_current"]["channels"][-1] | {"g": 0.1}),
    "barnacle": lambda m, p: p.update(amplitude=100.0),
    "pacemaker": lambda m, p: next(c for c in m["channels"] if c["name"] == "NaL").update(scale=2.0),
}


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson["key"])
def test_each_lesson_can_be_solved_and_is_not_solved_at_its_start(call, lesson):
    membrane, protocol = deepcopy(CELLS[lesson["cell"]]), dict(lesson["protocol"])
    asked = "reached(numbersOf(experiment), goals)"
    assert not call(asked, experiment=experiment(membrane, protocol), goals=lesson["goals"])
    SOLUTIONS[lesson["key"]](membrane, protocol)
    assert call(asked, experiment=experiment(membrane, protocol), goals=lesson["goals"])


def test_what_is_no_experiment_is_named_by_its_place(call):
    whole = experiment(CELLS["thalamic_relay"], PULSE)
    assert call("unsound(e)", e=whole) == ""
    for cell in catalogue()["cells"].values():
        assert call("unsound(e)", e=experiment(cell["membrane"], cell["protocol"])) == ""

    def broken(path, value):
        e = deepcopy(whole)
        place = e
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        return call("unsound(e)", e=e)

    assert broken(("membrane",), None) == "membrane"
    assert broken(("membrane", "C_m"), "1") == "membrane.C_m"
    assert broken(("membrane", "ions", "Na"), {"0": 1.0, "1": 1.0}) == "membrane.ions.Na"
    assert broken(("membrane", "channels", 0, "drive", "form"), ["ohmic"]) == "membrane.channels.1.drive.form"
    assert broken(("protocol", "clamp"), "__proto__") == "protocol.clamp"
    assert (
        broken(("membrane", "channels", 0, "gates", 0, "alpha", "form"), "constructor")
        == "membrane.channels.1.gates.1.alpha.form"
    )
    assert broken(("membrane", "channels", 0, "gates", 0, "alpha", "scale"), 0) == "membrane.channels.1.gates.1.alpha.scale"
    assert broken(("protocol", "duration"), 1e9) == "protocol.duration"
    assert broken(("protocol", "kind"), "toString") == "protocol.kind"
    assert call("unsound(e)", e=[1]) == "membrane"


def test_random_experiments_are_finite_or_named(call):
    """Whatever the numbers within the ranges of their sliders: a run is finite, or it says when V left its range."""
    draw, kinds = np.random.default_rng(7), list(TABLES["KIND_FIELDS"])
    for case in range(24):
        membrane = deepcopy(CELLS[list(CELLS)[case % len(CELLS)]])
        for channel in membrane["channels"]:
            channel["g"] *= 10 ** draw.uniform(-2, 2)
        membrane["temperature"] = draw.uniform(0, 45)
        protocol = {"clamp": ("current", "voltage")[case % 2], "kind": kinds[case % len(kinds)]}
        protocol |= TABLES["KIND_DEFAULTS"][protocol["clamp"]][protocol["kind"]]
        if "amplitude" in protocol and protocol["clamp"] == "current":
            protocol["amplitude"] = draw.uniform(-50, 150)
        assert call("isWhole(e)", e=experiment(membrane, protocol)), (case, membrane, protocol)
