"""Write files and folders atomically: readers see the old version or the new one, never a part."""

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
    """Open a temporary file that replaces `path` when the block ends without an error.

    The temporary file is ``.<name>.part``, next to `path`. After an error, or if the process is
    killed, `path` is unchanged; the next writer reuses what a killed one left. Raises `DataError`
    if the file cannot be written, or if another process is writing it.
    """
    path = resolve_links(path)
    if path.exists() and not path.is_file():
        raise DataError("not a file", where=str(path), todo="give the path of a file")
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
        os.fsync(file.fileno())  # the content must reach the disk before the name
        if path.exists():
            part.chmod(path.stat().st_mode & 0o777)
        if sys.platform == "win32":  # Windows cannot rename an open file
            file.close()
        part.replace(path)
        done = True
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        if not done:
            part.unlink(missing_ok=True)
        with suppress(OSError):  # a full disk fails again on what is still buffered
            file.close()


def _claim(part: Path) -> BinaryIO:
    """Open `part`, emptied, and lock it for this process."""
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
                    todo="wait until it has finished, or choose another output",
                ) from error
            raise
        # If the other process finished between our open and our lock, this is no longer `part`.
        if part.exists() and os.path.samestat(part.stat(), os.fstat(file.fileno())):
            file.truncate()
            return file
        file.close()


def resolve_links(path: Path) -> Path:
    """The path behind symbolic links, so that a link still points to what is written.

    Raises `DataError` for links in a circle, and for a name that no file can have.
    """
    try:
        path = path.resolve()
        path.exists()
    except (OSError, RuntimeError, ValueError) as error:
        raise unwritable(path, error) from error
    return path


def unwritable(path: Path, error: Exception) -> DataError:
    """The error for a file or folder that cannot be written."""
    return DataError(
        f"cannot be written: {getattr(error, 'strerror', None) or error}",
        where=str(path),
        todo="free some space or change the permissions; the old version is unchanged",
    )


@contextmanager
def whole_folder(folder: Path, owned: frozenset[str]) -> Iterator[Path]:
    """Create a temporary folder that replaces `folder` when the block ends without an error.

    After an error, or if the process is killed, `folder` is unchanged. `owned` names the files that
    may be replaced. Raises `DataError` if `folder` has any other file in it, so that nobody's files
    are lost.
    """
    folder = resolve_links(folder)
    if folder.exists() and not folder.is_dir():
        raise DataError("not a folder", where=str(folder), todo="give the path of a folder")
    if folder == Path.cwd() or folder in Path.cwd().parents:
        raise DataError(
            "is the current folder, or contains it", where=str(folder), todo="run it from elsewhere"
        )
    foreign = sorted({f.name for f in folder.iterdir()} - owned) if folder.exists() else []
    if foreign:
        raise DataError(
            f"the folder contains {foreign[0]!r}, which sisterdata did not write",
            where=str(folder),
            todo="choose an empty folder, or one that an earlier build wrote",
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder)
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


def _remove_leftovers(folder: Path) -> None:
    """Remove the temporary folders of builds that were killed, and nothing else."""
    ours = re.compile(rf"\.{re.escape(folder.name)}\.building-(\d+)-\w{{8}}")
    for left in folder.parent.iterdir():
        named = ours.fullmatch(left.name)
        if named and left.is_dir() and not left.is_symlink() and not _is_running(int(named[1])):
            shutil.rmtree(left, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _sync(folder: Path) -> None:
    """Flush every file to the disk, before the folder gets its final name."""
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _exchange(new: Path, old: Path) -> None:
    """Swap two folders: in one step if the system supports that, else by renaming both."""
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
