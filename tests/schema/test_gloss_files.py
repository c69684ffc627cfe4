"""A further language of the codebook is a file."""

from pathlib import Path

import pytest

from qantar.schema import codebook, codebook_file
from qantar.schema.package_tables import package_tables


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The codebook, to which languages may be added; everything is read anew."""
    place = tmp_path / "codebook"
    (place / "glosses").mkdir(parents=True)
    for path in codebook_file.CODEBOOK.glob("*.csv"):
        (place / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(codebook_file, "CODEBOOK", place)
    asked = (codebook.actions, codebook.countries, codebook.gloss_languages)
    for function in asked:
        function.cache_clear()
    yield place / "glosses"
    for function in asked:
        function.cache_clear()


def test_glosses_and_names_of_a_file_are_read(folder: Path) -> None:
    (folder / "actions_es.csv").write_text("action_code,gloss_es\ncameo:041,Llamar.\n", "utf-8")
    (folder / "countries_es.csv").write_text("country_code,name_es\nISL,Islandia\n", "utf-8")
    assert codebook.actions()["cameo:041"].gloss["es"] == "Llamar."
    assert "es" not in codebook.actions()["cameo:042"].gloss
    assert codebook.countries()["ISL"].name["es"] == "Islandia"
    assert codebook.gloss_languages("codes") == ("en", "vi", "es")
    tables = package_tables(["es"])
    assert "gloss_es" in tables["codes"].by_name
    assert "name_es" in tables["countries"].by_name


def test_a_language_without_a_file_gives_no_column() -> None:
    names = [column.name for column in package_tables(["qu", "vi"])["codes"].columns]
    assert [name for name in names if name.startswith("gloss_")] == ["gloss_vi"]


def test_a_file_that_names_no_language_is_told(folder: Path) -> None:
    (folder / "actions_Spanish.csv").write_text("action_code,gloss\n", "utf-8")
    with pytest.raises(ValueError, match="not named by a list and a language"):
        codebook.actions()
