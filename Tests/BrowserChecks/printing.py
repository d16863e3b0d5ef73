"""Looks at pages as they are printed: by the places of their words, which poppler's pdftotext gives."""
import html
import re
import shutil
import subprocess

MARGIN = 20  # points; the margins of pages are twice as wide


def pdf_pages(path):
    """Of each page its size and its words, each with its left, right and lower end, in points."""
    if not shutil.which("pdftotext"):
        raise SystemExit("pdftotext is missing: make setup-browser")
    text = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    pages = []
    for size, content in re.findall(r"<page ([^>]*)>(.*?)</page>", text, re.S):
        width, height = (float(value) for value in re.findall(r'"([\d.]+)"', size))
        words = [
            (html.unescape(word), float(left), float(right), float(bottom))
            for left, right, bottom, word in re.findall(
                r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>',
                content)]
        pages.append((width, height, words))
    return pages


def check_print(browser, path, pdf, expect, row=None):
    """Title and number are on each page, and nothing is cut off.

    `row` is the word that the rows of a long table begin with: where they are, the head of the first
    column is as well.
    """
    name = path.parent.name
    with browser.page(path, dark=True) as page:
        title = page.evaluate("document.title").split()
        page.print(pdf)
    pages = pdf_pages(pdf)
    with_rows = 0
    for number, (width, _, words) in enumerate(pages, 1):
        texts = [word for word, *_ in words]
        place = f"{name}, printed page {number}"
        expect(texts[:2] == title[:2], f"{place} begins with {texts[:3]}, not with the title")
        foot = f"Page {number} of {len(pages)}"
        expect(foot in " ".join(texts), f"{place} has no “{foot}”")
        beyond = [word for word, left, right, _ in words if left < MARGIN or right > width - MARGIN]
        expect(not beyond, f"{place}: {beyond[:3]} is cut off")
        if any(word == row and left < 80 for word, left, *_ in words):
            with_rows += 1
            expect("Event" in texts, f"{place} has rows of a table without its head")
    expect(row is None or with_rows > 20, f"{name}: rows are on {with_rows} pages")
    print(f"  {name}: {len(pages)} printed pages", flush=True)
