"""The page for lecturers: its links, a lecture on the stage, one of the lecturer's own; the code, the slide, the recording."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from launch import EDITIONS
from playwright.sync_api import expect
from test_explorers import FROM_DISK, open_explorer, settle

from neurolib.book import lectures, states
from neurolib.explorer.laws import holds
from neurolib.explorers import explore

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"^(\w+(?:\?\S+)?) \| (\w+) \| (\d+) \| ", re.M)
ROLE = re.compile(r"\{state\}`[^`]*?<([^>]+)>`")
TEXTS = {edition: (ROOT / edition / "chapters/teaching.md").read_text(encoding="utf-8") for edition in EDITIONS}


def test_the_editions_give_the_same_lectures():
    english, *others = (LINE.findall(text) for text in TEXTS.values())
    assert len(english) > 20 and others and all(other == english for other in others)


def test_each_link_sets_what_there_is_and_the_figure_says_what_the_page_claims():
    """The word by the law of its sentence, which is written from the physics, and not by the function that finds the word."""
    text = next(iter(TEXTS.values()))
    assert len(ROLE.findall(text)) == text.count("{state}`") > 30
    for written in ROLE.findall(text):
        name, values = states.parsed(written)
        assert explore(name).evaluate(explore(name).settings(values))[0] == "ok", written
    for written, word, _minutes in LINE.findall(text):
        name, values = states.parsed(written)
        explorer = explore(name)
        if word == lectures.ASK:
            assert explorer.prediction and not values
            continue
        settings = explorer.settings(values)
        assert holds(explorer, "say", word, settings, explorer.evaluate(settings)[1]), written


def test_a_lecture_is_an_hour():
    for text in TEXTS.values():
        for part in re.findall(r"^```\{lecture\}\n(.*?)^```", text, re.M | re.S):
            assert 45 <= sum(int(minutes) for _state, _word, minutes in LINE.findall(part)) <= 55


@pytest.mark.parametrize(
    ("written", "complaint"),
    [("goldmann?K_out=8", "goldman"), ("goldman?K_uot=8", "K_uot"), ("goldman?K_out=1e6", "K_out"),
     ("calcium_spike?cell=liver", "liver")],
)  # fmt: skip
def test_what_is_not_there_is_named(written, complaint):
    with pytest.raises(ValueError, match=complaint):
        states.parsed(written)


def test_a_link_holds_what_differs_from_the_defaults():
    for explorer in map(explore, ("goldman", "calcium_spike", "voltage_clamp")):
        assert states.fragment(explorer.name, explorer.defaults) == ""
    assert states.fragment("calcium_spike", {"cell": 3.0, "strength": 1.0}) == "cell=3"


@FROM_DISK
def test_keys_step_through_a_lecture_on_the_stage(open_page):
    """Each state says what the page says it will; a question waits for its answer; Esc leads back."""
    page = open_page("chapters/teaching")
    items = page.locator("ol.lecture").nth(1).locator("li")
    said = [items.nth(i).locator("q").inner_text() for i in range(6)]
    words = [items.nth(i).locator("q").get_attribute("data-word") for i in range(6)]
    assert "ask" in words and len(set(said)) == 6
    page.locator('.lecture-tools [data-tool="stage"]').nth(1).click()
    for place in range(6):
        expect(page.locator(".lecture-place")).to_have_text(re.compile(rf"^{place + 1} / "))
        shown = page.frame_locator("iframe.lecture-shown[data-ready]")
        asks = words[place] == "ask"
        expect(shown.locator(".explorer-question" if asks else ".explorer-sentence")).to_have_text(said[place], timeout=20_000)
        root = shown.locator(".explorer.explorer-staged.explorer-equipped")
        assert (root.get_attribute("data-sealed") is not None) == asks
        if asks:
            expect(shown.locator(".explorer-prediction .explorer-choices")).to_be_visible()
        assert page.locator("iframe").count() <= 3
        page.keyboard.press("PageDown" if place < 5 else "PageUp")
    expect(page.locator(".lecture-place")).to_have_text(re.compile("^5 / "))
    page.keyboard.press("Escape")
    expect(page.locator(".lecture-stage")).to_have_count(0)


HOSTILE = '<img src=x onerror="globalThis.struck=1">'


@FROM_DISK
def test_a_lecture_of_ones_own(open_page):
    """Kept in a figure's menu, changed on the page, taken along as a link and as a file; what others send is data."""
    page = open_explorer(open_page, "goldman", keep=False, sealed=True)
    menu = '[data-explorer="goldman"] details.explorer-menu'
    keep = "menu => { document.querySelector(menu).querySelector('[data-tool=keep]').click(); }"
    page.evaluate(keep, menu)
    page.evaluate("document.querySelector('[data-explorer=goldman]').neurolib.set({ K_out: 8 })")
    page.evaluate(keep, menu)
    page.locator('[data-explorer="goldman"] .explorer-told a').click()
    rows = page.locator(".lecture-mine li")
    expect(rows).to_have_count(2)
    assert rows.nth(0).locator("a").get_attribute("href").endswith("goldman.html#explorer-goldman?")
    assert rows.nth(1).locator("a").get_attribute("href").endswith("goldman.html#explorer-goldman?K_out=8")
    rows.nth(1).locator("input").fill(HOSTILE)
    rows.nth(1).locator('[data-tool="up"]').click()
    expect(rows.nth(0).locator("input")).to_have_value(HOSTILE)
    with page.expect_download() as download:
        page.locator('.lecture-own [data-tool="file"]').click()
    file = download.value.path().read_text(encoding="utf-8")
    assert [one["state"] for one in json.loads(file)["lecture"]] == ["K_out=8", ""]
    page.evaluate("navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }")
    page.locator('.lecture-own [data-tool="link"]').click()
    link = page.evaluate("copied")
    assert link.startswith("https://"), "whoever gets a link from a page on a disk finds the published book"
    rows.nth(1).locator('[data-tool="away"]').click()
    expect(rows).to_have_count(1)
    # As another receives it: shown, and kept only when it is taken.
    page.evaluate("hash => { location.hash = hash; }", link[link.index("#") :])
    sent = page.locator(".lecture-sent")
    expect(sent.locator("li")).to_have_text([HOSTILE, re.compile("Goldman")])
    expect(rows).to_have_count(1)
    sent.locator('[data-tool="take"]').click()
    expect(rows).to_have_count(3)
    given = {"name": "read.json", "mimeType": "application/json", "buffer": file.encode()}
    page.locator(".lecture-own input[type=file]").set_input_files(given)
    expect(rows).to_have_count(5)
    worthless = [{"name": HOSTILE}, {"name": "goldman", "state": '"><b>'}, {"name": "__proto__"}, 7]
    entries = [*worthless, {"name": "nernst", "title": HOSTILE}]
    page.locator(".lecture-own input[type=file]").set_input_files(given | {"buffer": json.dumps(entries).encode()})
    expect(rows).to_have_count(6)
    page.locator(".lecture-own input[type=file]").set_input_files(given | {"name": f"{HOSTILE}.json", "buffer": b"<b>"})
    expect(page.locator(".lecture-told")).to_contain_text(HOSTILE)
    for bad in ("#lecture=%E0%A4%A", "#lecture=", "#lecture=" + HOSTILE):
        page.evaluate("hash => { location.hash = hash; }", bad)
        expect(sent.locator("li")).to_have_count(0)
    assert page.locator(".lecture-own img").count() == 0 and page.evaluate("globalThis.struck") is None


def data_of(modules):
    """The text of a QR code in byte mode, of error correction M, read from its modules; its checks are taken on trust."""
    size = len(modules)
    version = (size - 17) // 4
    known = {5: (43, 43), 6: (27,) * 4, 7: (31,) * 4, 8: (38, 38, 39, 39), 9: (36, 36, 36, 37, 37), 10: (43,) * 4 + (44,)}
    blocks = known[version]
    mask = (modules[8][2] << 2 | modules[8][3] << 1 | modules[8][4]) ^ 0b101
    turned = (
        lambda r, c: (r + c) % 2, lambda r, c: r % 2, lambda r, c: c % 3, lambda r, c: (r + c) % 3,
        lambda r, c: (r // 2 + c // 3) % 2, lambda r, c: r * c % 2 + r * c % 3,
        lambda r, c: (r * c % 2 + r * c % 3) % 2, lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
    )[mask]  # fmt: skip
    aligned = {5: (6, 30), 6: (6, 34), 7: (6, 22, 38), 8: (6, 24, 42), 9: (6, 26, 46), 10: (6, 28, 50)}[version]
    corners = {(aligned[0], aligned[0]), (aligned[0], aligned[-1]), (aligned[-1], aligned[0])}

    def taken(r, c):
        if r == 6 or c == 6 or (r < 9 and (c < 9 or c >= size - 8)) or (r >= size - 8 and c < 9):
            return True
        if version >= 7 and ((r < 6 and c >= size - 11) or (c < 6 and r >= size - 11)):
            return True
        return any(abs(r - y) < 3 and abs(c - x) < 3 for y in aligned for x in aligned if (y, x) not in corners)

    stream, up = [], True
    columns = [c for c in range(size - 1, -1, -2) if c > 6] + [5, 3, 1]
    for right in columns:
        for r in range(size - 1, -1, -1) if up else range(size):
            stream += [modules[r][c] ^ (turned(r, c) == 0) for c in (right, right - 1) if not taken(r, c)]
        up = not up
    words = [int("".join(map(str, map(int, stream[i : i + 8]))), 2) for i in range(0, len(stream) - 7, 8)]
    rows, at = [[] for _ in blocks], iter(words)
    for place in range(max(blocks)):
        for row, length in zip(rows, blocks, strict=True):
            if place < length:
                row.append(next(at))
    whole = "".join(f"{word:08b}" for row in rows for word in row)
    assert whole[:4] == "0100", "byte mode"
    wide = 8 if version < 10 else 16
    count = int(whole[4 : 4 + wide], 2)
    start = 4 + wide
    return bytes(int(whole[start + 8 * i : start + 8 * i + 8], 2) for i in range(count)).decode()


@FROM_DISK
def test_a_state_as_a_code_and_as_a_slide(open_page):
    page = open_explorer(open_page, "goldman", keep=False)
    page.evaluate("document.querySelector('[data-explorer=goldman]').neurolib.set({ K_out: 8, P_Na: 0.1 })")
    settle(page)
    click = "which => document.querySelector(`[data-explorer=goldman] [data-tool=${which}]`).click()"
    assert page.locator('script[src*="neurolib-qr"]').count() == 0
    page.evaluate(click, "qr")
    dialog = page.locator("dialog.explorer-qr[open]")
    address = dialog.locator("a").get_attribute("href")
    state = "resting-potential/goldman.html#explorer-goldman?P_Na=0.1&K_out=8"
    assert address.startswith("https://") and address.endswith(state)
    whole = int(dialog.locator("svg").get_attribute("viewBox").split()[2])
    modules = np.zeros((whole, whole), dtype=int)
    for column, row in re.findall(r"M(\d+) (\d+)h1", dialog.locator("svg path").get_attribute("d")):
        modules[int(row), int(column)] = 1
    assert not modules[:4].any() and not modules[:, :4].any()
    assert data_of(modules[4:-4, 4:-4].tolist()) == address
    # On the stage, Escape closes what is innermost: the code, the menu, and the stage at last.
    explorer, menu = page.locator("[data-explorer=goldman]"), page.locator("[data-explorer=goldman] .explorer-menu")
    explorer.evaluate("root => root.classList.add('explorer-staged')")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.explorer-qr")).to_have_count(0)
    menu.locator("summary").press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(explorer).to_have_class(re.compile("explorer-staged"))
    page.keyboard.press("Escape")
    expect(explorer).not_to_have_class(re.compile("explorer-staged"))

    with page.expect_download() as download:
        page.evaluate(click, "slide-svg")
    assert download.value.suggested_filename == "goldman P_Na=0.1 K_out=8.svg"
    slide = download.value.path().read_text(encoding="utf-8")
    assert 'viewBox="0 0 1600 900"' in slide and "var(" not in slide and re.search(r'(href|src)="(?!#)', slide) is None
    page.set_content(slide.replace("<svg ", '<svg style="position:absolute;left:0;top:0" ', 1))
    texts = "".join(page.locator("svg").first.locator("xpath=./*").all_text_contents())
    for part in ("Three ions", "Potassium outside: 8 mM", "K_out=8", "The Electrical Neuron"):
        assert part in texts
    places = page.evaluate("""() => [...document.querySelectorAll("svg text")].map((text) => {
      const { left, right, top, bottom, height } = text.getBoundingClientRect();
      return [left, right, top, bottom, height];
    })""")
    left, right, top, bottom, height = np.array(places).T
    assert left.min() >= 0 and right.max() <= 1600 and top.min() >= 0 and bottom.max() <= 900
    assert height.min() > 14  # read from the last row: a sixtieth of the slide, its source line; the figure's words are larger
    source = page.locator("svg").first.locator("xpath=./*[local-name()='text']").last.bounding_box()
    figure = page.locator("svg svg").bounding_box()
    assert figure["y"] + figure["height"] <= source["y"] + 1


def told(page, name):
    return page.locator(f'[data-explorer="{name}"] .explorer-recording-box p')


# Where a point lies in the figure that is shown, by the axes of the panel of a curve.
PLACES = """([name, points]) => {
  const { drawing, spec, root, svg } = document.querySelector(`[data-explorer="${name}"]`).neurolib;
  const { name: over } = spec.curves[spec.overlay];
  const { panel } = drawing.moving.find(({ y, kind }) => y === over && ["curve", "point"].includes(kind));
  const { x, y } = drawing.panels[panel];
  const at = (axis, value) => {
    const [v, low, high] = axis.scale === "log" ? [value, axis.low, axis.high].map(Math.log) : [value, axis.low, axis.high];
    return axis.from + (axis.to - axis.from) * (v - low) / (high - low);
  };
  return [points.map(([a, b]) => [at(x, a), at(y, b)]), svg.querySelector(".explorer-recording path").getAttribute("d")];
}"""
# Each explorer that takes a recording: a file, and the points that it stands for on the figure's axes.
RECORDED = {
    "voltage_clamp": ("t [s]\tI [µA/cm²]\n0,001\t-1000\n0,002\t500\n0,01\t1500\n", [(1, -1), (2, 0.5), (10, 1.5)]),
    "action_potential": ("time,Vm (V)\n0.5,-0.06\n2,0.03\n4,-0.07\n", [(0.5, -60), (2, 30), (4, -70)]),
    "inactivation_curve": ("-100;97\n-60;45\n-20;3\n".replace("97", "0,97").replace("45", "0,45").replace(";3", ";0,03"),
                           [(-100, 0.97), (-60, 0.45), (-20, 0.03)]),
    "strength_duration": ("0.5 14\n1 7\n10 2.5\n", [(0.5, 14), (1, 7), (10, 2.5)]),
}  # fmt: skip


@FROM_DISK
@pytest.mark.parametrize("name", RECORDED)
def test_a_recording_lies_over_the_figure(open_page, name):
    text, points = RECORDED[name]
    assert explore(name).overlay
    page = open_explorer(open_page, name, keep=False)
    chosen = page.locator(f'[data-explorer="{name}"] .explorer-takeaway input[type=file]')
    file = {"name": f"{HOSTILE}.csv", "mimeType": "text/csv", "buffer": text.encode()}
    chosen.set_input_files(file)
    expect(told(page, name)).to_contain_text(f"{HOSTILE}.csv")
    places, drawn = page.evaluate(PLACES, [name, points])
    assert re.match(r"^M[\d.]+ [\d.]+(L[\d.]+ [\d.]+)+$", drawn)
    np.testing.assert_allclose(np.array(re.findall(r"-?[\d.]+", drawn), float).reshape(-1, 2), places, atol=0.02)
    factor = page.locator(f'[data-explorer="{name}"] .explorer-recording-box input').nth(1)
    factor.fill("-1e6")
    factor.press("Tab")
    expect(told(page, name)).to_contain_text("Nothing of it lies within the panel")
    # Dropped upon the figure; in the place of the one before.
    drop = """([name, text]) => {
      const given = new DataTransfer();
      given.items.add(new File([text], "dropped.csv"));
      const dropped = new DragEvent("drop", { dataTransfer: given, bubbles: true });
      document.querySelector(`[data-explorer="${name}"]`).dispatchEvent(dropped);
    }"""
    page.evaluate(drop, [name, "x,y\n1,2\n3,<b>\n"])
    expect(told(page, name)).to_have_text("“dropped.csv”, line 3: “<b>” is no number.")
    assert page.locator(".explorer-recording").count() == 0
    chosen.set_input_files(file)
    expect(page.locator(".explorer-recording")).to_have_count(2)  # in both formats: a phone may be turned
    page.locator('[data-tool="unlay"]').click()
    assert page.locator(".explorer-recording, .explorer-recording-box").count() == 0
    assert page.evaluate("globalThis.struck") is None
