"""Links to states of explorers: ``{state}`potassium to 8 mM <goldman?K_out=8>` `` leads to one as its controls stand then.

A choice is written by its option, as in ``calcium_spike?cell=ventricle``. A control or a value that is not there stops the
build.
"""

import html
import re

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from neurolib.explorer.language import translate
from neurolib.explorer.typography import plain, symbols_html
from neurolib.explorers import explore


class state_link(nodes.Inline, nodes.Element):
    """A link to a state, whose address is known when all pages have been read."""


def raw(text):
    return nodes.raw("", text, format="html")


def number(text):
    try:
        return float(text)
    except ValueError:
        return text


def parsed(written):
    """An explorer's name, and the numbers of the controls that are given, of ``name?control=value&control=value``.

    Raises ``ValueError`` where there is no such explorer, control or value.
    """
    name, _mark, given = written.partition("?")
    pairs = [part.partition("=") for part in given.split("&") if part]
    explorer = explore(name)
    settings = explorer.settings({control: number(value) for control, _equals, value in pairs})
    return name, {control: settings[control] for control, _equals, _value in pairs}


def fragment(name, values):
    """The part of an address that sets these controls, as the page's own links write it."""
    defaults = explore(name).defaults
    return "&".join(f"{key}={value:.12g}" for key, value in values.items() if value != defaults[key])


class StateRole(SphinxRole):
    def run(self):
        match = re.fullmatch(r"(.+?)\s*<([^>]+)>", self.text, re.DOTALL)
        try:
            name, values = parsed(match[2] if match else self.text)
        except ValueError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        text = match[1] if match else plain(translate(explore(name).title))
        return [state_link("", raw(symbols_html(text)), name=name, state=fragment(name, values))], []


def fill_links(app, doctree, docname):
    for link in list(doctree.findall(state_link)):
        page = app.builder.get_relative_uri(docname, f"chapters/{explore(link['name']).chapter}")
        href = f"{page}#explorer-{link['name']}?{html.escape(link['state'])}"
        link.replace_self([raw(f'<a class="state" href="{href}">'), *link.children, raw("</a>")])


def setup(app):
    app.add_node(state_link)
    app.add_role("state", StateRole())
    app.connect("doctree-resolved", fill_links)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
