"""A chapter on a learning platform: its SCORM package in a real run-time, launched, answered, left, resumed and done."""

import contextlib
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
import zipfile
from urllib.parse import urljoin

import pytest
from npm_packages import install
from playwright.sync_api import expect
from serving import serving

from neurolib.book.coursework.scorm import ADL, CONTENT, FOLDER
from neurolib.explorers import explore

PACKAGE = "resting-potential-goldman.zip"
HEAVIEST = 260_000  # bytes of a package
# A platform: the run-time, what it keeps of its student from one launch to the next, and the package in a frame.
PLATFORM = """<!doctype html><title>A platform</title><script src="scorm12.min.js"></script><body><script>
const API = globalThis.API = new Scorm12API({ autocommit: false, mastery_override: false });
const kept = JSON.parse(localStorage.getItem("kept") ?? "null");
if (kept) API.loadFromJSON(kept, "");
API.cmi.core.entry = kept ? "resume" : "ab-initio";
const keep = () => localStorage.setItem("kept", JSON.stringify(API.renderCMIToJSONObject().cmi));
globalThis.calls = [];
API.on("LMSSetValue.*", (name, value) => calls.push([name, value]));
API.on("LMSCommit", keep);
API.on("LMSFinish", () => localStorage.setItem("finished", String(1 + Number(localStorage.getItem("finished")))));
document.body.innerHTML = `<iframe src="package/index.html" width="1300" height="900"></iframe>`;
</script>"""
KEPT = "JSON.parse(localStorage.getItem('kept'))"


def packages(edition):
    return sorted((edition / FOLDER).glob("*.zip"))


@pytest.mark.parametrize("edition", ["", "zh"])
def test_each_package_is_whole_and_small(book, edition):
    found = packages(book / edition)
    assert PACKAGE in [file.name for file in found]
    for file in found:
        assert file.stat().st_size < HEAVIEST
        with zipfile.ZipFile(file) as archive:
            assert archive.testzip() is None
            files = {name: archive.read(name) for name in archive.namelist()}
        manifest = ET.fromstring(files.pop("imsmanifest.xml"))
        at = f"{{{CONTENT}}}"
        assert [manifest.findtext(f"{at}metadata/{at}{name}") for name in ("schema", "schemaversion")] == ["ADL SCORM", "1.2"]
        (resource,) = manifest.iter(f"{at}resource")
        (item,) = manifest.iter(f"{at}item")
        assert resource.get(f"{{{ADL}}}scormtype") == "sco" and resource.get("href") == "index.html"
        assert item.get("identifierref") == resource.get("identifier")
        assert sorted(one.get("href") for one in resource) == sorted(files)
        page = files["index.html"].decode()
        for kind, address in re.findall(r'<(script|link|img|source)\b[^>]*\b(?:src|href)="([^"]*)"', page):
            assert address in files or address.startswith("data:"), f"{file.name}: {kind} {address}"
        for address in re.findall(r"url\(([^)]*)\)", files["page.css"].decode()):
            assert address in files or address.startswith(("data:", '"data:')), f"{file.name}: {address}"
        for link, address in re.findall(r'(<a\b[^>]*\bhref="([^"]*)"[^>]*>)', page):
            assert address.startswith(("#", "https://", "http://", "mailto:")), f"{file.name}: {address}"
            if address.startswith("http"):  # in the platform's own frame it would end the attempt
                assert link.count('target="') == link.count('target="_blank" rel="noopener"') == 1, f"{file.name}: {link}"


@pytest.fixture
def platform(tmp_path, book):
    """The address of a platform that holds a chapter."""
    shutil.copy(install() / "scorm-again" / "dist" / "scorm12.min.js", tmp_path)
    (tmp_path / "index.html").write_text(PLATFORM, encoding="utf-8")
    zipfile.ZipFile(book / FOLDER / PACKAGE).extractall(tmp_path / "package")

    with serving(tmp_path) as here:
        yield f"{here}/"


def launched(page, address):
    """The frame of the package, when its explorers have come to life."""
    page.goto(address)
    frame = page.frames[1]
    frame.wait_for_selector('[data-explorer="goldman"].explorer-equipped', timeout=20000)
    return frame


def interactions(page):
    """The answers that the platform has, by identifier, the last of each."""
    found = {}
    for name, value in page.evaluate("calls"):
        if match := re.fullmatch(r"cmi\.interactions\.(\d+)\.([\w.]+)", name):
            found.setdefault(int(match[1]), {})[match[2]] = value
    assert sorted(found) == list(range(min(found), min(found) + len(found)))
    return {answer["id"]: answer for answer in found.values()}


def solve(frame, name):
    """Answer an explorer's prediction by its first option, and meet its challenge."""
    explorer = explore(name)
    root = f'[data-explorer="{name}"]'
    if "sealed" in frame.locator(root).evaluate("root => Object.keys(root.dataset)"):
        frame.locator(f"{root} [data-option]").first.click()
        expect(frame.locator(f"{root} .explorer-verdict[data-right]")).not_to_be_empty(timeout=20000)
    values = explorer.settings(explorer.challenge.solution)
    frame.locator(root).evaluate("(root, values) => root.neurolib.set(values)", values)
    expect(frame.locator(f"{root} .explorer-challenge")).to_have_class(re.compile("explorer-met"), timeout=20000)


def answer_checks(frame):
    frame.evaluate("document.querySelectorAll('details').forEach((one) => one.closest('.check') || (one.open = true))")
    for box in frame.locator(".check").all():
        box.evaluate("""box => {
          const right = box.querySelector('[data-right="true"]'), field = box.querySelector("input");
          if (!field) return (right.open = true);
          field.value = right.dataset.value;
          box.querySelector("form").requestSubmit();
        }""")


def test_launched_answered_left_resumed_and_done(chromium, platform):
    context = chromium.new_context(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda r: complaints.append(r.url) if r.failure != "net::ERR_ABORTED" else None)
    page.on("request", lambda r: None if r.url.startswith((platform, "data:", "blob:")) else complaints.append(r.url))
    frame = launched(page, platform)
    items = json.loads(frame.locator("#scorm-data").text_content())["items"]
    assert len(items) > 8
    core = page.evaluate(f"{KEPT}.core")
    assert core["lesson_status"] == "incomplete" and float(core["score"]["raw"]) == 0
    status = frame.locator("#scorm-status")
    expect(status).to_contain_text(f"0 of {len(items)}")

    # A prediction, an exercise answered wrong and then right.
    explorer = explore("goldman")
    options = list(explorer.words.prediction["options"])
    frame.locator('[data-explorer="goldman"] [data-option]').nth(1).click()
    expect(status).to_contain_text(f"1 of {len(items)}", timeout=20000)
    form = frame.locator(".check form").first
    right = form.locator('.check-said[data-right="true"]').get_attribute("data-value")
    for answer in ("1e9", right):
        form.locator("input").fill(answer)
        form.locator("button").click()
    expect(status).to_contain_text(f"2 of {len(items)}")
    core = page.evaluate(f"{KEPT}.core")
    assert core["lesson_status"] == "incomplete"
    assert float(core["score"]["raw"]) == round(200 / len(items)) and [core["score"][k] for k in ("min", "max")] == ["0", "100"]
    told = interactions(page)
    settings = explorer.settings(explorer.prediction.setting)
    truth, _off = explorer.outcome(explorer.prediction.answer, settings, explorer.evaluate(settings)[1])
    about = told["goldman-prediction"]
    assert (about["type"], about["student_response"]) == ("choice", "b")
    assert about["correct_responses.0.pattern"] == "abcdef"[options.index(truth)]
    assert about["result"] == ("correct" if options[1] == truth else "wrong")
    (exercise,) = [told[name] for name in told if "check" in name]
    assert (exercise["type"], exercise["result"]) == ("numeric", "correct")
    assert float(exercise["student_response"]) == float(exercise["correct_responses.0.pattern"]) == float(right)
    assert len(interactions(page)) == 2 and page.evaluate("calls").count(["cmi.interactions.1.result", "wrong"]) == 1

    # Left, and launched again: what was done is there, and no answer is told twice.
    page.goto("about:blank")
    page.goto(urljoin(platform, "scorm12.min.js"))
    assert page.evaluate("localStorage.getItem('finished')") == "1"
    kept = page.evaluate(KEPT)
    assert kept["core"]["exit"] == "suspend" and re.fullmatch(r"00:0\d:\d\d", kept["core"]["session_time"])
    assert 0 < len(kept["suspend_data"]) <= 4096
    assert sorted(page.evaluate("Object.keys(localStorage)")) == ["finished", "kept"], "the browser keeps nothing"
    frame = launched(page, platform)
    status = frame.locator("#scorm-status")
    expect(status).to_contain_text(f"2 of {len(items)}")
    assert not frame.locator('[data-explorer="goldman"]').evaluate("root => 'sealed' in root.dataset")
    expect(frame.locator(".check:has(form)").first).to_have_attribute("data-found", "")
    assert not [call for call in page.evaluate("calls") if "interactions" in call[0]]

    # All the rest.
    for name in dict.fromkeys(item["key"].partition(":")[0] for item in items if item["kind"] == "challenge"):
        solve(frame, name)
    answer_checks(frame)
    expect(status).to_contain_text("all done")
    core = page.evaluate(f"{KEPT}.core")
    assert (core["lesson_status"], float(core["score"]["raw"])) == ("completed", 100)
    assert "=" in interactions(page)["goldman-challenge"]["student_response"]
    page.goto(urljoin(platform, "scorm12.min.js"))
    assert page.evaluate(KEPT)["core"]["exit"] == "" and page.evaluate(KEPT)["core"]["lesson_status"] == "completed"

    # What a platform hands over is data: what the page does not know is let go.
    page.evaluate("""() => { const kept = JSON.parse(localStorage.getItem("kept"));
      kept.suspend_data = "goldman:prediction=<img src=x>,<b>=1,goldman:challenge=9,leak_block:prediction=3";
      kept.core.lesson_location = "<img src=x onerror=alert(1)>";
      localStorage.setItem("kept", JSON.stringify(kept)); }""")
    frame = launched(page, platform)
    assert frame.locator("img[src=x]").count() == 0
    assert frame.evaluate("Object.keys(localStorage)") == ["neurolib:leak_block:prediction"]
    assert complaints == []
    context.close()


def test_without_a_platform_it_says_so(chromium, book, tmp_path):
    with zipfile.ZipFile(io.BytesIO((book / FOLDER / PACKAGE).read_bytes())) as archive:
        archive.extractall(tmp_path)
    with contextlib.closing(chromium.new_page()) as page:
        page.goto((tmp_path / "index.html").as_uri())
        page.wait_for_selector('[data-explorer="goldman"].explorer-equipped')
        expect(page.locator("#scorm-status")).to_contain_text("No learning platform")
