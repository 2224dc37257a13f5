"""The rehearsal's report, at the end of its run; and the time that whole builds take."""

from pathlib import Path

import pytest

LONGEST = 3000  # s
LINES = pytest.StashKey[list]()


@pytest.fixture(scope="session")
def report(request):
    """Call it with a line for the report."""
    return request.config.stash.setdefault(LINES, []).append


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.section("rehearsal")
    for line in config.stash.get(LINES, []):
        terminalreporter.line(line)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(LONGEST))
