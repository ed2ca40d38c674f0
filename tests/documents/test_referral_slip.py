"""The slip of a referral says where to go in the person's language; zbar reads its map, and it names nobody."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from csr_desk.documents.referral_slip import referral_slip_pdf
from csr_desk.documents.referral_slip_words import LANGUAGES
from csr_desk.domain.referrals import Area, Kind
from documents import reading
from documents.referral_samples import LINK, PLACE, referral_slip
from documents.test_hostile_text import ALL


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_says_where_when_and_what_to_bring_in_their_language(language: str) -> None:
    words, said = LANGUAGES[language], reading.text(referral_slip_pdf(referral_slip(language=language)))
    for one in (
        words.title, words.warm, words.hours, "10555 Northwest Fwy, Houston, TX 77092", "Mon–Fri 8–16", "713-274-3900",
        "Bring the deed with the subdivision.", words.limits[Area.OUTSIDE], "RF26-000001-9", "Dolores Reyes",
    ):  # fmt: skip
        assert one in said
    assert words.cold not in said
    assert words.cold in reading.text(referral_slip_pdf(referral_slip(language=language, kind=Kind.COLD)))


def test_a_language_without_words_gets_english_and_the_same_facts_the_same_bytes() -> None:
    made = referral_slip_pdf(referral_slip(language="ur"))
    assert "Where you get help" in reading.text(made)
    assert made == referral_slip_pdf(referral_slip(language="ur"))


def test_an_agency_for_every_address_says_nothing_of_the_limits() -> None:
    said = reading.text(referral_slip_pdf(referral_slip(area=Area.ANYWHERE, advice="")))
    assert "city limits" not in said.replace("Building permit outside the city limits", "")
    assert "What to know" not in said


def test_without_an_address_the_slip_says_whom_to_ask() -> None:
    assert "Ask us for the address: 832-394-9000" in reading.text(referral_slip_pdf(referral_slip(places=())))


def test_zbar_reads_the_map_and_a_place_without_one_has_no_code(tmp_path: Path) -> None:
    assert codes(referral_slip_pdf(referral_slip()), tmp_path) == [f"QR-Code:{LINK}"]
    for link in ("", "https://maps.example/ở"):
        assert codes(referral_slip_pdf(referral_slip(places=(replace(PLACE, map_link=link),))), tmp_path) == []


@ALL
def test_what_somebody_typed_is_printed_as_text(typed: str, printed: str) -> None:
    place = replace(PLACE, address=typed, hours=typed, reach=typed)
    pdf = referral_slip_pdf(
        referral_slip(agency=typed, need=typed, advice=typed, given_by=typed, places=(place,), number=typed)
    )
    assert reading.text(pdf).count(" ".join(printed.split())) >= 4
    assert not {key for found in reading.dictionaries(pdf) for key in found} & reading.ACTIVE


def codes(pdf: bytes, folder: Path) -> list[str]:
    """What zbar reads on the first page."""
    for program in ("pdftoppm", "zbarimg"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    path = folder / "slip.pdf"
    path.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", str(path), str(folder / "slip")], check=True)
    run = subprocess.run(["zbarimg", "-q", str(folder / "slip.png")], check=False, capture_output=True)
    return run.stdout.decode().split()
