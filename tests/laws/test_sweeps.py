"""A sweep gives what a loop gives, at every point and in its place, on threads and on a cluster."""

import math

import numpy as np
import pytest

from neurolib.cells import squid_axon
from neurolib.channels import Channel
from neurolib.channels.gating import Gate
from neurolib.portable import portable
from neurolib.protocols import pulse, step
from neurolib.simulate import LeftRange, current_clamp
from neurolib.spikes import spike_times, spikes
from neurolib.sweeps import sweep

STIMULI = [step(a) for a in (2.0, 8.0, 20.0)]
G_K = [25.0, 36.0, 50.0]


def highest(trace):
    return trace.V.max()


@pytest.mark.parametrize("workers", [None, 1, 3])
def test_a_sweep_is_the_loop_that_it_stands_for(workers):
    found = sweep(squid_axon, highest, STIMULI, 20.0, g_bar_K=G_K, temperature_celsius=6.3, workers=workers)
    loop = [[[current_clamp(squid_axon, s, 20.0, g_bar_K=g).V.max()] for g in G_K] for s in STIMULI]
    assert np.array_equal(found.values, loop) and found.values.shape == (3, 3, 1)
    assert found.axes["stimulus"] == STIMULI and found.axes["g_bar_K"].tolist() == G_K


def test_what_is_measured_may_be_arrays_or_anything():
    ends = sweep(squid_axon, lambda trace: trace.samples[:, -1], STIMULI, 5.0)
    assert ends.values.shape == (3, 4)
    assert np.array_equal(ends.values[1], current_clamp(squid_axon, STIMULI[1], 5.0).samples[:, -1])
    times = sweep(squid_axon, lambda trace: spike_times(trace), STIMULI, 40.0)
    assert times.values.shape == (3,) and len({len(found) for found in times.values}) > 1
    for stimulus, found in zip(STIMULI, times.values, strict=True):
        assert np.array_equal(found, spike_times(current_clamp(squid_axon, stimulus, 40.0)))
    traces = sweep(squid_axon, lambda trace: trace, pulse(20.0, 1.0), 5.0, g_bar_K=G_K)
    assert spikes(traces.values[0, 2])[0].peak == spikes(current_clamp(squid_axon, pulse(20.0, 1.0), 5.0, g_bar_K=50.0))[0].peak


def test_a_run_that_fails_is_named_or_stood_for():
    options = {"stimuli": [pulse(10.0, 5.0), pulse(-3000.0, 5.0)], "duration": 10.0, "g_bar_K": [36.0, 40.0]}
    with pytest.raises(LeftRange) as caught:
        sweep(squid_axon, highest, **options)
    assert caught.value.__notes__ == ["in the sweep at a pulse of -3000 for 5 ms at 0 ms, {'g_bar_K': 36.0}"]
    values = sweep(squid_axon, highest, otherwise=np.nan, **options).values
    assert np.isfinite(values[0]).all() and np.isnan(values[1]).all()


def test_progress_is_shown_when_it_is_wanted(capsys):
    sweep(squid_axon, highest, STIMULI, 5.0, progress=True)
    assert "3 of 3" in capsys.readouterr().err
    sweep(squid_axon, highest, STIMULI, 5.0, progress=False)
    sweep(squid_axon, highest, STIMULI, 5.0)  # over before anything is shown
    assert capsys.readouterr().err == ""


@portable
def x_inf(V):
    return 1.0 / (1.0 + math.exp(-(V + 40.0) / SLOPE))


@portable
def x_tau(V):
    return 5.0


SLOPE = 5.0


def test_a_dask_cluster_gives_the_same_also_with_functions_of_the_readers():
    cell = squid_axon.with_channel(Channel("X", 0.3, (Gate("x", 1, inf=x_inf, tau=x_tau),), -77.0, "K"), name="with_x")
    points = {"stimuli": STIMULI, "duration": 5.0, "g_bar_K": G_K}
    from distributed import Client, LocalCluster  # here, as its import takes long, and only one of the workers needs it

    with LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, \
            Client(cluster) as client:
        far = sweep(cell, lambda trace: trace.V.max(), client=client, **points)
    assert np.array_equal(far.values, sweep(cell, highest, **points).values)


@pytest.mark.parametrize(("call", "said"), [
    (lambda: sweep(squid_axon, "peak", STIMULI), r"measure = 'peak': a function of a trace is wanted"),
    (lambda: sweep(squid_axon, highest, []), r"stimuli: none"),
    (lambda: sweep(squid_axon, highest, [10.0]), r"stimuli = 10.0: a waveform.*step\(10\)"),
    (lambda: sweep(squid_axon, highest, 10.0), r"stimuli = 10.0: a waveform"),
    (lambda: sweep(squid_axon, highest, STIMULI, g_Na=[1.0]), r"did you mean 'g_bar_Na'"),
    (lambda: sweep(squid_axon, highest, STIMULI, g_bar_Na=["a"]), r"g_bar_Na = \['a'\]"),
    (lambda: sweep(squid_axon, highest, STIMULI, g_bar_Na=[-1.0, 1.0]), r"g_bar_Na = -1.0"),
    (lambda: sweep(squid_axon, highest, STIMULI, workers=0), r"workers = 0"),
    (lambda: sweep("squid_axon", highest, STIMULI), r"cell = 'squid_axon'"),
])  # fmt: skip
def test_what_cannot_be_swept_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()
