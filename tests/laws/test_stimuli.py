"""Waveforms: what they are worth, how they are put together, and that long ones are no slower than they have to be."""

import time

import numpy as np
import pytest

from neurolib.cells import squid_axon
from neurolib.excitability import threshold_current
from neurolib.protocols import NOTHING, levels, pulse, ramp, sampled, step
from neurolib.simulate import current_clamp, voltage_clamp

POINTS = np.linspace(0.0, 1000.0, 100_001)
LONG = sampled(POINTS, 0.5 * np.sin(0.1 * POINTS))


def test_values_and_slopes_of_any_shape_of_times():
    shape = ramp(0.0, 5.0, 10.0, 1.0) + pulse(2.0, 3.0, 4.0)
    times = np.array([[0.0, 1.0, 4.0], [6.5, 7.0, 12.0]])
    assert np.allclose(shape(times), [[0.0, 0.0, 3.5], [4.75, 3.0, 0.0]])
    assert np.allclose(shape.slope(times), [[0.0, 0.5, 0.5], [0.5, 0.5, 0.0]])
    assert shape(6.5) == 4.75 and np.ndim(shape(6.5)) == 0 and np.ndim(NOTHING(6.5)) == 0
    assert (NOTHING + NOTHING).rows == () and (NOTHING + shape).rows == shape.rows


LONG_USES = {
    "made": lambda: sampled(POINTS, POINTS),
    "added": lambda: pulse(20.0, 1.0) + LONG,
    "conditioning": lambda: threshold_current(squid_axon, 1.0, conditioning=LONG),
    "injected": lambda: current_clamp(squid_axon, LONG, 100.0).dVdt,
    "commanded": lambda: voltage_clamp(squid_axon, sampled(POINTS, LONG(POINTS) - 65.0), 100.0).I_stim,
}


@pytest.mark.parametrize("use", LONG_USES.values(), ids=LONG_USES)
def test_a_waveform_of_a_hundred_thousand_points_takes_well_under_a_second(use):
    use()  # compiles
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        use()
        taken.append(time.perf_counter() - start)
    assert min(taken) < 1.0


def test_a_long_waveform_acts_as_the_short_one_that_it_is():
    points = np.arange(0.0, 20.0, 1e-3)
    line = ramp(2.0, 6.0, 25.0)
    whole, parts = (current_clamp(squid_axon, w, 15.0, dt=1e-3) for w in (line, sampled(points, line(points))))
    assert np.allclose(whole.V, parts.V, atol=1e-9)  # the same steps
    held = voltage_clamp(squid_axon, levels([-65.0, -20.0], [1.0]) + ramp(0.0, 10.0, 5.0, 2.0), 5.0)
    assert held.I_stim[300] == pytest.approx(held.I_ion[300] + 2.0)  # C_m dV/dt: 2 mV/ms on 1 µF/cm²
    assert step(3.0).slope(1.0) == 0.0
