"""What the library says for each kind of entry in golden.json, by pattern of its id."""

import functools
import math
import re

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from neurolib import cells, constants, electrochemistry, homeostasis
from neurolib.cable import heat_block, squid_cable
from neurolib.channels import squid
from neurolib.channels.cortical import E_K, E_NA
from neurolib.excitability import (
    anode_break_threshold,
    firing_rates,
    refractory_curve,
    regenerative_gain,
    repetitive_onset,
    shortest_interval,
    threshold_current,
)
from neurolib.potentials import equilibrium_potential, goldman_potential
from neurolib.protocols import pulse, step
from neurolib.rest import find_rest, hopf_current
from neurolib.simulate import current_clamp
from neurolib.spikes import half_width, repolarisation_time, spike_times, spikes, transported
from neurolib.voltage_steps import availability, peak_currents, recovery

SOLUTIONS = {"squid_textbook": constants.SQUID_BLOOD, "squid_seawater": constants.SQUID_SEAWATER,
             "mammal_textbook": constants.MAMMAL, "hille_muscle": constants.HILLE_MUSCLE}
PATTERNS = []


def entry(pattern):
    """Register a function for the ids that match ``pattern`` in full; it is called with the groups, as text."""
    def register(function):
        PATTERNS.append((re.compile(pattern), function))
        return function
    return register


def value_of(name):
    """The library's value for the entry called ``name``."""
    for pattern, function in PATTERNS:
        match = pattern.fullmatch(name)
        if match:
            return function(*match.groups())
    raise LookupError(f"no function for {name}")


N = r"(-?[\d.]+)"


@entry(rf"nernst\.(\w+)\.{N}C\.(\w+)")
def _nernst(table, temperature, ion):
    ions = SOLUTIONS[table]
    return equilibrium_potential(ion, ions.inside(ion), ions.outside(ion), float(temperature))


@entry(rf"ghk\.(\w+)\.{N}C\.(.*)")
def _ghk(table, temperature, label):
    P = [float(x) for x in re.findall(r"(?<=_)[\d.]+|^[\d.]+", label)]
    return goldman_potential(SOLUTIONS[table], *P[-3:], float(temperature))


@entry(rf"ghk\.leave_one_out\.mammal37\.{N}_{N}_{N}\.(.*)")
def _leave_one_out(P_K, P_Na, P_Cl, change):
    P = {"K": float(P_K), "Na": float(P_Na), "Cl": float(P_Cl)}
    scaled = re.fullmatch(r"P(K|Na|Cl)_x([\d.]+)", change)
    if scaled:
        P[scaled[1]] *= float(scaled[2])
    elif change.startswith("no_"):
        P[change[3:]] = 0.0
    elif change not in ("base", "all"):
        raise LookupError(change)
    return goldman_potential(constants.MAMMAL, P["K"], P["Na"], P["Cl"], 37.0)


@entry(rf"mullins_noda\.mammal37\.PNa_PK={N}\.(\w+)")
def _mullins_noda(ratio, what):
    with_pump = goldman_potential(constants.MAMMAL, 1.0, float(ratio), 0.0, 37.0, r=1.5)
    without = goldman_potential(constants.MAMMAL, 1.0, float(ratio), 0.0, 37.0)
    return with_pump - without if what == "electrogenic" else with_pump


@entry(r"attwell_laughlin\.(\w+)")
def _attwell(what):
    cell = homeostasis.resting_energy(200.0, 50.0, -100.0, -70.0)
    ratio = functools.partial(homeostasis.permeability_ratio, -70.0, 140.0, 50.0, -100.0, 37.0)
    return {"ATP_per_s": lambda: cell.ATP_per_s, "PNa_PK_with_pump": lambda: ratio(1.5),
            "PNa_PK_without_pump": lambda: ratio(1.0), "PNa_PK_no_pump": lambda: ratio(1.0)}[what]()


@entry(rf"ghk_current\.(\w+)\.P1e-6\.{N}mV")
def _ghk_current(ion, V):
    ions = constants.MAMMAL
    return electrochemistry.ghk_current(1e-6, constants.VALENCE[ion], float(V), ions.inside(ion), ions.outside(ion),
                                        37.0)


@functools.lru_cache
def rest_of_squid(E_L):
    return find_rest(cells.squid_axon, E_L=E_L)


@entry(rf"hh\.rest\.EL={N}\.(\w+)")
def _rest(E_L, what):
    rest = rest_of_squid(float(E_L))
    known = {"slope_conductance_steady_mS_cm2": lambda: rest.slope_conductance,
             "gNa": lambda: 120.0 * rest["m"] ** 3 * rest["h"], "gK": lambda: 36.0 * rest["n"] ** 4}
    return known[what]() if what in known else rest[what]


@entry(rf"hh\.rates\.{N}mV\.(\w+)_(\w)")
def _rates(V, what, name):
    gate = {"m": squid.M, "h": squid.H, "n": squid.N}[name] if name in "mhn" else None
    if name == "f":
        raise LookupError(name)
    return {"alpha": lambda: gate.alpha(float(V)), "beta": lambda: gate.beta(float(V)),
            "tau": lambda: gate.time_constant(V=float(V))}[what]()


@entry(rf"hh\.rates\.{N}mV\.(\w)_inf")
def _rates_inf(V, name):
    return {"m": squid.M, "h": squid.H, "n": squid.N}[name].steady_state(V=float(V))


@entry(r"hh\.half_point\.(\w)(\d?)")
def _half_point(name, power):
    gate = {"m": squid.M, "h": squid.H, "n": squid.N}[name]
    return brentq(lambda V: gate.steady_state(V=V) ** int(power or 1) - 0.5, -100.0, 40.0, xtol=1e-10)


@entry(r"hh\.h_slope_factor")
def _slope_factor():
    half = _half_point("h", "")
    slope = (squid.H.steady_state(V=half + 1e-4) - squid.H.steady_state(V=half - 1e-4)) / 2e-4
    return -1.0 / (4.0 * slope)


@functools.lru_cache
def squid_trace(amplitude, duration, until=60.0, temperature=6.3):
    return current_clamp(cells.squid_axon, pulse(amplitude, duration), until, sample_every=0.005,
                         temperature_celsius=temperature)


@entry(rf"hh\.ap\.{N}uA_{N}ms\.(\w+)")
def _ap(amplitude, duration, what):
    trace = squid_trace(float(amplitude), float(duration))
    spike = spikes(trace)[0]
    names = {"V_peak": spike.peak, "t_peak_ms": spike.t_peak, "half_width_ms": spike.half_width,
             "V_trough": spike.trough, "t_trough_ms": spike.t_trough, "dVdt_max": spike.upstroke,
             "dVdt_min": spike.downstroke, "AHP_duration_below_rest_ms": spike.below_rest,
             "V_rebound_max": spike.rebound, "t_rebound_ms": spike.t_rebound, "t_rebound_max_ms": spike.t_rebound}
    if what in names:
        return names[what]
    quantity = {"gNa": lambda: trace.conductance("Na"), "gK": lambda: trace.conductance("K")}
    kind = re.fullmatch(r"(t_)?(\w+)_(max|min)", what)
    values = quantity[kind[2]]() if kind[2] in quantity else trace[kind[2]]
    i = values.argmax() if kind[3] == "max" else values.argmin()
    return trace.time[i] if kind[1] else values[i]


@entry(rf"hh\.threshold\.{N}ms")
def _threshold(duration):
    return threshold_current(cells.squid_axon, float(duration))


@entry(rf"hh\.fI\.{N}")
def _frequency(amplitude):
    return firing_rates(cells.squid_axon, [float(amplitude)])[0]


@entry(rf"hh\.fI\.{N}\.first_latency")
def _latency(amplitude):
    trace = current_clamp(cells.squid_axon, step(float(amplitude)), 40.0)
    return spike_times(trace.time, trace.V)[0]


@entry(r"hh\.I_onset_repetitive_from_rest")
def _onset():
    return repetitive_onset(cells.squid_axon, 5.0, 8.0)


@entry(r"hh\.I_Hopf_(low|high)")
def _hopf(which):
    return hopf_current(cells.squid_axon, *((5.0, 20.0) if which == "low" else (120.0, 200.0)))


@entry(rf"hh\.trace\.10uA_1ms\.V\({N}ms\)")
def _trace(t):
    trace = squid_trace(10.0, 1.0)
    return np.interp(float(t), trace.time, trace.V)


@entry(rf"hh\.vclamp\.hold{N}\.{N}\.(\w+)")
def _clamp(holding, V, what):
    if what == "IK_10ms":
        rest = {name: getattr(squid, name.upper()) for name in "n"}["n"]
        n_inf, tau = rest.steady_state(V=float(V)), rest.time_constant(V=float(V))
        n = n_inf + (rest.steady_state(V=float(holding)) - n_inf) * math.exp(-10.0 / tau)
        by_trace = recovery(cells.squid_axon, float(V), [10.0], "n", float(holding), 1.0, float(holding))[0]
        assert abs(by_trace - n) < 1e-12
        return 36.0 * n**4 * (float(V) + 77.0)
    t, I = peak_currents(cells.squid_axon, [float(V)], holding=float(holding), sample_every=0.002)
    return t[0] if what == "t_peak" else I[0]


@functools.lru_cache
def max_inward():
    return minimize_scalar(lambda V: peak_currents(cells.squid_axon, [V], sample_every=0.002, duration=2.0)[1][0],
                           bounds=(-20.0, 20.0), method="bounded", options={"xatol": 1e-3})


@entry(r"hh\.vclamp\.max_inward\.(V|I)")
def _max_inward(what):
    return max_inward().x if what == "V" else max_inward().fun


@entry(rf"hh\.prepulse\.Vc={N}\.{N}ms\.(h|INa_ratio)")
def _prepulse(V, duration, what):
    h, ratio = availability(cells.squid_axon, [float(V)], duration=float(duration))
    return h[0] if what == "h" else ratio[0]


@entry(rf"hh\.recovery\.{N}mV\.tau_h")
def _tau(V):
    return squid.H.time_constant(V=float(V))


@entry(rf"hh\.recovery\.{N}mV\.h\({N}ms\)")
def _recovery(V, t):
    return recovery(cells.squid_axon, float(V), [float(t)])[0]


@entry(rf"hh\.refractory\.A2_thr\({N}ms\)")
def _refractory(interval):
    return refractory_curve(cells.squid_axon, [float(interval)], limit=500.0, tolerance=1e-5)[0]


@entry(rf"hh\.refractory\.min_interval\.A2={N}")
def _min_interval(second):
    return shortest_interval(cells.squid_axon, float(second))


@entry(rf"hh\.temp\.{N}C\.(\w+)\(100uA,0\.2ms\)")
def _temperature(temperature, what):
    trace = squid_trace(100.0, 0.2, 20.0, float(temperature))
    return half_width(trace) if what == "half_width" else spikes(trace, level=-30.0)[0].peak


@entry(rf"hh\.temp\.{N}C\.rheobase_100ms")
def _rheobase(temperature):
    return threshold_current(cells.squid_axon, 100.0, temperature_celsius=float(temperature))


@entry(rf"hh\.cable\.velocity\.{N}C")
def _velocity(temperature):
    return squid_cable().velocity(temperature_celsius=float(temperature))


@entry(r"hh\.cable\.heat_block_T")
def _heat_block():
    return heat_block(squid_cable(), 33.0, 34.5, 0.5)


@entry(r"hh\.ions\.(\w+?)([\d.]+)C\.(Na_in|K_out)")
def _ions(kind, temperature, what):
    if kind == "propagated":
        trace = squid_cable().stimulate(temperature_celsius=float(temperature)).probe
    else:
        trace = squid_trace(10.0, 1.0, 60.0, float(temperature))
    return -transported(trace, "Na") if what == "Na_in" else transported(trace, "K")


@entry(rf"hh\.anode_break\.I_thr\.{N}ms")
def _anode_break(duration):
    return anode_break_threshold(cells.squid_axon, float(duration))


@entry(rf"hh\.anode_break\.{N}uA_{N}ms\.(\w+)")
def _anode_spike(amplitude, duration, what):
    trace = current_clamp(cells.squid_axon, pulse(float(amplitude), float(duration)), float(duration) + 40.0)
    spike = spikes(trace)[0]
    return {"V_peak": spike.peak, "t_peak": spike.t_peak - float(duration), "t_peak_ms": spike.t_peak - float(duration),
            "V_end": np.interp(float(duration), trace.time, trace.V)}[what]


def potassium(K_out):
    return squid.potassium_reversal(float(K_out), 6.3)


@entry(rf"hh\.hyperK\.(\w)_[\w]+\.Ko={N}\.(I_thr|\w+)(?:_0\.5ms)?")
def _hyperkalaemia(variant, K_out, what):
    changes = {"E_K": potassium(K_out)}
    if variant == "C":
        changes["g_bar_K"] = 36.0 * math.sqrt(float(K_out) / 10.0)
    cell = cells.squid_axon if variant == "A" else cells.squid_axon_split_leak
    if what.startswith("I_thr"):
        return threshold_current(cell, 0.5, **changes)
    rest = find_rest(cell, **changes)
    return {"V_rest": rest.V, "h_inf": rest["h"], "stable": rest.stable}[what]


@entry(rf"hh\.paradox\.gNa60\.Ko={N}\.(\w+)(?:_0\.2ms)?")
def _paradox(K_out, what):
    changes = {"E_K": potassium(K_out), "g_bar_Na": 60.0}
    if what == "inexcitable":
        return regenerative_gain(cells.squid_axon_split_leak, **changes) < 0.1
    if what.startswith("I_thr"):
        return threshold_current(cells.squid_axon_split_leak, 0.2, -20.0, **changes)
    return {"V_rest": find_rest(cells.squid_axon_split_leak, **changes).V}[what]


@entry(rf"mammal_min\.(Kleak|Kv)_block_{N}\.(\w+)")
def _mammal(which, block, what):
    name, full = ("g_bar_KL", 0.08) if which == "Kleak" else ("g_bar_K", 5.0)
    changes = {name: full * (1.0 - float(block))}
    if what == "V_rest":
        return find_rest(cells.mammalian_neuron, **changes).V
    if what.startswith(("thr", "I_thr")):
        return threshold_current(cells.mammalian_neuron, 1.0, **changes)
    return half_width(current_clamp(cells.mammalian_neuron, pulse(40.0, 1.0), 60.0, **changes))


@entry(rf"hh\.(\w+?)_block_{N}\.V_rest")
def _block(which, block):
    name, full = {"Kv": ("g_bar_K", 36.0), "whole_leak": ("g_bar_L", 0.3)}[which]
    return find_rest(cells.squid_axon, **{name: full * (1.0 - float(block))}).V


AFTER = {
    r"base_Na_Kdr": lambda: (cells.mammalian_neuron, {}),
    rf"mAHP_IM{N}": lambda g: (cells.mammalian_m_current, {"g_bar_M": float(g)}),
    rf"(?:ADP|burst)_CaL{N}\(depth{N},tauCa{N}\)": lambda *a: pool(cells.mammalian_l_type, *a),
    rf"burst_CaL{N}\(depth{N},tau{N}\)": lambda *a: pool(cells.mammalian_l_type, *a),
    rf"sAHP_CaL{N}_IAHPslow{N}": lambda g, g_slow: (
        cells.mammalian_slow_ahp, {"g_bar_CaL": float(g), "g_bar_AHP": float(g_slow)}),
    rf"SK_CaL{N}_SK{N}\(cac1uM,tau{N}\)": lambda g, g_sk, tau: (
        cells.mammalian_sk, {"g_bar_CaL": float(g), "g_bar_SK": float(g_sk), "Ca_tau": float(tau)}),
    rf"fAHP_CaL{N}_BK{N}\(depth0\.1,tau5\)": lambda g, g_bk: (
        cells.mammalian_bk, {"g_bar_CaL": float(g), "g_bar_BK": float(g_bk)}),
    rf"ctrl_CaL{N}_noBK\(depth0\.1,tau5\)": lambda g: (cells.mammalian_bk, {"g_bar_CaL": float(g), "g_bar_BK": 0.0}),
    rf"T{N}_EL{N}": lambda g, E_L: (cells.mammalian_t_type, {"g_bar_T": float(g)} | split_leak(float(E_L))),
    rf"NaP{N}": lambda g: (cells.mammalian_persistent_sodium, {"g_bar_NaP": float(g)}),
}  # fmt: skip


def pool(cell, g_bar, depth, tau):
    from neurolib.channels.channel import shell_gain

    return cell, {"g_bar_CaL": float(g_bar), "Ca_gain": shell_gain(float(depth)), "Ca_tau": float(tau)}


def split_leak(E_L):
    """The base cell's leak of 0.1 mS/cm², divided so that it reverses at ``E_L``."""
    part = (E_NA - E_L) / (E_NA - E_K)
    return {"g_bar_KL": 0.1 * part, "g_bar_NaL": 0.1 * (1.0 - part)}


@functools.lru_cache
def after_trace(label):
    for pattern, make in AFTER.items():
        match = re.fullmatch(pattern, label)
        if match:
            cell, changes = make(*match.groups())
            return current_clamp(cell, pulse(40.0, 1.0), 110.0, **changes)
    raise LookupError(label)


@entry(r"after\.(.+)\.(V_rest|half_width|ADP_hump|AHP_peak|n_spikes)")
def _after(label, what):
    trace = after_trace(label)
    if what == "V_rest":
        return trace.V[0]
    if what == "half_width":
        return half_width(trace)
    if what == "n_spikes":
        return len(spike_times(trace.time, trace.V, -10.0))
    return spikes(trace)[0].afterdepolarisation


@entry(rf"after\.(.+)\.V_rel\({N}ms\)")
def _after_at(label, t):
    trace = after_trace(label)
    return np.interp(float(t), trace.time, trace.V) - trace.V[0]


@functools.lru_cache
def thalamic(variant, protocol, amplitude):
    cell, changes = cells.thalamic_relay, {"control": {}, "TTX": {"g_bar_Na": 0.0}, "noT": {"g_bar_T": 0.0}}[variant]
    if protocol == "step_from_rest":
        return current_clamp(cell, pulse(amplitude, 300.0), 500.0, **changes)
    p, start = cell.parameters(**changes), np.empty(len(cell.state_names))
    cell.kernel.steady_state(-60.0, p, start)
    hold = step(cell.kernel.steady_current(-60.0, p, start))
    stimulus = hold + (pulse(-amplitude, 300.0) if protocol == "rebound" else step(amplitude))
    return current_clamp(cell, stimulus, 800.0, start=start, **changes)


@entry(r"tc\.(\w+)\.V_rest")
def _thalamic_rest(variant):
    return thalamic(variant, "step_from_rest", 0.3).V[0]


@entry(rf"tc\.(\w+)\.(step_from_rest|rebound|step_from_-60)_{N}\.(V_max|n_spikes)")
def _thalamic(variant, protocol, amplitude, what):
    trace = thalamic(variant, protocol, float(amplitude))
    return trace.V.max() if what == "V_max" else len(spike_times(trace.time, trace.V, -10.0))


@entry(r"tc\.TTX\.LTS_(half_width|dVdt_max)")
def _low_threshold_spike(what):
    trace = thalamic("TTX", "step_from_rest", 0.3)
    return half_width(trace) if what == "half_width" else trace.dVdt.max()


@functools.lru_cache
def ventricular(label, amplitude, duration):
    changes = {"control": {}, "TTX_gNa0": {"g_bar_Na": 0.0}, "noCa_gs0": {"g_bar_s": 0.0}}[label]
    return current_clamp(cells.ventricular_cell, pulse(amplitude, duration), 600.0, **changes)


@entry(rf"br77\.(\w+)_{N}x{N}ms\.(\w+)")
def _ventricular(label, amplitude, duration, what):
    trace = ventricular(label, float(amplitude), float(duration))
    return {"V_rest": lambda: trace.V[0], "V_peak": trace.V.max, "APD90": lambda: repolarisation_time(trace, 0.9),
            "t_peak": lambda: trace.time[trace.V.argmax()]}[what]()


@entry(r"ml\.(.+)")
def _morris_lecar(what):
    if what.startswith("Hopf"):
        return hopf_current(cells.morris_lecar, *((60.0, 150.0) if what.endswith("low") else (150.0, 300.0)))
    if what in ("V_rest", "rest"):
        return find_rest(cells.morris_lecar).V
    start = find_rest(cells.morris_lecar).state + np.array([20.0, 0.0])
    rate = firing_rates(cells.morris_lecar, [float(what[len("period_I"):])], 1000.0, 3000.0, dt=0.02, start=start)[0]
    return 1000.0 / rate


@entry(r"pump\.PLG\.(V_rest|Imax|V_just_after_block|donnan_V)")
def _pump(what):
    cell = homeostasis.PumpLeak()
    return {"V_rest": lambda: cell.V, "Imax": lambda: cell.I_max, "V_just_after_block": lambda: cell.with_(pump=0.0).V,
            "donnan_V": lambda: cell.donnan().V}[what]()


@entry(r"pump\.PLG\.longrun_(\d):(\d)\.(\w+)")
def _long_run(sodium, potassium_, what):
    return getattr(homeostasis.PumpLeak().with_(pump_Na=float(sodium), pump_K=float(potassium_)).settled(), what)


@entry(rf"pump\.PLG\.off\.{N}s\.(\w+)")
def _off(t, what):
    run = homeostasis.PumpLeak().with_(pump=0.0).run([float(t)])
    return getattr(run, what)[0]


@entry(rf"pump\.PLG\.t_V>{N}\.(sphere|cylinder)_{N}")
def _time_to(level, shape, size):
    ratio = {"sphere": homeostasis.sphere, "cylinder": homeostasis.cylinder}[shape](float(size))
    return homeostasis.PumpLeak(area_to_volume=ratio).with_(pump=0.0).time_to(float(level))


@entry(rf"toxin\.alpha={N}\.V_instant")
def _toxin(alpha):
    cell = homeostasis.PumpLeak()
    return cell.with_(P_Na=cell.P_Na + float(alpha) * cell.P_K).V


@entry(r"hh\.dissection\.(\w+)(?:\(.*\)|_from_same_init\(TEA\))?\.V_10ms")
def _dissection(label):
    changes = {"control": {}, "noKv": {"g_bar_K": 0.0}, "noKv_from_same_init": {"g_bar_K": 0.0},
               "no_inactivation": {"rate_h": 0.0}, "neither": {"g_bar_K": 0.0, "rate_h": 0.0}}[label]
    start = find_rest(cells.squid_axon).state
    return current_clamp(cells.squid_axon, pulse(20.0, 1.0), 12.0, start=start, **changes).V[1000]

