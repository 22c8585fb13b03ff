"""Over any history of votes, askings and spreads: nobody is ever shown apart from four others."""

from itertools import combinations, permutations
from random import Random

import pytest

from assessments.scoring.voters import MIN_VOTES, RevealedVotes, showable


def history(seed, people=14, askings=12):
    """Every set that was shown in a random workshop on one question, with everybody's votes at each."""
    chance, spreads = Random(seed), []
    room = list(range(people))
    for _asking in range(askings):
        kind = chance.randrange(4)
        known = [*chance.choice(spreads)] if spreads else room[:]
        strangers = [person for person in room if person not in known]
        if kind == 0:  # some of whoever is there
            voters = chance.sample(room, chance.randint(1, people))
        elif kind == 1:  # the same, and a few more
            voters = known + chance.sample(strangers, chance.randint(0, len(strangers)))
        elif kind == 2:  # the same, less a few
            voters = chance.sample(known, chance.randint(1, len(known)))
        else:  # others
            voters = strangers or known
        shown = showable(frozenset(voters), [RevealedVotes(each) for each in spreads])
        assert shown <= set(voters)
        if shown:
            spreads.append(shown)
    return spreads


def groups(spreads):
    """People who are in the same spreads."""
    found = {}
    for person in {person for each in spreads for person in each}:
        found.setdefault(tuple(person in each for each in spreads), []).append(person)
    return list(found.values())


@pytest.mark.parametrize("seed", range(300))
def test_sets_that_are_shown_differ_by_nobody_or_by_five(seed):
    spreads = history(seed)
    assert all(len(each) >= MIN_VOTES for each in spreads)
    assert all(len(one ^ other) == 0 or len(one ^ other) >= 5 for one, other in combinations(spreads, 2))


@pytest.mark.parametrize("seed", range(300))
def test_everybody_shares_every_spread_with_four_others(seed):
    """So whatever is added or subtracted, exchanging the votes of two of them changes nothing on any screen."""
    spreads = history(seed)
    assert spreads
    assert min(map(len, groups(spreads))) >= MIN_VOTES


def test_random_histories_show_more_than_one_set():
    assert sum(len(set(history(seed))) > 1 for seed in range(300)) > 100


@pytest.mark.parametrize("seed", range(40))
def test_an_observer_finds_for_everybody_every_vote_of_their_group(seed):
    """An observer who knows who was in the room and that nobody changed a vote, and tries all that fits the counts."""
    spreads, chance = history(seed, people=11, askings=6), Random(seed)
    votes = {person: chance.randint(1, 3) for each in spreads for person in each}
    seen = [sorted(votes[person] for person in each) for each in spreads]
    for group in groups(spreads):
        for one, other in permutations(group, 2):
            swapped = {**votes, one: votes[other], other: votes[one]}
            assert [sorted(swapped[person] for person in each) for each in spreads] == seen


@pytest.mark.parametrize(
    ("voters", "before", "shown"),
    [
        ("abcd", [], ""),
        ("abcde", [], "abcde"),
        ("abcdef", ["abcde"], "abcde"),  # one who came later is left out
        ("abcdefghij", ["abcde"], "abcdefghij"),
        ("abcdefghi", ["abcde"], "abcde"),
        ("abcde", ["abcdef"], ""),  # one who did not vote again would be the difference
        ("abcde", ["abcdefghij"], "abcde"),
        ("fghij", ["abcde"], "fghij"),
        ("abcdeghijk", ["abcdef"], "ghijk"),
        ("fghij", ["abcdefghijk", "abcde"], ""),  # the first less both is k
        ("abc", ["abc"], ""),  # shown when three were enough
        ("abcdefgh", ["abc"], "abcdefgh"),
    ],
)
def test_cases(voters, before, shown):
    assert showable(frozenset(voters), [RevealedVotes(frozenset(each)) for each in before]) == frozenset(shown)


def test_those_with_whom_somebody_has_gone_are_not_shown_again():
    assert showable(frozenset("abcde"), [RevealedVotes(frozenset("abcde"), gone=1)]) == frozenset()
    assert showable(frozenset("abcdefghij"), [RevealedVotes(frozenset("abcde"), gone=1)]) == frozenset("fghij")


@pytest.mark.parametrize("seed", range(300))
def test_who_comes_back_under_another_name_gives_nobody_away(seed):
    """People of whom some have an account and some do not, and who may be a new guest at every asking."""
    chance, before, shown = Random(seed), [], []
    for asking in range(8):
        voters = {}  # name -> person
        for person in chance.sample(range(14), chance.randint(5, 14)):
            names = [("account", person), ("guest", person), ("guest", person, asking)]
            voters[chance.choice(names[person % 2 :])] = person
        guests = {name for name in voters if name[0] == "guest"}
        counted = showable(frozenset(voters), before, guests)
        if counted:
            before.append(RevealedVotes(counted, guests=bool(counted & guests)))
            shown.append({voters[name] for name in counted})
    assert shown
    assert all(len(one ^ other) == 0 or len(one ^ other) >= 5 for one, other in combinations(shown, 2))
    assert min(map(len, groups(shown))) >= MIN_VOTES
