"""The bench in Firefox and WebKit: from an empty membrane to a spike, a slider by keyboard, a reload; and no complaint."""

from test_every_engine import ENGINES

RIGHT = "\ue014"
BENCH = "document.querySelector('#bench').neurolib"
SAID = f"() => !{BENCH}.frame && document.querySelector('#bench').getAttribute('aria-busy') === 'false'"
TAP = "(key) => [...document.querySelectorAll('#bench [data-key]')].find((one) => one.dataset.key === key).click()"
CHOOSE = """(key, value) => {
  const select = document.querySelector(`#bench [data-key=${key}]`);
  select.value = value;
  select.dispatchEvent(new Event('change'));
}"""


@ENGINES
def test_the_bench_is_built_run_and_kept(engine, tabs, telling):
    tab = tabs(engine)
    tab.resize(1400, 1000)
    tab.goto(f"{telling}/chapters/bench.html")
    tab.wait_for(f"() => {BENCH}?.result")
    tab.run(CHOOSE, "start", "empty")
    tab.wait_for(SAID)
    for key in ("squid_Na", "squid_K", "squid_leak"):
        tab.run(TAP, f"quick {key}")
    tab.wait_for(SAID)
    assert "39.1" in tab.run("() => document.querySelector('#bench .explorer-sentence').textContent")
    tab.run(TAP, "0 open")
    tab.run("() => document.querySelector('#bench [data-key=\"membrane.channels.0.g\"]').focus()")
    tab.press(RIGHT, RIGHT)
    tab.wait_for(f"() => {BENCH}.result.experiment.membrane.channels[0].g > 120")
    g = tab.run(f"() => {BENCH}.experiment.membrane.channels[0].g")
    tab.wait_for("() => location.hash.startsWith('#bench?e=d')")  # deflated
    tab.reload()
    tab.wait_for(f"() => {BENCH}?.result?.experiment.membrane.channels[0]?.g === {g}")
    assert tab.run("() => complaints") == []
