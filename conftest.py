"""What holds for every test run of this project: under CI a skipped test is a failed test."""

import os

import pytest

CI = os.environ.get("CI", "").lower() == "true"


def _no_longer_skipped(report, node_id: str) -> None:
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = (
            f"{node_id}: {reason}. With CI=true nothing may be skipped: install what is missing."
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    _no_longer_skipped(report, item.nodeid)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    _no_longer_skipped(report, collector.nodeid)
    return report
