"""Numbers that the sheet of the science gives for its claims and that are not in golden.json."""

import numpy as np
import pytest

from neurolib import cells
from neurolib.excitability import UnstableRest, firing_rates, threshold_current
from neurolib.homeostasis import PumpLeak
from neurolib.protocols import pulse, step
from neurolib.rest import find_rest
from neurolib.simulate import current_clamp, voltage_clamp
from neurolib.spikes import half_width, spike_times, spikes, transported

STRONG = pulse(40.0, 1.0)


def smallest(works, low, high):
    """Smallest amount for which ``works`` is true, by bisection."""
    while high - low > 1e-4:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if works(middle) else (middle, high)
    return high


def fires(start):
    return current_clamp(cells.squid_axon, duration=40.0, start=start).V.max() > 0.0


def test_eigenvalues_of_the_rest():
    found = np.sort_complex(find_rest(cells.squid_axon).eigenvalues)
    assert np.allclose(found, [-4.675, -0.2026 - 0.3832j, -0.2026 + 0.3832j, -0.1207], atol=1e-4)


def test_share_of_the_delayed_rectifier_in_the_resting_conductance():
    trace = current_clamp(cells.squid_axon, duration=1.0)
    g = [trace.conductance(name)[0] for name in ("Na", "K", "L")]
    assert g[1] / sum(g) == pytest.approx(0.54, abs=0.005)


def test_threshold_as_a_displacement_and_on_release_from_a_clamp():
    rest = find_rest(cells.squid_axon).state

    def displaced(d):
        start = rest.copy()
        start[0] += d
        return fires(start)

    def released(d):
        held = voltage_clamp(cells.squid_axon, step(rest[0] - d), 300.0, sample_every=300.0, start=rest)
        return fires(held.samples[:, -1])

    assert smallest(displaced, 0.0, 20.0) == pytest.approx(6.505, abs=0.002)
    assert smallest(released, 0.0, 20.0) == pytest.approx(3.00, abs=0.01)


def test_leak_sets_threshold_and_its_block_makes_the_cell_fire():
    cell = cells.mammalian_neuron
    assert threshold_current(cell, 1.0) == pytest.approx(25.4, abs=0.05)
    assert threshold_current(cell, 1.0, g_bar_KL=0.06) == pytest.approx(15.8, abs=0.05)
    with pytest.raises(UnstableRest):
        threshold_current(cell, 1.0, g_bar_KL=0.04)


@pytest.mark.parametrize(("block", "width"), [(0.25, 0.949), (0.5, 1.083), (0.75, 1.392), (0.9, 2.127)])
def test_block_of_the_delayed_rectifier_widens_the_spike(block, width):
    trace = current_clamp(cells.mammalian_neuron, STRONG, 40.0, g_bar_K=5.0 * (1.0 - block))
    assert half_width(trace) == pytest.approx(width, abs=0.002)


def test_m_current_raises_and_calcium_lowers_the_threshold_after_a_spike():
    for cell, onset, before, after in ((cells.mammalian_m_current, 30.0, 27.3, 31.6),
                                       (cells.mammalian_l_type, 8.0, 25.4, 12.2)):
        assert threshold_current(cell, 1.0) == pytest.approx(before, abs=0.06)
        assert threshold_current(cell, 1.0, onset=onset, conditioning=STRONG) == pytest.approx(after, abs=0.06)


def test_afterhyperpolarisations_of_bk_and_sk():
    bk = spikes(current_clamp(cells.mammalian_bk, STRONG, 60.0))[0]
    assert (bk.trough - bk.rest, bk.t_trough) == (pytest.approx(-6.0, abs=0.05), pytest.approx(9.4, abs=0.1))
    sk = spikes(current_clamp(cells.mammalian_sk, STRONG, 100.0))[0]
    assert (sk.trough - sk.rest, sk.t_trough) == (pytest.approx(-5.6, abs=0.05), pytest.approx(37.0, abs=0.5))


def test_a_burst_of_eleven():
    trace = current_clamp(cells.mammalian_l_type, STRONG, 200.0, g_bar_CaL=0.3, Ca_tau=5.0)
    assert len(spike_times(trace.time, trace.V)) == 11


def test_ions_of_a_space_clamped_spike_and_highest_rate():
    assert -transported(current_clamp(cells.squid_axon, pulse(10.0, 1.0), 60.0), "Na") == pytest.approx(14.3, abs=0.05)
    assert firing_rates(cells.squid_axon, [60.0])[0] == pytest.approx(125.0, abs=1.0)


def test_slow_response_of_the_ventricle():
    trace = current_clamp(cells.ventricular_cell, pulse(50.0, 2.0), 200.0, g_bar_Na=0.0)
    after = trace.time > 10.0
    assert trace.time[after][trace.V[after].argmax()] == pytest.approx(63.0, abs=1.0)
    assert trace.dVdt[after].max() == pytest.approx(0.6, abs=0.02)


def test_toxin_in_the_long_run():
    cell = PumpLeak()
    end = cell.with_(P_Na=cell.P_Na + cell.P_K).settled()
    assert (end.Na, end.K, end.V) == (pytest.approx(153.0, abs=0.5), pytest.approx(63.0, abs=0.6),
                                      pytest.approx(-12.7, abs=0.05))
