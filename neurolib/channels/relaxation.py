"""A gate at a constant voltage: where it goes, and how far it has come."""

from neurolib.portable import math, portable


@portable
def steady(alpha, beta):
    """x_∞ = α/(α + β), from the rates (1/ms) of a voltage."""
    return alpha / (alpha + beta)


@portable
def relaxed(x, goal, tau, t):
    """x_∞ + (x − x_∞) e^{−t/τ}: a gate that was at ``x``, t ms later; ``goal`` is x_∞, τ in ms."""
    return goal + (x - goal) * math.exp(-t / tau)


@portable
def relaxed_by_rates(x, alpha, beta, t):
    """The same by the rates (1/ms): τ = 1/(α + β)."""
    return relaxed(x, steady(alpha, beta), 1.0 / (alpha + beta), t)
