"""A real Chromium that prints pages, for tests of what comes out on paper."""

import re
import shutil
import subprocess
from pathlib import Path

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)


def pages_printed(page: str, folder: Path) -> int:
    """Print a page of HTML in the size that it asks for; return how many sheets it takes."""
    file, printed = folder / "page.html", folder / "page.pdf"
    file.write_text(page, encoding="utf-8")
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/user"]
    command = [str(CHROMIUM), *options, f"--print-to-pdf={printed}", "--no-pdf-header-footer", file.as_uri()]
    subprocess.run(command, capture_output=True, timeout=60, check=True)
    return len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))


def sheet_mm(folder: Path) -> tuple[int, int]:
    """Return the width and height of what was printed there."""
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", (folder / "page.pdf").read_bytes())
    assert box is not None
    return round(float(box[1]) / 72 * 25.4), round(float(box[2]) / 72 * 25.4)
