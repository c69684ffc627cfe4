"""The picture of the architecture shows the packages and the commands that there are."""

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

from qantar.dataset.command import main

ROOT = Path(__file__).parents[2]
SVG = ROOT / "docs" / "architecture.svg"


def words(css_class):
    texts = ElementTree.parse(SVG).iter("{http://www.w3.org/2000/svg}text")
    return [t.text for t in texts if css_class in t.attrib["class"].split()]


def test_every_command_is_on_a_way():
    shown = " ".join(words("architecture-command")).split()
    assert sorted(shown) == sorted(main.list_commands(None))


def test_the_boxes_are_the_layers():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    packages = [name for layer in layers for name in re.findall(r"qantar\.(\w+)", layer)]
    assert words("architecture-name") == packages


def test_the_picture_asks_for_nothing_from_elsewhere():
    text = SVG.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "http" not in text
    assert "@import" not in text
