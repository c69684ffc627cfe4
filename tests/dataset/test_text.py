"""Texts of articles: free ones may lie in a package, others never."""

from pathlib import Path
from typing import Any

import pytest

from qantar.dataset.release import release_files, write_release
from qantar.dataset.text import free_texts, project_texts
from qantar.schema.corpus import Corpus
from qantar.validation import check_package
from support import made_up

DIGEST = made_up.sha256(made_up.TEXT)
GIVEN = {DIGEST: made_up.TEXT}
PATH = f"texts/{made_up.ARTICLE}.txt"


def licensed(licence: str | None) -> Corpus:
    corpus = made_up.corpus()
    if licence is not None:
        corpus.plain["articles"][0]["text_license"] = licence
    return corpus


def test_a_text_with_a_licence_is_released_as_it_is(tmp_path: Path) -> None:
    folder = write_release(
        licensed("CC-BY-4.0"), tmp_path, "0.1.0", documents={"README.md": "x\n"}, texts=GIVEN
    )
    assert (folder / PATH).read_bytes() == made_up.TEXT.encode()
    assert check_package(folder).faults == ()


def test_a_text_without_a_licence_is_in_no_file_of_a_release() -> None:
    files = release_files(licensed(None), "0.1.0", documents={}, texts=GIVEN)
    assert not [path for path in files if path.startswith("texts/")]
    sentence = b"The sea was calm."
    assert not [path for path, content in files.items() if sentence in content]


@pytest.mark.parametrize("texts", [{}, {DIGEST: "another text"}, {"0" * 64: made_up.TEXT}])
def test_a_text_that_is_not_the_pinned_one_is_left_out(texts: dict[str, str]) -> None:
    articles: list[dict[str, Any]] = licensed("CC0-1.0").plain["articles"]
    assert free_texts(articles, texts) == {}


def test_texts_come_from_the_project_and_from_beside_it(tmp_path: Path) -> None:
    for name in ("project/texts", "articles"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.txt").write_text(name, encoding="utf-8")
    found = project_texts(tmp_path / "project", tmp_path / "articles")
    assert sorted(found.values()) == ["articles", "project/texts"]
    assert project_texts(tmp_path / "articles") == {}
