#!/usr/bin/env python3
"""Extract LibTorch from PyPI's `torch` wheel into a cache folder.

The wheel holds the C++ library and its headers beside the Python package. Only the C++ part is kept:
    CACHE/libtorch-2.11.0/{lib,include,licences}
together with the two small NVIDIA libraries that libtorch_cpu.so names, in the same lib folder (its
run path ends in $ORIGIN, so they are found there). No file is left incomplete: everything is unpacked
into a temporary folder, checked against the wheel's list of hashes, and renamed at the end. A wheel is
kept until then, so an interrupted run continues with the complete files.

    fetch_libtorch.py --cache DIR [--cuda] [--licences] [--keep-wheels]
"""
import argparse
import base64
import csv
import fnmatch
import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

TORCH = "2.11.0"
PYTHON = "3.11"  # any would do: the C++ part of the wheel does not depend on it
CPU_WHEELS = (f"torch=={TORCH}", "nvidia-cuda-cupti==13.0.85", "nvidia-cuda-runtime==13.0.96")
# SHA-256 of the files as published; other machines than x86_64 rely on pip's check and on RECORD.
SHA256 = {
    "torch-2.11.0-cp311-cp311-manylinux_2_28_x86_64.whl":
        "7aa2f9bbc6d4595ba72138026b2074be1233186150e9292865e04b7a63b8c67a",
    "nvidia_cuda_cupti-13.0.85-py3-none-manylinux_2_25_x86_64.whl":
        "4eb01c08e859bf924d222250d2e8f8b8ff6d3db4721288cf35d14252a4d933c8",
    "nvidia_cuda_runtime-13.0.96-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl":
        "7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548",
}
CPU_FILES = ("torch/include/*", "torch/lib/*.so*", "torch.libs/*.so*",
             "nvidia/*/lib/libcupti.so*", "nvidia/*/lib/libcudart.so*")
LICENCE_FILES = ("*.dist-info/LICENSE*", "*.dist-info/NOTICE*", "*.dist-info/licenses/*", "*.dist-info/License*")
NOT_CPU = ("*cuda.so", "*cuda_linalg.so", "*caffe2_nvrtc.so", "*nvshmem.so", "*python.so", "*libshm.so")
CUDA_FILES = ("torch/lib/*cuda*.so", "torch/lib/libcaffe2_nvrtc.so", "torch/lib/libtorch_nvshmem.so",
              "nvidia/*/lib/*.so*")


class FetchError(Exception):
    """One line for the person: what failed, why, what to do."""


def platforms():
    """The platform tags whose wheels run here, newest first."""
    machine = platform.machine()
    tags = [f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1)]
    return tags + [f"manylinux2014_{machine}"]


def pip_python():
    """The first Python that has pip: the running one, else the system's."""
    for python in (sys.executable, "/usr/bin/python3"):
        probe = subprocess.run([python, "-m", "pip", "--version"], capture_output=True)
        if probe.returncode == 0:
            return python
    raise FetchError("no pip was found for Python; install it with: sudo apt-get install python3-pip")


def wheel_in(folder, requirement):
    """The wheel of NAME==VERSION that lies in folder already, or None."""
    name, version = requirement.split("==")
    stem = f"{name.replace('-', '_')}-{version}-"
    return next((f for f in sorted(folder.glob("*.whl")) if f.name.startswith(stem)), None)


def pip_download(folder, requirements, with_dependencies=False):
    """Downloads wheels for this machine's C++ library, whatever Python the machine itself has."""
    command = [pip_python(), "-m", "pip", "download", "--only-binary=:all:", "--dest", str(folder),
               "--python-version", PYTHON, "--implementation", "cp", "--no-cache-dir",
               "--disable-pip-version-check"]
    command += [] if with_dependencies else ["--no-deps"]
    for tag in platforms():
        command += ["--platform", tag]
    environment = dict(os.environ, PIP_REQUIRE_VIRTUALENV="0", PIP_USER="0")
    done = subprocess.run(command + list(requirements), env=environment, stdout=sys.stderr)
    if done.returncode != 0:
        raise FetchError(f"{', '.join(requirements)} could not be downloaded with pip (its reason stands "
                         "above); check the network and run ./dev setup again, or name a LibTorch of "
                         "your own: -DCMAKE_PREFIX_PATH=/path/to/libtorch")


def check_sha256(wheel):
    """Refuses a wheel that is not the published file; deletes it so that the next run fetches anew."""
    expected = SHA256.get(wheel.name)
    if expected is None:
        return
    digest = hashlib.sha256()
    with open(wheel, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    if digest.hexdigest() != expected:
        wheel.unlink()
        raise FetchError(f"{wheel.name} has another SHA-256 than the published file and was deleted; "
                         "run ./dev setup again")


def obtain(folder, requirement):
    """The checked wheel of NAME==VERSION, from folder or from the network."""
    wheel = wheel_in(folder, requirement)
    if wheel is None:
        print(f"   downloading {requirement}", file=sys.stderr, flush=True)
        pip_download(folder, [requirement])
        wheel = wheel_in(folder, requirement)
    if wheel is None:
        raise FetchError(f"pip left no wheel of {requirement} in {folder}; run ./dev setup again")
    check_sha256(wheel)
    return wheel


def recorded_hashes(archive):
    """{path: sha256 in URL-safe base64} out of the wheel's RECORD."""
    record = next(n for n in archive.namelist() if n.endswith(".dist-info/RECORD"))
    rows = csv.reader(io.StringIO(archive.read(record).decode()))
    return {row[0]: row[1].split("=", 1)[1] for row in rows if len(row) > 1 and row[1].startswith("sha256=")}


def place_of(name):
    """Where a file of a wheel goes: headers keep their tree, libraries go flat into lib/, licences by wheel."""
    if name.startswith("torch/include/"):
        return name[len("torch/"):]
    if ".dist-info/" in name:
        wheel, file = name.split(".dist-info/", 1)
        return f"licences/{wheel}/{file.rsplit('/', 1)[-1]}"
    return "lib/" + name.rsplit("/", 1)[1]


def copy_checked(archive, info, expected, target):
    """Unpacks one file while hashing it; a difference from RECORD is an error."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with archive.open(info) as source, open(target, "wb") as out:
        for block in iter(lambda: source.read(1 << 20), b""):
            digest.update(block)
            out.write(block)
    found = base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")
    if found != expected:
        raise FetchError(f"{info.filename} in the wheel differs from the wheel's own list of hashes; "
                         "delete the wheel and run ./dev setup again")


def unpack(wheel, wanted, unwanted, root):
    """Unpacks the wheel's files that match `wanted` but not `unwanted`; returns how many."""
    def matches(name, patterns):
        return any(fnmatch.fnmatchcase(name, p) for p in patterns)
    count = 0
    try:
        with zipfile.ZipFile(wheel) as archive:
            hashes = recorded_hashes(archive)
            for info in archive.infolist():
                name = info.filename
                if info.is_dir() or not matches(name, wanted) or matches(name, unwanted):
                    continue
                copy_checked(archive, info, hashes.get(name), root / place_of(name))
                count += 1
    except (zipfile.BadZipFile, StopIteration) as error:
        raise FetchError(f"{wheel} is not a whole wheel ({error}); delete it and run ./dev setup again") from error
    return count


def fresh(folder):
    """An empty folder of that name; what an interrupted run left there is thrown away."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def fetch_cpu(cache, wheels):
    """Fills CACHE/libtorch-VERSION in one rename."""
    aside = fresh(cache / f".libtorch-{TORCH}.{os.getpid()}")
    try:
        for requirement in CPU_WHEELS:
            wheel = obtain(wheels, requirement)
            print(f"   unpacking {wheel.name}", file=sys.stderr, flush=True)
            if unpack(wheel, CPU_FILES, NOT_CPU, aside) == 0:
                raise FetchError(f"{wheel.name} holds none of the expected libraries")
            unpack(wheel, LICENCE_FILES, (), aside)
        home = cache / f"libtorch-{TORCH}"
        if home.exists():
            shutil.rmtree(home)  # unfinished: a finished one is never fetched again
        aside.rename(home)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def cuda_requirements(torch_wheel):
    """The NVIDIA packages that this very torch wheel asks for, as pip requirements."""
    with zipfile.ZipFile(torch_wheel) as archive:
        metadata = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        lines = archive.read(metadata).decode().splitlines()
    found = re.findall(r"^Requires-Dist: ((?:nvidia|cuda-toolkit)[^;]*)", "\n".join(lines), re.MULTILINE)
    return [requirement.strip() for requirement in found]


def fetch_cuda(cache, wheels):
    """Adds the CUDA half to a finished LibTorch; libtorch_cuda.so comes last and marks it whole."""
    lib = cache / f"libtorch-{TORCH}" / "lib"
    aside = fresh(cache / f".libtorch-{TORCH}-cuda.{os.getpid()}")
    try:
        torch_wheel = obtain(wheels, CPU_WHEELS[0])
        pip_download(wheels, cuda_requirements(torch_wheel), with_dependencies=True)
        for wheel in [torch_wheel, *sorted(wheels.glob("nvidia*.whl"))]:
            unpack(wheel, CUDA_FILES, (), aside)
        parts = sorted((aside / "lib").iterdir(), key=lambda f: f.name == "libtorch_cuda.so")
        for part in parts:
            os.replace(part, lib / part.name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def fetch_licences(cache, wheels):
    """Adds the licence texts to a LibTorch that was fetched without them."""
    home = cache / f"libtorch-{TORCH}"
    aside = fresh(cache / f".libtorch-{TORCH}-licences.{os.getpid()}")
    try:
        for requirement in CPU_WHEELS:
            unpack(obtain(wheels, requirement), LICENCE_FILES, (), aside)
        (aside / "licences").rename(home / "licences")
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def is_whole(cache, library):
    """A LibTorch with that library is in the cache."""
    home = cache / f"libtorch-{TORCH}"
    return (home / "lib" / library).is_file() and (home / "include/ATen/ATen.h").is_file()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--cuda", action="store_true", help="also the CUDA part (3 GB more)")
    parser.add_argument("--licences", action="store_true", help="also the licence texts, which older fetches left out")
    parser.add_argument("--keep-wheels", action="store_true", help="keep the downloaded wheels")
    arguments = parser.parse_args()
    wheels = arguments.cache / "wheels"
    try:
        wheels.mkdir(parents=True, exist_ok=True)
        if not is_whole(arguments.cache, "libtorch_cpu.so"):
            fetch_cpu(arguments.cache, wheels)
        if arguments.cuda and not is_whole(arguments.cache, "libtorch_cuda.so"):
            fetch_cuda(arguments.cache, wheels)
        if arguments.licences and not (arguments.cache / f"libtorch-{TORCH}" / "licences").is_dir():
            fetch_licences(arguments.cache, wheels)
        if not arguments.keep_wheels:
            shutil.rmtree(wheels, ignore_errors=True)
    except (FetchError, OSError) as error:
        print(f"LibTorch {TORCH} is not installed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
