"""Files handed in: one a request, known by their first bytes, on the disk before any row speaks of them."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4

from flask import current_app, request
from sqlalchemy import select, update

from models.db import apart, db
from models.tables import Case, File
from workflow.fields import Field
from workflow.refusals import Refusal, Refused

LARGEST = 20 * 1024 * 1024
UNPACKED = 100 * 1024 * 1024
ENTRIES = 2_000
HEAD = 16

KINDS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "mp4": "video/mp4",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Stored:
    """A file on the disk under its id; the name is for people only."""

    id: str
    name: str
    kind: str
    size: int
    sha256: str


def store(stream: IO[bytes], name: str, home: Path, line: str = "") -> Stored:
    """Raises Refused with FileType, FileTooLarge or FileEmpty about that line; leaves nothing behind then."""
    name, ending = shown(name), Path(name).suffix.lower().lstrip(".")
    kind = KINDS.get(ending, "")
    if not kind or detected(stream.read(HEAD)) != kind:
        raise Refused(Refusal("FileType", "文件内容与扩展名不符，或者不是可收的格式。", {}, line))
    stream.seek(0)
    home.mkdir(parents=True, exist_ok=True)
    stored = _written(stream, home, name, kind, line)
    if ending == "docx":
        _not_a_bomb(home / stored.id, line)
    return stored


def shown(name: str) -> str:
    """The last part of the name, without control signs, at most 120 letters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[-120:]


def detected(head: bytes) -> str:
    """What the first bytes say it is; empty for what is not taken."""
    if head.startswith(b"%PDF-"):
        return KINDS["pdf"]
    if head.startswith(b"\xff\xd8\xff"):
        return KINDS["jpg"]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return KINDS["png"]
    if head[4:8] == b"ftyp":
        return KINDS["mp4"]
    return KINDS["docx"] if head.startswith(b"PK\x03\x04") else ""


def _written(stream: IO[bytes], home: Path, name: str, kind: str, line: str) -> Stored:
    """Written beside, synced, then given its name, so that a half file never has one."""
    id, digest, size = str(uuid4()), hashlib.sha256(), 0
    part = home / f".{id}"
    with part.open("xb") as out:
        while chunk := stream.read(1 << 16):
            size += len(chunk)
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if size > LARGEST:
        part.unlink()
        raise Refused(Refusal("FileTooLarge", "文件最大{max}MB。", {"max": LARGEST >> 20}, line))
    part.replace(home / id)
    _sync(home)
    return Stored(id, name, kind, size, digest.hexdigest())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _not_a_bomb(path: Path, line: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            is_word = any(entry.filename == "word/document.xml" for entry in entries)
            is_small = len(entries) <= ENTRIES and sum(entry.file_size for entry in entries) <= UNPACKED
    except zipfile.BadZipFile:
        is_word, is_small = False, True
    if not (is_word and is_small):
        path.unlink()
        code, said = (
            ("FileType", "文件内容与扩展名不符，或者不是可收的格式。")
            if is_small
            else ("ArchiveTooLarge", "压缩包解压后过大，已拒绝。")
        )
        raise Refused(Refusal(code, said, {}, line))


def take(sent: dict[str, Any], fields: Iterable[Field], who: str, case_id: int | None) -> None:
    """Writes the id of each file into its line: of one that came with this request, or came with an earlier try.

    A new file's row stays even if the act is refused, so that nobody has to send it twice.
    """
    for each in [each for each in fields if each.kind == "file"]:
        file = request.files.get(each.id)
        if file and file.filename:
            sent[each.id] = _recorded(store(file.stream, file.filename, home(), each.id), who)
        elif sent.get(each.id) and not _is_known(sent[each.id], who, case_id):
            raise Refused(
                Refusal("InvalidData", "{label}：没有收到这个文件，请重新上传。", {"label": each.label}, each.id)
            )


def home() -> Path:
    data: Path = current_app.config["DATA"]
    return data.resolve() / "files"


def _is_known(id_: str, who: str, case_id: int | None) -> bool:
    """Handed in by the same person, and no other case's."""
    try:
        found = db.session.get(File, UUID(id_))
    except ValueError:
        return False
    return found is not None and found.uploaded_by == who and found.case_id in (None, case_id)


def _recorded(stored: Stored, who: str) -> str:
    with apart(db.session()) as own:
        own.add(
            File(
                id=UUID(stored.id), name=stored.name, media_type=stored.kind, size=stored.size,
                sha256=bytes.fromhex(stored.sha256), uploaded_by=who,
            )
        )  # fmt: skip
    return stored.id


def attach(sent: Mapping[str, Any], fields: Iterable[Field], number: str) -> None:
    """The files named in an act belong to its case from now on, and to no other."""
    ids = [UUID(sent[each.id]) for each in fields if each.kind == "file" and sent.get(each.id)]
    if ids:
        case = select(Case.id).where(Case.no == number).scalar_subquery()
        db.session.execute(update(File).where(File.id.in_(ids), File.case_id.is_(None)).values(case_id=case))
