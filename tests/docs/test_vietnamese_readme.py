"""The Vietnamese README gives the commands, names and figures of the English one."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGLISH, VIETNAMESE = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.vi.md")
)


def code(text):
    """The fenced blocks by language, comments left out."""
    return [
        (language, re.sub(r"\s*# .*", "", content))
        for language, content in re.findall(r"```(\w+)\n(.*?)```", text, re.S)
    ]


def prose(text):
    return re.sub(r"```.*?```", "", text, flags=re.S)


def names(text):
    return Counter(" ".join(name.split()) for name in re.findall(r"`([^`]+)`", prose(text)))


def figures(text):
    words = re.sub(r"`[^`]+`|\]\([^)]+\)|\b1/2022|January 2022", "", prose(text))
    return Counter(re.findall(r"\d[\d.]*\d|\d", words))


def links(text):
    return Counter(re.findall(r"\]\(([^)]+)\)", prose(text)))


def headings(text):
    return [len(level) for level in re.findall(r"^(#+) ", prose(text), re.M)]


def test_each_links_to_the_other():
    assert "](README.vi.md)" in ENGLISH
    assert "](README.md)" in VIETNAMESE


@pytest.mark.parametrize("what", [code, names, figures, headings])
def test_both_have_the_same(what):
    assert what(ENGLISH)
    assert what(VIETNAMESE) == what(ENGLISH)


def test_both_link_to_the_same():
    assert links(VIETNAMESE) - links(ENGLISH) == Counter(["README.md"])
    assert links(ENGLISH) - links(VIETNAMESE) == Counter(["README.vi.md"])


def test_comments_are_translated():
    comments = re.findall(r"# (.+)", "".join(re.findall(r"```sh\n(.*?)```", VIETNAMESE, re.S)))
    assert len(comments) > 8
    assert not set(comments) & set(re.findall(r"# (.+)", ENGLISH))
