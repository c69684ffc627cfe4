"""The page's JSON-LD, read as linked data and held to the terms of schema.org."""

import json
import re

import pytest

from qantar.dataset.explorer.page import PAGE

rdflib = pytest.importorskip(
    "rdflib", reason="rdflib is not installed here; run: python3 task.py metadata"
)
SCHEMA = rdflib.SDO


@pytest.fixture
def graph(folder):
    text = (folder / PAGE).read_text(encoding="utf-8")
    linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[1]
    return rdflib.Graph().parse(data=linked, format="json-ld", publicID="https://example.org/")


def test_every_term_is_one_of_schema_org(graph):
    terms = set(graph.predicates()) | set(graph.objects(predicate=rdflib.RDF.type))
    terms.discard(rdflib.RDF.type)
    assert len(terms) > 10
    for term in terms:
        assert term in SCHEMA, term


def test_it_has_what_dataset_searches_ask_for(graph):
    (dataset,) = graph.subjects(rdflib.RDF.type, SCHEMA.Dataset)
    assert 50 <= len(str(graph.value(dataset, SCHEMA.description))) <= 5000
    for term in ("name", "license", "creator", "version", "keywords", "distribution"):
        assert graph.value(dataset, SCHEMA[term]) is not None, term
    for part in graph.objects(dataset, SCHEMA.distribution):
        assert graph.value(part, SCHEMA.contentUrl) is not None
        assert graph.value(part, SCHEMA.encodingFormat) is not None
    assert json.loads(graph.serialize(format="json-ld"))
