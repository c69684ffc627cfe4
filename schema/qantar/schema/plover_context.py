"""PLOVER's contexts: the subject matters to which an act belongs."""

from qantar.schema.vocabulary import Vocabulary


class Context(Vocabulary):
    military = "military", "Armed forces."
