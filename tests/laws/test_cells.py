"""Laws that every cell keeps: bounded gates, exact rest, channels from anywhere."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurolib import cells
from neurolib.cell import Cell
from neurolib.channels import CalciumPool, Channel, leak, squid
from neurolib.channels.gating import Gate
from neurolib.constants import MAMMAL
from neurolib.excitability import UnstableRest, firing_rates, threshold_current
from neurolib.portable import portable
from neurolib.potentials import equilibrium_potential
from neurolib.protocols import levels, pulse, ramp, sampled, step, train
from neurolib.rest import find_rest, hopf_current
from neurolib.simulate import LeftRange, current_clamp, voltage_clamp

ALL = [cells.squid_axon, cells.mammalian_bk, cells.thalamic_relay, cells.ventricular_cell, cells.morris_lecar]


@given(st.floats(-120.0, 60.0))
def test_gates_of_the_squid_axon_are_fractions_and_monotone(V):
    for gate, sign in ((squid.M, 1.0), (squid.H, -1.0), (squid.N, 1.0)):
        here, there = gate.steady_state(V=V), gate.steady_state(V=V + 1.0)
        assert 0.0 < here < 1.0
        assert sign * (there - here) > 0.0
        assert 0.0 < gate.time_constant(V=V) < 100.0


@pytest.mark.parametrize("V", [-40.0, -40.0 + 1e-9, -40.0 - 1e-9])
def test_rates_are_finite_at_their_singular_voltages(V):
    assert squid.alpha_m(V) == pytest.approx(1.0, abs=1e-9)
    assert squid.alpha_n(V - 15.0) == pytest.approx(0.1, abs=1e-9)


@pytest.mark.parametrize("cell", ALL, ids=lambda cell: cell.name)
def test_currents_sum_to_zero_at_rest(cell):
    rest = find_rest(cell)
    trace = current_clamp(cell, duration=1.0)
    assert abs(trace.I_ion[0]) < 1e-12 * max(1.0, np.abs([trace.current(c.name)[0] for c in cell.channels]).max()) * 100
    assert np.ptp(trace.V) < 1e-9 and rest.V == trace.V[0]


@given(st.floats(-40.0, 150.0), st.floats(0.1, 5.0), st.floats(0.0, 25.0))
def test_gates_stay_within_their_bounds(amplitude, duration, temperature_celsius):
    stimulus = pulse(amplitude, duration, 1.0)
    trace = current_clamp(cells.squid_axon, stimulus, 20.0, temperature_celsius=temperature_celsius)
    assert np.all((trace.samples[1:] >= 0.0) & (trace.samples[1:] <= 1.0))


@given(st.floats(-120.0, 80.0), st.floats(0.01, 20.0))
def test_clamped_gates_are_exponentials(V, t):
    trace = voltage_clamp(cells.squid_axon, step(V), t, sample_every=t, holding=-65.0)
    for name, gate in (("m", squid.M), ("h", squid.H), ("n", squid.N)):
        target = gate.steady_state(V=V)
        exact = target + (gate.steady_state(V=-65.0) - target) * math.exp(-t / gate.time_constant(V=V))
        assert trace[name][-1] == pytest.approx(exact, abs=1e-12)


def test_current_in_control_less_current_in_toxin_is_the_sodium_current():
    both = [voltage_clamp(cells.squid_axon, step(-20.0), 10.0, holding=-65.0, **c) for c in ({}, {"g_bar_Na": 0.0})]
    assert np.allclose(both[0].I_ion - both[1].I_ion, both[0].current("Na"), atol=1e-10)


def test_delayed_rectifiers_deactivate_and_the_a_type_inactivates():
    command = levels([40.0, -60.0], [200.0])
    held = voltage_clamp(cells.mammalian_a_type, command, 220.0, holding=-90.0)
    K, A = held.conductance("K"), held.conductance("A")
    last = 20000
    assert K[last] > 0.99 * K[:last].max() and A[last] < 0.01 * A[:last].max()
    assert K[-1] < 0.2 * K[last]  # deactivation, by closing of the gate that had opened


def test_a_constant_field_leak_rectifies_and_reverses_at_its_nernst_potential():
    cell = cells.mammalian_rectifying_leak
    assert find_rest(cell).V == pytest.approx(-70.0, abs=0.01)
    E_K = equilibrium_potential("K", MAMMAL.K_in, MAMMAL.K_out, 36.0)
    I = [voltage_clamp(cell, step(V), 0.1).current("KL")[0] for V in (E_K - 30.0, E_K, E_K + 30.0)]
    assert I[1] == pytest.approx(0.0, abs=1e-12) and I[2] > -1.5 * I[0] > 0.0


def test_calcium_rises_during_a_spike_and_is_removed():
    trace = current_clamp(cells.mammalian_l_type, pulse(40.0, 1.0), 500.0, sample_every=0.1)
    assert trace.calcium.max() > 5.0 * trace.calcium[0]
    assert trace.calcium[-1] == pytest.approx(trace.calcium[0], rel=0.05)


@portable
def slow_alpha(V):
    return 0.02 * math.exp((V + 40.0) / 20.0)


@portable
def slow_beta(V):
    return 0.02 * math.exp(-(V + 40.0) / 20.0)


def test_a_channel_of_the_readers_own_takes_two_rate_functions():
    slow = Channel("Slow", 2.0, (Gate("s", 1, slow_alpha, slow_beta),), -77.0, "K")
    trace = current_clamp(cells.squid_axon.with_channel(slow, name="with_slow"), pulse(20.0, 0.5), 20.0)
    gate = slow.gate("s")
    assert trace["s"][0] == pytest.approx(gate.steady_state(V=trace.V[0]), abs=1e-12)
    assert trace.current("Slow")[0] == pytest.approx(2.0 * trace["s"][0] * (trace.V[0] + 77.0), rel=1e-12)


def test_channels_of_the_same_name_and_different_rates_do_not_share_code():
    def make(half):
        def inf(V):
            return 1.0 / (1.0 + math.exp(-(V - half) / 5.0))

        def tau(V):
            return 5.0

        return cells.squid_axon.with_channel(
            Channel("X", 1.0, (Gate("x", 1, inf=portable(inf), tau=portable(tau)),), -77.0, "K"), name="with_x"
        )

    first, second = find_rest(make(-60.0)), find_rest(make(-20.0))
    assert first["x"] == pytest.approx(1.0 / (1.0 + math.exp(-(first.V + 60.0) / 5.0)))
    assert second["x"] == pytest.approx(1.0 / (1.0 + math.exp(-(second.V + 20.0) / 5.0)))


def test_a_frozen_gate_stays():
    trace = current_clamp(cells.squid_axon, pulse(20.0, 1.0), 10.0, rate_h=0.0)
    assert np.all(trace["h"] == trace["h"][0])


def test_an_unstable_rest_has_no_threshold():
    changes = {"E_K": -60.0}
    assert not find_rest(cells.squid_axon_split_leak, **changes).stable
    with pytest.raises(UnstableRest, match="unstable"):
        threshold_current(cells.squid_axon_split_leak, 0.5, **changes)


def test_waveforms_act_as_drawn():
    points = sampled([0.0, 3.0, 9.0], [0.0, 4.0, -2.0])
    for waveform in (ramp(0.0, 5.0, 10.0, 1.0), train(5.0, 1.0, 4.0, 3, 1.0), points):
        passive = Cell("passive", 1.0, (leak("L", 0.1, -70.0),), 20.0)
        trace = current_clamp(passive, waveform, 20.0)
        t = np.linspace(0.0, 20.0, 200001)
        exact = -70.0 + np.trapezoid(waveform(t) * np.exp(-(20.0 - t) * 0.1), t)
        assert trace.V[-1] == pytest.approx(exact, abs=2e-3)
        assert trace.I_stim[500] == waveform(5.0)


AXON = cells.squid_axon


@pytest.mark.parametrize(("call", "named"), [
    (lambda: current_clamp(AXON, pulse(10.0, 1.0), -5.0), r"duration = -5.0 ms"),
    (lambda: current_clamp(AXON, pulse(10.0, 1.0), 5.0, dt=0.5), r"dt = 0.5 ms.*at most 0.1"),
    (lambda: current_clamp(AXON, pulse(10.0, 1.0), 1e6), r"512 MB is allowed"),
    (lambda: current_clamp(AXON, pulse(10.0, 1.0), 1e9, sample_every=1e3), r"steps are allowed in a run"),
    (lambda: current_clamp(AXON, pulse(10.0, 1.0), 5.0, g_bar_Na=-1.0), r"g_bar_Na = -1.0.*at least 0"),
    (lambda: current_clamp(AXON, pulse(10.0, 1.0), 5.0, g_Na=1.0), r"parameter = 'g_Na'.*g_bar_Na"),
    (lambda: current_clamp(AXON, pulse(10.0, 1.0), 5.0, temperature_celsius=90.0), r"between 0 and 50 °C"),
    (lambda: current_clamp(AXON, pulse(10.0, 1.0), 5.0)["k"], r"state = 'k'"),
    (lambda: current_clamp(AXON, pulse(10.0, 1.0), 5.0).current("Ca"), r"channel = 'Ca'.*Na, K, L"),
    (lambda: current_clamp(AXON, pulse(10.0, 1.0), 5.0).calcium, r"state = 'Ca'"),
    (lambda: voltage_clamp(AXON, step(400.0), 5.0), r"command = 400.0 mV"),
    (lambda: pulse(math.nan, 1.0), r"amplitude = nan"),
    (lambda: train(1.0, 2.0, 1.0, 3), r"interval = 1.0 ms"),
    (lambda: find_rest(AXON, g_bar_K=0.0, g_bar_L=0.0, I_stim=500.0), r"no rest"),
    (lambda: hopf_current(AXON, 0.0, 1.0), r"stable at both"),
    (lambda: Gate("m m", 1, slow_alpha, slow_beta), r"gate name"),
    (lambda: Gate("m", 1, slow_alpha), r"alpha and beta"),
    (lambda: Channel("Ca", 1.0, (), 120.0, drive=slow_alpha), r"one of E_rev"),
    (lambda: Cell("c", 1.0, (Channel("Ca", 1.0, (), 120.0, carries_calcium=True),), 20.0), r"needs a pool"),
    (lambda: Cell("c", -1.0, (squid.LEAK,), 20.0), r"C_m = -1.0 µF/cm²"),
    (lambda: CalciumPool.shell(0.0, 5.0), r"depth = 0.0 µm"),
    (lambda: firing_rates(AXON, [1.0], discard=2000.0), r"discard = 2000.0 ms"),
])  # fmt: skip
def test_bad_input_is_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()


def test_leaving_the_range_says_when_and_why():
    with pytest.raises(LeftRange, match=r"V left -250 to 250 mV at [\d.]+ ms under a pulse of -3000 for 5 ms at 1 ms"):
        current_clamp(AXON, pulse(-3000.0, 5.0, 1.0), 10.0)
