"""The measurement of the public pages measures them: it starts the product, asks it, and says what each figure must be."""

from __future__ import annotations

import json

import pytest

from bot.bench.web import Figure, bench_web


def test_the_figures_are_measured_on_the_product() -> None:
    told = json.loads(bench_web((), 1, as_json=True))
    figures = {figure["unit"]: figure for figure in told["figures"]}
    assert set(figures) == {"/s", "ms", "KB"}
    assert len(told["figures"]) == 4
    assert all(figure["value"] > 0 for figure in told["figures"])
    assert 50 < figures["KB"]["value"] < 150
    assert figures["KB"]["kept"]


@pytest.mark.parametrize(
    ("value", "least", "kept"), [(99, False, True), (100, False, False), (100, True, True), (99, True, False)]
)
def test_a_figure_says_whether_its_bound_is_kept(value: float, least: bool, kept: bool) -> None:
    figure = Figure("x", value, "ms", 100, least=least)
    assert figure.kept is kept
    assert figure.line().endswith("yes" if kept else "NO")
