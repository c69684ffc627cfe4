"""Reports say the same in every form, and nothing in them does what it should not."""

import json
from xml.etree import ElementTree

import jsonschema
import pytest

from qantar.schema.rule import Severity
from qantar.validation import Fault, Report
from qantar.validation.faults.report import Reading
from qantar.validation.reports.report import FORMS, MANY, Form, render
from qantar.validation.rules.observation import rules_by_id

FAULTS = (
    Fault("date-reversed", "Reversed.", file="a.csv", line=3, row=2, column="date_latest"),
    Fault("value-unknown", "No.", file="a.csv", line=4, row=3, column="zone", suggestion="body"),
    Fault("value-unknown", "No.", file="b.parquet", row=7, column="zone"),
    Fault("text-missing", "Lost.", Severity.warning, file="ä b/c.jsonl", line=1, pointer="/x~1y"),
    Fault("actor-unresolved", "Elsewhere.", Severity.note, file="/abs/d.json", line=9, pointer=""),
    Fault("file-unreadable", "Gone."),
)
REPORT = Report(FAULTS, (Reading("a.csv", "csv", "events", 12), Reading("b", "parquet", rows=1)))

# What of SARIF 2.1.0 a reader relies on.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "shortDescription", "help"],
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "ruleIndex", "level", "message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"type": "object", "required": ["text"]},
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "required": ["artifactLocation"],
                                                "properties": {
                                                    "artifactLocation": {
                                                        "properties": {
                                                            "uri": {"pattern": "^[!-~]+$"}
                                                        }
                                                    },
                                                    "region": {
                                                        "properties": {"startLine": {"minimum": 1}}
                                                    },
                                                },
                                            },
                                            "logicalLocations": {"type": "array"},
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_text_names_place_severity_rule_and_suggestion() -> None:
    assert render(REPORT) == (
        "a.csv:3:date_latest: error [date-reversed] Reversed.\n"
        "a.csv:4:zone: error [value-unknown] No.\n"
        "    Did you mean body?\n"
        "\n"
        "b.parquet:row 7:zone: error [value-unknown] No.\n"
        "\n"
        "ä b/c.jsonl:1:/x~1y: warning [text-missing] Lost.\n"
        "\n"
        "/abs/d.json:9: note [actor-unresolved] Elsewhere.\n"
        "\n"
        "error [file-unreadable] Gone.\n"
        "\n"
        "4 errors, 1 warning, 1 note in 2 files (13 rows).\n"
    )


def test_text_of_nothing_wrong_is_one_line() -> None:
    assert render(Report((), REPORT.read[:1])) == "No faults in a.csv (12 rows).\n"
    assert render(Report()) == "No faults in nothing (0 rows).\n"


def test_many_faults_are_counted_by_rule() -> None:
    text = render(Report(FAULTS[:1] + FAULTS[1:2] * MANY))
    assert f"{MANY}  value-unknown (zone {MANY})\n" in text
    assert " 1  date-reversed (date_latest 1)\n" in text


@pytest.mark.parametrize("hostile", ["\x1b[31mred", "a\nb", "\r\n::error::x", "\u202e", "a\x00"])
def test_text_and_annotations_are_one_line_whatever_a_value_holds(hostile: str) -> None:
    report = Report((Fault("value-type", hostile, file=hostile, line=1, suggestion=hostile),))
    text = render(report)
    assert len(text.splitlines()) == 4
    assert all(character.isprintable() for character in text.replace("\n", ""))
    assert render(report, "github").count("\n") == 1


def test_json_has_the_faults_and_their_number() -> None:
    document = json.loads(render(REPORT, "json"))
    assert list(document) == ["faults", "count", "complete"]
    assert document["count"] == len(document["faults"]) == len(FAULTS)
    assert document["faults"][5] == {
        "rule": "file-unreadable",
        "message": "Gone.",
        "severity": "error",
    }


def test_annotations_are_workflow_commands() -> None:
    fault = Fault("value-type", "50 % of\nit.", file="a,b:c.csv", line=2, column="zone")
    lines = render(Report((fault, *FAULTS[2:5])), "github").splitlines()
    assert lines == [
        "::error file=a%2Cb%3Ac.csv,line=2,title=value-type::zone: 50 %25 of%0Ait.",
        "::error file=b.parquet,title=value-unknown::row 7, zone: No.",
        "::warning file=ä b/c.jsonl,line=1,title=text-missing::/x~1y: Lost.",
        "::notice file=/abs/d.json,line=9,title=actor-unresolved::Elsewhere.",
    ]


def test_sarif_has_the_shape_that_readers_rely_on() -> None:
    log = json.loads(render(REPORT, "sarif"))
    jsonschema.validate(log, SARIF)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(FAULTS)
    for result, fault in zip(run["results"], FAULTS, strict=True):
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] == fault.rule
        assert rule["help"]["text"] == rules_by_id()[fault.rule][0].mend
    first = run["results"][0]["locations"][0]
    assert first["physicalLocation"] == {
        "artifactLocation": {"uri": "a.csv"},
        "region": {"startLine": 3},
    }
    assert first["logicalLocations"] == [{"fullyQualifiedName": "row 2 date_latest"}]
    uris = [
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for r in run["results"]
        if "locations" in r
    ]
    assert uris[-2:] == ["%C3%A4%20b/c.jsonl", "file:///abs/d.json"]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_bears_a_report_without_faults_and_ends_a_line(form: str) -> None:
    text = render(Report(), form)  # type: ignore[arg-type]
    assert text == "" or text.endswith("\n")


HOSTILE = (
    "]]><x/>",
    "a\x00\x1b\x0b\ufffe",
    "\ud800",
    "\"&<>'",
    "=1+1",
    "@SUM(A1)",
    "\n::error::",
    '\r\n,;"',
    "\u202e",
    "-2",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_junit_is_well_formed_whatever_a_value_holds(hostile: str) -> None:
    fault = Fault("value-type", hostile, file=hostile, row=1, column=hostile, suggestion=hostile)
    note = fault.at(severity=Severity.note)
    root = ElementTree.fromstring(render(Report((fault, note)), "junit").encode())
    cases = root.findall("./testsuite/testcase")
    assert [[child.tag for child in case] for case in cases] == [["failure"], ["system-out"]]
    assert (root.get("tests"), root.get("failures")) == ("2", "1")


def test_junit_has_a_suite_for_each_file_and_a_failure_for_each_error() -> None:
    root = ElementTree.fromstring(render(REPORT, "junit"))
    assert (root.get("tests"), root.get("failures")) == ("7", "4")
    assert [suite.get("name") for suite in root] == [
        "a.csv",
        "b",
        "b.parquet",
        "ä b/c.jsonl",
        "/abs/d.json",
        "",
    ]
    first = root[0][0]
    assert dict(first.attrib) == {
        "classname": "a.csv",
        "name": "date-reversed row 2 date_latest",
        "file": "a.csv",
        "line": "3",
    }
    assert first[0].get("message") == "Reversed."
    assert [case.get("name") for case in root[1]] == ["no faults"]


@pytest.mark.parametrize("form", FORMS)
def test_of_faults_beyond_the_most_only_the_number_is_told(form: Form) -> None:
    many = Report(FAULTS[:1] * 7 + FAULTS[1:2] * 5, REPORT.read[:1])
    text = render(many, form, most=3)
    assert text.count("Reversed.") == (6 if form == "junit" else 3)
    assert "value-unknown" not in text or form == "sarif"
    if form == "json":
        assert json.loads(text)["count"] == 12
    if form == "text":
        assert "9 more are not shown.\n12 errors in a.csv" in text
    if form == "github":
        assert "::notice::9 more faults are not shown.\n" in text
    if form == "junit":
        root = ElementTree.fromstring(text)
        assert (root.get("tests"), root.get("failures")) == ("12", "12")


def test_a_summary_has_rules_with_examples_and_columns() -> None:
    note = Fault("actor-unresolved", "Elsewhere.", Severity.note, file="a", pointer="/x/0/y")
    faults = (note,) * 1200 + FAULTS[:1] + FAULTS[1:2] * 21
    assert render(Report(faults, REPORT.read)).splitlines() == [
        "   21  value-unknown (zone 21)",
        *["         a.csv:4:zone: error [value-unknown] No.", "             Did you mean body?"]
        * 3,
        "    1  date-reversed (date_latest 1)",
        "         a.csv:3:date_latest: error [date-reversed] Reversed.",
        "1,200  actor-unresolved (x.y 1,200)",
        *["         a:/x/0/y: note [actor-unresolved] Elsewhere."] * 3,
        "",
        "By column or field:",
        "1,200  x.y",
        "   21  zone",
        "    1  date_latest",
        "",
        "--details lists every fault, --output FILE writes them to a file.",
        "22 errors, 1,200 notes in 2 files (13 rows).",
    ]
    assert render(Report(faults), details=True).count("Elsewhere.") == 1200


@pytest.mark.parametrize("form", ["text", "json", "github", "junit"])
def test_a_report_says_when_not_everything_was_read(form: Form) -> None:
    part = Report((), (Reading("a.csv", "csv", rows=5, whole=False),))
    whole = Report((), (Reading("a.csv", "csv", rows=5),))
    assert render(part, form) != render(whole, form)
    if form == "json":
        assert json.loads(render(part, form))["complete"] is False
    else:
        assert "ot everything was read" in render(part, form).replace("not every", "ot every")


def test_exit_codes() -> None:
    unread = Reading("x", "csv", judged=False)
    assert Report().exit_code == 0
    assert Report(FAULTS[3:5]).exit_code == 0
    assert REPORT.exit_code == 1
    assert Report(FAULTS, (*REPORT.read, unread)).exit_code == 2


def test_notes_that_repeat_do_not_drown_the_errors():
    notes = [
        Fault("actor-unresolved", f"Actor {n}.", Severity.note, file="d.json") for n in range(9)
    ]
    error = Fault("date-reversed", "Wrong.", file="d.json")
    text = render(Report((*notes, error)))
    assert "date-reversed" in text
    assert "Actor 2." in text
    assert "Actor 3." not in text
    assert "and 6 more notes [actor-unresolved]" in text
    assert json.loads(render(Report((*notes, error)), "json"))["count"] == 10


STEERING = ("\x1b[31m", "\x9b2J", "\x00", "\x07", "\u202e", "\u2066", "\x85", "\u2028", "\udcff")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("hostile", STEERING)
def test_no_report_steers_a_terminal(form: Form, hostile: str) -> None:
    table = Fault("value-type", hostile, file=hostile, row=1, column=hostile, value=hostile)
    nested = Fault("value-type", hostile, file=hostile, row=1, pointer=f"/{hostile}")
    for faults in ((table, nested), (table,) * MANY + (nested,)):
        text = render(Report(faults, (Reading(hostile, "csv"),)), form)
        assert text.replace("\n", "").isprintable()
        assert text.encode()


def test_json_keeps_what_it_escapes() -> None:
    fault = Fault("value-type", "\u202e\x9b\udcff", file="\x1b")
    held = json.loads(render(Report((fault,)), "json"))["faults"][0]
    assert (held["message"], held["file"]) == ("\u202e\x9b\\udcff", "\x1b")
    assert json.loads(render(Report((fault,)), "jsonl"))["message"] == held["message"]


@pytest.mark.parametrize(
    ("file", "uri"),
    [("b\udcff.csv", "b%FF.csv"), ("a\n%.csv", "a%0A%25.csv"), ("\ud800", "%5Cud800")],
)
def test_a_place_in_sarif_is_the_name_byte_by_byte(file: str, uri: str) -> None:
    log = json.loads(render(Report((Fault("value-type", "", file=file),)), "sarif"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri


def test_the_name_of_a_file_ends_no_annotation() -> None:
    fault = Fault("value-type", "a\r\n::set-output::%0A", file="a\n::error::,line=9%0A\x1b", line=1)
    assert render(Report((fault,)), "github") == (
        "::error file=a%0A%3A%3Aerror%3A%3A%2Cline=9%250A\\x1b,line=1,title=value-type"
        "::a%0D%0A::set-output::%250A\n"
    )
