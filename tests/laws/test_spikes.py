"""Spikes are read off whatever holds a voltage against time."""

import dataclasses

import numpy as np
import pytest

from neurolib.cells import mammalian_neuron, squid_axon
from neurolib.protocols import pulse, step
from neurolib.recordings import Recording
from neurolib.simulate import Trace, current_clamp
from neurolib.spikes import half_width, repolarisation_time, spike_times, spikes

TRAIN = current_clamp(squid_axon, step(10.0, 5.0), 122.0, sample_every=0.05)  # eight spikes


def noisy(deviation, seed=0, trace=TRAIN):
    return trace.V + np.random.default_rng(seed).normal(0.0, deviation, len(trace.V))


def test_a_trace_without_a_spike_has_none():
    assert spikes(current_clamp(squid_axon, pulse(1.0, 1.0))) == ()
    assert spikes(current_clamp(squid_axon, duration=5.0), level=-80.0) == ()


def test_currents_are_added_up_once_for_all_spikes(monkeypatch):
    trace, asked = current_clamp(squid_axon, step(10.0), 300.0), []
    I_ion = Trace.I_ion.fget
    monkeypatch.setattr(Trace, "I_ion", property(lambda self: asked.append(1) or I_ion(self)))
    assert len(spikes(trace)) == 21 and len(asked) <= 2


@pytest.mark.parametrize("every", [0.01, 0.05, 0.1])
@pytest.mark.parametrize("deviation", [0.5, 1.0, 2.0])
def test_noise_makes_no_spikes(every, deviation):
    trace = current_clamp(squid_axon, step(10.0, 5.0), 122.0, sample_every=every)
    assert {len(spike_times(trace.time, noisy(deviation, seed, trace))) for seed in range(50)} == {8}
    # without hysteresis and dead time it does
    bare = {len(spike_times(trace.time, noisy(2.0, seed, trace), 0.0, 0.0, 0.0)) for seed in range(50)}
    assert max(bare) > 8


def test_a_recording_has_the_spikes_of_its_trace():
    for cell in (squid_axon, mammalian_neuron):
        trace = current_clamp(cell, step(10.0 if cell is squid_axon else 3.0, 5.0), 100.0)
        own, read = spikes(trace), spikes(trace.time, trace.V, window=0.02)
        assert len(own) == len(read) > 3
        for a, b in zip(own, read, strict=True):
            for name in ("t_peak", "peak", "t_trough", "trough", "t_rebound", "hump", "width_trough"):
                assert getattr(a, name) == pytest.approx(getattr(b, name), nan_ok=True), name
            assert b.half_width == pytest.approx(a.half_width, abs=0.01)
            assert b.upstroke == pytest.approx(a.upstroke, rel=0.01)
            assert b.threshold <= a.threshold + 0.5  # the stimulus counts, too


def test_noise_moves_what_is_measured_by_no_more_than_itself():
    own = spikes(TRAIN.time, TRAIN.V)
    for a, b in zip(own, spikes(TRAIN.time, noisy(0.5), prominence=3.0), strict=True):
        assert a.peak <= b.peak + 0.5 < a.peak + 2.5 and a.t_peak == pytest.approx(b.t_peak, abs=0.1)
        assert b.half_width == pytest.approx(a.half_width, abs=0.05)
        assert b.upstroke == pytest.approx(a.upstroke, abs=4.0 * 0.5 * 2**0.5 / 0.1)
        assert np.isnan(b.hump) and np.isnan(a.hump)


def test_any_sequences_and_uneven_times_will_do():
    expected = spikes(TRAIN.time, TRAIN.V)
    assert spikes(list(TRAIN.time), tuple(TRAIN.V.tolist())) == expected
    assert spikes(Recording(TRAIN.time, TRAIN.V)) == expected
    fine = current_clamp(squid_axon, step(10.0, 5.0), 122.0)
    keep = np.sort(np.random.default_rng(1).choice(len(fine.time), 6000, replace=False))
    for a, b in zip(spikes(fine.time, fine.V), spikes(fine.time[keep], fine.V[keep]), strict=True):
        assert b.t_peak == pytest.approx(a.t_peak, abs=0.02) and b.peak == pytest.approx(a.peak, abs=0.2)
        assert b.half_width == pytest.approx(a.half_width, abs=0.02)
    assert half_width(TRAIN.time, TRAIN.V) == half_width(TRAIN)
    assert repolarisation_time(TRAIN.time, V=TRAIN.V) == repolarisation_time(TRAIN)
    assert np.array_equal(spike_times(TRAIN), spike_times(TRAIN.time, TRAIN.V))


def test_a_recording_may_begin_and_end_in_mid_spike():
    peak = int(np.argmax(TRAIN.V))
    rest = spikes(TRAIN.time[peak:], TRAIN.V[peak:])
    later = spikes(TRAIN.time, TRAIN.V, rest=rest[0].rest)[1:]
    assert len(rest) == 7 and rest == later and not np.isnan(rest[0].half_width)
    inside = Trace(TRAIN.cell, TRAIN.parameters, TRAIN.time[peak:], TRAIN.samples[:, peak:], TRAIN.stimulus)
    assert len(spikes(inside)) == 7 and all(spike.half_width > 1.0 for spike in spikes(inside))
    (cut,) = spikes(TRAIN.time[: peak + 1], TRAIN.V[: peak + 1])
    assert np.isnan(cut.half_width) and cut.peak == TRAIN.V[peak]


T, V = TRAIN.time, TRAIN.V
WRONG = {
    r"time\[2\] = 1 ms comes after time\[1\] = 2 ms.*sort": ([0.0, 2.0, 1.0], [1.0, 2.0, 3.0]),
    r"time\[1\] = 0 ms comes after": ([0.0, 0.0], [1.0, 2.0]),
    r"V: 2 values for 3 times": ([0.0, 1.0, 2.0], [1.0, 2.0]),
    r"V has the shape \(2441, 1\).*V\[:, 0\]": (T, V[:, None]),
    r"V\[7\] = nan mV.*1 of 2441": (T, np.where(np.arange(len(T)) == 7, np.nan, V)),
    r"V\[0\] = inf mV": ([0.0, 1.0], [np.inf, 1.0]),
    r"V\[1\] = nan mV": ([0.0, 1.0], np.ma.masked_values([0.0, 9.0], 9.0)),
    r"time = 'ms': time has to be a sequence of numbers": ("ms", V),
    r"V = \[None, 1.0\]": ([0.0, 1.0], [None, 1.0]),
    r"V = -20.0 after Trace: give one trace.*level=0.0": (TRAIN, -20.0),
    r"V = None after ndarray": (V, None),
    r"time: 1 sample": ([0.0], [1.0]),
}


@pytest.mark.parametrize(("said", "arguments"), WRONG.items())
def test_what_is_no_recording_is_refused_with_a_reason(said, arguments):
    for measure in (spikes, spike_times, half_width):
        with pytest.raises(ValueError, match=said):
            measure(*arguments)


@pytest.mark.parametrize("option", ["level", "rest", "slope", "hysteresis", "dead_time", "prominence", "window"])
def test_options_are_checked(option):
    with pytest.raises(ValueError, match=f"{option} = nan"):
        spikes(T, V, **{option: np.nan})


def test_a_hump_has_to_stand_out():
    t = np.linspace(0.0, 20.0, 2001)
    V = -70.0 + 100.0 * np.exp(-((t - 5.0) ** 2)) + 4.0 * np.exp(-((t - 12.0) ** 2)) - 5.0 * np.exp(-((t - 8.0) ** 2))
    (spike,) = spikes(t, V, rest=-70.0, prominence=3.0)
    assert spike.t_first_trough == pytest.approx(8.0, abs=0.05) and spike.t_hump == pytest.approx(12.0, abs=0.05)
    assert spike.afterdepolarisation == pytest.approx(4.0, abs=0.01)
    assert np.isnan(spikes(t, V, rest=-70.0, prominence=4.5)[0].hump)
    numbers = dataclasses.asdict(spike)
    assert numbers["half_width"] == pytest.approx(2.0 * np.sqrt(np.log(2.0)), abs=0.01)  # of a Gaussian
    assert numbers["width_trough"] < numbers["half_width"] + 0.2
