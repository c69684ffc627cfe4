"""Rules that need more than tables to judge: single values, bytes, packages, texts."""

from qantar.schema.rule import Observation, Profile, Severity

ANY = "*"


def _observe(
    rule_id: str,
    sentence: str,
    mend: str,
    severity: Severity = Severity.error,
    *,
    profiles: tuple[Profile, ...] = (*Profile,),
) -> Observation:
    return Observation(
        id=rule_id,
        table=ANY,
        sentence=sentence,
        mend=mend,
        severity=severity,
        profiles=profiles,
    )


LANGUAGES = (
    _observe(
        "language-unnamed",
        "Prose is in a language that its package names.",
        "Correct the end of the column's name, or add the language to qantar:languages in "
        "datapackage.json (languages in project.toml).",
        Severity.warning,
    ),
    _observe(
        "language-missing",
        "Every table of a package has its prose in all languages that the package names.",
        "Add the column, whose cells may be empty, or take the language out of qantar:languages.",
        profiles=(Profile.coded,),
    ),
)
VALUES = (
    _observe(
        "value-missing",
        "Every required value is there.",
        "Give the value; a field that may be absent is marked so in the schema.",
    ),
    _observe(
        "value-type",
        "A value is of the type that its column declares.",
        "Write it as the declared type.",
    ),
    _observe(
        "value-null",
        "A record holds no null: where there is no value, there is no key.",
        "Leave the key out. In pandas: write each row with row.dropna().to_json(), or write CSV or "
        "Parquet, where an absent value is an empty cell or null. In R, jsonlite's toJSON leaves "
        'out what is NA unless it is told na = "null".',
    ),
    _observe(
        "value-unknown",
        "A value is one of its code list.",
        "Take a value from the list; codes are written as CURIEs, such as cameo:012.",
    ),
    _observe(
        "value-malformed",
        "A value has the form that its column declares.",
        "Write it in the form described; text is one line and does not begin with = + - @.",
    ),
    _observe(
        "value-out-of-range",
        "A number lies within the range of its column.",
        "Correct the number.",
    ),
    _observe(
        "value-length",
        "A text is not longer or shorter than its column allows.",
        "Shorten or complete it.",
    ),
    _observe(
        "list-length",
        "A list has at least as many items as the record needs.",
        "Add the missing items.",
    ),
    _observe(
        "field-unknown",
        "A record has no fields beyond those of the schema.",
        "Correct the name, or remove the field. In rows converted from elsewhere, what the source "
        "has beside the format is kept under its name behind source_.",
    ),
    _observe(
        "column-unknown",
        "A table has no columns beyond those of the schema.",
        "Correct the name; a column of your own may stay, it is not checked. One whose name "
        "begins with source_ is kept without a warning in rows converted from elsewhere.",
        Severity.warning,
    ),
    _observe(
        "coded-column-missing",
        "A table that holds most of what coding requires holds all of it.",
        "Add the column; or say --profile exchange where the rows were converted, not coded.",
        Severity.warning,
    ),
    _observe(
        "schema-version-differs",
        "A record is of the version of the format that it is checked against.",
        "Check it with the package that has this version, or migrate the record.",
    ),
    _observe(
        "actor-unresolved",
        "An actor id is in a registry of actors.",
        "Nothing, where the registry is elsewhere; check the package to resolve it.",
        Severity.note,
    ),
    _observe(
        "event-unresolved",
        "An event id that a record points to is among the records checked.",
        "Nothing, where the other record is elsewhere; check them together to resolve it.",
        Severity.note,
    ),
)

FILES = (
    _observe(
        "schema-version-past",
        "What is checked is of the schema as it is now.",
        "Nothing, where it is to stay as it was; else bring it here with `qantar migrate`.",
        Severity.note,
    ),
    _observe(
        "file-unreadable",
        "A file can be opened and read to its end.",
        "Restore the file from a good copy; check its path and permissions.",
    ),
    _observe("file-encoding", "A file is UTF-8 without a byte order mark.", "Save it as UTF-8."),
    _observe(
        "json-malformed",
        "JSON is well formed and strict: no duplicate keys, NaN, lone surrogates or depth "
        "over 32 (RFC 7493).",
        "Correct the text at the place named.",
    ),
    _observe(
        "json-shape",
        "A JSON file is a record or a list of records, and a line of JSON Lines is a record.",
        "Take the records out of what is around them, and write each as an object of its own.",
    ),
    _observe(
        "csv-malformed",
        "A CSV row has as many cells as the header, and its quotes are closed (RFC 4180).",
        "Correct the row; quote cells that hold commas, quotes or line ends.",
    ),
    _observe(
        "table-unknown",
        "A table's columns tell which table it is.",
        "Name the columns as in the schema, or say which table it is with --table.",
    ),
    _observe(
        "coded-values-missing",
        "Most records that are judged as coded have what coding requires.",
        "Say --profile exchange where the records were converted, not coded.",
        Severity.note,
    ),
    _observe(
        "path-unsafe",
        "A package, folder or zip holds plain files under names that any system can have, and "
        "names only files inside its own folder.",
        "Use plain relative paths: not absolute, parent, hidden, remote or linked ones, no pipes, "
        "and no two names that differ only in case. A link that is meant can be given by itself.",
    ),
    _observe(
        "file-too-large",
        "A file does not expand beyond what checking it may take.",
        "Split the file; or raise the limit with --max-expansion, where you trust it.",
    ),
)

PACKAGES = (
    _observe(
        "descriptor-malformed",
        "A package's descriptor is a Data Package with a path, a hash and a schema for each "
        "resource.",
        "Build the package anew, or correct datapackage.json.",
    ),
    _observe(
        "descriptor-differs",
        "The descriptor says of each column what the schema says.",
        "Build the package anew.",
    ),
    _observe(
        "file-missing", "Every file that a package names is there.", "Restore the missing file."
    ),
    _observe(
        "digest-differs",
        "A file is, byte for byte, the one its package was made with.",
        "Download or build the package again.",
    ),
    _observe(
        "tables-differ",
        "The CSV tables, the Parquet tables and the nested records say the same.",
        "Build the package anew.",
    ),
    _observe(
        "derived-differs",
        "A derived column holds what follows from the columns it derives from.",
        "Build the package anew, or take the value that was expected.",
    ),
    _observe(
        "role-unknown",
        "The code and country of a participant are those of a role of the actor at the date.",
        "Correct the code, or add the role to the registry.",
    ),
    _observe(
        "tombstone-standing",
        "A record that was merged or retracted does not stand among the events.",
        "Remove the event, or reinstate it in the table changes.",
    ),
    _observe(
        "sentence-overlap",
        "The sentences of an article follow each other without overlapping.",
        "Correct the offsets of the sentences.",
    ),
    _observe(
        "trigger-outside-sentence",
        "The words that name the act stand in the mention's sentence.",
        "Correct the offsets, or the number of the sentence.",
    ),
    _observe(
        "span-outside-ledger",
        "Every span lies within a sentence of the ledger.",
        "Correct the offsets, or complete the ledger.",
    ),
    _observe(
        "date-after-publication",
        "An act that occurred did not begin after the article was published.",
        "Correct the date of the event or of the article.",
    ),
    _observe(
        "source-is-actor",
        "Neither the actor of an act made of words nor the publisher is a link of the chain.",
        "Remove the link: an empty chain is the article's own voice.",
    ),
)

TEXTS = (
    _observe(
        "text-unlicensed",
        "A text lies in a package only where its article names a licence.",
        "Give text_license in articles, where the text is free; else take the text out.",
    ),
    _observe(
        "text-differs",
        "The text is the one that the article's digest pins.",
        "Use the file exactly as it was stored: UTF-8, NFC, the same line ends.",
    ),
    _observe(
        "text-missing",
        "The text of every article is in the folder given.",
        "Add the text, or leave out --articles to check without it.",
        Severity.warning,
    ),
    _observe(
        "span-digest-differs",
        "The digest of a span is that of its characters in the text.",
        "Run qantar quote on the text for the right offsets, then pin them anew.",
    ),
    _observe(
        "text-outside-ledger",
        "Every character of an article lies in a sentence; only white space may stand between "
        "them, and with it marks of no width (U+200B, U+200C, U+200D, U+2060, U+FEFF).",
        "Enter the sentence that is missing, or correct the offsets of the one before or after; "
        "what holds no act is entered as not codeable.",
        profiles=(Profile.coded,),
    ),
    _observe(
        "sentence-digest-differs",
        "The digest of a sentence is that of its characters in the text.",
        "Correct the offsets of the sentence, then pin them anew.",
    ),
)

OBSERVATIONS = (*VALUES, *LANGUAGES, *FILES, *PACKAGES, *TEXTS)
