"""When the script does not run, or a model fails, the reader keeps the figure and gets one plain sentence."""

import pytest

from neurolib.explorers import explore, names

pytestmark = pytest.mark.parametrize("address", ["file"], indirect=True)
NAME = names()[0]


def check_fallback(page):
    root = page.locator(f'[data-explorer="{NAME}"]')
    assert root.locator("svg.explorer-figure").is_visible()
    assert root.locator(".explorer-without").is_visible()
    assert "explorer-ready" not in root.get_attribute("class")
    return root


@pytest.mark.parametrize("breakage", ["no script", "syntax error", "model missing"])
def test_a_broken_script_leaves_the_figure_and_a_sentence(chromium, book, breakage, address):
    page = chromium.new_context().new_page()
    script = (book / "_static" / "neurolib.js").read_text(encoding="utf-8")
    if breakage == "no script":
        page.route("**/neurolib.js*", lambda route: route.abort())
    elif breakage == "syntax error":
        page.route(
            "**/neurolib.js*",
            lambda route: route.fulfill(body="this is not JavaScript {", content_type="text/javascript"),
        )
    else:
        broken = script.replace(f'neurolib.models["{NAME}"]', 'neurolib.models["gone"]')
        page.route("**/neurolib.js*", lambda route: route.fulfill(body=broken, content_type="text/javascript"))
    page.goto((book / "chapters" / f"{explore(NAME).chapter}.html").as_uri())
    check_fallback(page)
    page.context.close()
