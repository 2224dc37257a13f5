"""Gates: what a channel's conductance is multiplied by, as frozen data and two short rate functions."""

import inspect
import keyword
from collections.abc import Callable
from dataclasses import dataclass

from neurolib.checks import require_whole
from neurolib.portable import python_function
from neurolib.portable.mark import by_name, found


@dataclass(frozen=True)
class Gate:
    """One gating variable x of a channel, with dx/dt = φ (x_inf − x)/tau_x, that enters the conductance as x**power.

    Give either the opening and closing rates ``alpha`` and ``beta`` (1/ms), from which x_inf = α/(α + β) and
    tau_x = 1/(α + β), or ``inf`` (0 to 1) and ``tau`` (ms). ``inf`` without ``tau`` is an instantaneous gate.

    Each is a portable function. What it is called with is read from the names of its arguments: ``V`` (mV), ``Ca``
    (mM, inside), ``temperature_celsius``, or the name of any parameter of the cell, such as a constant of the channel.

    φ = q10 ** ((T − temperature_celsius)/10), where ``temperature_celsius`` is the temperature at which the rates hold.
    """

    name: str
    power: int
    alpha: Callable | None = None
    beta: Callable | None = None
    inf: Callable | None = None
    tau: Callable | None = None
    q10: float = 1.0
    temperature_celsius: float = 6.3

    def __post_init__(self):
        require_identifier("gate name", self.name)
        require_whole(f"gate {self.name}: power", self.power, 1)
        by_rates = self.alpha is not None and self.beta is not None and self.inf is None and self.tau is None
        by_curve = self.inf is not None and self.alpha is None and self.beta is None
        if not (by_rates or by_curve):
            raise ValueError(f"gate {self.name}: give either alpha and beta, or inf and tau (no tau: instantaneous)")
        if not self.q10 > 0:
            raise ValueError(f"q10 = {self.q10!r} of gate {self.name}: q10 has to be above 0")

    def __getstate__(self):
        return {name: by_name(value) for name, value in vars(self).items()}

    def __setstate__(self, state):
        vars(self).update({name: found(value) for name, value in state.items()})

    @property
    def instantaneous(self):
        """Whether the gate follows its steady state without delay, and so is no state of the cell."""
        return self.inf is not None and self.tau is None

    @property
    def functions(self):
        """The gate's functions by role: "alpha" and "beta", or "inf" and "tau"."""
        roles = {"alpha": self.alpha, "beta": self.beta, "inf": self.inf, "tau": self.tau}
        return {role: function for role, function in roles.items() if function is not None}

    def speed(self, temperature_celsius):
        """φ = q10 ** ((T − T_ref)/10): how much faster the gate moves than at its reference temperature."""
        return self.q10 ** ((temperature_celsius - self.temperature_celsius) / 10.0)

    def steady_state(self, **quantities):
        """x_inf at the given quantities by name, for example ``gate.steady_state(V=-65.0)``."""
        if self.inf is not None:
            return evaluate(self.inf, quantities)
        alpha, beta = evaluate(self.alpha, quantities), evaluate(self.beta, quantities)
        return alpha / (alpha + beta)

    def time_constant(self, speed=1.0, **quantities):
        """tau_x in ms at the given quantities by name; ``speed`` is φ. An instantaneous gate has 0."""
        if self.instantaneous:
            return 0.0
        if self.tau is not None:
            return evaluate(self.tau, quantities) / speed
        return 1.0 / (speed * (evaluate(self.alpha, quantities) + evaluate(self.beta, quantities)))


def arguments_of(function):
    """Names of the arguments of a portable function, in order."""
    return tuple(inspect.signature(python_function(function)).parameters)


def evaluate(function, quantities):
    """Call a rate function with the ``quantities`` that its arguments name."""
    missing = [name for name in arguments_of(function) if name not in quantities]
    if missing:
        raise ValueError(f"{python_function(function).__name__} needs {', '.join(missing)}")
    return function(*(float(quantities[name]) for name in arguments_of(function)))


def require_identifier(what, name):
    """Names become names of variables in a cell's kernel."""
    if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name):
        raise ValueError(f"{what} = {name!r}: letters, digits and underscores only, and no leading digit")
