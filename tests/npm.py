"""Peers that npm fetches once into the build folder; without node, npm or its registry they are left out, and that is said."""

import os
import shutil
import subprocess

SHEETJS = ("xlsx", "0.18.5")
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "build", "npm")


def modules(package, version):
    """The folder of node modules with this package in it, or None. Each has its own: npm throws out what it was not asked for."""
    if not shutil.which("node") or not shutil.which("npm"):
        return None
    folder = os.path.join(FOLDER, package.replace("/", "-").strip("@"))
    found = os.path.join(folder, "node_modules")
    if not os.path.isdir(os.path.join(found, package)):
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, f"{package}@{version}"],
                       stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)
    return found if os.path.isdir(os.path.join(found, package)) else None
