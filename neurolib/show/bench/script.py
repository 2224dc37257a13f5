"""The script of the bench: the page's common parts, the generic kernel compiled to JavaScript, and the bench itself."""

import re
from functools import lru_cache
from pathlib import Path

from neurolib import spikes
from neurolib.kernel import generic
from neurolib.kernel.build import generic_kernel
from neurolib.portable.compiler import PRELUDE, Unit
from neurolib.show import script

FOLDER = Path(__file__).parent
STYLE = FOLDER / "bench.css"
COMMON = ("text", "numbers", "curve", "positions", "svg", "copy")
# In this order each part finds what it uses: first what works on data alone, then what the reader sees and touches.
ON_DATA = (
    "history", "slices", "axes", "panel", "pack", "protocol", "run", "stability", "measure", "sweeps", "views", "words",
    "sound",
)  # fmt: skip
ON_THE_PAGE = (
    "fields", "hand", "channels", "cell", "stimulus", "show", "lessons", "inout", "reading", "grips",
    "ghost", "bar", "address", "bench",
)  # fmt: skip
# What opens files and makes them is brought when it is asked for.
TO_OPEN, COMMON_TO_OPEN = ("neuroml", "recording", "opening", "neuroml_out", "writing"), ("table", "files")
# What the page calls of the kernel; the spikes are read as neurolib.spikes reads them.
KERNEL = ("rest", "steady_state", "derivative", "integrate", "clamp", "channel_currents")
OF_SPIKES = ("vertex", "width_at", "index_of_maximum", "index_of_minimum")
PLACE = re.compile(r"\b[A-Z][A-Z_\d]*\b")
STEP = 0.01  # ms: the kernel's step, as in neurolib.simulate


def kernel_script():
    """``kernel``, an object of the compiled functions, and the places and codes of its parameter array by name."""
    unit, kernel = Unit(), generic_kernel()
    functions = {name: getattr(kernel, name) for name in KERNEL}
    functions |= {name: getattr(kernel.module, name) for name in ("prepare", "gate_curves")}
    functions |= {name: getattr(spikes, name) for name in OF_SPIKES}
    entries = ", ".join(f"{name}: {unit.add(function)}" for name, function in functions.items())
    compiled = PRELUDE + "".join(sorted(unit.code, key=len))
    used = sorted(set(PLACE.findall(parts_script())) & set(vars(generic)))
    places = ", ".join(f"{name} = {getattr(generic, name)}" for name in used)
    made = f"const [kernel, zeros] = (() => {{\n{compiled}return [{{ {entries} }}, zeros];\n}})();\n"
    return f"{made}const STEP = {STEP}, {places};\n"


def parts_script(parts=ON_DATA + ON_THE_PAGE):
    """The bench's own parts, as they stand."""
    return "\n".join((FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in parts)


def kit():
    """The names of the bench that the script of files uses."""
    ours = f"{script.text_of(COMMON)}\n{parts_script()}"
    return script.names_in(ours, script.text_of(COMMON_TO_OPEN) + parts_script(TO_OPEN))


@lru_cache
def bench_script():
    """``bench.js``: all that the page of the bench loads."""
    parts = f"{script.text_of(COMMON)}\n{kernel_script()}{parts_script()}const kit = {{ {kit()} }};"
    return script.smaller(f'(() => {{\n"use strict";\n{parts}\n}})();\n') + "\n"


@lru_cache
def open_script():
    """``bench-open.js``: what opens files and makes them."""
    shared, own = script.text_of(COMMON_TO_OPEN), parts_script(TO_OPEN)
    parts = f"const {{ {kit()} }} = kit;\n{shared}\n{own}return {{ read, write }};"
    return script.smaller(f'globalThis.neurolibOpen = (kit, tables) => {{\n"use strict";\n{parts}\n}};\n') + "\n"
