"""What changed between two releases, told field by field."""

from pathlib import Path

import pytest

from qantar.dataset.difference import Difference, DifferenceKind, compare, render_difference
from qantar.dataset.error import DatasetError
from qantar.dataset.folder import PACKAGED
from qantar.dataset.history import find_unexplained
from qantar.dataset.release import write_release
from qantar.dataset.restoration import as_of, corpus_at, in_present_schema, is_past
from support.made_up_history import OFFER, SPLIT, draft, first, second, third


def of_events(differences: list[Difference]) -> list[Difference]:
    return [difference for difference in differences if difference.table == "events"]


def test_equal_corpora_do_not_differ() -> None:
    assert compare(first(), first()) == []


def test_changed_fields_have_both_values() -> None:
    [difference] = of_events(compare(draft(), first()))
    assert difference.key == (OFFER,)
    assert difference.kind is DifferenceKind.changed
    assert difference.fields == {
        "record_version": (1, 2),
        "action_code": ("cameo:033", "cameo:0333"),
        "confidence": ("medium", "low"),
    }


def test_records_come_and_go() -> None:
    assert of_events(compare(first(), second())) == [
        Difference("events", (SPLIT,), DifferenceKind.created)
    ]
    assert of_events(compare(second(), third())) == [
        Difference("events", (SPLIT,), DifferenceKind.gone)
    ]


def test_other_tables_are_compared_by_their_keys() -> None:
    made = first()
    made.plain["actors"][0]["name_en"] = "Arna Ý."
    del made.plain["actors"][0]["country_code"]
    made.plain["actor_roles"].pop()
    actor, role = compare(first(), made)
    assert actor.fields == {"name_en": ("Arna", "Arna Ý."), "country_code": ("ISL", None)}
    assert (role.table, role.kind) == ("actor_roles", DifferenceKind.gone)


def test_the_text_names_record_field_and_values(releases: Path) -> None:
    assert render_difference("0.9.0", releases / "1.0.0", folder=releases) == (
        "events\n"
        "  TST-000002: changed\n"
        "    record_version: 1 -> 2\n"
        "    action_code: cameo:033 -> cameo:0333\n"
        "    confidence: medium -> low\n"
        "changes\n"
        "  TST-000002 2: created\n"
    )


def test_releases_are_named_by_version_or_by_folder(releases: Path) -> None:
    assert corpus_at(releases / "1.0.0") == corpus_at("1.0.0", folder=releases) == first()
    with pytest.raises(DatasetError, match="no release 3"):
        corpus_at("3.0.0", folder=releases)


def test_what_is_there_and_is_no_release_is_told(releases: Path, tmp_path: Path) -> None:
    (tmp_path / "release.zip").write_bytes(b"")
    with pytest.raises(DatasetError, match=r"is no release: it is a folder without SHA256SUMS"):
        corpus_at(releases / "1.0.0" / "csv")
    with pytest.raises(DatasetError, match="is no release: it is a file; unpack a zip first"):
        corpus_at(tmp_path / "release.zip")


def test_releases_that_do_not_differ_are_told(releases: Path) -> None:
    text = render_difference("1.0.0", "1.0.0", folder=releases)
    assert text == "1.0.0 and 1.0.0 do not differ.\n"


def test_long_values_are_cut(tmp_path: Path) -> None:
    made = draft()
    made.events[0]["summary_en"] = "x" * 200
    del made.events[0]["mentions"][0]["spans"][1:]
    old = write_release(draft(), tmp_path / "old", "0.9.0", documents={})
    new = write_release(made, tmp_path / "new", "0.9.0", documents={})
    lines = render_difference(old, new).splitlines()
    assert all(len(line) < 200 for line in lines)
    assert any(line.endswith("…") for line in lines)


def test_of_a_list_only_what_came_and_went_is_told(tmp_path: Path) -> None:
    made = draft()
    made.events[1]["alternatives"].append(
        {"field": "unit", "value": "two records", "standing": "rejected", "reason": "One act."}
    )
    for corpus, name in ((draft(), "old"), (made, "new")):
        write_release(corpus, tmp_path / name, "0.9.0", documents={})
    text = render_difference(tmp_path / "old" / "0.9.0", tmp_path / "new" / "0.9.0")
    assert "alternatives:" in text
    assert "+ {" in text
    assert "two records" in text
    assert "cameo:0333" not in text


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_what_a_schema_tells_otherwise_is_no_difference(version: str) -> None:
    old = as_of(version)
    assert is_past(old)
    present = in_present_schema(old, beside=old)
    assert not is_past(present)
    assert compare(in_present_schema(old, beside=present), present) == []
    # Acts that the other tells as lasting keep their days; the rest have them as limits.
    lasting = {e["event_id"] for e in old.events if "/" in e.get("date_edtf", "")}
    assert {e["event_id"] for e in present.events if "/" in e.get("date_edtf", "")} == lasting
    assert find_unexplained(in_present_schema(old, beside=present), present, version) == []


def test_a_release_of_an_earlier_schema_is_said_to_be_migrated(release: Path) -> None:
    told = render_difference(PACKAGED / "0.1.0", release)
    assert "is of an earlier schema and compared as `qantar migrate` gives it." in told
    assert "earlier schema" not in render_difference("0.1.0", "0.2.0")


def test_values_that_run_from_right_to_left_do_not_change_places(tmp_path: Path) -> None:
    written = []
    for name in ("ميناء 1", "ميناء 2"):
        made = draft()
        made.plain["actors"][0]["name_en"] = name
        written.append(write_release(made, tmp_path / name[-1], "0.9.0", documents={}))
    text = render_difference(*written)
    assert "    name_en: \u2068ميناء 1\u2069 -> \u2068ميناء 2\u2069\n" in text
