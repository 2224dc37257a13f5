"""Waveforms: what they are worth, how they are put together, and that long ones are no slower than they have to be."""

import time

import numpy as np
import pytest

from neurolib.cell import Cell
from neurolib.cells import mammalian_bk, squid_axon
from neurolib.channels import leak
from neurolib.excitability import threshold_current
from neurolib.protocols import NOTHING, Waveform, levels, noise, per_area, pulse, ramp, sampled, step, train
from neurolib.rest import find_rest
from neurolib.simulate import current_clamp, resume, voltage_clamp

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


TIMES = np.linspace(0.0, 20.0, 401)
A, B = pulse(2.0, 3.0, 4.0), ramp(0.0, 5.0, 10.0, 1.0)


def test_waveforms_are_a_vector_space():
    for made, expected in (
        (A + B, A(TIMES) + B(TIMES)), (A - B, A(TIMES) - B(TIMES)), (-A, -A(TIMES)), (3.0 * A, 3.0 * A(TIMES)),
        (A * 3, 3.0 * A(TIMES)), (A / 4.0, A(TIMES) / 4.0), (sum([A, B, A]), 2.0 * A(TIMES) + B(TIMES)),
        (np.float64(2.0) * A, 2.0 * A(TIMES)), (A.shifted(2.5), A(TIMES - 2.5)), (A.shifted(-4.0), A(TIMES + 4.0)),
        (sum([], NOTHING) + A, A(TIMES)),
    ):  # fmt: skip
        assert np.allclose(made(TIMES), expected, atol=1e-12)
    assert (A + B).description == f"{A.description} and {B.description}" and (A + NOTHING).description == A.description
    with pytest.raises(ValueError, match=r"delay = -5.0 ms: the first change of a pulse.* at -1 ms"):
        A.shifted(-5.0)
    for wrong in (lambda: A + 1.0, lambda: 1 + A, lambda: A * "2", lambda: A * B, lambda: np.ones(3) * A, lambda: A / None):
        with pytest.raises(TypeError):
            wrong()


def test_noise_is_the_same_for_the_same_seed_and_as_large_and_as_slow_as_asked():
    first, again, other = (noise(2.0, 1000.0, seed) for seed in (7, 7, 8))
    assert first == again and first != other and first.rows[-1] == (1000.0, 0.0, 0.0)
    n = 20_000
    for tau in (0.0, 2.0):
        values = noise(2.0, 0.1 * n, 3, mean=5.0, tau=tau).table[:-1, 1]
        independent = n * 0.1 / (2.0 * tau) if tau else n
        assert len(values) == n and values.mean() == pytest.approx(5.0, abs=4.0 * 2.0 / independent**0.5)
        assert values.std() == pytest.approx(2.0, abs=4.0 * 2.0 / (2.0 * independent) ** 0.5)
        x = values - 5.0
        correlation = np.mean(x[10:] * x[:-10]) / np.mean(x * x)  # 1 ms apart
        assert correlation == pytest.approx(np.exp(-1.0 / tau) if tau else 0.0, abs=4.0 / independent**0.5)


def test_noise_moves_a_passive_membrane_as_the_formula_says():
    passive = Cell("passive", 1.0, (leak("L", 0.1, -70.0),), 20.0)  # 10 ms
    trace = current_clamp(passive, noise(1.0, 20_000.0, 5, tau=5.0), 20_000.0, sample_every=0.5)
    expected = 10.0 * np.sqrt(5.0 / (5.0 + 10.0))  # deviation of R I behind two exponential filters
    assert trace.V[200:].std() == pytest.approx(expected, rel=4.0 / (2.0 * 20_000.0 / 30.0) ** 0.5)


@pytest.mark.parametrize(("call", "said"), [
    (lambda: noise(-1.0, 10.0, 1), "deviation = -1.0"), (lambda: noise(1.0, 10.0, None), "seed = None"),
    (lambda: noise(1.0, 10.0, 1.5), "seed = 1.5"), (lambda: noise(1.0, 10.0, 1, every=0.0), "every = 0.0 ms"),
    (lambda: noise(1.0, 1e9, 1), "duration = .* at most 1e"), (lambda: Waveform(((0.0, 1.0, 0.0),), "x", (True, True)), "idle"),
])  # fmt: skip
def test_bad_noise_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_a_clamp_holds_wherever_the_command_does_not_act():
    def held(command, **options):
        trace = voltage_clamp(squid_axon, command, 10.0, sample_every=0.5, **options)
        late = trace.time[1:] - 1e-9  # a sample at a jump is taken before it
        assert np.allclose(trace.V[1:], trace.stimulus(late), atol=1e-7)
        assert trace["m"][0] == pytest.approx(squid_axon.channel("Na").gate("m").steady_state(V=trace.V[0]), abs=1e-12)
        return trace.V[trace.time == 0.5][0], trace.V[trace.time == 5.0][0], trace.V[-1]

    rest = find_rest(squid_axon).V
    assert held(pulse(20.0, 4.0, 2.0), holding=-65.0) == (-65.0, 20.0, -65.0)
    assert held(pulse(20.0, 4.0, 2.0)) == (rest, 20.0, rest)
    assert held(step(20.0, 4.0)) == (rest, 20.0, 20.0)
    assert held(step(20.0, 4.0), holding=-80.0) == (-80.0, 20.0, 20.0)
    assert held(step(20.0)) == (20.0, 20.0, 20.0)
    assert held(levels([-65.0, 0.0], [6.0])) == (-65.0, -65.0, 0.0)
    assert held(NOTHING, holding=-50.0) == (-50.0, -50.0, -50.0)
    assert held(ramp(-65.0, 0.0, 6.0, 2.0), holding=-65.0)[::2] == (-65.0, -65.0)
    twice = pulse(20.0, 1.0, 4.5) + pulse(-20.0, 1.0, 7.5)
    assert held(twice, holding=-65.0) == (-65.0, 20.0, -65.0) and twice.over(-65.0)(8.0) == -20.0
    assert held(train(10.0, 1.0, 2.0, 3, 0.2), holding=-65.0) == (10.0, 10.0, -65.0)
    start = find_rest(squid_axon, -5.0)
    assert voltage_clamp(squid_axon, pulse(20.0, 1.0, 2.0), 5.0, start=start).V[-1] == start.V


def test_a_command_may_not_leave_the_range_on_its_way():
    with pytest.raises(ValueError, match=r"command = 1250.0 mV"):
        voltage_clamp(squid_axon, ramp(-65.0, 1250.0, 5.0), 10.0)
    assert voltage_clamp(squid_axon, ramp(-65.0, 1250.0, 50.0), 5.0).V[-1] == pytest.approx(66.5)


def test_a_run_goes_on_as_if_it_had_not_stopped():
    train_ = pulse(20.0, 0.5, 1.0) + pulse(30.0, 0.5, 12.0)
    for cell in (squid_axon, mammalian_bk):
        whole, first = (current_clamp(cell, train_, duration, sample_every=0.05) for duration in (20.0, 8.0))
        then = resume(first, 12.0, sample_every=0.05)
        assert then.time[0] == first.time[-1] and then.time[-1] == 20.0
        assert np.allclose(then.samples, whole.samples[:, 160:], rtol=1e-9, atol=1e-9)
        assert np.array_equal(then.I_stim, whole.I_stim[160:])
    held = voltage_clamp(squid_axon, levels([-65.0, 0.0], [6.0]), 10.0, holding=-65.0)
    part = resume(voltage_clamp(squid_axon, levels([-65.0, 0.0], [6.0]), 4.0, holding=-65.0), 6.0)
    assert np.allclose(part.samples, held.samples[:, 400:], atol=1e-12)


def test_what_is_changed_changes_from_there_on():
    first = current_clamp(squid_axon, NOTHING, 5.0, g_bar_K=30.0)
    then = resume(first, 10.0, pulse(20.0, 1.0, 6.0), g_bar_Na=0.0)
    assert then["m"][0] == first["m"][-1] and then.V.max() < 0.0
    names = squid_axon.parameter_names
    assert then.parameters[names.index("g_bar_K")] == 30.0 and then.parameters[names.index("g_bar_Na")] == 0.0
    with pytest.raises(ValueError, match=r"stimulus = 10.0: a waveform"):
        resume(first, 10.0, 10.0)
    with pytest.raises(ValueError, match=r"did you mean 'g_bar_Na'"):
        resume(first, 10.0, g_Na=1.0)


def test_nanoamperes_into_an_area():
    assert per_area(1.0, 1000.0) == 100.0 and np.array_equal(per_area(np.array([1.0, 2.0]), 1e5), [1.0, 2.0])
    # a sphere of 20 um, 1 uF/cm2 and 0.1 mS/cm2, in which 0.01 nA move V by I/(g A) in the end
    area = np.pi * 20.0**2
    passive = Cell("passive", 1.0, (leak("L", 0.1, -70.0),), 20.0)
    V = current_clamp(passive, per_area(step(0.01), area), 200.0, sample_every=1.0).V
    resistance = 1.0 / (0.1e-3 * area * 1e-8)  # ohm
    assert V[-1] == pytest.approx(-70.0 + 0.01e-9 * resistance * 1e3, rel=1e-6)
    with pytest.raises(ValueError, match=r"area = 0 µm²"):
        per_area(1.0, 0)
