"""Which stories come, and how often: a shuffled deck, so that even a small register has every one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from random import Random

from reception.demo import (
    cases,
    errands,
    jobs,
    meetings,
    papers,
    returning,
    second_thoughts,
    stories,
    urgent,
)
from reception.demo.front import Front
from reception.demo.stories import Life, Story
from reception.facts import CallResult, Urgency, Visits

_CARDS: tuple[tuple[int, Story], ...] = (
    (75, stories.answered),
    (53, stories.pointed),
    (9, stories.put_through),
    (2, stories.not_connected),
    (2, partial(stories.not_connected, result=CallResult.BUSY)),
    (8, stories.waiting),
    (1, stories.called_back),
    (2, second_thoughts.owed),
    (1, partial(second_thoughts.owed, attempts=0)),
    (1, partial(second_thoughts.owed, result=CallResult.NO_ANSWER, attempts=2)),
    (1, partial(second_thoughts.owed, result=CallResult.BUSY)),
    (1, partial(second_thoughts.owed, attempts=3, given_up=True)),
    (2, second_thoughts.promised),
    (1, second_thoughts.taken_back),
    (1, second_thoughts.revealed),
    (2, stories.undecided),
    (1, partial(stories.undecided, pointed=True)),
    (3, stories.noted_later),
    (2, stories.voided),
    (3, stories.corrected),
    (3, stories.late_today),
    (1, stories.late_yesterday),
    (4, stories.delivery),
    (3, stories.official),
    (2, stories.notice_in),
    (2, stories.instructions_in),
    (2, stories.notice_out),
    (5, papers.paper),
    (2, jobs.job),
    (1, jobs.on_the_sheet),
    (2, meetings.notice),
    (1, meetings.received),
    (1, urgent.happening),
    (4, cases.complaint),
    (1, cases.petition),
    (1, partial(cases.petition, visits=Visits.REPEAT)),
    (1, cases.report),
    (1, cases.accusation),
    (1, cases.group),
    (4, cases.business),
    (1, partial(cases.business, assists=2)),
    (1, partial(cases.business, slow=True)),
    (1, partial(cases.business, again=True)),
    (1, cases.sent_back),
    (3, returning.asked_again),
)


def begun(story: Story) -> Story:
    """The story's first step only: what is left open."""

    def run(front: Front, at: dt.datetime) -> Life:
        next(story(front, at), None)
        yield from ()

    return run


_EARLY: tuple[Story, ...] = (
    partial(cases.business, stop="returned"),
    partial(meetings.notice, turn=2, unreached=True),
    partial(cases.business, stop="answered"),
    partial(urgent.event, ends=False),
    partial(cases.business, stop="received"),
    partial(jobs.on_the_sheet, asks=True, stop="step"),
)
_ANY_TIME: tuple[Story, ...] = (
    begun(stories.called_back),
    partial(papers.paper, way="nowhere"),
    partial(cases.business, stop="sent"),
    begun(stories.not_connected),
    partial(papers.paper, way="round", stop=True),
    partial(second_thoughts.owed, result=CallResult.BUSY, ends=False, urgency=Urgency.URGENT),
    begun(stories.undecided),
    partial(second_thoughts.owed, attempts=2, ends=False),
    partial(meetings.received, stop="laid"),
    partial(cases.business, stop="told"),
    stories.voided,
)
_LATE: tuple[Story, ...] = (begun(stories.waiting), begun(stories.waiting))
_BEFORE: tuple[Story, ...] = (
    partial(papers.paper, way="nowhere"),
    partial(papers.paper, way="department", stop=True),
    partial(jobs.job, stop="answered"),
)
"""What the day before leaves behind."""


def deal(dice: Random) -> Iterator[Story]:
    """Stories without end."""
    cards = [story for count, story in _CARDS for _ in range(count)]
    while True:
        dice.shuffle(cards)
        yield from cards


def turn(front: Front, at: dt.datetime) -> Story | None:
    """What is due now by itself: a visitor who was expected, the next call about a meeting."""
    if (row := errands.due(front, at)) is not None:
        return partial(errands.arrive, row=row)
    return meetings.turn(front)


def day_before(dice: Random, count: int) -> list[Story | None]:
    """The stories of the day before the last, of which some leave work behind; None is for a usual one."""
    told: list[Story | None] = [None] * count
    places = sorted(dice.sample(range(count), min(len(_BEFORE), count // 3)))
    for place, story in zip(places, _BEFORE, strict=False):
        told[place] = story
    return told


def last_day(dice: Random, count: int) -> list[Story | None]:
    """The stories of a day that breaks off: among the usual ones (None) what is still to be done."""
    told: list[Story | None] = [None] * count
    if count < 2 * len((*_EARLY, *_ANY_TIME, *_LATE)):
        room = count * 3 // 4
        late, early = _LATE[:room], _EARLY[: max(0, room - len(_LATE))]
        between = _ANY_TIME[: max(0, room - len(_LATE) - len(_EARLY))]
        usual = told[: count - len(late) - len(early) - len(between)]
        return [*reversed(early), *usual, *reversed(between), *late]
    places = dice.sample(range(count // 3), len(_EARLY))
    places += dice.sample(range(count // 3, count - 5), len(_ANY_TIME))
    for place, story in zip((*places, count - 4, count - 2), (*_EARLY, *_ANY_TIME, *_LATE), strict=True):
        told[place] = story
    return told
