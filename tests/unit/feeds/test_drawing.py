from feeds import drawing
from feeds.contrast import paint


def test_colours_stand_side_by_side_or_one_below_the_other() -> None:
    assert drawing.stripe(("#1f7a4d", "")) == (
        '<svg class="stripe" viewBox="0 0 2 1" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="by-day" fill="#1f7a4d" x="0" width="1.02" height="1"/>'
        f'<rect class="by-night" fill="{paint("#1f7a4d").night}" x="0" width="1.02" height="1"/>'
        '<rect x="1" width="1.02" height="1"/></svg>'
    )
    assert drawing.post(("",)) == (
        '<svg class="post" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">'
        '<rect y="0" width="1" height="1.02"/></svg>'
    )


def test_a_partnership_without_a_colour_has_no_dot() -> None:
    assert drawing.dot("") == ""
    assert drawing.dot("#000000").startswith('<svg class="dot"')
