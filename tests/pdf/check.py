"""The gate for printed documents; see `check`. Every check is one function that answers with what is wrong."""

import re
import subprocess
import sys
import tempfile
from os.path import commonprefix
from pathlib import Path

import page
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext


# A word of so many characters is broken over lines.
LINE = 40


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, errors="replace")


def conforms(pdf):
    for profile in ("ua1", "2a"):
        for failure in page.validate_pdf(str(pdf), profile=profile).failures:
            yield f"{profile} {failure.rule_id}: {failure.message}"


def sound(pdf):
    result = run("qpdf", "--check", pdf)
    if result.returncode:
        yield "qpdf: " + result.stderr.strip()[:200]


def fonts_embedded(pdf):
    lines = run("pdffonts", pdf).stdout.splitlines()[2:]
    if not lines:
        yield "no fonts"
    for line in lines:
        embedded, _subset, unicode = line.split()[-5:-2]
        if (embedded, unicode) != ("yes", "yes"):
            yield "font not embedded or without Unicode: " + line


def says_what_it_is(pdf):
    info = run("pdfinfo", pdf).stdout
    for wanted in (r"^Tagged: +yes", r"^PDF version: +1\.7", r"^Title: +\S"):
        if not re.search(wanted, info, re.M):
            yield f"pdfinfo does not show {wanted}"


def bare(text):
    return re.sub(r"\s+", "", text)


def wanted_texts(pdf):
    listed = pdf.with_suffix(".txt")
    return listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []


def holds_its_texts(pdf):
    """Word by word in the order of the pages: a header may come between two words."""
    pages = bare(run("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-").stdout)
    at = 0
    for wanted in wanted_texts(pdf):
        # A text that fills pages runs on beside and below what follows it; `reads_out` knows it.
        if len(wanted) > 2000:
            continue
        for word in wanted.split():
            after = end_of(word, pages, at)
            if after is None:
                yield f"not on the pages in its order: {word[:60]} of {wanted[:60]}"
                break
            at = after


def end_of(word, pages, at):
    """Where `word` ends on the pages after `at`. A word longer than a line may be cut by the end of its page: what is
    left of it then stands behind the header of the next."""
    while word:
        beginning = word[:LINE]
        found = pages.find(beginning, at)
        if found < 0:
            return None
        same = len(commonprefix((word, pages[found : found + len(word)])))
        at, word = found + same, word[same:]
    return at


def reads_out(pdf):
    """Text by text as a reader who listens hears it. Slow, so for one file only."""
    structure = run("pdfinfo", "-struct-text", pdf).stdout
    if not re.search(r"^ *H1", structure, re.M):
        yield "no H1 in the structure"
    spoken = bare("".join(re.findall(r'^ *"(.*)"$', structure, re.M)))
    at = 0
    for wanted in map(bare, wanted_texts(pdf)):
        found = spoken.find(wanted, at)
        if found < 0:
            yield f"not read out in its order: {wanted[:60]}"
        else:
            at = found + len(wanted)


def pages_know_the_tree(pdf):
    """The validator lets a page without StructParents pass; a reader that listens finds nothing on it."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.pdf"
        run("qpdf", "--qdf", "--object-streams=disable", pdf, plain)
        for number, page_object in enumerate(re.findall(rb"\d+ 0 obj\n<<(?:(?!endobj).)*?/Type /Page\n.*?endobj", plain.read_bytes(), re.S), 1):
            if b"/StructParents" not in page_object:
                yield f"page {number} does not know its place in the structure"


CHECKS = (sound, pages_know_the_tree, says_what_it_is, fonts_embedded, conforms, holds_its_texts)


def faults(pdf, checks=CHECKS):
    return [f"{check.__name__}: {fault}" for check in checks for fault in check(pdf)]


# Each breaks a plain (uncompressed) copy in one way that the gate must see.
MUTANTS = {
    "no structure tree": (rb"/StructTreeRoot \d+ 0 R", b""),
    "not marked as tagged": (rb"/Marked true", b"/Marked false"),
    "no language": (rb"/Lang \([^)]*\)", b""),
    "no output intent": (rb"/OutputIntents \[.*?\]", b""),
    "no PDF/A identifier": (rb"<pdfaid:part>2</pdfaid:part>", b""),
    "no PDF/UA identifier": (rb"<pdfuaid:part>1</pdfuaid:part>", b""),
    "title not shown": (rb"/DisplayDocTitle true", b"/DisplayDocTitle false"),
    "font not embedded": (rb"/FontFile2 \d+ 0 R", b""),
    "font without Unicode": (rb"/ToUnicode \d+ 0 R", b""),
    "figure without alternative text": (rb"/Alt (<[0-9a-f]*>|\((?:\\.|[^\\)])*\))", b""),
    "header cells without a role": (rb"/S /TH\b", b"/S /Xx"),
    "link without contents": (rb"/Contents \((?:\\.|[^\\)])*\)", b""),
    "page without structure parents": (rb"/StructParents \d+", b""),
    "content outside the tree": (rb"/MCID \d+", b""),
    "script in the file": (rb"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (1) >>"),
}


def mutants_refused(pdf, folder):
    plain = folder / "plain.pdf"
    run("qpdf", "--qdf", "--object-streams=disable", "--stream-data=uncompress", pdf, plain)
    body = plain.read_bytes()
    for name, (pattern, replacement) in MUTANTS.items():
        broken, changed = re.subn(pattern, replacement, body, flags=re.S)
        if not changed:
            yield name, "the mutant could not be made"
            continue
        mutant = folder / "mutant.pdf"
        mutant.write_bytes(broken)
        repaired = folder / "repaired.pdf"
        # New offsets, so that the fault meant is the only one.
        run("qpdf", "--newline-before-endstream", mutant, repaired)
        yield name, None if faults(repaired) else "the gate let it through"


def seal_faults(pdf, certificate):
    """An independent judgement of the seal: put by this certificate, over the whole file, as PAdES baseline-B."""
    with open(pdf, "rb") as file:
        seals = PdfFileReader(file).embedded_signatures
        if len(seals) != 1:
            return [f"{len(seals)} seals"]
        if seals[0].sig_object["/SubFilter"] != "/ETSI.CAdES.detached":
            return ["not PAdES"]
        trust = ValidationContext(trust_roots=[load_cert_from_pemder(certificate)])
        status = validate_pdf_signature(seals[0], trust)
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        return [] if status.bottom_line and whole else [status.pretty_print_details()]


def is_sealed(pdf):
    return b"/ByteRange" in pdf.read_bytes()


def seals_judged(pdfs, certificate, folder):
    sealed = [pdf for pdf in pdfs if is_sealed(pdf)]
    if not sealed:
        yield "seals", "a certificate is given and nothing is sealed"
        return
    for pdf in sealed:
        yield f"seal of {pdf.name}", "; ".join(seal_faults(pdf, certificate))
    # One bit of the title in another state: the file still opens, and the seal must not hold.
    body = bytearray(sealed[0].read_bytes())
    body[body.index(b"/Title") + 9] ^= 1
    flipped = folder / "flipped.pdf"
    flipped.write_bytes(body)
    yield "one flipped bit under the seal", "" if seal_faults(flipped, certificate) else "the seal still holds"


def main(folder, certificate=None):
    passed = failed = 0

    def report(name, wrong):
        nonlocal passed, failed
        if wrong:
            failed += 1
            print(f"FAILED {name}: {wrong}")
        else:
            passed += 1

    pdfs = sorted(Path(folder).glob("*.pdf"))
    if not pdfs:
        sys.exit(f"no PDFs in {folder}")
    for pdf in pdfs:
        report(pdf.name, "; ".join(faults(pdf)[:5]))
    with tempfile.TemporaryDirectory() as scratch:
        # The longest file has everything in it; under a seal no copy is as good as the file itself.
        richest = max((pdf for pdf in pdfs if not is_sealed(pdf)), key=lambda pdf: pdf.stat().st_size)
        unchanged = Path(scratch) / "unchanged.pdf"
        run("qpdf", "--newline-before-endstream", richest, unchanged)
        report(f"{richest.name} read out", "; ".join(faults(richest, [reads_out])[:5]))
        report("a copy that was not broken", "; ".join(faults(unchanged)[:5]))
        for name, wrong in mutants_refused(richest, Path(scratch)):
            report(f"mutant “{name}”", wrong)
        if certificate:
            for name, wrong in seals_judged(pdfs, certificate, Path(scratch)):
                report(name, wrong)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main(*sys.argv[1:])
