"""Exercises that the page checks: what is typed or tapped has said to it what was written for it, in both editions."""

import re

import pytest
from playwright.sync_api import expect

FORM = re.compile(r'<form data-unit="')


def pages_with_checks(book):
    found = [file for file in book.rglob("*.html") if FORM.search(file.read_text(encoding="utf-8"))]
    return sorted(str(file.relative_to(book).with_suffix("")) for file in found)


# What each form of the page says to each of the texts typed into it, and whether it takes it for right.
SAID = """(typed) => [...document.querySelectorAll(".check form")].map((form, i) => typed[i].map((text) => {
  form.querySelector("input").value = text;
  form.requestSubmit();
  const status = form.querySelector(".check-status");
  return [status.textContent, status.dataset.right];
}))"""
FORMS = """() => [...document.querySelectorAll(".check form")].map((form) => ({
  unit: form.dataset.unit,
  said: [...form.querySelectorAll(".check-said")].map(({ dataset, textContent }) => ({ ...dataset, text: textContent })),
}))"""


def typed_and_said(form):
    """Texts to type into a form, and what is to be said to each."""
    for said in form["said"]:
        if "value" in said:
            value, near = float(said["value"]), float(said["near"])
            for text in (f"{value:.10g}", f"{value - 0.9 * near:.4f}".replace(".", ",").replace("-", "−")):
                yield text + form["unit"], [said["text"], said["right"]]
    other, unread = (next(said["text"] for said in form["said"] if kind in said) for kind in ("other", "unread"))
    yield from (("1e9", [other, ""]), ("many", [unread, ""]), ("", [unread, ""]))


# In place of the page that is open: the checked exercises of other pages, and the script that looks after them.
GATHER = """async (addresses) => {
  const texts = await Promise.all(addresses.map(async (address) => (await fetch(address)).text()));
  const parsed = texts.map((text) => new DOMParser().parseFromString(text, "text/html"));
  document.body.replaceChildren(...parsed.flatMap((page) => [...page.querySelectorAll(".check")]));
  const script = document.createElement("script");
  script.src = new URL(document.querySelector('script[src*="check.js"]').src);
  await new Promise((done) => { script.onload = done; document.head.append(script); });
}"""


@pytest.mark.parametrize("address", ["http"], indirect=True)
def test_each_number_has_said_to_it_what_was_written(open_page, book):
    found = pages_with_checks(book)
    assert len(found) > 8 and len([name for name in found if name.startswith("zh/")]) == len(found) / 2
    page = open_page(found[0], keep=False)
    (typed, (text, right)), *_others = typed_and_said(page.evaluate(FORMS)[0])
    first = page.locator(".check form").first  # by hand
    first.locator("input").fill(typed)
    first.locator("input").press("Enter")
    expect(first.locator(".check-status")).to_have_text(text)
    expect(first.locator(".check-status")).to_have_attribute("data-right", right)
    page.evaluate(GATHER, [f"/{name}.html" for name in found])
    asked = [list(typed_and_said(form)) for form in page.evaluate(FORMS)]
    assert len(asked) > len(found)
    said = page.evaluate(SAID, [[text for text, _said in form] for form in asked])
    assert said == [[said for _text, said in form] for form in asked]


@pytest.mark.parametrize("address", ["file"], indirect=True)
def test_a_choice_is_tapped_and_works_without_scripts(open_page):
    page = open_page("chapters/resting-potential/gradients-and-leaks", java_script_enabled=False)
    choice = page.locator(".check:has(> details)").first
    assert choice.locator("details").count() >= 2 and choice.locator('details[data-right="true"]').count() == 1
    for option in choice.locator("details").all():
        option.locator("summary").click()
        expect(option.locator(".check-said")).to_be_visible()
    assert page.locator(".check form input").first.is_hidden(), "a number that nobody checks is not asked for"


@pytest.mark.parametrize("address", ["file"], indirect=True)
def test_a_self_test_is_for_oneself(open_page):
    """What is tapped in it is neither kept nor counted; the checked exercises of the same page are."""
    page = open_page("zh/chapters/resting-potential/goldman", keep=False)
    before = page.evaluate("Object.keys(localStorage)")
    page.locator('.self-test details[data-right="true"] > summary').first.click()
    expect(page.locator(".self-test details[open] .check-said").first).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == before and page.locator(".check[data-found]").count() == 0
    page.locator('.check[data-check] details[data-right="true"] > summary').first.click()
    page.wait_for_function("document.querySelectorAll('.check[data-found]').length === 1")
