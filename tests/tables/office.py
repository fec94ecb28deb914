"""LibreOffice as a clerk's office program: one headless process converts many files."""

import dataclasses
import os
import shutil
import subprocess
import tempfile

PROGRAM = shutil.which("soffice")
KINDS = ("xlsx", "xls", "ods")
UTF8, VIETNAMESE, TEXT_COLUMNS = 76, 1066, 60


def import_text(typed, separator=","):
    """The filter for reading a CSV: every column as text, or what LibreOffice takes each cell for in Vietnam."""
    columns = "" if typed else "/".join(f"{i}/2" for i in range(1, TEXT_COLUMNS + 1))
    return f"CSV:{ord(separator)},34,{UTF8},1,{columns},{VIETNAMESE},false,{str(typed).lower()}"


def convert(paths, kind, directory, infilter=None):
    """Each file as xlsx, xls or ods in the directory; their new paths in the same order."""
    command = [PROGRAM, "--headless", "--convert-to", kind, "--outdir", directory]
    if infilter:
        command.insert(2, f"--infilter={infilter}")
    with tempfile.TemporaryDirectory(prefix="giamsat-office-") as profile:
        command.insert(1, f"-env:UserInstallation=file://{profile}")
        done = subprocess.run(command + paths, capture_output=True, timeout=300, check=False)
    made = [os.path.join(directory, os.path.splitext(os.path.basename(p))[0] + "." + kind) for p in paths]
    missing = [p for p in made if not os.path.exists(p)]
    if missing:
        raise RuntimeError(f"LibreOffice made no {missing[:3]}: {done.stdout[-500:]!r} {done.stderr[-500:]!r}")
    return made


def saved_again(layouts, kind):
    """The same layouts (layouts.py), opened and saved by LibreOffice."""
    with tempfile.TemporaryDirectory(prefix="giamsat-office-") as folder:
        paths = [os.path.join(folder, f"{i}.xlsx") for i in range(len(layouts))]
        for path, layout in zip(paths, layouts):
            with open(path, "wb") as f:
                f.write(layout.content)
        saved = []
        for path, layout in zip(convert(paths, kind, os.path.join(folder, kind)), layouts):
            with open(path, "rb") as f:
                saved.append(dataclasses.replace(layout, content=f.read(), name=f"{layout.name.rpartition('.')[0]}.{kind}"))
        return saved
