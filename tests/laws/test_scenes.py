"""Scenes: every part that a declaration moves is there, and stands where its value says."""

import gzip
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from neurolib.explorer import moves
from neurolib.explorer.moves import SVG
from neurolib.explorer.scene import SMALLEST, Scene
from neurolib.explorers import all_explorers, explore

EVERY = pytest.mark.parametrize("name", [explorer.name for explorer in all_explorers() if explorer.scene])
HEAVIEST = 8000  # bytes, gzipped
COLOURS = re.compile(r"var\(--nl-\w+\)|none|currentColor|url\(#[\w-]+\)|inherit")


def states(explorer):
    """The defaults and both ends of each main control, as far as the model has an answer there."""
    settings = [explorer.defaults]
    for control in explorer.controls:
        if control.name in explorer.main:
            settings += [explorer.defaults | {control.name: float(end)} for end in (control.min, control.max)]
    for setting in settings:
        word, results = explorer.evaluate(setting)
        if word == "ok":
            yield setting | results


def drawn(explorer, values):
    root = ET.fromstring(explorer.scene.svg(explorer, values))
    return root, {element.get("data-part"): element for element in root.iter() if element.get("data-part")}


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+\.?\d*", text)]


def expected(move, value):
    return float(np.interp(value, *ordered(move.range, move.to)))


def ordered(xs, ys):
    """Both by increasing ``xs``, as numpy's interpolation wants them."""
    return (xs, ys) if xs[0] < xs[1] else (xs[::-1], ys[::-1])


def check(move, part, value):
    """The state of a part, against numpy's interpolation between the ends of its range."""
    share = float(np.interp(value, *ordered(move.range, (0, 1)))) if np.ndim(value) == 0 and move.kind != "tint" else None
    match move.kind:
        case "show":
            assert float(part.get("opacity")) == pytest.approx(expected(move, value), abs=0.006)
        case "turn" | "scale":
            assert numbers(part.get("transform")) == pytest.approx([expected(move, value)], abs=0.006)
        case "shift":
            assert numbers(part.get("transform")) == pytest.approx([share * by for by in move.to], abs=0.006)
        case "arrow":
            xs = numbers(part.get("d"))
            length = expected(move, value)
            assert (max(xs, key=abs) == pytest.approx(length, abs=0.006)) if abs(length) > 9 else abs(max(xs, key=abs)) < 9
        case "fill":
            top, height = numbers(part.get("data-full"))
            assert float(part.get("height")) == pytest.approx(share * height, abs=0.006)
            assert float(part.get("y")) + float(part.get("height")) == pytest.approx(top + height, abs=0.011)
        case "count" | "crowd":
            there = [float(dot.get("opacity")) for dot in part.iter() if dot.get("opacity")]
            whole = len(part) if move.kind == "count" else move.options["most"]
            assert sum(there) == pytest.approx(share * whole, abs=0.006)
        case "pick":
            assert [child.get("opacity") for child in part].index("1") == round(value)
            assert sum(float(child.get("opacity")) for child in part) == 1
        case "tint":
            assert part.get("color") == f"var(--nl-{move.to[round(value)]})"
        case "write":
            assert numbers(part.text.replace("−", "-"))[0] == pytest.approx(value, abs=0.51 * 10.0 ** -move.options["digits"])
        case "strip":
            stops = [float(stop.get("stop-opacity")) for stop in part]
            assert stops[0] == pytest.approx(expected(move, value[0]), abs=0.006)
            assert stops[-1] == pytest.approx(expected(move, value[-1]), abs=0.006)
        case "arrows":
            tips = [max(numbers(one.get("d")), key=abs) for one in part]
            lengths = [expected(move, value[i]) for i in np.floor(np.linspace(0, len(value) - 1, len(tips)) + 0.5).astype(int)]
            for length, tip in zip(lengths, tips, strict=True):  # a short arrow is all head
                assert tip == pytest.approx(length, abs=0.006) if abs(length) >= 9 else abs(tip) <= 9
        case "cycle":
            assert [child.get("opacity") for child in part].index("1") == 0


@EVERY
def test_parts_stand_where_their_values_say(name):
    explorer = explore(name)
    explorer.check_words()
    for values in states(explorer):
        _root, parts = drawn(explorer, values)
        for move in explorer.scene.moves:
            value = explorer.scene.now(explorer, move, values)
            if np.all(np.isnan(value)):
                assert parts[move.part].get("visibility") == "hidden"
            elif move.kind != "flow":
                check(move, parts[move.part], value)


@EVERY
def test_dots_on_their_way_are_as_many_as_the_flow_is_large(name):
    """In proportion, all slowed by one factor where they would be too many to see."""
    explorer = explore(name)
    flows = [move for move in explorer.scene.moves if move.kind == "flow"]
    for values in states(explorer):
        root, parts = drawn(explorer, values)
        after = {element: parent[place + 1] for parent in root.iter() for place, element in enumerate(list(parent)[:-1])}
        rates = [max(0.0, move.options["rate"] * explorer.scene.now(explorer, move, values)) for move in flows]
        wanted = [rate * move.options["seconds"] for rate, move in zip(rates, flows, strict=True)]
        shown = [sum(float(dot.get("opacity")) for dot in after[parts[move.part]]) for move in flows]
        if sum(wanted) > 0:
            assert np.array(shown) * sum(wanted) == pytest.approx(np.array(wanted) * sum(shown), abs=0.03 * sum(wanted))


@EVERY
def test_a_drawing_is_small_and_in_the_colours_of_the_book(name):
    explorer = explore(name)
    root, _parts = drawn(explorer, next(states(explorer)))
    assert len(gzip.compress(ET.tostring(root), mtime=0)) <= HEAVIEST
    for element in root.iter():
        for key in ("fill", "stroke", "color", "stop-color"):
            assert COLOURS.fullmatch(element.get(key, "none")), f"{key} = {element.get(key)}"
        size = element.get("font-size")
        assert size is None or float(size) >= SMALLEST
    assert len(root.get("aria-label")) > 40
    assert all(text.text.strip() for text in root.iter(f"{SVG}text") if text.get("data-text"))


def test_ions_cross_in_the_right_direction():
    """Outside is above: what leaves goes up, what enters goes down; during the spike sodium enters and potassium leaves."""
    nernst = explore("nernst")
    _root, parts = drawn(nernst, nernst.defaults | nernst.model())
    ends = {name: [moves.along(part.get("d"), share)[1] for share in (0, 1)] for name, part in parts.items() if "_" in name
            and name.split("_")[0] in ("out", "in")}  # fmt: skip
    assert len(ends) == 6
    assert all((start > end) == name.startswith("out") for name, (start, end) in ends.items())
    spike = explore("action_potential")
    values = spike.defaults | spike.model()
    top = int(np.argmax(values["V"]))
    moment = replace(spike, scene=replace(spike.scene, at=float(values["t"][top + 30])))
    root, parts = drawn(moment, values)
    assert all("rotate(-90)" in parent.get("transform") for parent in root.iter() for part in parent
               if part.get("data-part") in ("I_Na", "I_K"))  # fmt: skip
    tip = {name: max(numbers(parts[name].get("d")), key=abs) for name in ("I_Na", "I_K")}
    assert tip["I_Na"] < -5 and tip["I_K"] > 5  # along an axis that points outwards


def test_at_balance_as_many_dots_go_either_way():
    nernst = explore("nernst")
    E = nernst.model()["E"]
    values = nernst.defaults | {"V_m": E} | nernst.model(V_m=E)
    assert values["leaving"] == pytest.approx(values["entering"], rel=1e-9)
    _root, parts = drawn(nernst, values)
    minus = sum(float(sign.get("opacity")) for sign in parts["inside_minus"])
    assert minus == pytest.approx(-E / 160 * len(parts["inside_minus"]), abs=0.01)
    assert sum(float(sign.get("opacity")) for sign in parts["inside_plus"]) == 0


def test_the_clamp_injects_what_leaves_through_the_membrane():
    """The amplifier's arrow points into the axon, the channels' out of it, on one scale."""
    clamp = explore("voltage_clamp")
    values = clamp.defaults | clamp.model()
    leak = values["I"] - values["I_Na"] - values["I_K"]
    assert np.all(np.abs(leak) < 0.05)  # mA/cm²: 0.3 mS/cm² over less than 130 mV
    for moment in (0.6, 3.0, 11.0):
        root, parts = drawn(replace(clamp, scene=replace(clamp.scene, at=moment)), values)
        parents = {child: parent for parent in root.iter() for child in parent}
        down = {name: "rotate(90)" in parents[parts[name]].get("transform") for name in ("I", "I_Na", "I_K")}
        assert down == {"I": True, "I_Na": False, "I_K": False}
        I, Na, K = (max(numbers(parts[name].get("d")), key=abs) for name in ("I", "I_Na", "I_K"))
        assert pytest.approx(Na + K, abs=0.05 / 4.5 * 50 + 0.02) == I
    assert Na < 0.5 < K < I + 1


@pytest.mark.parametrize("name", ["inactivation_curve", "recovery"])
def test_so_many_channels_are_available_as_h_says(name):
    """On the experiment's own clock, too, h and the current are what the readouts have."""
    explorer = explore(name)
    values = explorer.defaults | explorer.model()
    clock, h = values["clock"], values["h_clock"]
    tested = 0.0 if name == "inactivation_curve" else values["interval"]
    there, peak = (values["h_pre"], values["I"]) if name == "inactivation_curve" else (values["h"], values["own_I"])
    assert h[clock <= tested][-1] == pytest.approx(there, abs=1e-12)
    assert min(values["I_clock"]) == pytest.approx(min(peak), rel=1e-12)
    for moment in (tested - 0.5, tested, tested + 1.0):
        _root, parts = drawn(replace(explorer, scene=replace(explorer.scene, at=moment)), values)
        free, shut = ([float(child.get("opacity")) for child in parts[part]] for part in ("free", "shut"))
        assert sum(free) == pytest.approx(10 * np.interp(moment, clock, h), abs=0.01)
        assert np.add(free, shut[::-1]) == pytest.approx(1, abs=0.011)  # each is one or the other


def test_potassium_channels_share_the_current():
    explorer = explore("potassium_channels")
    for setting in ({}, {"cell": "squid"}, {"block_DR": 100}):
        values = explorer.model(**setting)
        share = {part: values[f"share_{part}"] for part in ("leak", "Kv1", "DR", "Kv2", "BK")}
        assert sum(np.abs(list(share.values()))) == pytest.approx(100, abs=1e-6)
        assert share["leak"][0] == pytest.approx(values["leak_rest"], abs=1e-6)
        assert not setting or np.all(share["DR" if "block_DR" in setting else "BK"] == 0)


def test_the_block_stops_the_currents_of_an_afterpotential():
    explorer = explore("afterpotentials")
    setting = explorer.settings({"g_SK": 0, "g_AHP": 0.207, "t_block": 60})
    _word, values = replace(explorer, sweep=replace(explorer.sweep, count=0)).evaluate(setting)
    late = values["t"] > 60
    assert np.all(values["I_AHP"][late] == 0) and np.all(values["I_AHP"][~late][-10:] > 0.5)
    assert np.array_equal(values["blocked"] == 1, late)
    assert max(values["I_CaL"]) <= 0  # calcium comes in


FAULTS = {
    "no such part": (moves.turn("gate_x", "V_m", (0, 1), (0, 1)), "nernst.svg: turn of gate_x: there is no such part"),
    "no such value": (moves.count("inside_plus", "V_n", (0, 1)), "nernst has no value V_n"),
    "another element": (moves.arrow("inside_plus", "V_m", 1, 1), "the part is a g, not a path"),
    "no curve": (moves.strip("inside_plus", "V_m", (0, 1)), "V_m is no curve"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_move_is_an_error_with_its_place(fault):
    nernst = explore("nernst")
    move, message = FAULTS[fault]
    with pytest.raises(ValueError, match=re.escape(message)):
        replace(nernst, scene=replace(nernst.scene, moves=(move,))).check_words()


def test_two_moves_of_a_part_and_missing_words_are_errors():
    nernst = explore("nernst")
    twice = tuple(move for move in nernst.scene.moves if move.part == "inside_plus") * 2
    with pytest.raises(ValueError, match="a part has one move"):
        replace(nernst, scene=replace(nernst.scene, moves=twice)).check_words()
    with pytest.raises(ValueError, match=re.escape("[scene] lacks inside")):
        replace(nernst, words=replace(nernst.words, scene={"description": "", "outside": ""})).check_words()
    with pytest.raises(ValueError, match=re.escape("[scene] has for nothing description")):
        replace(nernst, scene=None).check_words()


def test_curves_of_a_scene_run_along_its_time():
    spike = explore("action_potential")
    move = moves.turn("h", "pulse_V", (0, 1), (0, 1))
    with pytest.raises(ValueError, match="pulse_V does not run along t"):
        replace(spike, scene=Scene("squid_channels.svg", (move,), folder=spike.scene.folder)).check_words()


def test_points_along_a_path():
    assert moves.along("M0 0L10 0L10 30", 0.5) == pytest.approx((10, 10))
    assert moves.along("M0 0C0 10 10 10 10 0", 0.5) == pytest.approx((5, 7.5))
    assert moves.along("M0 0L0 8", 1) == (0, 8)
    with pytest.raises(ValueError, match="absolute M, L and C alone, not h"):
        moves.along("M0 0h5", 0.5)


@pytest.mark.parametrize("setting", [{}, {"P_Na": 20}, {"K_out": 500}, {"P_Na": 0, "P_Cl": 0}])
def test_the_circuit_gives_the_voltage(setting):
    """V_m is the average of the batteries by their conductances, at currents that cancel; as many ions cross as carry them."""
    r = explore("goldman").model(**setting)
    ions = ("K", "Na", "Cl")
    assert sum(r[f"g_{ion}"] * r[f"E_{ion}"] for ion in ions) == pytest.approx(r["V_m"], abs=1e-6)
    assert sum(r[f"I_{ion}"] for ion in ions) == pytest.approx(0, abs=1e-9)
    net = {ion: charge * (r[f"leaving_{ion}"] - r[f"entering_{ion}"]) for ion, charge in zip(ions, (1, 1, -1), strict=True)}
    assert net["K"] * r["I_K"] >= 0.0  # outwards where the current is outward
    for ion in ions:  # one dot for so much charge, whichever the ion
        assert net[ion] * r["I_K"] == pytest.approx(net["K"] * r[f"I_{ion}"], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("setting", [{"leak": "Na", "blocked": 30}, {"leak": "squid", "blocked": 60}])
def test_the_circuit_of_a_blocked_leak_gives_its_rest(setting):
    r = explore("leak_block").model(**setting)
    batteries = {"K": "E_K", "Na": "E_Na", "Cl": "E_third"}
    assert sum(r[f"g_{ion}"] * r[E] for ion, E in batteries.items()) == pytest.approx(r["V_rest"], abs=1e-6)
    assert sum(r[f"I_{ion}"] for ion in batteries) == pytest.approx(0, abs=1e-6)


def test_the_pump_balances_the_leaks_turn_by_turn():
    """Before the change 3 Na⁺ leak in and 2 K⁺ out for each turn; without net current of the pump the leaks cancel alone."""
    r = explore("electrogenic_pump").model(stoichiometry="2:2", P_Na=0.3)
    before, after = 0, 2
    leaks = np.array([r["I_Na"], r["I_K"], r["I_Cl"]])
    assert leaks[:, before] == pytest.approx([-3, 2, 0], abs=1e-6)
    assert r["I_pump"][[before, after]] == pytest.approx([1, 0])
    assert leaks[:, after].sum() == pytest.approx(0, abs=1e-6)
    assert r["flow_Na"][before] == pytest.approx(-3 * r["turns"][before]) and r["turns"][before] > 4


def test_a_part_that_no_move_binds_is_left_out_where_it_is_optional():
    drawings = {name: explore(name).scene.tree()[1] for name in ("goldman", "leak_block")}
    assert "blocked" in drawings["leak_block"] and "blocked" not in drawings["goldman"]
