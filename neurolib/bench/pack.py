"""A membrane as the parameter array of :mod:`neurolib.kernel.generic`."""

import numpy as np

from neurolib.bench.description import check_membrane
from neurolib.constants import VALENCE
from neurolib.kernel import generic as at
from neurolib.kernel.build import generic_kernel

FORM_CODES = {"exp": at.EXP, "sigmoid": at.SIGMOID, "exp_linear": at.EXP_LINEAR, "bell": at.BELL, "constant": at.CONSTANT}
DRIVE_CODES = {"ohmic": at.OHMIC, "nernst": at.NERNST, "constant_field": at.CONSTANT_FIELD}
SORTED_BY = at.EXPS_END, at.SIGMOIDS_END, at.LINEARS_END, at.BELLS_END, at.MIXED_END
NO_CALCIUM = 1e-4  # mM inside, where neither a pool nor the ions say: nothing depends on it


def terms_of(curve, low=-np.inf, high=np.inf):
    """(constant, terms) of a checked ``curve``: a term is (rate, midpoint, scale, midpoint_2, scale_2, low, high, form).

    A product has its exponent, and its factors as terms until :func:`placed` gives them their places.
    """
    form = curve["form"]
    if form == "split":
        parts = [terms_of(curve["below"], low, curve["at"]), terms_of(curve["above"], curve["at"], high)]
    elif form == "sum":
        parts = [terms_of(term, low, high) for term in curve["terms"]]
    elif form == "product":
        factors = [(0, *term) for factor in curve["factors"] for term in terms_of(factor)[1]]
        return 0.0, [(curve["exponent"], factors, 0.0, 0.0, 1.0, low, high, at.PRODUCT)]
    elif form == "constant":
        if (low, high) == (-np.inf, np.inf):
            return curve["rate"], []
        return 0.0, [(curve["rate"], 0.0, 1.0, 0.0, 1.0, low, high, at.CONSTANT)]
    elif form == "bell":
        base, terms = terms_of({"form": "constant", "rate": curve["base"]}, low, high)
        numbers = [curve[name] for name in ("amplitude", "midpoint", "scale", "midpoint_2", "scale_2")]
        return base, [*terms, (*numbers, low, high, at.BELL)]
    else:
        return 0.0, [(curve["rate"], curve["midpoint"], curve["scale"], 0.0, 1.0, low, high, FORM_CODES[form])]
    return sum(constant for constant, _ in parts), [term for _, terms in parts for term in terms]


def pack(membrane):
    """The parameter array of ``membrane``, prepared; ``ValueError`` for what :func:`check_membrane` refuses."""
    return pack_checked(check_membrane(membrane))


def pack_checked(membrane):
    """The same of a membrane that :func:`check_membrane` has given."""
    moving, at_once = split_gates(membrane)
    p = np.zeros(at.FIRST_TERM)
    put_membrane(p, membrane)
    p[[at.MOVING, at.AT_ONCE]] = len(moving), len(at_once)
    sorted_terms, own_terms = [[] for _ in SORTED_BY], []
    for j, (_, gate) in enumerate(moving + at_once):
        put_gate(p, j, gate)
        terms = []
        for i, curve in enumerate([gate["inf"], gate["tau"]] if "inf" in gate else [gate["alpha"], gate["beta"]]):
            p[at.BASE + 2 * j + i], found = terms_of(curve) if curve else (0.0, [])
            terms += [(2 * j + i, *term) for term in found]
        if j < len(moving):
            for term in terms:
                split = (term[at.LOW], term[at.HIGH]) != (-np.inf, np.inf)
                sorted_terms[-1 if split or term[at.FORM] == at.PRODUCT else int(term[at.FORM])].append(term)
        else:
            own_terms.append((j, terms))
    records = []
    for place, terms in zip(SORTED_BY, sorted_terms, strict=True):
        records += terms
        p[place] = at.FIRST_TERM + len(records) * at.TERM_SIZE
    for j, terms in own_terms:
        p[at.TERMS_FROM + j] = at.FIRST_TERM + len(records) * at.TERM_SIZE
        records += terms
        p[at.TERMS_END + j] = at.FIRST_TERM + len(records) * at.TERM_SIZE
    for k, channel in enumerate(membrane["channels"]):
        put_channel(p, k, channel, membrane, moving, at_once)
    p = np.append(p, np.ravel(placed(records)))
    generic_kernel().module.prepare(p)
    return p


def placed(records):
    """``records``, and behind them the factors of each that is a product, which says where they begin and end."""
    terms, factors = [], []
    for record in records:
        if record[at.FORM] == at.PRODUCT:
            own = record[at.FACTORS_FROM]
            start = at.FIRST_TERM + (len(records) + len(factors)) * at.TERM_SIZE
            record = (*record[: at.FACTORS_FROM], start, start + len(own) * at.TERM_SIZE, *record[at.FACTORS_END + 1 :])
            factors += own
        terms.append(record)
    return terms + factors


def split_gates(membrane):
    """(channel, gate) of the gates that move, and of those that follow V at once, each in the order of the channels."""
    gates = [(channel, gate) for channel in membrane["channels"] for gate in channel["gates"]]
    instant = [gate.get("tau", gate) is None for _, gate in gates]
    return ([pair for pair, now in zip(gates, instant, strict=True) if not now],
            [pair for pair, now in zip(gates, instant, strict=True) if now])


def put_membrane(p, membrane):
    """Write what belongs to the whole membrane."""
    pool = membrane["pool"]
    outside, inside = membrane["ions"].get("Ca", (0.0, NO_CALCIUM))
    p[[at.C_M, at.TEMPERATURE, at.PUMP]] = membrane["C_m"], membrane["temperature"], membrane["pump"]
    p[at.CHANNELS] = len(membrane["channels"])
    p[[at.CA_REST, at.CA_TAU, at.CA_OUT]] = pool["rest"] if pool else inside, pool["tau"] if pool else 1.0, outside
    p[[at.CA_GAIN, at.CA_RECTIFIED, at.POOL_HERE]] = (pool["gain"], pool["rectified"], 1.0) if pool else (0.0, 0.0, 0.0)


def put_gate(p, j, gate):
    """Write gate j but for its curves."""
    p[[at.POWER + j, at.BY_CURVE + j, at.SPEED + j]] = gate["power"], "inf" in gate, gate["speed"]
    p[[at.Q10 + j, at.REFERENCE + j]] = gate["q10"], gate["reference"]
    if gate["calcium"]:
        p[[at.CA_SCALE + j, at.CA_POWER + j]] = gate["calcium"]["scale"], gate["calcium"]["power"]


def put_channel(p, k, channel, membrane, moving, at_once):
    """Write channel k; its gates by their numbers among those that move and those at once."""
    record, drive = np.zeros(at.CHANNEL_SIZE), channel["drive"]
    record[[at.G, at.DRIVE, at.E_REV]] = channel["g"] * channel["scale"], DRIVE_CODES[drive["form"]], drive.get("E", 0.0)
    if drive["form"] != "ohmic":
        outside, inside = membrane["ions"][drive["ion"]]
        follows = drive["ion"] == "Ca" and membrane["pool"] is not None
        record[[at.VALENCE_OF, at.INSIDE, at.OUTSIDE, at.FOLLOWS]] = VALENCE[drive["ion"]], inside, outside, follows
    own = [at.POWERED + j for j, (owner, _) in enumerate(moving) if owner is channel]
    record[at.GATES : at.GATES + 4] = (own + [at.NO_GATE] * 4)[:4]
    own = [j for j, (owner, _) in enumerate(at_once, len(moving)) if owner is channel]
    record[[at.ONCE_FROM, at.ONCE_END]] = (own[0], own[-1] + 1) if own else (0, 0)
    if channel["calcium"]:
        record[[at.HILL_HALF, at.HILL_POWER]] = channel["calcium"]["half"], channel["calcium"]["power"]
    record[at.CARRIES] = channel["carries_calcium"]
    start = at.FIRST_CHANNEL + k * at.CHANNEL_SIZE
    p[start : start + at.CHANNEL_SIZE] = record
