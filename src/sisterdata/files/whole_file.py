"""A file is replaced as a whole: whoever looks sees the old one or the new one."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sisterdata.errors import DataError

if sys.platform != "win32":
    import fcntl


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A new, empty file to write into, which takes the place of `path` at the end.

    It is written beside `path`, as ``.<name>.part``. Where anything goes wrong, or the process
    is killed, `path` stays as it was; what a killed process left is taken over by the next.
    Raises `DataError` where the file cannot be written, and where another process writes it.
    """
    path = led_to(path)
    if path.exists() and not path.is_file():
        raise DataError("not a file", where=str(path), todo="name a file to write")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        file = _claim(part)
    except OSError as error:
        raise unwritable(path, error) from error
    done = False
    try:
        yield file
        file.flush()
        os.fsync(file.fileno())  # the bytes reach the disk before the name does
        if path.exists():
            part.chmod(path.stat().st_mode & 0o777)
        if sys.platform == "win32":  # where an open file cannot be renamed
            file.close()
        part.replace(path)
        done = True
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        if not done:
            part.unlink(missing_ok=True)
        with suppress(OSError):  # a full disk once more, on what was not yet flushed
            file.close()


def _claim(part: Path) -> BinaryIO:
    """Open `part` for this process alone, empty."""
    while True:
        file = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
        if sys.platform == "win32":
            file.truncate()
            return file
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            if error.errno in (errno.EAGAIN, errno.EACCES):
                raise DataError(
                    "another process is writing this file",
                    where=str(part),
                    todo="wait until it has ended, or name another output",
                ) from error
            raise
        # Between opening and locking the other may have finished: then it is no longer `part`.
        if part.exists() and os.path.samestat(part.stat(), os.fstat(file.fileno())):
            file.truncate()
            return file
        file.close()


def led_to(path: Path) -> Path:
    """The path that links lead to: a link goes on pointing to what is written.

    Raises `DataError` where they lead in a circle, and for a name that no file can have.
    """
    try:
        path = path.resolve()
        path.exists()
    except (OSError, RuntimeError, ValueError) as error:
        raise unwritable(path, error) from error
    return path


def unwritable(path: Path, error: Exception) -> DataError:
    """What to tell a person of a file or folder that the system does not let us write."""
    return DataError(
        f"cannot be written: {getattr(error, 'strerror', None) or error}",
        where=str(path),
        todo="make room or change the permissions; what was there before is untouched",
    )
