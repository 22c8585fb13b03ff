"""Check how a bank's texts read: length, repetition, reading level, vague words in place of facts.

Lengths are checked only if spaces separate words; reading level and word lists are for English only. The grade is
Flesch-Kincaid's (Kincaid et al. 1975): 0.39 words/sentence + 11.8 syllables/word - 15.59.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import pairwise
from math import ceil

from assessments.scoring.bank import Bank, Pillar, Question

from .problems import Path, in_quotes

LONGEST_ANCHOR = 25  # words
SHORTEST_ANCHOR = 10
HIGHEST_GRADE = 12.0
ALIKE = 0.8  # words that two texts share / all words in either

_UNSPACED = {"zh", "ja", "th", "lo", "km", "my", "bo"}
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SENTENCE_END = re.compile(r"(?<![.!?;:])[.!?;:]++(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_WEAK = re.compile(
    r"\b(?:fully|very|systematically|completely|totally|entirely|highly|extremely|really|truly|thoroughly|effectively"
    r"|efficiently|extensively|significantly|strongly|largely|proactively|seamlessly|holistically|robustly|properly"
    r"|adequately|sufficiently|appropriately|widely|deeply|consistently|well-defined)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\band/or\b", re.IGNORECASE)
_TWO_QUESTIONS = re.compile(  # a question word with a verb of its own, or a verb before its subject
    r"\b(?:and|or),? (?:who (?!it|they|we|you)\w+|(?:how|what|when|where|which|why) (?:do|does|did|is|are|was|has|have|can)"
    r"|(?:do|does|did|is|are|has|have|can) (?:you|they|we|it|the|your|their|leaders|people))\b",
    re.IGNORECASE,
)
# Words that only say how much or how often: they give no fact that distinguishes one level from the next
_DEGREE = re.compile(
    r"[a-z-]+ly|always|often|sometimes|seldom|never|some|few|several|many|most|all|every|more|less|well|better|best|quite"
    r"|rather|very|too|almost|much"
)
_NO_ADVERBS = frozenset(("apply", "assembly", "early", "family", "only", "policy", "rely", "reply", "supply"))
_OPINION = re.compile(r"\bdisagree\b|\bstrongly agree\b|\b(?:do|would) you agree\b|\bto what extent\b", re.IGNORECASE)


def wording_of_bank(bank: Bank) -> Iterator[tuple[Path, str]]:
    """Findings about similar questions, and about similar or repeated anchors."""
    texts = [
        (("pillars", i, "questions", j, "text"), question.text)
        for i, pillar in enumerate(bank.pillars)
        for j, question in enumerate(pillar.questions)
    ]
    yield from _alike(texts, bank, "asks almost the same as")
    for i, pillar in enumerate(bank.pillars):
        yield from _alike_anchors(bank, i, pillar)
    seen: dict[str, str] = {}
    for i, pillar in enumerate(bank.pillars):
        for j, question in enumerate(pillar.questions):
            for k, anchor in enumerate(question.anchors):
                if anchor is not None and seen.setdefault(anchor, question.key) != question.key:
                    yield (
                        ("pillars", i, "questions", j, "anchors", k),
                        f"the same words as in {in_quotes(seen[anchor])}",
                    )


def _alike_anchors(bank: Bank, i: int, pillar: Pillar) -> Iterator[tuple[Path, str]]:
    """Findings about anchors of one level that are similar, but not identical, in two questions of a pillar."""
    for k in range(len(bank.levels)):
        texts = {
            anchor: ("pillars", i, "questions", j, "anchors", k)
            for j, question in enumerate(pillar.questions)
            if k < len(question.anchors) and (anchor := question.anchors[k]) is not None
        }
        yield from _alike([(path, text) for text, path in texts.items()], bank, "says almost the same as")


def wording_of_question(bank: Bank, path: Path, question: Question) -> Iterator[tuple[Path, str]]:
    """Findings about the wording of one question and its anchors."""
    anchors = [
        ((*path, "anchors", level - 1), anchor)
        for level, anchor in enumerate(question.anchors, start=1)
        if anchor is not None
    ]
    if bank.language.split("-")[0].lower() not in _UNSPACED:
        yield from _lengths(anchors)
    yield from _alike(anchors, bank, "says almost the same as")
    if bank.language.split("-")[0].lower() == "en":
        yield from _english(path, question, anchors)


def words(text: str) -> list[str]:
    """The words of a text; a hyphenated one is one word."""
    return _WORD.findall(text)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts, as sets of words, share so many words that one looks like a paraphrase of the other."""
    return len(one & other) >= ALIKE * len(one | other)


def grade(texts: Iterable[str]) -> float:
    """The school grade needed to read these texts easily, or 0.0 without words; each text ends a sentence."""
    texts = list(texts)
    spoken = [word.lower() for text in texts for word in words(text)]
    sentences = sum(max(1, len(_SENTENCE_END.findall(text))) for text in texts)
    if not spoken:
        return 0.0
    return 0.39 * len(spoken) / sentences + 11.8 * sum(map(_syllables, spoken)) / len(spoken) - 15.59


def _syllables(word: str) -> int:
    """The number of vowel groups, except a silent e at the end; at least 1."""
    silent = word.endswith("e") and not word.endswith("le")
    return max(1, len(_VOWELS.findall(word)) - silent)


def _lengths(anchors: list[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
    for path, anchor in anchors:
        length = len(words(anchor))
        if length > LONGEST_ANCHOR:
            yield path, f"{length} words; an anchor of more than {LONGEST_ANCHOR} is not read to its end"
        elif length < SHORTEST_ANCHOR:
            yield (
                path,
                f"{length} word{'' if length == 1 else 's'}; fewer than {SHORTEST_ANCHOR} rarely name a fact that a second person could check",
            )


def _degrees(anchors: list[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
    """Findings about neighbouring levels that differ only in words of degree."""
    for (_, lower), (path, upper) in pairwise(anchors):
        one, other = _facts(lower), _facts(upper)
        if one and one == other and lower != upper:
            yield path, "differs from the level below only in how much or how often; say what else there is to see"


def _facts(text: str) -> list[str]:
    """The words of a text except words of degree."""
    spoken = (word.lower() for word in words(text))
    return [word for word in spoken if word in _NO_ADVERBS or not _DEGREE.fullmatch(word)]


def _alike(texts: Sequence[tuple[Path, str]], bank: Bank, says: str) -> Iterator[tuple[Path, str]]:
    """Each text that is similar to an earlier one, with the first such.

    Two similar texts share a word among the rarest of each, so only texts that do are compared (prefix filtering;
    Chaudhuri, Ganti and Kaushik 2006).
    """
    sets = [frozenset(word.lower() for word in words(text)) for _path, text in texts]
    common = Counter(word for each in sets for word in each)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, spoken in enumerate(sets):
        rare = sorted(spoken, key=lambda word: (common[word], word))[: len(spoken) - ceil(ALIKE * len(spoken)) + 1]
        candidates = merge(*(holders[word] for word in rare))
        first = next((each for each in candidates if alike(sets[each], spoken)), None)
        if first is not None:
            yield texts[place][0], f"{says} {_named(bank, texts[first][0])}"
        for word in rare:
            holders[word].append(place)


def _named(bank: Bank, path: Path) -> str:
    """A text's name for a message: its question's key, and its level if it is an anchor."""
    _, i, _, j, *rest = path
    if not (isinstance(i, int) and isinstance(j, int)):
        return "another text"
    key = in_quotes(bank.pillars[i].questions[j].key)
    return f"level {int(rest[1]) + 1} of {key}" if len(rest) == 2 else key


def _english(path: Path, question: Question, anchors: list[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
    if not question.text.rstrip().endswith("?"):
        yield (*path, "text"), "no question mark: a question that a person would ask aloud ends with one"
    if question.error is not None and not question.error.startswith("Select "):
        yield (*path, "error"), 'an error phrase begins with "Select", as in "Select the statement that …"'
    for at, text in [((*path, "text"), question.text), *anchors]:
        if match := _BOTH.search(text):
            yield at, f"{in_quotes(match[0])} asks two things at once"
        if match := _OPINION.search(text):
            yield at, f"{in_quotes(match[0])} asks for an opinion, not for a fact"
    if (match := _TWO_QUESTIONS.search(question.text)) or question.text.count("?") > 1:
        what = in_quotes(match[0]) if match else "a second question mark"
        yield (*path, "text"), f"{what} starts a second question; who would answer the two differently cannot answer"
    yield from _degrees(anchors)
    for at, anchor in anchors:
        if match := _WEAK.search(anchor):
            yield at, f"{in_quotes(match[0])} does the work of a fact; say what, how often or how many"
    level = grade([question.text, *(anchor for _, anchor in anchors)])
    if level > HIGHEST_GRADE:
        yield path, f"reads like school grade {level:.1f}; {HIGHEST_GRADE:.0f} is the most"
