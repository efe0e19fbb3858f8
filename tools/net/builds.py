"""The base commit in a folder of its own, and both builds."""
import os
import shutil
import subprocess
from pathlib import Path

PROGRAMS = ("net_values", "net_names")
TARGETS = ("latentflow", *PROGRAMS)


class Refused(Exception):
    """Why nothing can be compared: one line for a person."""


def output_of(command, problem, cwd=None):
    """Standard output of a command; Refused with `problem` and its last line where it fails."""
    try:
        done = subprocess.run([str(part) for part in command], cwd=cwd, text=True, capture_output=True)
    except OSError as error:
        raise Refused(f"{problem}: {error.strerror}: {command[0]}") from error
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise Refused(problem + (f": {said[-1].strip()}" if said else ""))
    return done.stdout


def require_tools():
    for tool in ("git", "cmake", "ninja"):
        if shutil.which(tool) is None:
            raise Refused(f"{tool} is missing; ./dev setup installs it")


def full_commit(root, name):
    """The 40 digits of a commit that has the programs which print."""
    asked = ["git", "-C", root, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"]
    commit = output_of(asked, f"'{name}' is no commit of {root}").strip()
    found = subprocess.run(["git", "-C", root, "grep", "-q", PROGRAMS[0], commit, "--", "*CMakeLists.txt"])
    if found.returncode != 0:
        raise Refused(f"{commit[:12]} does not build {PROGRAMS[0]}; name a commit that does as the base")
    return commit


def check_out(root, commit, parent):
    """The commit's files in `parent`; those of an earlier call are taken again."""
    folder = Path(parent).resolve() / commit[:12]
    if folder.exists():
        require_untouched(folder, commit)
    else:
        folder.parent.mkdir(parents=True, exist_ok=True)
        added = ["git", "-C", root, "worktree", "add", "--detach", folder, commit]
        output_of(added, f"cannot check out {commit[:12]}")
    return folder


def require_untouched(folder, commit):
    """Refuses a base folder that is not what its commit says."""
    head = output_of(["git", "-C", folder, "rev-parse", "HEAD"], f"{folder} is no work tree; remove it").strip()
    changed = output_of(["git", "-C", folder, "status", "--porcelain"], f"{folder} cannot be read").strip()
    if head != commit or changed:
        raise Refused(f"{folder} is not commit {commit[:12]} as it was; remove that folder")


def remove(root, folder):
    """Takes a base folder away again."""
    subprocess.run(["git", "-C", str(root), "worktree", "remove", "--force", str(folder)], capture_output=True)


def build(source, preset):
    """Builds what is compared; returns the folder of the programs."""
    output_of(["cmake", "--preset", preset], f"cannot configure preset {preset} in {source}", source)
    command = ["cmake", "--build", f"build/{preset}", "--target", *TARGETS]
    jobs = os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL")
    output_of(command + ([] if jobs else ["--parallel", str(len(os.sched_getaffinity(0)))]), f"cannot build {source}",
              source)
    return Path(source) / "build" / preset / "bin"
