"""Write the reference pages: ``python -m qantar.schema.reference docs/reference``."""

import sys
from pathlib import Path

from qantar.schema.reference.pages import reference_pages
from qantar.schema.replacement import replace_text

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the folder: python -m qantar.schema.reference docs/reference")
    for name, text in reference_pages().items():
        if replace_text(Path(sys.argv[1]) / name, text):
            print(name)
