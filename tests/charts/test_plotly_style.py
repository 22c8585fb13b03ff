import re

from assessments.charts.plotly_style import plotly_js, style_ids


def test_there_is_one_global_style_and_one_named_by_a_hash():
    first, second = style_ids()
    assert first == "plotly.js-style-global"
    assert re.fullmatch("[0-9a-f]{64}", second)


def test_installed_script_asks_for_exactly_these_before_it_adds_a_style():
    script = plotly_js().read_text(encoding="utf-8")
    assert '"plotly.js-style-"+' in script
    assert f'document.getElementById("{style_ids()[1]}")' in script
    assert script.count('createElement("style")') == 2
