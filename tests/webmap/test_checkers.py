"""What checkers say of the page: axe for accessibility, html-validate for the markup."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from geo.webmap import write_map
from tests.webmap.frames import make_article, make_events

MODULES = Path(__file__).parent / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
VALIDATE = MODULES / ".bin" / "html-validate"
INSTALL = "run `npm ci --prefix tests/webmap` first"
SCENES = {
    "start": "",
    "popup": "document.querySelector('.row').click()",
    "filters": "document.getElementById('filters').open = true;"
    "document.getElementById('menu').open = true",
    "method": "document.getElementById('do-method').click()",
    "region": "document.querySelector('input[value=regions]').click()",
    "heat": "document.querySelector('input[value=heat]').click()",
    "not located": "document.getElementById('tab-nowhere').click();"
    "document.querySelector('.row').click()",
}


@pytest.mark.skipif(not AXE.exists(), reason=f"axe-core is missing: {INSTALL}")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(open_map: Any, theme: str) -> None:
    frame = make_events(60, seed=1)
    opened = open_map(frame, context={"color_scheme": theme, "bypass_csp": True})
    opened.page.add_script_tag(path=str(AXE))
    for scene, script in SCENES.items():
        opened.page.evaluate(script)
        opened.page.wait_for_timeout(600)
        found = opened.page.evaluate("axe.run()")["violations"]
        summary = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found]
        assert summary == [], scene
        opened.page.evaluate("document.getElementById('method').close()")


@pytest.mark.skipif(not AXE.exists(), reason=f"axe-core is missing: {INSTALL}")
def test_axe_finds_nothing_on_a_phone(open_map: Any) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "bypass_csp": True}
    opened = open_map(make_article(), context=phone)
    opened.page.add_script_tag(path=str(AXE))
    for view in ("map", "list", "filters", "time"):
        opened.page.click(f'#views [data-view="{view}"]')
        opened.page.wait_for_timeout(300)
        found = opened.page.evaluate("axe.run()")["violations"]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found] == [], view


@pytest.mark.skipif(not VALIDATE.exists(), reason=f"html-validate is missing: {INSTALL}")
def test_the_markup_is_valid(tmp_path: Path) -> None:
    page = write_map(make_article(), tmp_path / "map.html")
    config = Path(__file__).parent / "htmlvalidate.json"
    done = subprocess.run(
        [str(VALIDATE), "--config", str(config), "--formatter", "text", str(page)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[:3000] + done.stderr[:1000]
