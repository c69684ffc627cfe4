"""Files that programs leave beside data, and that nobody means to be checked.

They are passed over without a word, in a folder, a zip and a list of files alike. What could
be data under a name of its own, such as ``events.csv.bak``, is not among them.
"""

import re

# Written by macOS, Windows, Synology, version control, Jupyter and Python.
_FOLDERS = {
    *("__MACOSX", ".AppleDouble", ".Spotlight-V100", ".Trashes", ".fseventsd", ".TemporaryItems"),
    *("$RECYCLE.BIN", "System Volume Information", "@eaDir", ".git", ".hg", ".svn"),
    *(".ipynb_checkpoints", "__pycache__"),
}
# In small letters; file managers and version control write them.
_FILES = {
    *(".ds_store", ".localized", "icon\r", "thumbs.db", "ehthumbs.db", "desktop.ini"),
    *(".directory", ".dropbox", ".git", ".gitattributes", ".gitignore", ".gitkeep", ".gitmodules"),
}
# Locks and backups of macOS (._x), Excel (~$x), LibreOffice (.~lock.x#), WPS (.~x), Emacs
# (#x#, .#x, x~), Vim (.x.swp) and of network disks.
_PATTERNS = re.compile(
    r"\._.*|~\$.*|~.*\.tmp|\.~.*|#.*#|\.#.*|.*~|\..*\.sw[a-p]|\.nfs[0-9a-f]+|\.fuse_hidden.*",
    re.DOTALL,
)


def is_litter(name: str, *, is_folder: bool = False) -> bool:
    """Whether a file or folder of this name, without the folders above it, is litter.

    A folder is litter only by its whole name, so that no data below it is lost.
    """
    if is_folder:
        return name in _FOLDERS
    return name.lower() in _FILES or _PATTERNS.fullmatch(name) is not None


def is_lock(name: str) -> bool:
    """Whether a link of this name is the lock of an editor, which leads nowhere: Emacs' ``.#x``."""
    return name.startswith(".#")
