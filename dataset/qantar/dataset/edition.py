"""Which edition of the data the coding sheets make, and what it is called."""

DATASET_VERSION = "0.1.0"
TITLE = "Qantar: Kazakhstan, January 2022"
SUMMARY = (
    "Every politically relevant actor-action-target event in two Vietnamese-language news\n"
    "articles on the January 2022 unrest in Kazakhstan, coded in CAMEO form, each field traceable\n"
    "to the characters it was read from."
)
HOW_CODED = (
    "One coder (`coder-1`, a language model) read both texts sentence\n"
    "by sentence and coded them under the manual; a second coding has not been made yet. The\n"
    "validator then checked every record, and every span against the texts."
)
