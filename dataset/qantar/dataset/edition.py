"""Which edition of the data the coding sheets make, and what it is called."""

DATASET_VERSION = "0.2.0"
TITLE = "Qantar: Kazakhstan, January 2022"
SUMMARY = (
    "Every politically relevant actor-action-target event in two Vietnamese-language news\n"
    "articles on the January 2022 unrest in Kazakhstan, coded in CAMEO form, each field traceable\n"
    "to the characters it was read from."
)
HOW_CODED = (
    "Twice, under the manual, by language models: `coder-1` read both texts\n"
    "sentence by sentence with the record model before it; `coder-2` saw only the texts, the\n"
    "codebook, the manual and the record format, never the first pass. Every difference was then\n"
    "settled by a third reading, and the reason kept in the record. The validator checked every\n"
    "record, and every span against the texts."
)
