"""The theme's own words in the language of the book.

Most come from the catalogues of Sphinx and its extensions. What these lack stands here: words that the theme asks its
translators for, words that it has written in its templates, and settings that are words.

Upstream: sphinx-book-theme and pydata-sphinx-theme should mark these words for translation and ship Chinese catalogues;
sphinxcontrib-bibtex should take its connecting words from Sphinx's translator; sphinx-exercise its brackets. A word may go
from here when its own translation shows on a built page.
"""

import re
from dataclasses import dataclass, field
from gettext import NullTranslations
from pathlib import Path

from docutils import nodes
from sphinx.locale import translators
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.foot import FootReferenceStyle

from neurolib.explorer.language import _, translate

ASKED = {
    _("Link to this heading"), _("Link to this term"), _("Color mode"), _("System Settings"), _("Light"), _("Dark"),
    _("Launch interactive content"), _("Launch on"), _("logo"), _("Print to PDF"), _("Download this page"),
    _("Download source file"), _("Download notebook file"), _("Fullscreen mode"), _("Source repository"), _("Repository"),
    _("Skip to main content"), _("© Copyright %(copyright)s."), _("Error"), _("Search Results"), _("Back to top"),
}  # fmt: skip
WRITTEN = [_("Toggle primary sidebar"), _("Toggle secondary sidebar"), _("Toggle hidden content"), _("Page"), _("Main")]
ATTRIBUTE = re.compile(rf'(title|aria-label)="({"|".join(WRITTEN)})"')
# Sphinx writes a space after the number of an exercise; before a full-width bracket there is none.
NUMBER = re.compile(r'(<span class="caption-number">[^<]+?) (?=</span>（)')


class Words(NullTranslations):
    """A translator that knows these words, in front of another that knows the rest."""

    def gettext(self, message):
        ours = translate(message) if message in ASKED else message
        return ours if ours != message else super().gettext(message)


def set_words(app, config):
    """Put the words in front of every translator, and into the settings."""
    for key, known in translators.items():
        translators[key] = Words()
        translators[key].add_fallback(known)
    app.translator = translators["general", "sphinx"]
    config.togglebutton_hint = translate(_("Click to show"))
    config.togglebutton_hint_hide = translate(_("Click to hide"))
    config.bibtex_foot_reference_style = "neurolib"
    config.html_theme_options["search_bar_text"] = translate(_("Search this book..."))
    config.html_theme_options["logo"] = {"alt_text": translate(_("{title}: start")).format(title=config.html_title)}


@dataclass
class References(FootReferenceStyle):
    """References whose authors are joined as the language does it."""

    person: PersonStyle = field(
        default_factory=lambda: PersonStyle(
            sep2=translate(_(" and ")), last_sep=translate(_(", and ")), other=translate(_(" et al."))
        )
    )


def bracket_titles(app, doctree, docname):
    """The titles of exercises stand in the brackets of the language."""
    left, right = re.search(r"\{name\}(.*)\{unit\}(.*)", translate(_("{name} ({unit})"))).groups()
    for title in doctree.findall(nodes.title):
        if re.match("exercise|solution", type(title.parent).__name__):
            for text in [text for text in title.findall(nodes.Text) if text in (" (", ")")]:
                text.parent.replace(text, nodes.Text(left if text == " (" else right))


def translate_written(app, exception):
    """After the build: the words that stand in the theme's templates and scripts, and the numbers of exercises."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for file in [*out.rglob("*.html"), *out.glob("_static/togglebutton.js")]:
        text = file.read_text(encoding="utf-8")
        translated = NUMBER.sub(r"\1", ATTRIBUTE.sub(lambda match: f'{match[1]}="{translate(match[2])}"', text))
        if translated != text:
            file.write_text(translated, encoding="utf-8")


def setup(app):
    register_plugin("sphinxcontrib.bibtex.style.referencing", "neurolib", References)
    app.connect("config-inited", set_words, priority=200)  # before others use the settings
    app.connect("doctree-resolved", bracket_titles)
    app.connect("build-finished", translate_written)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
