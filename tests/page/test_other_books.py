"""Explorers in other books: as modules on a MyST site, and by a directive on a Sphinx site that is none of ours."""

import contextlib
import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from npm_packages import install
from playwright.sync_api import expect
from scipy.integrate import solve_ivp
from serving import serving

from neurolib.explorers import __main__ as command
from neurolib.explorers import all_explorers, explore
from neurolib.show.module import module_js

ROOT = Path(__file__).parents[2]
HEAVIEST = 60_000  # bytes of a module, gzipped
PAGE = """# A site of another

Text of its own.

```{anywidget} ./explorer-goldman.js
{"K_out": 8}
```

```{anywidget} ./explorer-goldman.js
{"K_out": "a <b>lot</b>"}
```

```{anywidget} ./explorer-nernst.js
{}
```
"""
SITE = """version: 1
project:
  title: Another book
site:
  template: ./template
"""
# mystmd fetches its themes from the network: here a bare one, and what the theme's own renderer does is done by the page below.
TEMPLATE = """jtex: v1
title: Bare
kind: site
parts: []
options: []
build: {install: "true", start: "true"}
"""
RENDERER = """<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="data:,">
<style>body { background: #101418; color: #eee; text-align: right }
button, label, p { text-transform: uppercase; color: red }</style></head>
<body><script type="module">
class Model {
  #state; #target = new EventTarget();
  constructor(state) { this.#state = state; }
  get(name) { return this.#state[name]; }
  set(name, value) {
    this.#state[name] = value;
    this.#target.dispatchEvent(new CustomEvent(`change:${name}`, { detail: value }));
  }
  on(name, call) { this.#target.addEventListener(name, call); }
  off(name, call) { this.#target.removeEventListener(name, call); }
  save_changes() { globalThis.saved = (globalThis.saved ?? 0) + 1; }
}
const { mdast } = await (await fetch("content/index.json")).json();
const found = (node) => [...(node.type === "anywidget" ? [node] : []), ...(node.children ?? []).flatMap(found)];
globalThis.models = []; globalThis.cleanups = [];
for (const node of found(mdast)) {
  const { default: widget } = await import(`./public${node.esm}`);
  const model = new Model(node.model);
  models.push(model);
  await widget.initialize?.({ model });
  const place = document.body.appendChild(document.createElement("div"));
  const el = document.createElement("div");
  place.attachShadow({ mode: "open" }).replaceChildren(el);
  cleanups.push(await widget.render({ model, el }));
}
globalThis.ready = true;
</script></body></html>"""


@contextlib.contextmanager
def silent(chromium, allowed):
    """A page that complains of nothing and asks no other host."""
    complaints = []
    page = chromium.new_page(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
    page.on("request", lambda r: None if r.url.startswith((allowed, "data:", "blob:")) else complaints.append(r.url))
    yield page
    page.context.close()
    assert complaints == []


def voltage(explorer):
    """V_m in an explorer, as shown."""
    return float(explorer.locator('data[data-readout="V_m"]').first.get_attribute("value"))


@pytest.mark.parametrize("edition", ["", "zh/"])
def test_the_book_has_a_module_of_each_and_none_is_heavy(book, edition):
    for explorer in all_explorers():
        module = (book / edition / "_static" / "explorers" / f"explorer-{explorer.name}.js").read_bytes()
        assert len(gzip.compress(module, 9)) < HEAVIEST, explorer.name
        assert b"export default { render" in module and not re.search(rb"^\s*import\b", module, re.MULTILINE)
        assert f"/{edition}_static/explorers/explorer-{explorer.name}.html".encode() in module


def test_on_a_site_by_mystmd_they_answer(chromium, tmp_path, monkeypatch):
    monkeypatch.setenv("NEUROLIB_LANGUAGE", "en")
    address = "https://example.org/alone.html"
    for name in ("goldman", "nernst"):
        (tmp_path / f"explorer-{name}.js").write_text(module_js(explore(name), address), encoding="utf-8")
    (tmp_path / "index.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "myst.yml").write_text(SITE, encoding="utf-8")
    (tmp_path / "template").mkdir()
    (tmp_path / "template" / "template.yml").write_text(TEMPLATE, encoding="utf-8")
    myst = [install() / ".bin" / "myst", "build", "--site", "--ci"]
    subprocess.run(myst, cwd=tmp_path, check=True, env=os.environ | {"HOME": str(tmp_path)}, timeout=120)
    site = tmp_path / "_build" / "site"
    (site / "index.html").write_text(RENDERER, encoding="utf-8")
    with serving(site) as here, silent(chromium, here) as page:
        page.goto(here)
        page.wait_for_function("globalThis.ready")
        # A value from the page; the model of the book answers.
        goldman = page.locator('[data-explorer="goldman"]').first
        model = explore("goldman").model
        assert voltage(goldman) == pytest.approx(model(K_out=8)["V_m"], rel=1e-9)
        # What the reader moves goes to the page's model, and what the page sets comes to the explorer.
        number = goldman.locator('[data-control="K_out"][data-role="number"]')
        number.fill("20")
        number.press("Enter")
        page.wait_for_function("models[0].get('K_out') === 20 && saved > 0")
        assert voltage(goldman) == pytest.approx(model(K_out=20)["V_m"], rel=1e-9)
        page.evaluate("models[0].set('K_out', 3)")
        assert voltage(goldman) == pytest.approx(model(K_out=3)["V_m"], rel=1e-9)
        expect(number).to_have_value("3")
        # A value that is none is told, as text; the explorer asks its question as in the book.
        other = page.locator('[data-explorer="goldman"]').nth(1)
        expect(other.locator(".explorer-message")).to_contain_text("a <b>lot</b>")
        assert other.locator(".explorer-message b").count() == 0
        other.locator("[data-option]").first.click()
        expect(other.locator(".explorer-verdict[data-right]")).not_to_be_empty(timeout=20000)
        # The menu opens and stays; the link leads to where the explorer stands alone, with its state.
        goldman.locator(".explorer-menu summary").click()
        expect(goldman.locator('[data-tool="link"]')).to_be_visible()
        page.evaluate("navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }")
        goldman.locator('[data-tool="link"]').click()
        assert page.evaluate("copied") == f"{address}#explorer-goldman?K_out=3" and page.url == f"{here}/"
        # Neither page's styles meet the other's; the colours are those of a dark page.
        title = goldman.locator(".explorer-title")
        styles = title.evaluate("one => [getComputedStyle(one)].flatMap((s) => [s.textTransform, s.textAlign, s.color])")
        assert styles == ["none", "start", "rgb(223, 227, 231)"]
        page.evaluate("document.body.style.background = '#fff'")
        expect(title).to_have_css("color", "rgb(27, 27, 27)")
        # Taken out, it leaves nothing.
        page.evaluate("cleanups[0]()")
        assert page.locator("[data-explorer]").count() == 2


CONF = 'extensions = ["myst_parser", "neurolib.book.elsewhere"]\nhtml_theme = "alabaster"\nproject = "Another book"\n'
ELSEWHERE = """# A chapter

```{explorer} goldman
:values: K_out=8
:caption: More *potassium* outside.
:name: more-potassium
```

See {ref}`the figure <more-potassium>`.

```{explorer} epidemic.py
```
"""


WRONG = {
    "goldmann": "did you mean 'goldman'",
    "none.py": "'none.py' is not a file",
    "goldman\n:values: K_out=9000": "K_out = 9000",
    "goldman\n:values: K_out 8": "is not of the form name=value",
}


def sphinx(folder, **pages):
    """Build a site of these pages; what Sphinx complains of."""
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    build = [sys.executable, "-m", "sphinx", "-q", "-E", "-b", "html", folder, folder / "out"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEUROLIB")}
    done = subprocess.run(build, env=environment, capture_output=True, text=True, timeout=120)
    return done.stderr.strip().splitlines()


def ill(R_0, days, immune, at):
    """What share is ill, and what share has caught it, in %, at each of these days, by SciPy."""
    start = [1.0 - immune / 100 - 1e-4, 1e-4]
    found = solve_ivp(lambda t, y: [-R_0 * y[0] * y[1] / days, (R_0 * y[0] - 1) * y[1] / days], (0, 180), start,
                      t_eval=at, rtol=1e-9, atol=1e-12)  # fmt: skip
    return 100 * found.y[1], 100 - immune - 100 * found.y[0][-1]


def readout(explorer, name):
    return float(explorer.locator(f'data[data-readout="{name}"]').first.get_attribute("value"))


# Until the peak is shown, or for ten seconds: a sentence may still be that of the setting before.
SHOWN = """async (root, most) => {
  const apart = () => Math.abs(root.querySelector("data[data-readout=peak]").value - most);
  for (let i = 0; i < 200 && !(apart() < 0.01); i++) await new Promise((done) => setTimeout(done, 50));
}"""


def test_on_a_sphinx_site_of_another_they_answer(chromium, tmp_path):
    for file in ("epidemic.py", "epidemic.toml"):
        shutil.copy(ROOT / "chapters" / file, tmp_path)
    blocks = "\n\n".join(f"```{{explorer}} {line}\n```" for line in WRONG)
    said = sphinx(tmp_path, index=ELSEWHERE, wrong=f"---\norphan: true\n---\n# Wrong\n\n{blocks}\n")
    assert [complaint in line for complaint, line in zip(WRONG.values(), said, strict=True)] == 4 * [True], said
    built = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert built.count("<img") >= 2, "without a script there is a picture"
    with silent(chromium, "file:") as page:
        page.goto((tmp_path / "out" / "index.html").as_uri())
        goldman = page.locator('[data-explorer="goldman"].explorer-equipped')
        expect(page.locator("figure#more-potassium figcaption", has_text="More potassium outside")).to_be_visible()
        assert voltage(goldman) == pytest.approx(explore("goldman").model(K_out=8)["V_m"], rel=1e-9)
        goldman.evaluate("root => root.neurolib.set({ K_out: 30 })")
        assert voltage(goldman) == pytest.approx(explore("goldman").model(K_out=30)["V_m"], rel=1e-9)
        # The explorer of another subject: its model in the page is the equation, solved by another solver.
        epidemic = page.locator('[data-explorer="epidemic"]')
        epidemic.locator('[data-option="dies"]').click()
        verdict = epidemic.locator(".explorer-verdict[data-right]")
        expect(verdict).to_have_attribute("data-right", "true", timeout=20000)
        curve, caught = ill(3, 7, 20, np.arange(181.0))
        for name, value in (("immune", 20), ("R_0", 3)):
            number = epidemic.locator(f'[data-control="{name}"][data-role="number"]')
            number.fill(str(value))
            number.press("Enter")
        epidemic.evaluate(SHOWN, float(curve.max()))
        expect(epidemic.locator(".explorer-sentence")).to_contain_text(re.compile(r"On day \d+"))
        assert readout(epidemic, "peak") == pytest.approx(curve.max(), abs=0.01)
        assert readout(epidemic, "day") == curve.argmax() and readout(epidemic, "caught") == pytest.approx(caught, abs=0.01)


@pytest.mark.parametrize("folder", ["chapters", "zh/chapters"])
def test_the_example_of_another_subject_is_a_page(tmp_path, folder, monkeypatch):
    """The files that the page shows, by the commands that it shows."""
    for file in ("epidemic.py", "epidemic.toml"):
        shutil.copy(ROOT / folder / file, tmp_path)
    lines = [line for name in ("epidemic.py", "epidemic.toml") for line in (tmp_path / name).read_text().splitlines()]
    assert len([line for line in lines if line.strip()]) <= 60
    text = (ROOT / folder / "your-book.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python (-m neurolib\.explorers .*)$", text, re.MULTILINE)
    assert len(commands) == 2
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(sys.modules, "epidemic", raising=False)
    for line in commands:
        command.main(line.split()[2:])
    monkeypatch.delitem(sys.modules, "epidemic")
    assert 'data-explorer="epidemic"' in (tmp_path / "epidemic.html").read_text(encoding="utf-8")
    module = (tmp_path / "epidemic.js").read_text(encoding="utf-8")
    assert "export default { render" in module and re.search(r'\\"immune\\"[^{}]*\\"default\\":50', module)
