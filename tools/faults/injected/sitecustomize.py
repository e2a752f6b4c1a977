"""Where no small disk can be had, the site's processes load this: flushing a file of FAULTS_DISK fails while it is "full"."""

import errno
import os

_disk, _flag, _fsync = os.environ.get("FAULTS_DISK", ""), os.environ.get("FAULTS_FULL", ""), os.fsync


def fsync(descriptor):
    if os.path.exists(_flag) and os.readlink(f"/proc/self/fd/{descriptor}").startswith(_disk):
        raise OSError(errno.ENOSPC, "No space left on device (injected)")
    _fsync(descriptor)


if _disk and _flag:
    os.fsync = fsync
