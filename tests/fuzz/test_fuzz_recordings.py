"""Recordings of any shape: spikes in order, or an error that says which sample is wrong."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from neurolib.recordings import Recording
from neurolib.spikes import half_width, repolarisation_time, spike_times, spikes

LENGTHS = st.shared(st.integers(2, 60), key="samples")
RISING = LENGTHS.flatmap(lambda n: arrays(float, n, elements=st.floats(1e-3, 5.0))).map(np.cumsum)
ROUGH = LENGTHS.flatmap(lambda n: arrays(float, n, elements=st.floats(-120.0, 80.0)))
OPTIONS = st.fixed_dictionaries({
    "level": st.floats(-80.0, 60.0), "hysteresis": st.floats(0.0, 20.0), "dead_time": st.floats(0.0, 5.0),
})  # fmt: skip


@given(RISING, ROUGH, OPTIONS, st.floats(0.0, 10.0), st.floats(0.01, 1.0))
def test_any_recording_has_its_spikes_in_order(time, V, options, prominence, window):
    found = spikes(time, V, prominence=prominence, window=window, **options)
    starts = spike_times(time, V, **options)
    assert len(found) == len(starts) and np.all(np.diff(starts) >= options["dead_time"])
    for spike, start, following in zip(found, starts, [*starts, math.inf][1:], strict=True):
        order = np.searchsorted(time, [start, spike.t_peak, spike.t_trough, spike.t_rebound, following])
        assert np.all(np.diff(order) >= -1)  # a vertex may be a sample from the extreme
        assert spike.peak >= options["level"] and spike.trough <= spike.peak and spike.trough <= spike.rebound
        assert not spike.half_width < 0.0 and not spike.width_trough < 0.0
        assert math.isnan(spike.hump) or spike.hump - spike.first_trough > prominence
    assert not half_width(time, V) < 0.0 and not repolarisation_time(time, V=V) < 0.0


@given(RISING, ROUGH)
def test_less_hysteresis_never_finds_fewer(time, V):
    counts = [len(spike_times(time, V, hysteresis=h, dead_time=d)) for h, d in ((0, 0), (5, 0), (5, 1), (20, 1), (20, 9))]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == np.sum((V[:-1] < 0.0) & (V[1:] >= 0.0))


ANYTHING = st.one_of(
    st.floats(), st.none(), st.text(max_size=3), st.lists(st.floats() | st.none() | st.integers(), max_size=5),
    arrays(float, st.lists(st.integers(0, 4), max_size=3).map(tuple)), arrays(complex, 3), arrays(bool, 3), RISING, ROUGH,
)  # fmt: skip


@given(ANYTHING, ANYTHING)
def test_anything_else_is_refused_by_name(time, V):
    try:
        recording = Recording(time, V)
    except ValueError as error:
        assert str(error).startswith(("time", "V")), error
        return
    assert len(spikes(recording)) == len(spike_times(recording))
