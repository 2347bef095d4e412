"""Every word of the templates goes through gettext, so that nynorsk and English can follow."""

import re
from pathlib import Path

import pytest

from vft import web

TEMPLATES = sorted((Path(web.__file__).parent / "templates").rglob("*.html"))
#: What is the same in every language.
NAMES = {"VFT", "–"}
TAKEN_AWAY = (
    r"\{% blocktranslate.*?endblocktranslate %\}",
    r"\{%.*?%\}",
    r"\{\{.*?\}\}",
    r"<code>.*?</code>",
    r"<[^>]*>",
    r"&\w+;",
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.name)
def test_no_word_stands_bare(template):
    text = template.read_text(encoding="utf-8")
    for pattern in TAKEN_AWAY:
        text = re.sub(pattern, " ", text, flags=re.DOTALL)
    words = {word for word in text.split() if re.search(r"\w", word)}
    assert words <= NAMES


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.name)
def test_no_label_for_the_ear_stands_bare(template):
    text = template.read_text(encoding="utf-8")
    assert not re.findall(r'(?:aria-label|title|placeholder|alt)="[^"{]*\w[^"{]*"', text)
