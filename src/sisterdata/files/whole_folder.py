"""A folder is replaced as a whole: whoever looks sees the old one or the new one."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sisterdata.errors import DataError
from sisterdata.files.whole_file import led_to, unwritable


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
