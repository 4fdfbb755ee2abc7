"""Who is the same person told again."""

from __future__ import annotations

import pytest

from dateline.extract.persons import persons_of
from tests.extract.test_people import people_in


def persons_in(text):
    """The effect on each person, in the order told."""
    document, people = people_in(text)
    return [person.effect for person in persons_of(document, people)]


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("A man was shot. The victim died later.", ["killed"], id="the-victim-is-the-man"),
    pytest.param("A 17-year-old boy was shot. The teen is in stable condition.", ["injured"], id="the-teen-is-the-boy"),
    pytest.param("A man was shot. The woman died.", ["injured", "killed"], id="a-woman-is-no-man"),
    pytest.param("A boy was shot. A 40-year-old man was shot.", ["injured", "injured"], id="a-grown-man-is-no-boy"),
    pytest.param("A man was shot dead. Another man was wounded.", ["killed", "injured"], id="another"),
    pytest.param("A man was killed. A second man was hurt. The second man is stable.", ["killed", "injured"],
                 id="the-second-again"),
    pytest.param("A clerk was killed. A guest is in stable condition.", ["killed", "injured"], id="the-dead-are-not-stable"),
    pytest.param("Orla Venn, 31, was shot. Venn died.", ["killed"], id="a-surname"),
    pytest.param("Orla Venn, 31, was shot. Tam Venn, 9, was wounded.", ["injured", "injured"], id="a-family"),
    pytest.param("A girl was wounded and a man was killed. Hale was shot and he died.", ["injured", "killed"],
                 id="he-is-the-man-and-not-the-girl"),
    pytest.param("A woman was shot. He shot her and her son.", ["injured", "injured"], id="her-son-is-not-she"),
    pytest.param("A man was arrested. The man killed a guard.", ["killed", "arrested"], id="who-is-arrested-is-nobody-harmed"),
])
def test_persons(text, expected):
    assert persons_in(text) == expected
