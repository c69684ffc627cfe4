"""Raw passes made up for tests."""

from qantar.builders.raw_pass import read_pass

SENTENCES = [{"article_id": "T-A0001", "char_start": start} for start in (0, 40)]


def raw(coder, acts, dispositions=("coded", "not_codeable")):
    rows = [
        {"coding_id": coding_id, "field": name, "value": value}
        for coding_id, fields in acts.items()
        for name, values in fields.items()
        for value in values
    ]
    rows += [
        {"coding_id": f"s{n}", "field": "disposition", "value": value}
        for n, value in enumerate(dispositions)
    ]
    return read_pass(coder, rows)


def act(*triggers, code="cameo:041", **more):
    return {
        "trigger": [f"T-A0001 {trigger}" for trigger in triggers],
        "action_code": [code],
        "factuality": ["asserted"],
        **more,
    }
