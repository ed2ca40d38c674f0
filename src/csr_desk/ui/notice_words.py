"""What is said of notices in more than one place. Knows no Qt."""

from __future__ import annotations

from csr_desk.domain.announcement import NoticeKind
from csr_desk.ui.wording import tr


def kind_words(kind: NoticeKind) -> str:
    """What a notice is about, in a word."""
    return {
        NoticeKind.PRICE: tr("Price"), NoticeKind.PROCESS: tr("Process"), NoticeKind.FORM: tr("Form"),
        NoticeKind.SAFETY: tr("Safety"), NoticeKind.OTHER: tr("Notice"),
    }[kind]  # fmt: skip
