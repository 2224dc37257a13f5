"""When the script does not run, or a model fails, the reader keeps the figure and gets one plain sentence."""

import pytest

from neurolib.explorers import explore, names

pytestmark = pytest.mark.parametrize("address", ["file"], indirect=True)
NAME = names()[0]


def check_fallback(page):
    root = page.locator(f'[data-explorer="{NAME}"]')
    assert root.locator("svg.explorer-figure:visible").count() == 1
    assert root.locator(".explorer-without").is_visible()
    assert "explorer-ready" not in root.get_attribute("class")
    return root


FAILS = f"""(globalThis.neurolibModels ??= {{}}).{NAME} = {{ compute() {{ return none; }} }};
globalThis.neurolib?.start();"""
RUNTIME, MODELS = "**/neurolib.js*", "**/models-*.js*"
BREAKAGES = {
    "no runtime": (RUNTIME, None),
    "no models": (MODELS, None),
    "runtime that is no JavaScript": (RUNTIME, "this is not JavaScript {"),
    "models that are no JavaScript": (MODELS, "this is not JavaScript {"),
    "a model that fails": (MODELS, FAILS),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_broken_script_leaves_the_figure_and_a_sentence(chromium, book, breakage, address):
    page = chromium.new_context().new_page()
    script, body = BREAKAGES[breakage]
    if body is None:
        page.route(script, lambda route: route.abort())
    else:
        page.route(script, lambda route: route.fulfill(body=body, content_type="text/javascript"))
    page.goto((book / "chapters" / f"{explore(NAME).chapter}.html").as_uri())
    page.wait_for_timeout(300)
    check_fallback(page)
    page.context.close()
