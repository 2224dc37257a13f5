"""How numbers and symbols are written, the same in a notebook, in the static page and in the figure."""

import html
import re
import unicodedata

# A letter or bracket with an index, such as g_Na, V_m, [K]_o or τ_h; μ, A and s are units and never indexed.
# Its index is of Latin letters and digits, so that it ends where Chinese text goes on.
SYMBOL = re.compile(r"(\[\w+[⁺⁻²]*\]|[A-Za-zα-ωΔ])_(\w+|∞)", re.ASCII)


def fixed(value, digits):
    """``value`` with ``digits`` decimals and a true minus sign; never a negative zero."""
    text = f"{value:.{digits}f}"
    return minus(text if float(text) else text.lstrip("-"))


def significant(value, digits=3):
    """``value`` to ``digits`` significant digits, without trailing zeros; powers of ten outside 10⁻³ … 10⁵."""
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    if -3 <= int(exponent) < 5:
        text = f"{float(f'{mantissa}e{exponent}'):.{max(0, digits - 1 - int(exponent))}f}"
        return minus(text.rstrip("0").rstrip(".") if "." in text else text)
    power = "10" + superscript(int(exponent))
    factor = {1.0: "", -1.0: "-"}.get(float(mantissa), f"{float(mantissa):g}×")
    return minus(factor + power)


def number(value, digits):
    """``value`` with ``digits`` decimals, or with three significant digits where that is ``None`` or ``"s"``."""
    return significant(value) if digits in (None, "s") else fixed(value, int(digits))


def with_unit(text, unit):
    """A value with its unit; a percent sign stands close."""
    return f"{text}{'' if unit == '%' else ' '}{unit}" if unit else text


def is_wide(character):
    """Whether a character is as wide as the type is high, as Chinese ones are."""
    return unicodedata.east_asian_width(character) in "WF"


def spaced(sentence):
    """What stands between ``sentence`` and the next one: a space, but none after a full-width mark, which brings its own."""
    return "" if is_wide(sentence[-1]) else " "


def minus(text):
    return "−" + text[1:] if text.startswith("-") else text


def superscript(exponent):
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def fill(template, values):
    """Put ``values`` into the ``{name}`` fields of a sentence; ``{name:2}`` writes two decimals, ``{name:s}`` three
    significant digits, ``{name}`` one decimal.

    No line breaks between the number and the unit or word after it.
    """

    def field(match):
        return number(values[match.group(1)], match.group(2) or 1) + match.group(3).replace(" ", "\u00a0")

    return re.sub(r"\{(\w+)(?::(\d+|s))?\}( ?)", field, template)


def symbols_html(text):
    """HTML of a label: symbols in italics, their indices as subscripts."""
    return SYMBOL.sub(r"<i>\1</i><sub>\2</sub>", html.escape(text))


def plain(text):
    """A label without markup, for an attribute or an option: g_Na becomes gNa."""
    return SYMBOL.sub(r"\1\2", text)


def symbols_markdown(text):
    """Markdown (MyST) of a label."""
    return SYMBOL.sub(r"*\1*{sub}`\2`", text)
