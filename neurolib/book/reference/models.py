"""The cells that the explorers run, and the rates of their channels, as Markdown with equations."""


from neurolib import cells
from neurolib.book.reference.claims import table
from neurolib.book.reference.equations import equation, equations, first_line
from neurolib.cell import Cell
from neurolib.channels import barnacle, calcium, cardiac, cortical, squid, thalamic
from neurolib.explorer.language import _, quantity, translate
from neurolib.explorer.typography import plain, significant, superscript, symbols_markdown
from neurolib.explorers import all_explorers

CELLS = {
    "squid_axon": _("Squid giant axon"),
    "squid_axon_split_leak": _("Squid giant axon with a divided leak"),
    "mammalian_neuron": _("Mammalian neuron"),
    "mammalian_m_current": _("Mammalian neuron with M-current"),
    "mammalian_sk": _("Mammalian neuron with SK channels"),
    "mammalian_potassium": _("Mammalian neuron with Kv1.1, Kv2.1 and BK channels"),
    "mammalian_afterpotentials": _("Mammalian neuron with the channels of its afterpotentials"),
    "thalamic_relay": _("Thalamic relay cell"),
    "thalamic_pacemaker": _("Thalamic relay cell that fires by itself"),
    "ventricular_cell": _("Ventricular cell"),
    "morris_lecar": _("Morris–Lecar model"),
}
CHANNELS = {
    "Na": _("sodium"), "K": _("delayed rectifier"), "L": _("leak"), "KL": _("potassium leak"), "NaL": _("sodium leak"),
    "M": _("M-current"), "NaP": _("persistent sodium"), "Kv1": "Kv1.1", "Kv2": "Kv2.1", "CaL": _("L-type calcium"),
    "T": _("T-type calcium"), "H": _("pacemaker current"), "BK": "BK", "SK": "SK", "AHP": _("slow AHP"),
    "NaC": _("sodium background"), "s": _("slow inward current"), "K1": _("inward rectifier"),
    "x1": _("outward rectifier"), "Ca": _("calcium"),
}  # fmt: skip
RATES = {
    _("Sodium and delayed rectifier of the squid axon"): (squid.SODIUM, squid.POTASSIUM),
    _("Sodium and delayed rectifier of the mammalian neurons and the relay cell"): (cortical.SODIUM, cortical.POTASSIUM),
    _("M-current"): (cortical.M_CURRENT,),
    _("Persistent sodium"): (cortical.PERSISTENT_SODIUM,),
    "Kv1.1": (cortical.KV1,),
    "Kv2.1": (cortical.KV2,),
    _("A-type potassium, shown alone in a step and its tail"): (cortical.A_TYPE,),
    _("L-type calcium"): (calcium.L_TYPE,),
    _("T-type calcium of the relay cell"): (calcium.T_TYPE,),
    _("Pacemaker current of the relay cell"): (thalamic.H_CURRENT,),
    "BK": (calcium.BK,),
    "SK": (calcium.SK,),
    _("Slow AHP"): (calcium.SLOW_AHP,),
    _("Ventricular cell"): (cardiac.SODIUM, cardiac.SLOW_INWARD, cardiac.OUTWARD_RECTIFIER, cardiac.INWARD_RECTIFIER),
    _("Morris–Lecar model"): (barnacle.CALCIUM, barnacle.POTASSIUM),
}
UNITS = {"phi": "1/ms", "SK_half": "mM", **dict.fromkeys(("K_in", "K_out", "Na_in", "Na_out"), "mM")}  # others: mV
CONSTANT_FIELD = _("constant field")
SIDES = {"alpha": r"\alpha_{}", "beta": r"\beta_{}", "inf": r"{}_\infty", "tau": r"\tau_{}"}


def written(explorers=None):
    """The lines of the page: every cell that one of ``explorers`` (all) runs, then the rates of every channel."""
    explorers = explorers or all_explorers()
    lines = ["## " + translate(_("The cells")), ""]
    said = set()  # cells of one origin follow each other
    for cell in used_cells(explorers):
        users = [explorer for explorer in explorers if cell in explorer.cells]
        lines += cell_text(cell, users, "" if cell.source in said else cell.source)
        said.add(cell.source)
    lines += ["## " + translate(_("The rates of their gates")), ""]
    lines += [translate(_("V is in mV, calcium in mM, rates are in 1/ms and time constants in ms.")), ""]
    for title, channels in RATES.items():
        lines += rates_text(title, channels)
    return lines


def used_cells(explorers):
    """The cells in use, in the order of their titles."""
    found = {cell.name: cell for explorer in explorers for cell in explorer.cells}
    return [found[name] for name in CELLS if name in found]


def model_texts():
    """What the page takes from the library, in English and once each, for the catalogues of translations."""
    library = [value for value in vars(cells).values() if isinstance(value, Cell) and value.name in CELLS]
    channels = [channel for group in RATES.values() for channel in group]
    return [text for text in dict.fromkeys(item.source for item in (*library, *channels)) if text]


def cell_text(cell, explorers, source):
    """The section of one cell."""
    where = translate(_(", ")).join(f"{{doc}}`{plain(translate(e.title))} </chapters/{e.chapter}>`" for e in explorers)
    defined = f"`neurolib.cells.{cell.name}`" if cell.name in vars(cells) else ""
    used = translate(_("Used by: {explorers}.")).replace("{explorers}", where)
    heads = (_("Channel"), _("Code"), _("Largest conductance"), _("Gates"), _("Reversal potential"))
    rows = [channel_row(channel) for channel in cell.channels]
    values = {"C_m": (cell.C_m, "µF/cm²"), "temperature_celsius": (cell.temperature_celsius, "°C")}
    for channel in cell.channels:
        values |= {name: (value, UNITS.get(name, "mV")) for name, value in channel.constants.items()}
    if cell.pool:
        pool = cell.pool
        values |= {"Ca_rest": (pool.rest, "mM"), "Ca_tau": (pool.tau, "ms"), "Ca_out": (pool.Ca_out, "mM"),
                   "Ca_gain": (pool.gain, "mM cm²/(µA ms)")}  # fmt: skip
    each = [f"`{name}` = {significant(value, 4)} {translate(unit)}" for name, (value, unit) in values.items()]
    named = translate(_("; ")).join(each)
    further = translate(_("Further parameters: {named}.")).replace("{named}", named)
    paragraphs = [text for text in (defined, symbols_markdown(sentence(source)), used) if text]
    return [f"### {translate(CELLS[cell.name])}", "", *"\n\n".join(paragraphs).split("\n"), "",
            *table(heads, rows), "", further, ""]  # fmt: skip


def channel_row(channel):
    if channel.E_rev is not None:
        drive = quantity(f"{significant(channel.E_rev, 5)} mV", f"`{channel.reversal_name}`")
    elif channel.reversal is not None:
        drive = f"${equation('E', channel.reversal)}$"
    else:
        drive = translate(CONSTANT_FIELD) if "GHK" in first_line(channel.drive) else translate(_("see its rates"))
    unit = "mS/cm²"
    if channel.drive is not None:
        unit = "cm/s" if "GHK" in first_line(channel.drive) else "µA/cm²"
    gates = " ".join(gate.name + (superscript(gate.power) if gate.power > 1 else "") for gate in channel.gates) or "–"
    name = translate(CHANNELS[channel.name])
    return name, f"`{channel.name}`", f"{significant(channel.g_bar, 4)} {unit}", gates, drive


def rates_text(title, channels):
    """The section of the channels of one source: an equation for each gate, and at which temperature it holds."""
    lines = [f"### {translate(title)}", ""]
    for channel in channels:
        named = {SIDES[role].format(gate.name): function for gate in channel.gates for role, function in gate.functions.items()}
        if channel.drive is not None and "GHK" not in first_line(channel.drive):
            factors = "".join(gate.name for gate in channel.gates)
            current = rf"I_\text{{{channel.name}}}"
            named[rf"{current}/(\bar g\,{factors})" if factors else rf"{current}/\bar g"] = channel.drive
        lines += ["$$", equations(named), "$$", ""]
    notes = dict.fromkeys(holds_at(gate) for channel in channels for gate in channel.gates)
    sources = dict.fromkeys(sentence(channel.source) for channel in channels if channel.source)
    said = "\n\n".join((*notes, *map(symbols_markdown, sources)))
    return [*lines, *said.split("\n"), ""]


def holds_at(gate):
    """A sentence on the temperature of a gate's rates."""
    if gate.instantaneous:
        text = _("{gate} follows the voltage at once.")
    elif gate.q10 == 1.0:
        text = _("The rates do not change with temperature.")
    else:
        text = _("The rates hold at {temperature} °C, with a Q10 of {q10}.")
    values = {"gate": gate.name, "temperature": significant(gate.temperature_celsius, 3), "q10": significant(gate.q10, 3)}
    text = translate(text)
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def sentence(source):
    """A source with the full stop of the reader's language."""
    return translate(_("{sentence}.")).replace("{sentence}", translate(source)) if source else ""
