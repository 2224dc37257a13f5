"""The pump-leak equations: ions over hours, with a voltage that follows them at once.

A cell of fixed volume in a constant bath, with constant-field leaks of K⁺, Na⁺ and Cl⁻ and a pump:

    I_p = I_max (1 + 2/K_out)⁻² (1 + 10/Na)⁻³ · pump;  it carries pump_Na I_p of Na⁺ out and pump_K I_p of K⁺ in
    dNa/dt = −(A/Vol)(I_Na + pump_Na I_p)/F,  dK/dt = −(A/Vol)(I_K − pump_K I_p)/F,  dCl/dt = (A/Vol) I_Cl/F

V relaxes in milliseconds and ions in minutes to hours, which makes the equations stiff. So V is taken where the
currents sum to zero, and Cl from the conserved charge (Na + K − Cl) − (A/Vol) C_m V/F: what is left, Na and K, is not
stiff. The neglected C_m dV/dt is below 1e-3 µA/cm² except during the first milliseconds after a change.

Pump: Somjen & Kager, ``nakpump.mod``, ModelDB 113446, read there. Parameters come as one flat array, in the order of
:data:`PARAMETERS`; times in s, concentrations in mM, V in mV, currents in µA/cm², A/Vol in 1/cm.
"""

from neurolib.constants import FARADAY
from neurolib.electrochemistry import ghk_current
from neurolib.portable import math, portable

PARAMETERS = ("P_K", "P_Na", "P_Cl", "K_out", "Na_out", "Cl_out", "I_max", "pump", "pump_Na", "pump_K",
              "area_to_volume", "C_m", "temperature_celsius")
P_K, P_NA, P_CL, K_OUT, NA_OUT, CL_OUT, I_MAX, PUMP, PUMP_NA, PUMP_K, AREA_TO_VOLUME, C_M, TEMPERATURE = range(13)
KM_K = 2.0  # mM outside
KM_NA = 10.0  # mM inside


@portable
def pump_current(I_max, K_out, Na):
    """Cycles of the pump as a current, I_max (1 + 2/K_out)⁻² (1 + 10/Na)⁻³, µA/cm² per charge that a cycle moves."""
    by_K = 1.0 / (1.0 + KM_K / max(K_out, 1e-12))
    by_Na = 1.0 / (1.0 + KM_NA / max(Na, 1e-12))
    return I_max * by_K * by_K * by_Na * by_Na * by_Na


@portable
def leak_K(q, V, K):
    """Constant-field current of K⁺, µA/cm²."""
    return ghk_current(q[P_K], 1.0, V, K, q[K_OUT], q[TEMPERATURE])


@portable
def leak_Na(q, V, Na):
    """Constant-field current of Na⁺, µA/cm²."""
    return ghk_current(q[P_NA], 1.0, V, Na, q[NA_OUT], q[TEMPERATURE])


@portable
def leak_Cl(q, V, Cl):
    """Constant-field current of Cl⁻, µA/cm² (outward current is inward Cl⁻)."""
    return ghk_current(q[P_CL], -1.0, V, Cl, q[CL_OUT], q[TEMPERATURE])


@portable
def charge_per_voltage(q):
    """Change of Na + K − Cl that charges the membrane by 1 mV, (A/Vol) C_m/(1000 F), mM."""
    return q[AREA_TO_VOLUME] * q[C_M] * 1e-3 / FARADAY


@portable
def net_current(q, V, Na, K, charge):
    """Sum of leaks and pump at V, with Cl from the conserved ``charge`` (mM)."""
    Cl = max(Na + K - charge - charge_per_voltage(q) * V, 1e-9)
    I_p = q[PUMP] * pump_current(q[I_MAX], q[K_OUT], Na)
    return leak_K(q, V, K) + leak_Na(q, V, Na) + leak_Cl(q, V, Cl) + (q[PUMP_NA] - q[PUMP_K]) * I_p


@portable
def settled_voltage(q, Na, K, charge, guess):
    """V at which the net current is zero: Newton steps kept inside a shrinking bracket, from ``guess``; mV."""
    low = -300.0
    high = 300.0
    V = guess
    for _ in range(100):
        I = net_current(q, V, Na, K, charge)
        if I > 0.0:
            high = V
        else:
            low = V
        slope = (net_current(q, V + 1e-4, Na, K, charge) - I) / 1e-4
        move = 0.0
        if slope > 0.0:
            move = -I / slope
            if abs(move) < 1e-11:  # before the bracket, whose end V may be by now
                return V + move
        if slope <= 0.0 or V + move <= low or V + move >= high:
            move = 0.5 * (low + high) - V
        V = V + move
        if abs(move) < 1e-11:
            break
    return V


@portable
def pump_leak_flows(q, V, Na, K, flows):
    """Fill ``flows`` with dNa/dt and dK/dt, mM/s."""
    I_p = q[PUMP] * pump_current(q[I_MAX], q[K_OUT], Na)
    per_current = q[AREA_TO_VOLUME] / FARADAY
    flows[0] = -per_current * (leak_Na(q, V, Na) + q[PUMP_NA] * I_p)
    flows[1] = -per_current * (leak_K(q, V, K) - q[PUMP_K] * I_p)


@portable
def largest_ion_step(q):
    """Time step in s: 2/5 of the quickest exchange through leaks and pump; V and ions are right to 2e-5 mV and mM."""
    # The slope of (1 + 10/Na)⁻³ is 3/160 per mM at most.
    exchange = q[P_K] + q[P_NA] + q[P_CL] + q[PUMP_NA] * 0.02 * q[PUMP] * q[I_MAX] / FARADAY
    return 0.4 / (q[AREA_TO_VOLUME] * max(exchange, 1e-12))


@portable
def pump_leak_run(q, state, t_start, times, n, out, flows):
    """Run from ``state`` (V, Na, K, Cl) at ``t_start`` s; state j at ``times[i]`` goes to ``out[j * n + i]``.

    Fourth-order Runge-Kutta in Na and K; V and Cl follow them. ``flows``: 2 numbers to work in. The last state is left
    in ``state``. Times ascend. Returns V at ``t_start`` as soon as it has settled, before any ion has moved, mV.
    """
    V = state[0]
    Na = state[1]
    K = state[2]
    charge = Na + K - state[3] - charge_per_voltage(q) * V
    V = settled_voltage(q, Na, K, charge, V)
    V_once = V
    t = t_start
    for i in range(n):
        span = times[i] - t
        steps = int(max(0.0, math.ceil(span / largest_ion_step(q) - 1e-9)))
        h = 0.0
        if steps > 0:
            h = span / steps
        for _ in range(steps):
            pump_leak_flows(q, V, Na, K, flows)
            Na_1 = flows[0]
            K_1 = flows[1]
            V = settled_voltage(q, Na + 0.5 * h * Na_1, K + 0.5 * h * K_1, charge, V)
            pump_leak_flows(q, V, Na + 0.5 * h * Na_1, K + 0.5 * h * K_1, flows)
            Na_2 = flows[0]
            K_2 = flows[1]
            V = settled_voltage(q, Na + 0.5 * h * Na_2, K + 0.5 * h * K_2, charge, V)
            pump_leak_flows(q, V, Na + 0.5 * h * Na_2, K + 0.5 * h * K_2, flows)
            Na_3 = flows[0]
            K_3 = flows[1]
            V = settled_voltage(q, Na + h * Na_3, K + h * K_3, charge, V)
            pump_leak_flows(q, V, Na + h * Na_3, K + h * K_3, flows)
            Na = Na + h / 6.0 * (Na_1 + 2.0 * Na_2 + 2.0 * Na_3 + flows[0])
            K = K + h / 6.0 * (K_1 + 2.0 * K_2 + 2.0 * K_3 + flows[1])
            V = settled_voltage(q, Na, K, charge, V)
        t = times[i]
        out[i] = V
        out[n + i] = Na
        out[2 * n + i] = K
        out[3 * n + i] = Na + K - charge - charge_per_voltage(q) * V
    state[0] = V
    state[1] = Na
    state[2] = K
    state[3] = Na + K - charge - charge_per_voltage(q) * V
    return V_once
