"""Work that counts: the reader's list and its code, and the page that adds up the codes of a class."""

import base64
import csv
import io
import random
import re

import pytest
from playwright.sync_api import expect

HTTP = pytest.mark.parametrize("address", ["http"], indirect=True)
GOLDMAN = "resting-potential/goldman"
STATES = "JSON.parse(document.querySelector('#coursework script').textContent)"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"
HOSTILE = '=1+1 <img src=x onerror="document.title=1"> 王伟'


def fnv(text):
    hashed = 0x811C9DC5
    for byte in text.encode():
        hashed = (hashed ^ byte) * 0x01000193 % 2**32
    return hashed


def read(code):
    """A code by its description, in Python: name, and the state of each item by page mark."""
    body, check = re.fullmatch(r"EN1:(.*):(\w{7});", code).groups()
    assert int(check, 36) == fnv(body)
    name, _minute, *segments = body.split(".")
    name = base64.b64decode(name.replace("-", "/") + "=" * (-len(name) % 4)).decode()
    states = {}
    for segment in segments:
        sextets = [LETTERS.index(letter) for letter in segment[4:]]
        states[segment[:4]] = [sextet >> shift & 3 for sextet in sextets for shift in (4, 2, 0)]
    return name, states


@HTTP
def test_what_is_done_is_listed_told_in_a_code_and_added_up(open_page, served, tmp_path):
    page = open_page(f"chapters/{GOLDMAN}")
    page.wait_for_selector('[data-explorer="goldman"].explorer-equipped')
    # A prediction without an answer, one with; an exercise found after a wrong answer, one tapped wrong.
    page.locator('[data-explorer="leak_block"] [data-tool="waive"]').click()
    page.locator('[data-explorer="goldman"] [data-option]').first.click()
    expect(page.locator('[data-explorer="goldman"] .explorer-verdict[data-right]')).not_to_be_empty(timeout=20000)
    right = page.locator('[data-explorer="goldman"] .explorer-verdict[data-right]').get_attribute("data-right") == "true"
    typed = page.locator(".check:has(form)").first
    value = typed.locator('.check-said[data-right="true"]').get_attribute("data-value")
    for answer in ("1e9", "no number", value):
        typed.locator("input").fill(answer)
        typed.locator("button").click()
    expect(typed).to_have_attribute("data-found", "")
    tapped = page.locator(".check:not(:has(form))").first
    tapped.evaluate("box => { for (let up = box; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true; }")
    tapped.locator('details[data-right="false"] > summary').first.click()
    keys = [box.get_attribute("data-check") for box in (typed, tapped)]

    page.goto(f"{served}/chapters/my-work.html")
    pages = page.evaluate(STATES)["pages"]
    (goldman,) = [one for one in pages if one["href"] == f"{GOLDMAN}.html"]
    wanted = {"goldman:prediction": 1 if right else 2, "leak_block:prediction": 3, keys[0]: 3, keys[1]: 2}
    page.locator("#work-name").fill(HOSTILE)
    code = page.locator(".work-code textarea").input_value()
    name, states = read(code)
    assert name == HOSTILE and set(states) == {goldman["mark"]}
    states = dict(zip([item["key"] for item in goldman["items"]], states[goldman["mark"]], strict=False))
    assert {key: state for key, state in states.items() if state} == wanted
    all_items = sum(len(one["items"]) for one in pages)
    expect(page.locator(".work-total")).to_contain_text(re.compile(rf"^2 of {all_items} "))
    listed = page.locator(f'details[data-page="{goldman["mark"]}"]')
    expect(listed.locator(".work-count")).to_have_text(f"2/{len(goldman['items'])}")
    assert listed.locator("td.work-sign", has_text="✓").count() == 2
    expect(page.locator(".work-stamp")).to_contain_text(HOSTILE)
    page.reload()
    expect(page.locator("#work-name")).to_have_value(HOSTILE)
    with page.expect_download() as download:
        page.locator(".work-code button").nth(1).click()
    file = tmp_path / "work.txt"
    download.value.save_as(file)
    # On paper: the name, what was done, the code; no fields and no buttons.
    page.emulate_media(media="print")
    for shown in (".work-stamp", ".work-total", ".work-code textarea"):
        expect(page.locator(shown)).to_be_visible()
    for hidden in (".work-who", ".work-buttons", ".bd-sidebar-primary"):
        expect(page.locator(hidden)).to_be_hidden()
    page.emulate_media(media="screen")

    # To the teacher: a file; pasted, with a mail's marks, the code of another; what is damaged, cut, or no code.
    page.locator("#work-name").fill("Ada")
    ada = page.locator(".work-code textarea").input_value()
    page.goto(f"{served}/chapters/class-work.html")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".work-scroll tbody tr")).to_have_count(1)
    mail = f"Dear Miss,\n> my code: {ada[:9]}\n> {ada[9:]}\nand {ada[:-12]} and {ada[:8]}x{ada[9:]} Yours, Ada"
    page.locator("textarea").fill(mail)
    page.locator(".work-drop button").click()
    said = page.locator(".work-messages li").all_text_contents()
    assert len(said) == 3 and "no end" in said[0] and "missing or changed" in said[1] and said[2].endswith(": 1.")
    page.locator("textarea").fill("<b>hello</b>")
    page.locator(".work-drop button").click()
    expect(page.locator(".work-messages li")).to_have_text(re.compile("no code here"))
    rows = page.locator(".work-scroll tbody tr")
    expect(rows).to_have_count(2)
    assert rows.locator("th").all_text_contents() == [HOSTILE, "Ada"]
    assert page.locator("#coursework :is(img, b)").count() == 0 and page.title() != "1"
    column = pages.index(goldman)
    for row in rows.all():
        cells = row.locator("td").all_text_contents()
        assert cells[1 + column] == f"2/{len(goldman['items'])}" and cells[-2] == f"2/{all_items}"
    with page.expect_download() as download:
        page.locator(".work-buttons button", has_text="CSV").click()
    table = tmp_path / "class.csv"
    download.value.save_as(table)
    text = table.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    first, *others = csv.reader(io.StringIO(text.decode("utf-8-sig")))
    assert [row[0] for row in others] == ["'" + HOSTILE, "Ada"] and {len(row) for row in others} == {len(first)}
    assert [row[2 + column] for row in others] == ["2", "2"]
    assert len(first) == 3 + len(pages) + all_items

    # Codes that something has happened to: each is refused with a sentence, and none harms the page.
    draw = random.Random(1)
    broken = []
    for _ in range(300):
        place = draw.randrange(4, len(ada) - 1)
        broken.append(ada[:place] + draw.choice("aZ0.:+-<_é") + ada[place + draw.randrange(3) :])
    broken = [text for text in broken if text != ada]
    page.locator("textarea").fill("\n".join(broken))
    page.locator(".work-drop button").click()
    assert page.locator(".work-messages li").count() == len(broken)
    expect(page.locator(".work-messages li").last).to_contain_text("Ask for it again")
    expect(rows).to_have_count(2)
    # A page of another version of the book is told and not counted.
    body = f"{base64.b64encode(b'Bob').decode().rstrip('=')}.t5c3a.zzzzQQ"
    check, digits = fnv(body), "0123456789abcdefghijklmnopqrstuvwxyz"
    sum_ = "".join(digits[check // 36**place % 36] for place in range(6, -1, -1))
    page.locator("textarea").fill(f"EN1:{body}:{sum_};")
    page.locator(".work-drop button").click()
    expect(page.locator(".work-messages li").first).to_contain_text("another version")
    expect(rows).to_have_count(3)
