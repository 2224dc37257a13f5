"""The bench in a browser: built by hand and by keyboard, to the ends of every control, out as link and files and in again."""

import gzip
import json
import re
from pathlib import Path

import pytest
from bench_cells import CONNOR_STEVENS
from playwright.sync_api import expect
from test_explorers import FROM_DISK

from neurolib.bench import run, to_neuroml
from neurolib.bench.catalogue import constant
from neurolib.show.bench.page import standalone_html
from neurolib.show.bench.script import bench_script, open_script

LARGEST = 30_000  # bytes, gzipped: all the script that the page of the bench loads
BENCH = "document.querySelector('#bench').neurolib"
REST = f"() => document.querySelector('#bench').getAttribute('aria-busy') === 'false' && !{BENCH}.frame"
SOUND_FIGURE = """() => [...document.querySelectorAll('.bench-panel *')].filter((part) =>
  /NaN|undefined/.test(part.textContent) || [...part.attributes].some(({ value }) => /NaN|Infin|undef/.test(value))).length"""
NAMELESS = """() => [...document.querySelectorAll('#bench :is(input, select, button, textarea)')].filter((one) =>
  !(one.labels?.length || one.getAttribute('aria-label') || one.textContent.trim() || one.title)).length"""
AFRESH = """() => {
  const bench = document.querySelector('#bench').neurolib;
  bench.recording = null;
  bench.begin(bench.history.list[0]);
  bench.choose('channels');
  bench.tell('');
}"""
KINDS = """() => {
  document.querySelector('#bench').neurolib.choose('stimulus');
  return [...document.querySelector('[data-key=kind]').options].map((one) => one.value);
}"""
WITH_T_OPEN = """() => {
  const bench = document.querySelector('#bench').neurolib;
  bench.edit(['protocol', 'duration'], 25);
  bench.edit(['view'], { panels: ['V', 'calcium', 'tau'] });
  bench.open = 'T';
  bench.rebuild();
}"""
# What is drawn before the run of a new panel has begun, as when the window changes, is whole, too.
CHOSEN_AND_DRAWN = """(kinds) => {
  const bench = document.querySelector('#bench').neurolib;
  bench.edit(['view'], { panels: kinds });
  bench.draw();
}"""
SWEPT = f"() => {BENCH}.kinds().every((kind) => {BENCH}.swept[kind]?.done ?? true)"
# Every handle of the protocol can be seen, within its frame.
GRIPS_WITHIN = """() => {
  const { grips, data } = document.querySelector('#bench').neurolib.panels.get('V'), { x, y } = data.plots[1].axes;
  const within = (place, low, high) => place > low - 0.01 && place < high + 0.01;
  return grips.children.length > 1 && [...grips.children].every((grip) => {
    const [across, up] = grip.getAttribute('transform').match(/[\\d.]+/g).map(Number);
    return grip.style.display !== 'none' && within(across, x.from, x.to) && within(up, y.to, y.from);
  });
}"""
EVERY_PANEL = """() => {
  const bench = document.querySelector('#bench').neurolib;
  const panels = Object.keys(bench.text).filter((key) => key.startsWith('panel_')).map((key) => key.slice(6));
  bench.edit(['view'], { panels });
}"""
QUICK = "void (window.slow = setTimeout, window.setTimeout = (call, time) => slow(call, time / 20))"
ENDS = """async (group) => {
  const bench = document.querySelector('#bench').neurolib, found = [];
  const settled = async () => {
    do await new Promise((done) => setTimeout(done, 4)); while (bench.frame || bench.root.getAttribute('aria-busy') === 'true');
  };
  bench.choose(group);
  const keys = [...document.querySelectorAll('.bench-group input[type=range]')].map((one) => one.dataset.key);
  for (const key of keys) {
    for (const end of ['min', 'max']) {
      const range = [...document.querySelectorAll('.bench-group input[type=range]')].find((one) => one.dataset.key === key);
      const before = bench.history.place;
      range.value = range[end];
      range.dispatchEvent(new Event('input'));
      range.dispatchEvent(new Event('change'));
      await settled();
      const bad = [...document.querySelectorAll('.bench-panel path')].some((one) => /NaN|Infin/.test(one.getAttribute('d')));
      const said = document.querySelector('.explorer-sentence').textContent;
      const refused = bench.message.textContent;
      if (bad || refused || !said || /NaN|undefined/.test(said)) found.push([key, end, said, refused]);
      if (bench.history.place !== before) bench.history.go(-1); // the next edit begins from there
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def bench(chromium, tmp_path_factory):
    """The bench alone, on one page that all tests share; nothing is asked for, and its console stays empty."""
    file = tmp_path_factory.mktemp("bench") / "bench.html"
    file.write_text(standalone_html(), encoding="utf-8")
    context = chromium.new_context(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on(
        "request",
        lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else complaints.append(request.url),
    )
    page.goto(file.as_uri())
    page.wait_for_selector("#bench.explorer-ready")
    page.wait_for_function(REST)
    page.file, page.complaints = file, complaints
    yield page
    context.close()
    assert complaints == []


@pytest.fixture(autouse=True)
def afresh(bench):
    """Each test begins with the squid axon, and ends without a complaint."""
    bench.evaluate(AFRESH)
    bench.wait_for_function(REST)
    yield
    told, bench.complaints[:] = list(bench.complaints), []
    assert told == []


def said(page):
    page.wait_for_function(REST)
    return page.locator("#bench .explorer-sentence").text_content().replace("\u00a0", " ")


def choose(page, key, value):
    page.locator(f'#bench [data-key="{key}"]').select_option(value)
    page.wait_for_function(REST)


def test_its_script_is_light_and_makes_no_functions_of_texts():
    assert len(gzip.compress(bench_script().encode(), mtime=0)) <= LARGEST
    for script in (bench_script(), open_script()):
        assert "eval(" not in script and "new Function" not in script and "innerHTML" not in script


def test_the_book_loads_it_on_its_page_alone(book):
    html = (book / "chapters" / "bench.html").read_text(encoding="utf-8")
    assert re.findall(r"_static/((?:neurolib|models|bench)[\w.-]*\.js)", html) == ["bench.js"]
    assert "bench.js" not in (book / "chapters" / "glossary.html").read_text(encoding="utf-8")


@FROM_DISK
def test_the_book_brings_what_opens_a_file(open_page):
    page = open_page("chapters/bench")
    page.locator('[data-group="files"]').click()
    assert page.locator('script[src*="bench-open"]').count() == 0
    recording = {"name": "r.csv", "mimeType": "text/csv", "buffer": b"0;-65,125\n1;40\n2;-65,125\n"}
    page.locator('[data-key="open"]').set_input_files(recording)
    page.wait_for_function("() => /begins at −65.1/.test(document.querySelector('.explorer-message').textContent)")


def test_three_clicks_lead_from_an_empty_membrane_to_a_spike(bench):
    choose(bench, "start", "empty")
    assert "bare membrane" in said(bench)
    for key in ("squid_Na", "squid_K", "squid_leak"):
        bench.locator(f'[data-key="quick {key}"]').click()
    assert "One spike: it peaks at 39.1 mV" in said(bench)
    for _ in range(4):
        bench.locator('[data-tool="undo"]').click()
    assert "One spike" in said(bench) and bench.locator(".bench-channel").count() == 3
    bench.locator('[data-tool="redo"]').click()
    assert "bare membrane" in said(bench)


def test_the_empty_membrane_runs_by_itself_without_channels(bench):
    """10 µA/cm² for 1 ms on 1 µF/cm²: 10 mV."""
    choose(bench, "start", "empty")
    V = bench.evaluate(f"Array.from({BENCH}.result.runs[0].states[0])")
    assert V[0] == -65 and V[-1] == pytest.approx(-55, abs=1e-6)


def test_a_slider_is_one_step_back_and_keeps_the_focus(bench):
    bench.locator('[data-key="0 open"]').click()
    slider = bench.locator('[data-key="membrane.channels.0.g"]')
    slider.focus()
    for _ in range(5):
        bench.keyboard.press("ArrowLeft")
    assert bench.evaluate("document.activeElement.dataset.key") == "membrane.channels.0.g"
    bench.wait_for_function(REST)
    less = bench.evaluate(f"{BENCH}.experiment.membrane.channels[0].g")
    assert less < 120
    bench.keyboard.press("Control+z")
    bench.wait_for_function(REST)
    assert bench.evaluate(f"{BENCH}.experiment.membrane.channels[0].g") > less


def test_a_typed_number_is_read_and_held_to_its_range(bench):
    bench.locator('[data-key="0 open"]').click()
    typed = bench.locator('[data-key="membrane.channels.0.drive.E typed"]')
    cases = {"55,5": 55.5, "−20 mV": -20, "1/4": 0.25, "−3/0,5 mV": -6, "1e9": 250, "1/0": 250, "none": 250}
    for written, value in cases.items():
        typed.fill(written)
        typed.press("Enter")
        bench.wait_for_function(REST)
        assert bench.evaluate(f"{BENCH}.experiment.membrane.channels[0].drive.E") == value
    assert "not a number" in bench.locator(".bench-inside .explorer-note:not(:empty)").text_content()


def test_what_was_typed_stays_when_a_gate_comes_or_is_given_otherwise(bench):
    """Controls stand while numbers change: what a button edits is read when it is pressed."""
    bench.locator('[data-key="0 open"]').click()
    for key, value in (("alpha.rate", "3.8"), ("power", "2")):
        typed = bench.locator(f'[data-key="membrane.channels.0.gates.0.{key} typed"]')
        typed.fill(value)
        typed.press("Enter")
    bench.locator('[data-key="0 gate"]').click()
    gates = f"{BENCH}.experiment.membrane.channels[0].gates"
    assert bench.evaluate(f"[{gates}.length, {gates}[0].alpha.rate, {gates}[0].power]") == [3, 3.8, 2]
    typed = bench.locator('[data-key="membrane.channels.0.gates.0.power typed"]')
    typed.fill("3")
    typed.press("Enter")
    choose(bench, "membrane.channels.0.gates.0 way", "curves")
    assert bench.evaluate(f"[{gates}[0].power, 'alpha' in {gates}[0]]") == [3, False]


def test_every_form_of_a_gate_is_drawn(bench):
    bench.locator('[data-key="1 open"]').click()
    key = "membrane.channels.1.gates.0"
    for form in ("exp", "sigmoid", "exp_linear", "constant", "sum", "product"):
        choose(bench, f"{key}.alpha form", form)
        assert bench.evaluate(SOUND_FIGURE) == 0 and said(bench)
    choose(bench, f"{key} way", "curves")
    for form in ("bell", "sigmoid", "exp", "constant", "none"):
        choose(bench, f"{key}.tau form", form)
        assert bench.evaluate(SOUND_FIGURE) == 0 and said(bench)
    choose(bench, f"{key} tau", "bell")
    assert bench.evaluate(f"{BENCH}.result.cell.gates.length") == 3


def test_the_connor_stevens_neuron_is_built_by_hand(bench):
    """A product to a power and a sum, from the choices and the keyboard; it fires as it does in the library."""

    def type_in(key, number):
        field = bench.locator(f'[data-key="{key} typed"]')
        field.fill(repr(number))
        field.press("Enter")

    channels = [channel | {"gates": []} for channel in CONNOR_STEVENS["channels"]]
    channels[2] |= {"gates": [{"name": name, "power": power, "inf": constant(1.0), "tau": constant(1.0)} for name, power in
                              (("a", 3), ("b", 1))]}  # fmt: skip
    for whole, bare in zip(CONNOR_STEVENS["channels"], channels, strict=True):
        bare["gates"] = bare["gates"] or whole["gates"]
    protocol = {"clamp": "current", "kind": "pulse", "base": 0, "onset": 10, "width": 80, "duration": 90, "amplitude": 12}
    made = {"format": 1, "membrane": CONNOR_STEVENS | {"channels": channels}, "protocol": protocol, "view": {}}
    bench.evaluate(f"made => {{ {BENCH}.open = 'A'; {BENCH}.make(made); {BENCH}.choose('channels'); }}", made)
    for j, gate in enumerate(CONNOR_STEVENS["channels"][2]["gates"]):
        for role, form, parts in (("inf", "product", "factors"), ("tau", "sum", "terms")):
            key, curve = f"membrane.channels.2.gates.{j}.{role}", gate[role]
            choose(bench, f"{key} form", form)
            for i, part in enumerate(curve[parts]):
                if i:
                    bench.locator(f'[data-key="{key}.{parts} add"]').click()
                if bench.locator(f'[data-key="{key}.{parts}.{i} form"]').input_value() != part["form"]:
                    choose(bench, f"{key}.{parts}.{i} form", part["form"])
                for name in part.keys() - {"form"}:
                    type_in(f"{key}.{parts}.{i}.{name}", part[name])
            if form == "product":
                type_in(f"{key}.exponent", curve["exponent"])
    theirs = run({"membrane": CONNOR_STEVENS, "protocol": protocol})
    assert bench.evaluate(f"{BENCH}.experiment.membrane.channels[2].gates") == CONNOR_STEVENS["channels"][2]["gates"]
    assert said(bench).startswith(f"At rest at {theirs.rest.V:.1f} mV. {len(theirs.spikes()[0])} spikes".replace("-", "−"))
    ours = bench.evaluate(f"Array.from({BENCH}.result.runs[0].states[0])")
    assert ours == pytest.approx(list(theirs.trace.V), abs=1e-6)
    bench.locator('[data-key="membrane.channels.2.gates.0.inf.factors remove 0"]').click()
    assert bench.evaluate(f"{BENCH}.experiment.membrane.channels[2].gates[0].inf.factors.length") == 1
    assert bench.evaluate(NAMELESS) == 0


def test_every_protocol_runs_in_both_clamps(bench):
    kinds = bench.evaluate(KINDS)
    assert len(kinds) == 8
    for clamp in ("current", "voltage"):
        choose(bench, "clamp", clamp)
        for kind in kinds:
            choose(bench, "kind", kind)
            assert bench.evaluate(GRIPS_WITHIN), (clamp, kind)
            assert said(bench) and bench.evaluate(SOUND_FIGURE) == 0, (clamp, kind)
            assert not bench.locator("#bench").evaluate("root => root.classList.contains('explorer-fault')"), (clamp, kind)


def test_a_kind_of_protocol_begins_with_times_that_fit_it_and_comes_back_as_it_was_left(bench):
    bench.locator('[data-group="stimulus"]').click()
    bench.evaluate(f"{BENCH}.edit(['protocol', 'amplitude'], 7)")
    left = bench.evaluate(f"{BENCH}.experiment.protocol")
    choose(bench, "kind", "sine")
    sine = bench.evaluate(f"{BENCH}.experiment.protocol")
    assert sine["width"] * sine["frequency"] / 1000 >= 5 and sine["amplitude"] == 7 and sine["duration"] > sine["width"]
    choose(bench, "kind", "pulse")
    assert bench.evaluate(f"{BENCH}.experiment.protocol") == left


def test_what_no_link_could_hold_is_no_edit(bench):
    before = bench.evaluate(f"{BENCH}.experiment")
    bench.evaluate(f"{BENCH}.edit(['protocol', 'duration'], 1e6)")
    assert bench.evaluate(f"{BENCH}.experiment") == before
    assert "“protocol.duration”" in bench.locator(".explorer-message").text_content()
    bench.evaluate(f"{BENCH}.edit(['view'], {{ panels: ['V', 'constructor', 'V'] }})")
    assert said(bench) and bench.locator(".bench-panel").count() == 1


def test_what_is_said_moves_nothing_and_goes(bench):
    place = bench.locator(".bench-figure").bounding_box()
    bench.evaluate(f"{BENCH}.tell('Copied.')")
    expect(bench.locator(".explorer-message")).to_be_visible()
    assert bench.locator(".bench-figure").bounding_box() == place
    bench.evaluate(QUICK)
    bench.evaluate(f"{BENCH}.tell('Copied.', true)")
    bench.wait_for_function("() => document.querySelector('.explorer-message').textContent === ''")
    bench.evaluate("void (window.setTimeout = slow)")


def test_concentrations_that_move_nothing_are_said_and_can_be_made_to(bench):
    bench.locator('[data-group="cell"]').click()
    assert bench.locator('[data-key="membrane.pump typed"]').input_value() == "0"
    assert bench.locator(".bench-group").text_content().count("Plain numbers") == 2
    bench.locator('[data-key="nernst Na"]').click()
    assert bench.evaluate(f"{BENCH}.experiment.membrane.channels[0].drive") == {"form": "nernst", "ion": "Na"}
    assert bench.locator('[data-key="nernst Na"]').count() == 0 and bench.locator('[data-key="nernst K"]').count() == 1


def test_a_fold_stays_open_and_a_ghost_is_of_the_same_quantity(bench):
    bench.locator('[data-key="0 open"]').click()
    bench.locator(".bench-gate summary").first.click()
    choose(bench, "membrane.channels.0.gates.0.alpha form", "exp")
    assert bench.locator(".bench-group details[open]").count() == 1
    ghosts = bench.locator('[data-kind="V"] .explorer-ghost path')
    bench.locator('[data-tool="hold"]').click()
    assert ghosts.count() == 2
    bench.evaluate(f"{BENCH}.choose('stimulus')")
    choose(bench, "clamp", "voltage")
    assert said(bench) and ghosts.count() == 0
    bench.locator('[data-tool="hold"]').click()


def test_what_it_says_of_a_spike_is_so(bench):
    assert "–" in bench.locator(".explorer-readouts div", has_text="Rate").text_content()  # of one spike
    bench.evaluate(f"{BENCH}.edit(['membrane', 'channels', 1, 'scale'], 0)")
    assert "No spike; V reaches 6.4 mV" in said(bench)  # and decays to a rest near 0 mV
    bench.locator('[data-tool="undo"]').click()
    bench.evaluate(f"{BENCH}.edit(['protocol', 'duration'], 7.5)")
    assert "has not come back" in said(bench) and "One spike" not in said(bench)
    assert bench.evaluate(f"{BENCH}.numbers.spikes") == 0
    bench.evaluate(f"{BENCH}.edit(['protocol', 'duration'], 2000)")
    assert "every 0.05 ms" in said(bench)


def test_the_play_head_runs_more_than_once(bench):
    head = bench.locator('[data-tool="head"]')
    for _ in range(2):
        head.evaluate("(head) => { head.value = 1000; head.dispatchEvent(new Event('input')); }")
        bench.locator('[data-tool="play"]').click()
        bench.wait_for_function("(head) => head.value > 5 && head.value < 900", arg=head.element_handle())
        bench.locator('[data-tool="play"]').click()


def test_the_moment_shown_stays_within_what_is_drawn(bench):
    """Also while a longer run is still on its way."""
    bench.locator('[data-tool="head"]').evaluate("(head) => { head.value = 1000; head.dispatchEvent(new Event('input')); }")
    assert bench.evaluate(f"({BENCH}.edit(['protocol', 'duration'], 49.3), {BENCH}.draw(), ({SOUND_FIGURE})())") == 0


def test_the_drawn_protocol_follows_the_hand(bench):
    grip = bench.locator('[data-kind="V"] .explorer-grip').nth(1).bounding_box()
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    bench.mouse.move(x, y)
    bench.mouse.down()
    bench.mouse.move(x + 60, y - 8, steps=4)
    bench.mouse.up()
    bench.wait_for_function(REST)
    protocol = bench.evaluate(f"{BENCH}.experiment.protocol")
    assert protocol["width"] > 2 and protocol["amplitude"] > 10
    bench.locator('[data-tool="undo"]').click()
    bench.wait_for_function(REST)
    assert bench.evaluate(f"{BENCH}.experiment.protocol") == bench.evaluate(f"{BENCH}.history.list[0].protocol")


def test_every_slider_goes_to_its_ends(bench):
    """Whatever comes of it is whole or said."""
    choose(bench, "start", "thalamic_relay")
    bench.evaluate(WITH_T_OPEN)
    bench.wait_for_function(REST)
    for group in ("channels", "cell", "stimulus"):
        assert bench.evaluate(ENDS, group) == []


def test_every_panel_shows_itself_and_every_control_has_a_name(bench):
    bench.locator('[data-group="show"]').click()
    for kinds in (["V", "conductances", "calcium", "iv", "phase", "fI", "strength"], ["strength"], ["gates", "V"]):
        bench.evaluate(CHOSEN_AND_DRAWN, kinds)
        bench.wait_for_function(SWEPT)
        bench.wait_for_function(REST)
        assert bench.locator(".bench-panel").evaluate_all("all => all.map((one) => one.dataset.kind)") == kinds
        assert bench.evaluate(SOUND_FIGURE) == 0
    fI, strength = bench.evaluate(f"[{BENCH}.swept.fI, {BENCH}.swept.strength]")
    assert fI["ys"][0] == 0 and max(fI["ys"]) > 50
    assert strength["ys"] == sorted(strength["ys"], reverse=True) and strength["ys"][4] == pytest.approx(6.9, abs=0.1)  # 1 ms
    for tab in bench.locator('[role="tab"]').all():
        tab.click()
        assert bench.evaluate(NAMELESS) == 0
    bench.locator('[role="tab"][aria-selected="true"]').press("ArrowRight")
    assert bench.evaluate("document.activeElement.dataset.group") == "channels"
    bench.locator('[data-group="show"]').click()
    bench.evaluate(EVERY_PANEL)
    assert said(bench) and "Eight panels are the most" in bench.locator(".bench-group").text_content()


def test_a_sweep_goes_on_where_an_edit_of_the_protocol_broke_it_off(bench):
    """And where nothing fires the cell, or all of it does, the panel says so."""
    bench.evaluate(f"{BENCH}.edit(['membrane', 'C_m'], 1.1)")
    bench.evaluate(CHOSEN_AND_DRAWN, ["V", "strength"])
    bench.wait_for_function(f"() => {BENCH}.swept.strength.xs.length && !{BENCH}.swept.strength.done")
    begun = bench.evaluate(f"window.work = {BENCH}.swept.strength.work, {BENCH}.swept.strength.xs.length")
    bench.evaluate(f"{BENCH}.edit(['protocol', 'amplitude'], 11)")
    bench.wait_for_function(REST)
    assert bench.evaluate(f"window.work === {BENCH}.swept.strength.work && {BENCH}.swept.strength.xs.length >= {begun}")
    bench.evaluate(f"{BENCH}.edit(['membrane', 'channels'], {BENCH}.experiment.membrane.channels.slice(1))")
    bench.wait_for_function(REST)
    bench.wait_for_function(SWEPT)
    assert bench.locator(".bench-note").text_content() == "No pulse makes it fire."
    assert bench.evaluate(SOUND_FIGURE) == 0


def test_an_error_late_in_a_run_is_said(bench):
    """A run of more than one slice, of which the last cannot be measured."""
    bench.evaluate(f"void ({BENCH}.take = () => {{ throw new TypeError('on purpose') }})")
    bench.evaluate(f"{BENCH}.edit(['protocol', 'duration'], 3000)")
    assert "cannot be run" in said(bench)
    assert "on purpose" in bench.complaints.pop()
    bench.evaluate(f"delete {BENCH}.take")


def test_a_faulty_channel_is_said_in_one_sentence(bench):
    bench.locator('[data-key="0 open"]').click()
    for role in ("alpha", "beta"):
        bench.evaluate(f"{BENCH}.edit(['membrane', 'channels', 0, 'gates', 0, '{role}', 'rate'], 0)")
    assert said(bench) == "Gate m of channel Na has no rates, so it never moves: raise α or β."
    bench.locator('[data-tool="undo"]').click()
    assert "At rest" in said(bench)


def test_the_link_holds_the_experiment(bench):
    bench.evaluate(f"{BENCH}.edit(['membrane', 'channels', 1, 'g'], 20)")
    bench.wait_for_function(REST)
    experiment = bench.evaluate(f"{BENCH}.experiment")
    address = bench.evaluate(f"{BENCH}.link()")
    other = bench.context.new_page()
    other.goto(address)
    other.wait_for_function("() => document.querySelector('#bench')?.neurolib?.experiment.membrane.channels[1].g === 20")
    assert other.evaluate(f"{BENCH}.experiment") == experiment
    other.evaluate(f"{BENCH}.edit(['membrane', 'channels', 1, 'g'], 21)")
    other.reload()
    other.wait_for_function("() => document.querySelector('#bench')?.neurolib?.experiment.membrane.channels[1].g === 21")
    other.goto("about:blank")
    other.goto(address[:-40])
    other.wait_for_function("() => document.querySelector('.explorer-message').textContent !== ''")
    other.close()


CHANNEL = """<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="x">
<ionChannelHH id="kx" species="k" conductance="10pS">
<gateHHrates id="n" instances="4"><forwardRate 
type="HHExpLinearRate" rate="0.1per_ms" midpoint="-55mV" scale="10mV"/>
<reverseRate type="HHExpRate" rate="125per_s" midpoint="-65mV" scale="-80mV"/>{more}</gateHHrates></ionChannelHH></neuroml>"""


def test_files_open_or_say_what_does_not(bench, tmp_path):
    def open_file(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        bench.evaluate(f"(() => {{ {BENCH}.choose('files'); {BENCH}.tell(''); }})()")
        bench.locator('[data-key="open"]').set_input_files(tmp_path / name)
        bench.wait_for_function("() => document.querySelector('.explorer-message').textContent !== ''")
        bench.wait_for_function(REST)
        return bench.locator("#bench .explorer-message").text_content().replace("\u00a0", " ")

    assert "kx" in open_file("k.channel.nml", CHANNEL.format(more=""))
    gate = bench.evaluate(f"{BENCH}.experiment.membrane.channels.at(-1).gates[0]")
    assert gate["power"] == 4 and gate["beta"] == {"form": "exp", "rate": 0.125, "midpoint": -65, "scale": -80}
    assert "“notIn”" in open_file("bad.nml", CHANNEL.format(more="<notIn/>"))
    assert "“membrane.C_m”" in open_file("e.json", json.dumps({"membrane": {}}))
    hostile = CHANNEL.format(more="").replace('id="kx"', 'id="&lt;img src=x onerror=alert(1)&gt;"')
    assert "_img_src_x" in open_file("hostile.nml", hostile)
    assert bench.locator("#bench img").count() == 0
    assert "spikes: 2" in open_file(
        "recording.csv", "t (ms);V (mV)\n" + "".join(f"{t};{40 if t in (3, 8) else -70},0\n" for t in range(12))
    )
    three_decimals = "t (s);V (mV)\n" + "".join(f"{t / 1000:.3f};{40 if t == 3 else -65.123:.3f}\n" for t in range(12))
    assert "begins at −65.1 mV; its spikes: 1" in open_file("decimals.csv", three_decimals.replace(".", ","))
    assert bench.evaluate(f"Array.from({BENCH}.recording.times)") == pytest.approx(range(12))
    assert "no line that begins with a number" in open_file("words.txt", "nothing\nhere\nat all\n")
    assert "line 3: “x” is no number" in open_file("word.csv", "t,V\n0,1\n1,x\n2,3\n3,4\n")
    assert "times that rise" in open_file("back.csv", "0 1\n2 1\n1 1\n")
    volts = "".join(f"{t},{0.04 if t == 3 else -0.07}\n" for t in range(12))
    assert "“t (ms), V (V)”" in open_file("volts.csv", volts)
    assert "begins at −70.0 mV; its spikes: 1" in open_file("volts.csv", "t (ms),V (V)\n" + volts)


def test_files_hold_what_the_figure_shows(bench):
    def saved(kind):
        with bench.expect_download() as download:
            bench.locator(f'[data-tool="{kind}"]').click()
        return Path(download.value.path()).read_bytes()

    bench.locator('[data-group="files"]').click()
    rows = saved("csv").decode("utf-8-sig").split("\r\n")
    assert rows[0].startswith('"t (ms)","V (mV)","Na.m"') and float(rows[1].split(",")[1]) == pytest.approx(-65, abs=0.1)
    figure = saved("svg").decode()
    name = re.search(r'<text [^>]*class="bench-label"[^>]*>', figure)[0]
    assert "paint-order: stroke" in name and "stroke-width: 3px" in name and "var(" not in figure
    assert json.loads(saved("json"))["membrane"] == bench.evaluate(f"{BENCH}.experiment.membrane")
    assert saved("png").startswith(b"\x89PNG")


def test_the_cell_goes_out_as_neuroml_or_says_what_does_not(bench):
    choose(bench, "start", "mammalian_bk")
    bench.locator('[data-group="files"]').click()
    with bench.expect_download() as saved:
        bench.locator('[data-tool="neuroml"]').click()
    assert saved.value.suggested_filename == "bench.nml"
    assert saved.value.path().read_text(encoding="utf-8") == to_neuroml(bench.evaluate(f"{BENCH}.experiment.membrane"))
    bench.evaluate(f"{BENCH}.edit(['membrane', 'pump'], 0.5)")
    bench.locator('[data-tool="neuroml"]').click()
    assert "“Pump current” has no form in NeuroML" in bench.locator("#bench .explorer-message").text_content()


def test_a_lesson_is_checked(bench):
    bench.locator('[data-group="lessons"]').click()
    bench.locator('[data-key="lesson anode_break"]').click()
    bench.locator('[data-key="begin"]').click()
    assert "No spike" in said(bench) and bench.locator(".explorer-verdict").text_content() == ""
    bench.evaluate(
        f"(() => {{ const b = {BENCH}; b.edit(['protocol'], {{ ...b.experiment.protocol, amplitude: -4, width: 30 }}); }})()"
    )
    assert "One spike" in said(bench)
    assert bench.locator('.bench-lesson .explorer-verdict[data-right="true"]').count() == 1
    bench.evaluate(f"{BENCH}.edit(['protocol', 'amplitude'], -0.5)")
    assert "No spike" in said(bench) and bench.locator(".explorer-verdict").text_content() == ""


def test_on_a_phone_the_figure_stays_in_sight_while_a_control_moves(bench):
    bench.set_viewport_size({"width": 390, "height": 844})
    bench.locator('[data-key="0 open"]').click()
    slider = bench.locator('[data-key="membrane.channels.0.gates.1.beta.scale"]')
    slider.scroll_into_view_if_needed()
    figure, control = bench.locator(".bench-figure").bounding_box(), slider.bounding_box()
    assert figure["y"] >= 0 and control["y"] > figure["y"] + figure["height"] and control["y"] + control["height"] <= 844
    assert bench.evaluate("document.documentElement.scrollWidth") <= 390
    bench.wait_for_function("""() => {
      const more = document.querySelector("[data-tool=more]");
      if (!more.hidden) more.click();
      return more.hidden;
    }""")
    assert bench.locator('[data-kind="tau"]').bounding_box()["x"] < 100
    bench.set_viewport_size({"width": 1400, "height": 1000})


def test_without_javascript_the_first_experiment_is_drawn(bench, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(bench.file.as_uri())
    assert page.locator(".bench-still path").count() >= 4 and page.locator(".explorer-without").is_visible()
    assert not page.locator(".bench-hand").is_visible()
    context.close()
