"""The made-up corpus told in Spanish only, and in Arabic and English."""

from typing import Any

from qantar.schema.corpus import Corpus
from support import made_up

SPANISH = {
    "Iceland's minister calls her Maltese colleague.": "La ministra islandesa llama a su colega.",
    "Iceland offers aid to Malta on condition of a request.": "Islandia ofrece ayuda a Malta.",
    "Malta asks for aid.": "Que Malta pida ayuda.",
    "Said in the call.": "Dicho en la llamada.",
    "Weather.": "El tiempo.",
    "Minister": "Ministra",
    "The Gazette": "La Gaceta",
}
ARABIC = {
    "Iceland's minister calls her Maltese colleague.": "وزيرة آيسلندا تتصل بنظيرها المالطي.",
    "Iceland offers aid to Malta on condition of a request.": "آيسلندا تعرض المساعدة على مالطا.",
    "Malta asks for aid.": "أن تطلب مالطا المساعدة.",
    "Said in the call.": "قيل في المكالمة.",
    "Weather.": "الطقس.",
    "Minister": "وزيرة",
    "The Gazette": "الجريدة",
    "Arna": "أرنا",
    "Borg": "بورغ",
    "Malta": "مالطا",
}


def spanish() -> Corpus:
    """In Spanish, and in no other language."""
    return _told(("es",), es=SPANISH)


def arabic_and_english() -> Corpus:
    """In Arabic first, and in English."""
    return _told(("ar", "en"), ar=ARABIC, en={})


def _told(languages: tuple[str, ...], **words: dict[str, str]) -> Corpus:
    made = made_up.corpus()

    def told(row: dict[str, Any]) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for name, value in row.items():
            if name.endswith("_en"):
                base = name.removesuffix("en")
                kept |= {f"{base}{lang}": words[lang].get(value, value) for lang in languages}
            elif not name.endswith("_vi"):
                kept[name] = value
        return kept

    plain = {name: [told(row) for row in rows] for name, rows in made.plain.items()}
    return Corpus([told(event) for event in made.events], plain, languages)
