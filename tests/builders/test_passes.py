"""The folder of raw passes: any number of coders, and each coding settled."""

import shutil
from pathlib import Path

import pytest

from qantar.builders.coding import CodingError
from qantar.builders.project import Project

TUTORIAL = Path(__file__).parents[2] / "builders" / "tutorial" / "project"
HEAD = "coding_id,field,value\n"
SENTENCE = "s-1,disposition,coded\n"


def one_pass(coder, *more):
    lines = [f"a-{coder},trigger,TUT-A0001 92-102", f"a-{coder},action_code,cameo:041", *more]
    return HEAD + "".join(f"{line}\n" for line in lines) + SENTENCE


def settled(*coders):
    return "coding_id,event_id\n" + "".join(f"a-{coder},TUT-000001\n" for coder in coders)


PASS, OTHER, SETTLED = one_pass(1), one_pass(2), settled(1, 2)


@pytest.fixture
def compiled(tmp_path):
    """Compile the tutorial's project with these files among its codings."""

    def run(files):
        project = tmp_path / "project"
        shutil.copytree(TUTORIAL, project)
        (project / "codings").mkdir()
        for name, content in files.items():
            (project / "codings" / name).write_text(content)
        return Project(project).assemble()

    return run


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, ["codings has no pass; it is empty; put passes (coder-*.csv) and settlement.csv"]),
        ({"coder1.csv": PASS, "coder2.csv": PASS}, ["has no pass; it holds coder1.csv, coder2"]),
        ({"coder-1.csv": PASS, "coder-2.csv": OTHER}, ["cannot read", "settlement.csv"]),
        (
            {"coder-1.csv": HEAD, "coder-2.csv": "", "settlement.csv": SETTLED},
            ["coder-2.csv, line 1: the file is empty; its first line is coding_id,field,value"],
        ),
        (
            {"coder-1.csv": HEAD, "coder-2.csv": OTHER, "settlement.csv": settled(2)},
            ["coder-1.csv: the pass has no act", "coder-1.csv: the pass judges no sentence"],
        ),
        (
            {
                "coder-1.csv": PASS + "a-9,action_code,cameo:041\n",
                "coder-2.csv": OTHER + "a-3,trigger,10-20\n",
                "settlement.csv": SETTLED + "z-1,TUT-000001\na-1,TUT-000002\na-9,\n",
            },
            [
                "coder-1.csv: no row of a-9 has the field trigger",
                "coder-2.csv: no row of a-3 has the field action_code",
                "coder-2.csv, line 5: the trigger '10-20' of a-3 is not of the form",
                "settlement.csv, line 4: no coder has a coding 'z-1'",
                "settlement.csv, line 5: a-1 is settled twice",
                "settlement.csv, line 6: a-9 has neither an event nor a reason",
            ],
        ),
        (
            {"coder-1.csv": PASS, "coder-2.csv": OTHER + "s-2,disposition,coded\n"}
            | {"settlement.csv": SETTLED},
            ["coder-1.csv: s-2 is judged by another coder only; each must judge every sentence"],
        ),
        (
            {"coder-1.csv": PASS, "coder-2.csv": OTHER, "settlement.csv": settled(1)},
            ["settlement.csv: a-2 has no line; add one with its event_id, or with an empty"],
        ),
        (
            {"coder-1.csv": PASS, "coder-2.csv": PASS, "settlement.csv": settled(1)},
            ["a-1 is a coding of coder-1 and of coder-2; say in the column coder_id whose"],
        ),
        (
            {
                "coder-1.csv": PASS,
                "coder-2.csv": OTHER,
                "settlement.csv": "coder_id,coding_id,event_id,reason\n"
                "coder-1,a-1,TUT-000001,None\ncoder-1,a-2,,None\n",
            },
            [
                "settlement.csv, line 2: a-1 has both an event and a reason",
                "settlement.csv, line 3: coder-1 has no coding 'a-2'",
            ],
        ),
        (
            {"coder-1.csv": PASS, "settlement.csv": "coding_id,event_id,why\na-1,,None\n"},
            ["settlement.csv, line 1: the column 'why' is unknown"],
        ),
    ],
)
def test_half_a_folder_of_passes_is_told_with_all_that_it_lacks(compiled, files, told):
    with pytest.raises(CodingError) as caught:
        compiled(files)
    for words in told:
        assert words in str(caught.value)


@pytest.mark.parametrize("count", [2, 3, 11])
def test_any_number_of_passes_is_compared(compiled, count):
    files = {f"coder-{n}.csv": one_pass(n) for n in range(1, count + 1)}
    files["settlement.csv"] = settled(*range(1, count + 1))
    assembly = compiled(files)
    plain = assembly.corpus.plain
    assert {row["event_id"] for row in plain["codings"] if "event_id" in row} == {"TUT-000001"}
    compared = {row["coders"] for row in plain["agreement"]}
    assert ";".join(f"coder-{n}" for n in range(1, count + 1)) in compared
    assert len(compared) == count * (count - 1) / 2 + (count > 2)
    assert assembly.remarks == ()


def test_one_pass_is_kept_and_has_no_agreement_which_is_said(compiled):
    assembly = compiled({"coder-1.csv": PASS, "settlement.csv": settled(1)})
    assert len(assembly.corpus.plain["codings"]) == 3
    assert assembly.corpus.plain["agreement"] == []
    [remark] = assembly.remarks
    assert "has one pass, coder-1, so no agreement is measured" in remark


def test_coders_who_number_alike_are_settled_by_their_ids(compiled):
    lines = "coder_id,coding_id,event_id,reason\ncoder-1,a-1,TUT-000001,\ncoder-2,a-1,,No act.\n"
    files = {"coder-1.csv": PASS, "coder-2.csv": PASS, "settlement.csv": lines}
    codings = compiled(files).corpus.plain["codings"]
    assert {row["coder_id"] for row in codings if "event_id" in row} == {"coder-1"}
