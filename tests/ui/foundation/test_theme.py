"""Every pair of colours that carries words can be read (WCAG 2.2, AA)."""

from __future__ import annotations

import re
from itertools import product

import pytest
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from csr_desk.locations import resources
from csr_desk.ui.app import prepare
from csr_desk.ui.theme import FAMILY, LOOKS, Look, Tokens, palette, say, style_sheet

TEXT = 4.5
MARK = 3.0


def luminance(value: str) -> float:
    parts = [QColor(value).redF(), QColor(value).greenF(), QColor(value).blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("look", list(Look))
def test_words_can_be_read_on_every_ground_they_stand_on(look: Look) -> None:
    of = LOOKS[look]
    pairs = [
        *product((of.text, of.text_soft), (of.ground, of.surface, of.surface_low, of.select)),
        *product((of.ok, of.warn, of.bad, of.info, of.accent), (of.surface,)),
        (of.ok, of.ok_ground),
        (of.warn, of.warn_ground),
        (of.bad, of.bad_ground),
        (of.info, of.info_ground),
        (of.on_accent, of.accent),
        (of.on_accent, of.accent_hover),
        (of.rail_text, of.rail),
        (of.rail_on, of.rail_select),
        (of.warn, of.select),
        (of.on_practice, of.practice),
        *product((of.text, of.text_soft), (of.practice_low,)),
    ]
    faint = [(ink, ground, round(contrast(ink, ground), 2)) for ink, ground in pairs if contrast(ink, ground) < TEXT]
    assert not faint


@pytest.mark.parametrize("look", list(Look))
def test_the_focus_frame_stands_out_from_what_is_around_it(look: Look) -> None:
    of = LOOKS[look]
    assert contrast(of.accent, of.surface) >= MARK
    assert contrast(of.accent, of.ground) >= MARK


@pytest.mark.parametrize("look", list(Look))
def test_the_frame_of_an_office_without_real_money_stands_out_and_is_like_no_other_mark(look: Look) -> None:
    of = LOOKS[look]
    assert contrast(of.practice, of.ground) >= MARK
    assert contrast(of.practice, of.surface) >= MARK
    assert of.practice not in {of.accent, of.ok, of.warn, of.bad, of.info}


@pytest.mark.parametrize("look", list(Look))
def test_the_style_sheet_has_no_colour_without_a_name_left(look: Look) -> None:
    assert not re.findall(r"@\w+@", style_sheet(LOOKS[look]))


def test_every_token_of_the_template_is_known() -> None:
    template = (resources() / "style" / "csr_desk.qss").read_text(encoding="utf-8")
    assert set(re.findall(r"@(\w+)@", template)) <= set(Tokens.__slots__)


def test_palette_and_style_sheet_agree_on_text_and_ground() -> None:
    of = LOOKS[Look.DARK]
    made = palette(of)
    assert made.color(QPalette.ColorRole.Window).name() == of.ground
    assert made.color(QPalette.ColorRole.Text).name() == of.text


def test_the_programs_own_typeface_is_used_in_three_weights(qapp: QApplication) -> None:
    prepare(qapp)
    assert FAMILY in QFontDatabase.families()
    for weight in (QFont.Weight.Normal, QFont.Weight.DemiBold, QFont.Weight.Bold):
        font = QFont(FAMILY)
        font.setWeight(weight)
        assert QFontInfo(font).family().startswith(FAMILY)


def test_saying_what_a_widget_is_changes_its_looks(qapp: QApplication) -> None:
    prepare(qapp)
    label = QLabel("x")
    say(label, role="chip", tone="ok")
    label.ensurePolished()
    before = label.palette().color(QPalette.ColorRole.WindowText).name()
    say(label, tone="bad")
    assert label.palette().color(QPalette.ColorRole.WindowText).name() != before
