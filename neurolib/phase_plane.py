"""The plane of V and w: what the two equations of Morris and Lecar do, by their geometry.

    C dV/dt = I − g_Ca m_inf(V) (V − E_Ca) − g_K w (V − E_K) − g_L (V − E_L)
      dw/dt = (w_inf(V) − w)/tau_w(V)

with V in mV, t in ms, I in µA/cm², conductances in mS/cm², C = 20 µF/cm². Morris & Lecar 1981, Biophys J 35:193-213. The two
membranes are those of Rinzel & Ermentrout 1989, in Koch & Segev, Methods in Neuronal Modeling, pp. 135-169: number 0 loses its
rest in a Hopf bifurcation (type II firing), number 1 in a saddle-node on an invariant circle (type I).

``kind`` is that number, ``phi`` the pace of the potassium gate, 1/ms.
"""

from neurolib.channels.barnacle import CALCIUM, LEAK, POTASSIUM, m_inf, w_inf
from neurolib.portable import math, portable

NAMES = ("type_two", "type_one")
G_CA, V3, V4 = (4.4, 4.0), (2.0, 12.0), (30.0, 17.4)
PHI = (0.04, 0.067)  # 1/ms, as published
C_M, V1, V2 = 20.0, CALCIUM.constants["V1"], CALCIUM.constants["V2"]
G_K, G_L = POTASSIUM.g_bar, LEAK.g_bar
E_CA, E_K, E_L = CALCIUM.E_rev, POTASSIUM.E_rev, LEAK.E_rev
V_LOW, V_HIGH = -90.0, 60.0  # mV: fixed points at the currents of the book lie between
POINTS = 3  # most fixed points


@portable
def pick(kind, two, one):
    """What membrane ``kind`` has: ``one`` for number 1, ``two`` for number 0."""
    return one if kind == 1.0 else two


@portable
def w_steady(V, kind):
    """w_inf(V) of the membrane."""
    return w_inf(V, pick(kind, V3[0], V3[1]), pick(kind, V4[0], V4[1]))


@portable
def pace(V, kind, phi):
    """1/tau_w(V) = φ cosh((V − V3)/(2 V4)), 1/ms."""
    return phi * math.cosh(0.5 * (V - pick(kind, V3[0], V3[1])) / pick(kind, V4[0], V4[1]))


@portable
def ionic_current(V, w, kind):
    """Sum of the three currents, µA/cm²."""
    return pick(kind, G_CA[0], G_CA[1]) * m_inf(V, V1, V2) * (V - E_CA) + G_K * w * (V - E_K) + G_L * (V - E_L)


@portable
def velocity(V, w, I, kind, phi):
    """(dV/dt in mV/ms, dw/dt in 1/ms) at a point of the plane."""
    return (I - ionic_current(V, w, kind)) / C_M, (w_steady(V, kind) - w) * pace(V, kind, phi)


@portable
def still_V(V, I, kind):
    """The nullcline of V: the w at which V stands still."""
    return (I - ionic_current(V, 0.0, kind)) / (G_K * (V - E_K))


@portable
def step_along(V, w, I, kind, phi, h):
    """(V, w) after ``h`` ms, by Runge and Kutta's fourth order; backwards in time where ``h`` is negative."""
    a, p = velocity(V, w, I, kind, phi)
    b, q = velocity(V + 0.5 * h * a, w + 0.5 * h * p, I, kind, phi)
    c, r = velocity(V + 0.5 * h * b, w + 0.5 * h * q, I, kind, phi)
    d, s = velocity(V + h * c, w + h * r, I, kind, phi)
    return V + h / 6.0 * (a + 2.0 * b + 2.0 * c + d), w + h / 6.0 * (p + 2.0 * q + 2.0 * r + s)


@portable
def steady_current(V, kind):
    """The current (µA/cm²) that holds the membrane at V, with w at its steady state: every fixed point lies on this curve."""
    return ionic_current(V, w_steady(V, kind), kind)


@portable
def jacobian(V, kind, phi):
    """The four derivatives of ``velocity`` at the fixed point of V: of dV/dt by V and w, then of dw/dt by V and w."""
    m, w, speed = m_inf(V, V1, V2), w_steady(V, kind), pace(V, kind, phi)
    m_slope, w_slope = 2.0 * m * (1.0 - m) / V2, 2.0 * w * (1.0 - w) / pick(kind, V4[0], V4[1])
    by_V = -(pick(kind, G_CA[0], G_CA[1]) * (m + m_slope * (V - E_CA)) + G_K * w + G_L) / C_M
    return by_V, -G_K * (V - E_K) / C_M, speed * w_slope, -speed


@portable
def trace_and_determinant(V, kind, phi):
    """Sum (1/ms) and product (1/ms²) of the two eigenvalues at the fixed point of V.

    A saddle where the product is negative; otherwise stable where the sum is negative.
    """
    a, b, c, d = jacobian(V, kind, phi)
    return a + d, a * d - b * c


@portable
def eigenvalue(V, kind, phi):
    """Real and imaginary part (1/ms) of the eigenvalue with the larger real part at the fixed point of V."""
    trace, determinant = trace_and_determinant(V, kind, phi)
    inside = 0.25 * trace * trace - determinant
    if inside < 0.0:
        return 0.5 * trace, math.sqrt(-inside)
    return 0.5 * trace + math.sqrt(inside), 0.0


@portable
def measure(what, V, kind, phi):
    """What changes its sign at V: 0, the determinant (folds of the steady current); 1, the trace (Hopf)."""
    trace, determinant = trace_and_determinant(V, kind, phi)
    return determinant if what == 0 else trace


@portable
def change_of_sign(what, start, kind, phi):
    """The first V above ``start``, mV, at which that ``measure`` changes its sign; nan where there is none below 60 mV."""
    low = start
    before = measure(what, low, kind, phi)
    while low < V_HIGH:
        high = low + 0.5
        after = measure(what, high, kind, phi)
        if (before < 0.0 and after >= 0.0) or (before >= 0.0 and after < 0.0):
            for _halving in range(60):
                middle = 0.5 * (low + high)
                here = measure(what, middle, kind, phi)
                if (before < 0.0 and here < 0.0) or (before >= 0.0 and here >= 0.0):
                    low = middle
                else:
                    high = middle
            return 0.5 * (low + high)
        low = high
        before = after
    return math.nan


@portable
def fixed_points(I, kind, found):
    """Fill ``found`` with the voltages of the fixed points at the current I, upwards, and nan; returns how many there are.

    Between two folds the steady current rises or falls all the way, and a halving finds its one crossing.
    """
    count = 0
    low = V_LOW
    for i in range(POINTS):
        found[i] = math.nan
    for _part in range(POINTS):
        fold = change_of_sign(0, low + 1e-9, kind, 1.0)
        top = V_HIGH if math.isnan(fold) else fold
        below = steady_current(low, kind) - I
        above = steady_current(top, kind) - I
        if low < top and ((below < 0.0 and above >= 0.0) or (below >= 0.0 and above < 0.0)):
            left, right = low, top
            for _halving in range(60):
                middle = 0.5 * (left + right)
                here = steady_current(middle, kind) - I
                if (below < 0.0 and here < 0.0) or (below >= 0.0 and here >= 0.0):
                    left = middle
                else:
                    right = middle
            found[count] = 0.5 * (left + right)
            count = count + 1
        low = top
    return count


@portable
def is_stable(V, kind, phi):
    """1 if a small disturbance of the fixed point of V dies away, otherwise 0."""
    trace, determinant = trace_and_determinant(V, kind, phi)
    return 1.0 if trace < 0.0 and determinant > 0.0 else 0.0


@portable
def rest_lost(kind, phi):
    """(V, I) at which the lowest rest ceases to be stable as the current grows: a fold or a Hopf point; nan if none."""
    fold, hopf = change_of_sign(0, V_LOW, kind, phi), change_of_sign(1, V_LOW, kind, phi)
    V = hopf if math.isnan(fold) or hopf < fold else fold
    return V, steady_current(V, kind)


@portable
def rest_again(kind, phi):
    """(V, I) above which the highest fixed point is stable: the last Hopf point or fold; nan if there is none."""
    last = math.nan
    for what in range(2):
        V = change_of_sign(what, V_LOW, kind, phi)
        while math.isfinite(V):
            last = V if math.isnan(last) or V > last else last
            V = change_of_sign(what, V + 1e-6, kind, phi)
    return last, steady_current(last, kind)
