"""Files are what their first bytes say, and nothing is left of those refused."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from web import uploads
from workflow.refusals import Refused

PDF = b"%PDF-1.7\n" + b"x" * 100


def docx(names: dict[str, bytes]) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in names.items():
            archive.writestr(name, body)
    made.seek(0)
    return made


def refused(stream: io.BytesIO, name: str, home: Path) -> str:
    with pytest.raises(Refused) as caught:
        uploads.store(stream, name, home, "opinion")
    assert list(home.glob("*")) == []
    return caught.value.refusals[0].code


def test_a_file_lies_under_its_id_with_its_hash(tmp_path: Path) -> None:
    stored = uploads.store(io.BytesIO(PDF), "意见书.pdf", tmp_path)
    assert (tmp_path / stored.id).read_bytes() == PDF
    assert stored.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (stored.kind, stored.size) == ("application/pdf", len(PDF))


def test_a_program_named_pdf_is_refused(tmp_path: Path) -> None:
    assert refused(io.BytesIO(b"MZ\x90\x00" + b"x" * 50), "意见书.pdf", tmp_path) == "FileType"


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    assert refused(io.BytesIO(PDF), "意见书.exe", tmp_path) == "FileType"


def test_a_large_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 50)
    assert refused(io.BytesIO(PDF), "a.pdf", tmp_path) == "FileTooLarge"


def test_an_archive_that_swells_is_refused(tmp_path: Path) -> None:
    bomb = docx({"word/document.xml": b"", "x": b"0" * (uploads.UNPACKED + 1)})
    assert refused(bomb, "a.docx", tmp_path) == "ArchiveTooLarge"


def test_an_archive_that_is_no_document_is_refused(tmp_path: Path) -> None:
    assert refused(docx({"a.txt": b"x"}), "a.docx", tmp_path) == "FileType"


def test_a_document_is_taken(tmp_path: Path) -> None:
    stored = uploads.store(docx({"word/document.xml": b"<w/>"}), "信.docx", tmp_path)
    assert (tmp_path / stored.id).exists()


@pytest.mark.parametrize(("name", "shown"), [("../../身份证.pdf", "身份证.pdf"), ("C:\\x\\a\u0000.pdf", "a.pdf")])
def test_a_name_is_only_a_name(name: str, shown: str) -> None:
    assert uploads.shown(name) == shown


def test_a_long_name_keeps_its_end() -> None:
    assert uploads.shown("长" * 300 + ".pdf").endswith("长.pdf")
    assert len(uploads.shown("长" * 300 + ".pdf")) == 120
