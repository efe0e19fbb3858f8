"""Keeps a program that is pressed at random inside one folder: it can read everything, write only there.

Landlock (Linux 5.13 or newer) does it without privileges; the limit of a file's size keeps the disk, the one of memory
the machine."""
import ctypes
import os
import resource
import signal

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # system calls, the same on every processor but Alpha
WRITE_FILE, REMOVE_AND_MAKE, REFER, TRUNCATE = 1 << 1, 0x1FF << 4, 1 << 13, 1 << 14  # include/uapi/linux/landlock.h
NO_NEW_PRIVS, BENEATH = 38, 1
LARGEST_FILE, MOST_MEMORY = 512 << 20, 6 << 30  # bytes

LIBC = ctypes.CDLL(None, use_errno=True)


class Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def call(number, *arguments):
    result = LIBC.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), "landlock: " + os.strerror(ctypes.get_errno()))
    return result


def landlock_version():
    """0 where the kernel has none."""
    try:
        return call(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    except OSError:
        return 0


def allow(rules, path, rights):
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = Beneath(rights, place)
    call(ADD_RULE, ctypes.c_int(rules), ctypes.c_int(BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
    os.close(place)


def confinement(folder):
    """A function for subprocess's preexec_fn after which nothing outside `folder` can be written, made or removed.
    None where the kernel cannot promise that."""
    version = landlock_version()
    if version == 0:
        return None
    rights = WRITE_FILE | REMOVE_AND_MAKE | (REFER if version >= 2 else 0) | (TRUNCATE if version >= 3 else 0)
    handled = ctypes.c_uint64(rights)
    rules = call(CREATE_RULESET, ctypes.byref(handled), ctypes.c_size_t(8), ctypes.c_uint32(0))
    allow(rules, folder, rights)
    allow(rules, "/dev/null", rights & (WRITE_FILE | TRUNCATE))
    if os.path.isdir("/dev/dri"):
        allow(rules, "/dev/dri", WRITE_FILE)  # a graphics card

    def confine():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # too large a file is an error, no death
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
        if "ASAN_OPTIONS" not in os.environ:  # the address sanitizer reserves terabytes
            resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
        LIBC.prctl(NO_NEW_PRIVS, 1, 0, 0, 0)
        call(RESTRICT_SELF, ctypes.c_int(rules), ctypes.c_uint32(0))

    return confine
