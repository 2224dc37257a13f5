"""The workflows: well formed, allowed no more than they need, and calling only what exists."""

import re

import pytest
import yaml
from launch import ROOT

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PERMISSIONS = {"contents": {"read"}, "pages": {"read", "write"}, "id-token": {"write"}}
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def read(path):
    """A workflow. YAML takes the key `on` for the word true."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in workflow.items()}


def commands(job):
    """What the steps of a job run, with each value of the job's matrix."""
    matrix = job.get("strategy", {}).get("matrix", {})
    for step in job["steps"]:
        lines = [step.get("run", "")]
        for name, values in matrix.items():
            lines = [line.replace(f"${{{{ matrix.{name} }}}}", str(value)) for line in lines for value in values]
        yield from lines


def test_there_are_workflows():
    assert {path.stem for path in FILES} == {"test", "publish", "nightly"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_workflow(path):
    workflow = read(path)
    assert set(workflow) <= {"name", "on", "permissions", "concurrency", "jobs", "env"}
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        assert job["runs-on"] == "ubuntu-latest"
        assert job["timeout-minutes"] <= 180
        assert set(job.get("needs", "").split()) <= set(workflow["jobs"]) - {name}
        for scope, level in job.get("permissions", {}).items():
            assert level in PERMISSIONS[scope], (name, scope)
        known = {step["id"] for step in job["steps"] if "id" in step}
        for step in job["steps"]:
            assert ("run" in step) != ("uses" in step), step
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step.get("uses", "actions/none@v1")), step
            assert set(re.findall(r"steps\.([\w-]+)\.", str(step))) <= known
        assert "secrets." not in str(job)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_commands_exist(path):
    for job in read(path)["jobs"].values():
        for command in commands(job):
            program, *words = command.split() or ["make", "test"]
            if program == "make":
                assert set(words) <= TARGETS, command
            else:
                assert (ROOT / program).stat().st_mode & 0o111, command


def test_only_the_last_job_may_publish():
    """Whoever publishes runs nothing of the repository's, and whoever runs the repository's cannot publish."""
    jobs = read(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]
    for job in jobs.values():
        writes = "write" in job["permissions"].values()
        assert writes != any("run" in step for step in job["steps"])


def test_the_published_book_follows_its_repository():
    from neurolib.book import publish

    steps = read(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]["build"]["steps"]
    given = next(step["env"] for step in steps if "env" in step)
    assert set(given) == {publish.REPOSITORY, publish.BRANCH, publish.ADDRESS}
