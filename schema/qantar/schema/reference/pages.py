"""The reference pages by file name, as a release of the schema has them."""

from qantar.schema.reference.code_list import code_parts
from qantar.schema.reference.dictionary import dictionary_parts
from qantar.schema.reference.markdown import page
from qantar.schema.reference.rule_list import rule_parts

COMMAND = "python -m qantar.schema.reference docs/reference"


def reference_pages() -> dict[str, str]:
    """File name to Markdown; they are committed, so that they can be read without a build."""
    return {
        "dictionary.md": page("Data dictionary", COMMAND, *dictionary_parts(), depth=2),
        "rules.md": page("Rule catalogue", COMMAND, *rule_parts(), depth=2),
        "codebook.md": page("Codebook", COMMAND, *code_parts(), depth=2),
    }
