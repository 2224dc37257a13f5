"""Ten experiments to rebuild on the bench; each begins with one that does not yet do what is asked.

A goal names a number that the page measures and bounds it; ``cell`` and ``protocol`` are what the lesson begins with.
"""

from neurolib.explorer.language import _, translate
from neurolib.show.bench.catalogue import PULSE, STEP

FAMILY = {
    "clamp": "voltage",
    "kind": "family",
    "base": -65.0,
    "duration": 20.0,
    "onset": 2.0,
    "width": 11.0,
    "first": -59.0,
    "last": 44.0,
    "count": 6,
    "pre": -65.0,
    "pre_width": 0.0,
    "tail": -65.0,
}
QUIET = PULSE | {"duration": 500.0, "amplitude": 0.0}
LESSONS = [
    {
        "key": "spike",
        "cell": "empty",
        "protocol": PULSE,
        "panels": ["V", "currents", "gates"],
        "goals": [{"of": "spikes", "least": 1}, {"of": "peak", "least": 20}],
        "title": _("1 · Make it spike"),
        "text": _(
            "A membrane without channels is a capacitor: V goes up with the charge and stays. Give it what it takes to "
            "fire a spike that rises above 20 mV and comes down again."
        ),
        "hint": _("Under Channels: something that lets Na⁺ in quickly, something that lets K⁺ out a little later, and a leak."),
        "said": _("Na⁺ carries V up, K⁺ brings it back, the leak holds it between spikes."),
    },
    {
        "key": "threshold",
        "cell": "squid_axon",
        "protocol": PULSE | {"amplitude": 3.0},
        "panels": ["V", "currents", "strength"],
        "goals": [{"of": "spikes", "least": 1}, {"of": "amplitude", "most": 7.1}, {"of": "pulse", "most": 1}],
        "title": _("2 · Just enough"),
        "text": _("Find the weakest pulse of 1 ms that makes the squid axon fire, to 0.1 µA/cm²."),
        "hint": _("Between 6 and 8 µA/cm². Type the last digit; the panel of thresholds shows the same for other durations."),
        "said": _("A hair less, and the same axon does nothing much: all or none."),
    },
    {
        "key": "refractory",
        "cell": "squid_axon",
        "protocol": PULSE | {"kind": "pair", "second": 10.0, "interval": 8.0, "duration": 50.0},
        "panels": ["V", "gates", "conductances"],
        "goals": [{"of": "spikes", "least": 2}, {"of": "interval", "most": 15}, {"of": "second", "most": 10}],
        "title": _("3 · Not again so soon"),
        "text": _(
            "Two pulses of 10 µA/cm². Find an interval of at most 15 ms after which the second one fires the axon again."
        ),
        "hint": _("Look at h and n: the second pulse has to wait until one has recovered and the other has fallen."),
        "said": _("Until then Na⁺ channels are inactivated, and K⁺ channels still open."),
    },
    {
        "key": "potassium",
        "cell": "squid_axon",
        "protocol": FAMILY,
        "panels": ["V", "conductances", "gates"],
        "goals": [
            {"of": "voltage_clamp", "least": 1},
            {"of": "g_K", "least": 20.4, "most": 21},
            {"of": "level", "least": 43.5, "most": 44.5},
            {"of": "g_Na", "most": 0.001},
        ],
        "title": _("4 · Their potassium conductance"),
        "text": _(
            "In Figure 3 of Hodgkin and Huxley (1952) the K⁺ conductance of an axon at 6 to 7 °C rises under steps of "
            "voltage; 109 mV above rest, here 44 mV, it came to 20.7 mS/cm². Redo the figure: remove or block the Na⁺ "
            "channels, and give this axon as many K⁺ channels as theirs had."
        ),
        "hint": _("At 44 mV the gate n is nearly open, so that g_K at the end is somewhat below its maximum: 23 to 24 mS/cm²."),
        "said": _("The rise has a foot, since n enters as its fourth power; that is what made them choose the fourth power."),
    },
    {
        "key": "block",
        "cell": "squid_axon",
        "protocol": FAMILY,
        "panels": ["V", "currents", "iv"],
        "goals": [
            {"of": "voltage_clamp", "least": 1},
            {"of": "inward", "most": -300},
            {"of": "outward", "most": 450},
            {"of": "channels", "least": 3},
        ],
        "title": _("5 · Take the currents apart"),
        "text": _(
            "Under the voltage clamp two currents lie on one another. Block channels, without removing them, so that the "
            "inward current alone remains."
        ),
        "hint": _("What tetraethylammonium does to the K⁺ channels, the switch before their name does here."),
        "said": _("What is left turns outward beyond E_Na and fades under every step: it is the Na⁺ current."),
    },
    {
        "key": "anode_break",
        "cell": "squid_axon",
        "protocol": PULSE | {"amplitude": -1.0, "width": 10.0, "duration": 100.0},
        "panels": ["V", "gates", "currents"],
        "goals": [
            {"of": "spikes", "least": 1},
            {"of": "amplitude", "most": -0.1},
            {"of": "base", "least": -0.01, "most": 0.01},
        ],
        "title": _("6 · Fire it by letting go"),
        "text": _(
            "Hodgkin and Huxley (1952) computed a spike that follows the end of a hyperpolarizing current, the anode "
            "break. Redo it: negative current alone has to make the axon fire."
        ),
        "hint": _("A few µA/cm² for some 30 ms: long enough for h to rise and for n to fall."),
        "said": _("On release Na⁺ channels are more ready, and K⁺ channels fewer, than at rest."),
    },
    {
        "key": "heat",
        "cell": "squid_axon",
        "protocol": PULSE | {"amplitude": 20.0},
        "panels": ["V", "gates", "tau"],
        "goals": [
            {"of": "spikes", "most": 0},
            {"of": "amplitude", "least": 20},
            {"of": "temperature", "least": 20, "most": 29},
            {"of": "voltage_clamp", "most": 0},
            {"of": "g_open", "least": 150},
        ],
        "title": _("7 · Too warm to fire"),
        "text": _(
            "Change nothing but the temperature: below 29 °C, a pulse of 20 µA/cm² for 1 ms shall no longer carry V above 0 mV."
        ),
        "hint": _("Under Membrane. All gates are three times as fast for each 10 °C."),
        "said": _("Inactivation and the K⁺ current come so soon that the upstroke is cut off."),
    },
    {
        "key": "adaptation",
        "cell": "mammalian_neuron",
        "protocol": STEP | {"amplitude": 5.0, "duration": 500.0, "width": 400.0},
        "panels": ["V", "currents", "gates"],
        "goals": [{"of": "spikes", "least": 5}, {"of": "adaptation", "least": 2}],
        "title": _("8 · A neuron that tires"),
        "text": _(
            "The regular-spiking cells of Pospischil et al. (2008) slow down during a step. Add one channel, so that the "
            "last of at least five spikes comes after more than twice the first interval."
        ),
        "hint": _("A K⁺ channel that opens slowly near threshold and never inactivates: the M-current. Take little of it."),
        "said": _("Each spike leaves a little more of the slow K⁺ current behind."),
    },
    {
        "key": "barnacle",
        "cell": "morris_lecar",
        "protocol": STEP | {"duration": 500.0, "onset": 50.0, "width": 400.0, "amplitude": 40.0},
        "panels": ["V", "phase", "currents", "fI"],
        "goals": [{"of": "spikes", "least": 4}, {"of": "adaptation", "least": 0.9, "most": 1.1}],
        "title": _("9 · Spikes without sodium"),
        "text": _(
            "Morris and Lecar (1981) let the muscle fibre of a barnacle oscillate under a constant current, with calcium "
            "and potassium alone. Find the current that does it; then see in the phase plane where the loop lies."
        ),
        "hint": _("Under the electrode: more than 80 and less than 200 µA/cm². The curve of the firing rate shows the range."),
        "said": _("Beyond the range V stands still again, but high up: too much current blocks."),
    },
    {
        "key": "pacemaker",
        "cell": "mammalian_neuron",
        "protocol": QUIET,
        "panels": ["V", "currents", "iv"],
        "goals": [
            {"of": "spikes", "least": 4},
            {"of": "amplitude", "least": 0, "most": 0},
            {"of": "base", "least": 0, "most": 0},
            {"of": "rate", "least": 5, "most": 60},
            {"of": "duration", "least": 500},
        ],
        "title": _("10 · Design a pacemaker"),
        "text": _("No current from outside at all: change this neuron so that it fires by itself, 5 to 60 times a second."),
        "hint": _("Its rest has to lie where it cannot stay. More of the Na⁺ leak, or less of the K⁺ leak, carries V there."),
        "said": _("Its steady current no longer crosses zero below threshold, so that V climbs after every spike."),
    },
]


def lessons():
    """The lessons, with their texts in the reader's language."""
    words = ("title", "text", "hint", "said")
    return [lesson | {word: translate(lesson[word]) for word in words} for lesson in LESSONS]
