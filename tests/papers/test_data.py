"""What was measured, against what is said of its error, and the models against it."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from neurolib import cells, data
from neurolib.channels import squid
from neurolib.protocols import levels
from neurolib.simulate import voltage_clamp

READ = {quantity: data.conductances(quantity) for quantity in data.QUANTITIES}
POTASSIUM, SODIUM = READ["g_K"], READ["g_Na"]
TWICE = [step for step in POTASSIUM if step > 6]  # the smallest potassium curve was read once


def apart(curves, steps, whole):
    """Root mean square, over all points, of how far two readings are apart, as a share of each curve's largest point.

    With ``whole`` False what is common to all points of a curve is taken off.
    """
    each = [(p.apart - (0 if whole else p.apart.mean())) / p.conductance.max() for p in map(curves.get, steps)]
    return np.sqrt(np.mean(np.concatenate(each) ** 2))


def test_two_people_read_the_same_points_to_the_stated_error():
    assert list(POTASSIUM) == list(SODIUM)  # the explorer of the clamp finds both by one number
    assert [sum(len(points.time) for points in curves.values()) for curves in READ.values()] == [149, 142]
    assert apart(POTASSIUM, TWICE, True) == pytest.approx(0.024, abs=0.0005)
    assert apart(POTASSIUM, TWICE, False) == pytest.approx(0.009, abs=0.0005)
    assert apart(SODIUM, SODIUM, True) == pytest.approx(0.053, abs=0.0005)
    assert apart(SODIUM, SODIUM, False) == pytest.approx(0.029, abs=0.0005)
    for curves, steps, error in ((POTASSIUM, TWICE, 0.017), (SODIUM, SODIUM, 0.038)):
        late = np.concatenate([curves[step].time_apart for step in steps])
        assert np.sqrt(np.mean(late**2)) == pytest.approx(error, abs=0.0005)
    firsts = [POTASSIUM[step].conductance[0] - POTASSIUM[step].apart[0] / 2 for step in TWICE]
    assert firsts == pytest.approx([0.24] * len(TWICE))  # the second reader's, by the caption
    offsets = {step: round(float(POTASSIUM[step].apart.mean()), 1) for step in TWICE}
    assert [offsets[step] for step in (100, 63, 51)] == [0.7, 0.4, 0.4] and round(float(SODIUM[76].apart.mean()), 1) == 0.7


def test_means_of_two_readings_lie_on_the_printed_zero_lines():
    """On late points, where a shift in time does not matter. By each reading alone some curves are off by 0.4 and more."""
    second = -np.array(list(data.zero_lines().values()))
    late = [POTASSIUM[step].apart[POTASSIUM[step].time > 2.5].mean() for step in data.zero_lines()]
    first, mean = second + late, second + np.array(late) / 2
    assert np.abs(mean).max() < 0.25 and np.sort(np.abs(mean))[-2] < 0.1
    assert round(first.max(), 1) == 0.5 and second.min() == -0.4


# The smallest steps are within the scatter of the points.
@pytest.mark.parametrize("step", [step for step in POTASSIUM if step > 20])
def test_hodgkin_huxley_1952_figure_3_potassium_conductance(step):
    # One g_bar for all curves, chosen for several axons: shapes agree, sizes to some tens of per cent.
    t, g = POTASSIUM[step][:2]
    trace = voltage_clamp(cells.squid_axon, levels([-65.0 + step] * 2, [1.0]), float(t[-1]) + 0.1, holding=-65.0)
    model = np.interp(t, trace.time, trace.conductance("K"))
    scale = float(model @ g) / float(model @ model)
    assert 0.6 < scale < 1.5
    assert np.sqrt(np.mean((scale * model - g) ** 2)) < 0.12 * max(g)


def test_hodgkin_huxley_1952_tables_1_and_2_against_the_smooth_functions():
    """The functions sum up several axons: up to a quarter off for m, a tenth for n."""
    rates = data.rates()
    for V, alpha_n, alpha_m in zip(rates["depolarisation"] - 65, rates["alpha_n"], rates["alpha_m"], strict=True):
        assert np.isnan(alpha_n) or squid.alpha_n(V) == pytest.approx(alpha_n, rel=0.1)
        assert V < -50 or squid.alpha_m(V) == pytest.approx(alpha_m, rel=0.25)
    g_bar, steady = 24.31, rates["alpha_n"] / (rates["alpha_n"] + rates["beta_n"])
    for step, n in zip(rates["depolarisation"], steady, strict=True):  # each step's own fit ends where its points do
        assert step < 50 or g_bar * n**4 == pytest.approx(POTASSIUM[step].conductance[-1], rel=0.03)


def test_colquhoun_ogden_adams_openings_are_one_exponential():
    """Maximum likelihood for an exponential that is seen from 0.5 to 12.5 ms; its error from the curvature."""
    start, count = data.receptor_openings().values()
    assert count.sum() == 403 and set(np.diff(start)) == {0.5}
    edges = np.append(start, 12.5)

    def share(tau):
        left = np.exp(-edges / tau)
        return (left[:-1] - left[1:]) / (left[0] - left[-1])

    def cost(tau):
        return -float(count @ np.log(share(tau)))

    tau = minimize_scalar(cost, bounds=(1, 10), method="bounded", options={"xatol": 1e-6}).x
    curvature = (cost(tau + 0.01) - 2 * cost(tau) + cost(tau - 0.01)) / 0.01**2
    assert tau == pytest.approx(3.18, abs=0.005) and curvature**-0.5 == pytest.approx(0.20, abs=0.005)
    expected = 403 * share(tau)
    enough = expected > 5
    assert enough.sum() == 16  # 15 degrees of freedom: 25.0 is 5%
    assert np.sum((count - expected)[enough] ** 2 / expected[enough]) < 25.0


def test_hodgkin_huxley_1952_figure_4_lies_about_its_own_curve():
    depolarisation, beta = data.beta_n().values()
    off = np.log(beta) - np.log([squid.beta_n(d - 65) for d in depolarisation])
    assert len(beta) == 46 and abs(off.mean()) < 0.03 and 0.15 < off.std() < 0.25


def test_a_set_that_is_not_there():
    with pytest.raises(ValueError, match="quantity = 'g_Ca'"):
        data.conductances("g_Ca")
