"""Exercises that the page checks: what is typed or tapped has said to it what was written for it, in both editions."""

import re

import pytest
from playwright.sync_api import expect

FORM = re.compile(r'<form data-unit="')


def pages_with_checks(book):
    found = [file for file in book.rglob("*.html") if FORM.search(file.read_text(encoding="utf-8"))]
    return sorted(str(file.relative_to(book).with_suffix("")) for file in found)


@pytest.mark.parametrize("address", ["http"], indirect=True)
def test_each_number_has_said_to_it_what_was_written(open_page, book):
    found = pages_with_checks(book)
    assert len(found) > 8 and len([name for name in found if name.startswith("zh/")]) == len(found) / 2
    for name in found:
        page = open_page(name)
        for form in page.locator(".check form").all():
            field, status = form.locator("input"), form.locator(".check-status")
            for said in form.locator(".check-said[data-value]").all():
                value, near = (float(said.get_attribute(f"data-{part}")) for part in ("value", "near"))
                for typed in (f"{value:.10g}", f"{value - 0.9 * near:.4f}".replace(".", ",").replace("-", "−")):
                    field.fill(typed + form.get_attribute("data-unit"))
                    field.press("Enter")
                    expect(status).to_have_text(said.text_content())
                    expect(status).to_have_attribute("data-right", said.get_attribute("data-right"))
            for typed, kind in (("1e9", "other"), ("many", "unread"), ("", "unread")):
                field.fill(typed)
                form.locator("button").click()
                expect(status).to_have_text(form.locator(f".check-said[data-{kind}]").text_content())
                expect(status).to_have_attribute("data-right", "")


@pytest.mark.parametrize("address", ["file"], indirect=True)
def test_a_choice_is_tapped_and_works_without_scripts(open_page):
    page = open_page("chapters/resting-potential/gradients-and-leaks", java_script_enabled=False)
    choice = page.locator(".check:has(> details)").first
    assert choice.locator("details").count() >= 2 and choice.locator('details[data-right="true"]').count() == 1
    for option in choice.locator("details").all():
        option.locator("summary").click()
        expect(option.locator(".check-said")).to_be_visible()
    assert page.locator(".check form input").first.is_hidden(), "a number that nobody checks is not asked for"
