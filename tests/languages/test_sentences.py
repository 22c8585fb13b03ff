"""Names and a bank's texts inside sentences of the interface: neither reorders the other."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from assessments.sentences import FSI, PDI, BankText, Sentence, gettext_lazy, isolated, shortened

ARABIC = "الرؤية (3)"
KEPT = f"{FSI}{ARABIC}{PDI}"


@pytest.mark.parametrize(
    ("interface", "text", "shown"),
    [
        ("en", "Vision (3)", "Vision (3)"),
        ("de", "Übersicht −0,2", "Übersicht −0,2"),
        ("en", ARABIC, KEPT),
        ("ar", ARABIC, KEPT),
        ("ar", "الرؤية", "الرؤية"),
        ("ar", "Northfield (UK)", f"{FSI}Northfield (UK){PDI}"),
        ("ar", "−0.2", f"{FSI}−0.2{PDI}"),
        ("en", f"{ARABIC}{PDI}", KEPT),
        ("en", f"\u202e{ARABIC}", KEPT),
        ("en", KEPT, f"{FSI}{KEPT}{PDI}"),
    ],
)
def test_text_is_isolated_where_it_could_run_against_the_interface(interface, text, shown):
    with override(interface):
        assert isolated(text) == shown


def test_sentence_isolates_its_values_and_not_the_sentences_in_it():
    inner = Sentence("%(pillar)s leads") % {"pillar": ARABIC}
    assert inner == f"{KEPT} leads"
    assert Sentence("%(opening)s, by %(gap)s") % {"opening": inner, "gap": "0.3"} == f"{KEPT} leads, by 0.3"
    assert Sentence("%d of %s") % (2, ARABIC) == f"2 of {KEPT}"
    assert Sentence("{} first").format(ARABIC) == f"{KEPT} first"
    assert str(gettext_lazy("%(pillar)s first")) % {"pillar": ARABIC} == f"{KEPT} first"


def test_templates_isolate_the_values_of_their_sentences():
    page = "{% load i18n %}{% blocktranslate asvar said with b=a.name %}{{ b }}: {{ a.more }}{% endblocktranslate %}{{ said }}"
    shown = Template(page).render(Context({"a": {"name": ARABIC, "more": "<b>"}}))
    assert shown == f"{KEPT}: &lt;b&gt;"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("ar", f'<bdi lang="ar" dir="rtl">{ARABIC} &amp;</bdi>'),
        ("en-GB", f"{ARABIC} &amp;"),
        ("de", f'<bdi lang="de" dir="ltr">{ARABIC} &amp;</bdi>'),
    ],
)
def test_text_of_a_bank_says_its_language_where_the_page_has_another(language, shown):
    assert Template("{{ text }}").render(Context({"text": BankText(f"{ARABIC} &", language)})) == shown


@pytest.mark.parametrize("most", range(2, 22))
def test_a_value_that_is_cut_stays_isolated(most):
    whole = Sentence("%(name)s, Q4") % {"name": "مؤسسة خلمة"}
    cut = shortened(f"{whole} {whole}", most)
    assert cut.count(FSI) == cut.count(PDI)
    assert len(cut.rstrip(PDI)) <= most
