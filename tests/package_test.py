#!/usr/bin/env python3
"""What the packages promise, without building them: old systems can load the binaries, and the installer of the
self-extracting archive installs, updates, refuses and removes.

    package_test.py SOURCE_ROOT PROGRAM CORE COMPILE_COMMANDS
"""
import gzip
import io
import os
import re
import stat
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

ROOT, PROGRAM, CORE, COMMANDS = (Path(argument) for argument in sys.argv[1:5])
sys.path.insert(0, str(ROOT / "packaging"))
import generated_texts  # noqa: E402  (the path must be set first)
import private_libraries  # noqa: E402

NEWEST = {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30), "CXXABI": (1, 3, 13)}


class Binaries(unittest.TestCase):
    def test_no_symbol_is_newer_than_the_oldest_system(self):
        for binary in (PROGRAM, CORE):
            done = subprocess.run(["objdump", "-T", str(binary)], capture_output=True, text=True, check=True)
            found = re.findall(r"\b(GLIBCXX|GLIBC|CXXABI)_([0-9.]+)", done.stdout)
            self.assertTrue(found)
            for name, version in found:
                self.assertLessEqual(tuple(map(int, version.split("."))), NEWEST[name], f"{binary.name}: {name}_{version}")

    def test_nothing_is_compiled_for_this_processor_alone(self):
        self.assertNotRegex(COMMANDS.read_text(), r"-march=native|-mtune=native")


class Libraries(unittest.TestCase):
    def test_are_split_by_where_they_come_from(self):
        torch = Path("/torch/lib")
        found = {"libc.so.6": Path("/lib/libc.so.6"), "libstdc++.so.6": Path("/lib/libstdc++.so.6"),
                 "libgomp.so.1": torch / "libgomp.so.1", "libtorch_cpu.so": torch / "libtorch_cpu.so",
                 "libjpeg.so.62": Path("/lib/libjpeg.so.62"), "libcurl.so.4": Path("/lib/libcurl.so.4")}
        private, fallback = private_libraries.split(found, torch)
        self.assertEqual(sorted(private), ["libgomp.so.1", "libjpeg.so.62", "libtorch_cpu.so"])
        self.assertEqual(list(fallback), ["libcurl.so.4"])

    def test_the_program_needs_what_it_names(self):
        self.assertIn("libc.so.6", private_libraries.needed_by(PROGRAM))


class Texts(unittest.TestCase):
    def test_debian_changelog_has_its_format(self):
        text = generated_texts.debian_changelog("1.2.3", "2026-12-01", "A <a@b.c>").decode()
        self.assertRegex(text, r"\Alatentflow \(1\.2\.3\) stable; urgency=medium\n\n  \* .*\n\n"
                               r" -- A <a@b\.c>  Tue, 01 Dec 2026 12:00:00 \+0000\n\Z")


def archive(files):
    """A compressed tar of {path: text}; programs are executable."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        for path, text in files.items():
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode = len(text), 0o755 if path.startswith("bin/") or path.endswith(".sh") else 0o644
            tar.addfile(entry, io.BytesIO(text.encode()))
    return gzip.compress(data.getvalue())


def installer(folder, files, cut=0):
    """The installer as cpack writes it, with these files inside."""
    text = (ROOT / "packaging/installer_header.sh.in").read_text()
    text = text.replace("@CPACK_PACKAGE_VERSION@", "1.2.3").replace("@CPACK_UNPACKED_MEGABYTES@", "1")
    lines = text.count("\n") + 1
    path = folder / "install.sh"
    data = archive(files)
    path.write_bytes(text.replace("###CPACK_HEADER_LENGTH###", str(lines)).encode() + data[:len(data) - cut])
    return path


def tree(version):
    return {"bin/latentflow": f"#!/bin/sh\necho latentflow {version}\n",
            "lib/latentflow/liblatentflow_core.so": "no library",
            "lib/latentflow/fallback/libgif.so.7": "not needed here",
            "share/latentflow/uninstall.sh": (ROOT / "packaging/uninstall.sh").read_text(),
            "share/applications/latentflow.desktop": (ROOT / "packaging/latentflow.desktop").read_text(),
            "share/man/man1/latentflow.1.gz": "page", "share/bash-completion/completions/latentflow": "c",
            "share/zsh/site-functions/_latentflow": "c", "share/fish/vendor_completions.d/latentflow.fish": "c",
            "share/icons/hicolor/48x48/apps/latentflow.png": "i", "share/metainfo/latentflow.metainfo.xml": "m",
            "share/mime/packages/latentflow.xml": "m"}


class Installer(unittest.TestCase):
    def setUp(self):
        if os.geteuid() == 0 and subprocess.run(["setpriv", "--version"], capture_output=True).returncode != 0:
            self.skipTest("setpriv is missing, and the installer of a root user would write to /opt")
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.home = self.folder / "home with a space"
        self.home.mkdir()
        for place in (self.folder, self.home):
            place.chmod(0o777)

    def run_as_user(self, *words):
        """Runs a command as somebody who is not root."""
        before = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        return subprocess.run([*before, *map(str, words)], capture_output=True, text=True, cwd=self.folder,
                              env={"HOME": str(self.home), "PATH": "/usr/bin:/bin"})

    def install(self, *words, version="1.2.3", cut=0):
        return self.run_as_user("sh", installer(self.folder, tree(version), cut), *words)

    def left(self):
        return sorted(str(f.relative_to(self.home)) for f in self.home.rglob("*"))

    def refused(self, done, *parts):
        self.assertEqual(done.returncode, 2, done)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        for part in parts:
            self.assertIn(part, done.stderr)

    def test_installs_links_and_removes_everything(self):
        done = self.install()
        self.assertEqual(done.returncode, 0, done)
        command = self.home / ".local/bin/latentflow"
        self.assertEqual(self.run_as_user(command).stdout, "latentflow 1.2.3\n")
        self.assertTrue((self.home / ".local/share/man/man1/latentflow.1.gz").exists())
        entry = (self.home / ".local/share/applications/latentflow.desktop").read_text()
        self.assertIn(f'Exec="{self.home}/.local/opt/latentflow/bin/latentflow" --open %f', entry)
        place = self.home / ".local/opt/latentflow"
        self.assertFalse((place / "lib/latentflow/fallback").exists())
        done = self.run_as_user("sh", place / "share/latentflow/uninstall.sh")
        self.assertEqual(done.returncode, 0, done)
        self.assertEqual([f for f in self.left() if "latentflow" in f], [])

    def test_an_update_replaces_the_old_version(self):
        self.install()
        done = self.install(version="2.0.0")
        self.assertEqual(done.returncode, 0, done)
        self.assertEqual(self.run_as_user(self.home / ".local/bin/latentflow").stdout, "latentflow 2.0.0\n")
        listed = (self.home / ".local/opt/latentflow/share/latentflow/installed-files.txt").read_text().split("\n")
        self.assertEqual(len(listed), len(set(listed)))

    def test_another_folder_without_links(self):
        done = self.install("--prefix", self.home / "here", "--no-links")
        self.assertEqual(done.returncode, 0, done)
        self.assertFalse((self.home / ".local").exists())
        self.assertTrue((self.home / "here/bin/latentflow").exists())

    def test_a_file_of_somebody_else_stays(self):
        other = self.home / ".local/bin/latentflow"
        other.parent.mkdir(parents=True)
        other.write_text("mine")
        for place in (self.home / ".local", other.parent):
            place.chmod(0o777)
        done = self.install()
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("stays as it is", done.stderr)
        self.run_as_user("sh", self.home / ".local/opt/latentflow/share/latentflow/uninstall.sh")
        self.assertEqual(other.read_text(), "mine")

    def test_refusals_write_nothing(self):
        full = self.home / "full"
        full.mkdir(mode=0o777)
        (full / "paper.txt").write_text("mine")
        self.refused(self.install("--prefix", full), str(full), "other files", "--prefix")
        self.refused(self.install("--frob"), "--frob", "--no-links")
        self.refused(self.install("--prefix"), "--prefix needs a folder")
        self.refused(self.install("--prefix", "/proc/here"), "/proc", "--prefix")
        self.assertEqual(self.left(), ["full", "full/paper.txt"])

    def test_a_cut_archive_installs_nothing(self):
        self.assertEqual(self.install().returncode, 0)
        before = self.left()
        done = self.install(version="2.0.0", cut=40)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("nothing was installed", done.stderr)
        self.assertEqual(self.left(), before)
        self.assertEqual(self.run_as_user(self.home / ".local/bin/latentflow").stdout, "latentflow 1.2.3\n")

    def test_removal_elsewhere_removes_nothing(self):
        script = self.home / "share/latentflow/uninstall.sh"
        script.parent.mkdir(parents=True)
        script.write_text((ROOT / "packaging/uninstall.sh").read_text())
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        done = self.run_as_user("sh", script)
        self.refused(done, "nothing was removed")
        self.assertTrue(script.exists())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
