"""`latentflow figure` and `lab` as a reader of the files sees them: valid SVG and PDF, words that can be selected,
sizes in millimetres; refusals of one line that leave nothing behind.

usage: figure_test.py PROGRAM MODEL"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAM, MODEL = sys.argv[1], sys.argv[2]
POINTS = 72 / 25.4


def run(*words):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def write(folder, name, *words):
    code, out, error = run(*words, "--out", folder / name)
    assert code == 0, (words, out, error)
    assert (folder / name).stat().st_size > 60, name
    return folder / name


def check_svg(file, *texts):
    content = file.read_text(encoding="utf-8")
    for text in texts:
        assert f">{text}</text>" in content, (file.name, text)
    if shutil.which("xmllint"):
        subprocess.run(["xmllint", "--noout", str(file)], check=True)


def check_pdf(file, width_mm, *texts):
    if not shutil.which("pdftotext"):
        return
    words = subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True, text=True).stdout
    for text in texts:
        assert text in " ".join(words.split()), (file.name, text, words)
    info = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True, text=True).stdout
    size = next(line for line in info.splitlines() if line.startswith("Page size")).split()
    assert abs(float(size[2]) - width_mm * POINTS) < 0.5, size
    page = subprocess.run(["pdftoppm", "-r", "40", str(file)], check=True, capture_output=True).stdout
    assert len(set(page[64:])) > 20, "the page is empty"


def refuse(code, *parts_then_words):
    parts, words = parts_then_words[0], parts_then_words[1:]
    got, _, error = run(*words)
    assert got == code, (words, got, error)
    lines = [line for line in error.splitlines() if line.startswith("latentflow")]
    assert len(lines) == 1 and all(part in lines[0] for part in parts), (words, error)


def main():
    pdf = run("figure", "loss", "--run", MODEL, "--out", "/dev/null/x.pdf")[2].find("no cairo") < 0
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        loss = ["figure", "loss", "--run", MODEL, "--width", 85]
        check_svg(write(folder, "loss.svg", *loss), "Flow loss", "optimiser step", "held out")
        table = write(folder, "loss.csv", *loss).read_text().splitlines()
        assert table[0].startswith("curve,step,training time (s),") and len(table) > 10, table[:2]
        lab = ["lab", "ghost", "--model", MODEL, "--width", 120]
        check_svg(write(folder, "ghost.svg", *lab), "Endpoint estimate")
        if pdf:
            check_pdf(write(folder, "loss.pdf", *loss), 85, "optimiser step", "mean squared velocity error")
            check_pdf(write(folder, "map.pdf", "figure", "map", "--run", MODEL, "--palette", "grey"), 170, "Latent")
        before = sorted(folder.iterdir())
        refuse(2, [".gif", ".svg"], *loss, "--out", folder / "x.gif")
        refuse(2, ["lose", "loss"], "figure", "lose", "--run", MODEL, "--out", folder / "x.svg")
        refuse(2, ["--run"], "figure", "loss", "--out", folder / "x.svg")
        refuse(2, ["none"], "figure", "loss", "--run", folder / "none", "--out", folder / "x.svg")
        refuse(2, ["does not exist"], *loss, "--out", folder / "none" / "x.svg")
        refuse(2, ["x=3:1", "LOW:HIGH"], *loss, "--x", "3:1", "--out", folder / "x.svg")
        assert sorted(folder.iterdir()) == before, "a refusal left a file"
    print("figures: valid SVG and PDF, words as words")


main()
