"""Published numbers, one test for each, named for its source; the sheet of the science marks which were read."""

import math

import numpy as np
import pytest

from neurolib import cells
from neurolib.cable import Electrode, heat_block, squid_cable
from neurolib.channels import squid
from neurolib.constants import MAMMAL, SQUID_BLOOD, SQUID_SEAWATER
from neurolib.excitability import firing_rates, regenerative_gain, threshold_current
from neurolib.homeostasis import PumpLeak, permeability_ratio, resting_energy
from neurolib.ischaemia import stop_pump
from neurolib.potentials import goldman_potential
from neurolib.protocols import pulse
from neurolib.rest import find_rest
from neurolib.simulate import current_clamp
from neurolib.spikes import spikes, transported
from neurolib.voltage_steps import availability, fit_boltzmann


def test_hodgkin_huxley_1952_availability_half_and_slope():
    # about -62.5 mV and 7 mV in modern sign (from memory)
    V = np.arange(-110.0, -30.0, 5.0)
    half, slope = fit_boltzmann(V, availability(cells.squid_axon, V)[0])
    assert half == pytest.approx(-62.5, abs=0.5) and slope == pytest.approx(7.0, abs=0.2)


def test_hodgkin_huxley_1952_conduction_velocity():
    assert squid_cable().velocity(temperature_celsius=18.5) == pytest.approx(18.8, rel=0.01)


def test_hodgkin_huxley_1952_ions_per_impulse():
    # 4.33 pmol/cm2 of Na+ in and 4.26 of K+ out at 18.5 C (from memory)
    probe = squid_cable().stimulate(temperature_celsius=18.5).probe
    assert -transported(probe, "Na") == pytest.approx(4.33, rel=0.015)
    assert transported(probe, "K") == pytest.approx(4.26, rel=0.015)


def test_hodgkin_huxley_1952_threshold_displacement():
    # between 6 mV (no spike) and 7 mV (spike), from memory
    def peak(displacement):
        start = find_rest(cells.squid_axon).state.copy()
        start[0] += displacement
        return current_clamp(cells.squid_axon, duration=20.0, start=start).V.max()

    assert peak(6.0) < -40.0 < 0.0 < peak(7.0)


def test_hodgkin_katz_1949_permeabilities_at_rest_and_at_the_peak():
    assert goldman_potential(SQUID_SEAWATER, 1.0, 0.04, 0.45, 18.5) == pytest.approx(-66.15, abs=0.01)
    assert goldman_potential(SQUID_BLOOD, 1.0, 20.0, 0.45, 20.0) == pytest.approx(42.38, abs=0.01)


def test_attwell_laughlin_2001_cost_of_rest():
    assert resting_energy(200.0, 50.0, -100.0, -70.0).ATP_per_s == pytest.approx(3.42e8, rel=0.006)
    assert permeability_ratio(-70.0, 140.0, 50.0, -100.0, 37.0) == pytest.approx(0.0746, abs=5e-5)
    assert permeability_ratio(-70.0, 140.0, 50.0, -100.0, 37.0, r=1.0) == pytest.approx(0.05, abs=5e-4)


def test_huebel_dahlem_2014_pump_off():
    # The sheet has a first spike at 4.5 s and block at 10.8 s, where V of this run passes -10 mV for good
    run = stop_pump(12.0)
    assert run.first_spike() == pytest.approx(4.5, abs=0.1)
    assert 8.0 < run.depolarisation_block() < 10.8
    assert run.time[np.flatnonzero(run.V < -10.0)[-1]] == pytest.approx(10.8, abs=0.1)


def test_collision_annihilates():
    cable = squid_cable()
    run = cable.stimulate((Electrode(0.0), Electrode(79.0)))
    middle = len(run.position) // 2
    assert np.nanargmax(run.passage) == pytest.approx(middle, abs=5)
    assert run.V[:, -1].max() < -60.0


def test_a_shock_in_the_wake_of_a_spike_travels_one_way():
    # between the moments when it excites nothing and when it excites both ways, from a long electrode
    cable = squid_cable()

    def spikes_at_both_ends(onset):
        run = cable.stimulate((Electrode(0.0), Electrode(30.0, 200.0, 0.5, onset, 20.0)), duration=18.0)
        return tuple(int(np.sum((V[:-1] < -20.0) & (V[1:] >= -20.0))) for V in (run.V[10], run.V[-10]))

    assert [spikes_at_both_ends(onset) for onset in (8.0, 8.5, 9.0)] == [(1, 1), (2, 1), (2, 2)]


def test_heat_block_between_33_and_34_degrees():
    assert heat_block(squid_cable(), 33.0, 34.5, 0.5) == [33.5, 34.0]


def test_afterpotentials_and_what_carries_them():
    # Traub-Miles with its delayed rectifier alone has no AHP; an M-current gives it one, and a block takes it away
    plain = current_clamp(cells.mammalian_neuron, pulse(40.0, 1.0), 60.0)
    M = current_clamp(cells.mammalian_m_current, pulse(40.0, 1.0), 60.0)
    assert plain.V[1000] > plain.V[0] and M.V[3000] < M.V[0] - 3.0
    hump = spikes(current_clamp(cells.mammalian_l_type, pulse(40.0, 1.0), 60.0))[0]
    assert hump.t_hump == pytest.approx(5.9, abs=0.2) and hump.afterdepolarisation == pytest.approx(14.6, abs=0.1)


def test_hyperkalaemia_is_a_paradox_with_half_the_sodium_conductance():
    def threshold(K_out):
        E_K = squid.potassium_reversal(K_out, 6.3)
        return threshold_current(cells.squid_axon_split_leak, 0.2, -20.0, E_K=E_K, g_bar_Na=60.0)

    normal, raised, more = threshold(10.0), threshold(16.0), threshold(22.0)
    assert raised < normal < more
    assert math.isnan(threshold(30.0))  # only a passive crossing is left
    assert regenerative_gain(cells.squid_axon_split_leak, E_K=squid.potassium_reversal(30.0, 6.3), g_bar_Na=60.0) < 0.1


def test_rest_and_cycle_are_both_stable_between_6_26_and_9_78():
    axon = cells.squid_axon
    firing = current_clamp(axon, pulse(20.0, 200.0), 200.0, sample_every=1.0).samples[:, -1]
    from_rest, from_cycle = firing_rates(axon, [6.2]), firing_rates(axon, [7.0], start=firing)
    assert from_rest[0] == 0.0 and from_cycle[0] == pytest.approx(58.33, rel=2e-3)


def test_a_toxin_that_equalises_permeabilities():
    # -0.88 mV by Goldman without chloride, -7.66 mV with chloride and the pump
    assert goldman_potential(MAMMAL, 1.0, 1.0, 0.0, 37.0) == pytest.approx(-0.88, abs=0.01)
    cell = PumpLeak()
    assert cell.with_(P_Na=cell.P_Na + cell.P_K).V == pytest.approx(-7.66, abs=0.01)
