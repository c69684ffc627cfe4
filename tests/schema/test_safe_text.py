"""Nothing in a text that was made safe steers a terminal, and nothing of it is lost."""

import json
from xml.etree import ElementTree

import pytest

from qantar.schema.safe_text import (
    ascii_json,
    ascii_xml,
    encodable,
    isolated,
    json_text,
    line_of_isolated,
    one_line,
    safe_lines,
    safe_xml,
)

STEERING = ["\x1b[31m", "\x9b2J", "\x00", "\x07", "\x7f", "\u202e", "\u2066", "\u2028", "\ud800"]
ORDINARY = "Tổng thư ký 😀 {}[]\"\\'<&"


@pytest.mark.parametrize("hostile", [*STEERING, "a\nb", "a\r\nb", "a\tb"])
def test_one_line_is_printable(hostile: str) -> None:
    assert one_line(hostile).isprintable()
    assert one_line(f"{ORDINARY}{hostile}").startswith(ORDINARY)


@pytest.mark.parametrize("hostile", [*STEERING, "\r"])
def test_lines_keep_their_ends_and_tabs_alone(hostile: str) -> None:
    safe = safe_lines(f"a\n\t{hostile}{ORDINARY}")
    assert safe.startswith("a\n\t\\")
    assert safe.endswith(ORDINARY)
    assert safe.replace("\n", "").replace("\t", "").isprintable()


@pytest.mark.parametrize("hostile", STEERING)
@pytest.mark.parametrize("indent", [None, 2])
def test_json_reads_back_and_is_printable(hostile: str, indent: int | None) -> None:
    value = {"a": [f"{hostile}{ORDINARY}\n"]}
    text = json_text(value, indent=indent)
    assert text.replace("\n", "").isprintable()
    held = "\\ud800" if hostile == "\ud800" else hostile
    expected = {"a": [f"{held}{ORDINARY}\n"]}
    assert json.loads(text) == json.loads(ascii_json(text)) == expected
    assert ascii_json(text).isascii()
    text.encode()


@pytest.mark.parametrize("hostile", ["\x7f", "\x9b", "\u202e", "\u2028", "\U000e0001"])
def test_xml_reads_back_and_is_printable(hostile: str) -> None:
    text = safe_xml(f'<a b="{hostile}">{hostile}ễ</a>')
    assert text.isprintable()
    for form in (text, ascii_xml(text)):
        read = ElementTree.fromstring(form)
        assert (read.get("b"), read.text) == (hostile, f"{hostile}ễ")
    assert ascii_xml(text).isascii()


def test_halves_of_characters_are_spelled_out() -> None:
    assert encodable("a\udcffễ") == "a\\udcffễ"
    assert encodable("ễ\x1b") == "ễ\x1b"


def test_what_runs_from_right_to_left_is_isolated_and_steers_nothing() -> None:
    assert isolated("ملخص") == "\u2068ملخص\u2069"
    assert isolated("שלום 3") == "\u2068שלום 3\u2069"
    assert isolated(ORDINARY) == ORDINARY
    assert isolated("م\u2069\u202e\n") == "\u2068م\\u2069\\u202e\\n\u2069"
    assert line_of_isolated("a\u202e: \u2068م\u2069") == "a\\u202e: \u2068م\u2069"
