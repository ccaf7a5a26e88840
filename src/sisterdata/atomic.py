"""A file is replaced as a whole: whoever looks sees the old one or the new one."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

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


@contextmanager
def whole_folder(folder: Path, owned: frozenset[str]) -> Iterator[Path]:
    """A new, empty folder to write into, which takes the place of `folder` at the end.

    Where anything goes wrong, or the process is killed, `folder` stays as it was. `owned`
    names the files that may be replaced: a folder that holds any other is refused with
    `DataError`, so that nothing of somebody else's is lost.
    """
    folder = led_to(folder)
    if folder.exists() and not folder.is_dir():
        raise DataError("not a folder", where=str(folder), todo="name a folder of its own")
    if folder == Path.cwd() or folder in Path.cwd().parents:
        raise DataError("you stand in this folder", where=str(folder), todo="run it from outside")
    strangers = sorted({f.name for f in folder.iterdir()} - owned) if folder.exists() else []
    if strangers:
        raise DataError(
            f"the folder holds {strangers[0]!r}, which is not of our making",
            where=str(folder),
            todo="name an empty folder, or one that an earlier build wrote",
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        new = Path(tempfile.mkdtemp(prefix=_prefix(folder, os.getpid()), dir=folder.parent))
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield new
        _sync(new)
        new.chmod(folder.stat().st_mode & 0o777 if folder.exists() else 0o755)
        if folder.exists():
            _exchange(new, folder)
        else:
            new.rename(folder)
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _prefix(folder: Path, process: int) -> str:
    return f".{folder.name}.building-{process}-"


def _sweep(folder: Path) -> None:
    """Remove what builds that were killed have left behind, and nothing else."""
    ours = re.compile(rf"\.{re.escape(folder.name)}\.building-(\d+)-\w{{8}}")
    for left in folder.parent.iterdir():
        named = ours.fullmatch(left.name)
        if named and left.is_dir() and not left.is_symlink() and not _runs(int(named[1])):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _sync(folder: Path) -> None:
    """Bytes reach the disk before the name does."""
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _exchange(new: Path, old: Path) -> None:
    """Swap two folders in one step where the system can, in two renames elsewhere."""
    libc: Any = ctypes.CDLL(None, use_errno=True) if sys.platform != "win32" else None
    swap_flag = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS
    if hasattr(libc, "renameat2"):
        at_cwd = -100
        done = libc.renameat2(at_cwd, bytes(new), at_cwd, bytes(old), swap_flag)
    elif hasattr(libc, "renamex_np"):
        done = libc.renamex_np(bytes(new), bytes(old), swap_flag)
    else:
        done = -1
    if done == 0:
        return
    reason = 0 if libc is None else ctypes.get_errno()
    if reason not in {0, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM}:
        raise OSError(reason, os.strerror(reason))
    aside = new.with_name(new.name + ".old")
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise
    aside.rename(new)
