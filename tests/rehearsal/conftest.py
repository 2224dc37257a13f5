"""The rehearsal's report, at the end of its run."""

import pytest

LINES = pytest.StashKey[list]()


@pytest.fixture(scope="session")
def report(request):
    """Call it with a line for the report."""
    return request.config.stash.setdefault(LINES, []).append


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.section("rehearsal")
    for line in config.stash.get(LINES, []):
        terminalreporter.line(line)
