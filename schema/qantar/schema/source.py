"""The articles and the ledger of their sentences; never the words themselves."""

from typing import Annotated

from pydantic import Field

from qantar.schema.base import Record
from qantar.schema.patterns import (
    ArticleId,
    CalendarDate,
    LanguageCode,
    Name,
    Offset,
    Ordinal,
    Printed,
    Prose,
    Sha256,
    Url,
)
from qantar.schema.vocabulary import (
    DigestKey,
    Disposition,
    PublishedBasis,
    SourceKind,
    UncodedReason,
    Zone,
)


class Article(Record):
    """A text, pinned by digest and length."""

    article_id: ArticleId = Field(description="Stable id.")
    title: Name | None = Field(None, description="Title, where the text bears one.")
    publisher: Name | None = Field(None, description="Publisher, where the text names it.")
    language_code: LanguageCode = Field(description="Tag of the language (BCP 47).")
    source_kind: SourceKind | None = Field(None, description="What sort of source it is.")
    url: Url | None = Field(None, description="Where the text was found.")
    retrieved_on: CalendarDate | None = Field(None, description="The day on which it was read.")
    text_license: Name | None = Field(
        None,
        description="Licence of a text that is free: an SPDX identifier, or words.",
    )
    published_local: Printed | None = Field(
        None,
        description="Publication time after the word 'printed', as printed; no zone invented.",
    )
    published_earliest: CalendarDate = Field(description="First day it can have been published.")
    published_latest: CalendarDate = Field(description="Last day it can have been published.")
    published_basis: PublishedBasis = Field(description="What these days rest on.")
    published_note: Prose = Field(default_factory=dict, description="How the days were worked out.")
    text_sha256: Sha256 = Field(
        description="SHA-256 of the text as stored in its file (UTF-8, NFC)."
    )
    text_length: Annotated[int, Field(ge=1, le=100_000_000)] = Field(
        description="Length of the text in Unicode code points."
    )
    digest_key: DigestKey = Field(
        description="Whether the digests of its spans and sentences are keyed by the text."
    )


class Sentence(Record):
    """A sentence of an article, and what the coders made of it."""

    article_id: ArticleId = Field(description="The article.")
    sentence_no: Ordinal = Field(description="Number in the order of the text, from 1.")
    zone: Zone = Field(description="The part of the page in which it stands.")
    char_start: Offset = Field(description="First character, in code points, from 0.")
    char_end: Offset = Field(description="One past the last character.")
    sentence_sha256: Sha256 = Field(
        description="SHA-256 of the characters' UTF-8 bytes, keyed where the article's "
        "digest_key says so."
    )
    disposition: Disposition = Field(description="What the coders made of it.")
    reason: UncodedReason | None = Field(None, description="Why nothing was coded.")
    note: Prose = Field(default_factory=dict, description="The reason in the coders' words.")
