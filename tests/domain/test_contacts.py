"""Words that tell nobody apart are known, an e-mail address is written one way, a slip of a number is found."""

from __future__ import annotations

from csr_desk.domain.contacts import email_words, usual_words
from csr_desk.domain.customer_words import index_words, kept_words, place_words, slips, without


def test_an_e_mail_address_is_written_one_way() -> None:
    assert email_words(" M.Alvarez@Example.ORG ") == "M.Alvarez@example.org"


def test_a_telephone_is_found_by_its_ends_and_not_by_its_extension() -> None:
    assert index_words((), ["(713) 555-0142 ext. 12"]) == ("7135550142", "5550142", "0142")
    assert index_words((), ["+1 713 555 0142"]) == ("17135550142", "5550142", "0142", "7135550142")
    assert index_words((), ["713 555 0142, 832 555 0199", "ask"])[3:] == ("8325550199", "5550199", "0199")


def test_words_of_the_city_and_kinds_of_streets_tell_nobody_apart() -> None:
    usual = usual_words("1002 Washington Avenue\nHouston, TX 77002")
    assert place_words("1002 Washington Avenue\nHouston, TX 77002") == {"houston", "tx"}
    assert place_words("Somewhere") == frozenset()
    assert kept_words("4107 Leeland St Apt B, Houston, TX 77023", usual) == "4107 leeland b 77023"
    assert without(("maria", "houston"), usual) == ("maria",)
    assert without(("maria", "hou"), usual) == ("maria",)
    assert without(("maria", "h"), usual) == ("maria", "h")
    assert without(("street", "maria"), usual) == ("maria",)
    assert without((), usual) == ()


def test_every_slip_of_a_number_is_one_figure_or_one_swap() -> None:
    assert set(slips("12")) == ({f"{n}2" for n in range(10)} | {f"1{n}" for n in range(10)} | {"21"}) - {"12"}
    assert len(slips("004122779")) == 9 * 9 + 5
