# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "brotli==1.2.1"]
# ///
"""Writes src/styles/fonts/: small woff2 files with the glyphs that nearly every page needs.

A browser fetches a file only for a page with one of its letters, by `unicode-range` in
src/styles/fonts.css and src/styles/katex/small-faces.ts. What KaTeX's small files leave out stays
in its own. After an update of KaTeX or of the text faces, in an environment of its
own:

    pip install fonttools==4.68.0 brotli==1.2.1 && python src/python/subset_fonts.py
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

root = Path(__file__).parents[2]
out = root / "src/styles/fonts"
serif = "@fontsource-variable/source-serif-4/files/source-serif-4-{}.woff2"
mono = "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-{}.woff2"
katex = "katex/dist/fonts/KaTeX_{}.woff2"

ascii_letters = range(0x20, 0x7F)
text = [
    *ascii_letters,
    *b"\xa0\xb1\xb7\xbd\xd7",
    *(ord(each) for each in "\u2005\u2009\u200a–—‘’“”…′−"),
]
# The other letters and signs of Latin-1: a page with an é or a ü fetches them.
more = [code for code in range(0xA1, 0x100) if code not in text]
more += [0x131, 0x152, 0x153, 0x201A, 0x201E, 0x2022, 0x2033, 0x2039, 0x203A, 0x2044]
more += [0x20AC, 0x2122, 0x2191, 0x2193, 0x2215]
greek = [*range(0x391, 0x3AA), *range(0x3B1, 0x3CA)]
# Capitals of Greek, and what losses are written with.
signs = "\u02c9\u2026\u2032\u2113\u2192\u2202\u2207\u2208\u2212\u2217\u221d\u221e\u2223\u2225"
signs += "\u223c\u2248\u2264\u2265\u227b\u22a4\u22c5\ue020"
maths = [*ascii_letters, *range(0x393, 0x3AA), *b"\xa0\xb1\xd7", *map(ord, signs)]

# Kerning, ligatures, and figures for tables. The code face is set without ligatures.
features = ["kern", "liga", "lnum", "onum", "pnum", "tnum", "ccmp"]

faces: list[tuple[str, str, Sequence[int], list[str]]] = [
    (serif.format("latin-wght-normal"), "serif", text, features),
    (serif.format("latin-wght-italic"), "serif-italic", text, features),
    (serif.format("latin-wght-normal"), "serif-more", more, features),
    (serif.format("latin-wght-italic"), "serif-more-italic", more, features),
    (mono.format("latin-wght-normal"), "mono-more", more, ["ccmp"]),
    (serif.format("greek-wght-normal"), "serif-greek", greek, features),
    (serif.format("greek-wght-italic"), "serif-greek-italic", greek, features),
    (mono.format("latin-wght-normal"), "mono", text, ["ccmp"]),
    (mono.format("greek-wght-normal"), "mono-greek", greek, ["ccmp"]),
    (katex.format("Main-Regular"), "katex-main", maths, ["kern", "liga"]),
    (katex.format("Main-Bold"), "katex-main-bold", maths, ["kern", "liga"]),
    (katex.format("AMS-Regular"), "katex-blackboard", range(0x41, 0x5B), []),
]


def write(source: Path, target: Path, characters: Sequence[int], layout: list[str]) -> None:
    # A time of the clock would give other bytes on each run.
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(layout_features=layout, hinting=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 5, 13, 14]  # copyright and licence go along
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    if "fvar" in font:
        # The weights that the style sheets set: 400 to 700.
        font = instancer.instantiateVariableFont(font, {"wght": (400, 700)})
    font.flavor = "woff2"
    font.save(target)


def main() -> int:
    out.mkdir(exist_ok=True)
    for package_file, name, characters, layout in faces:
        source = root / "node_modules" / package_file
        target = out / f"{name}.woff2"
        write(source, target, characters, layout)
        sizes = f"{source.stat().st_size} -> {target.stat().st_size} bytes"
        sys.stdout.write(f"{target.relative_to(root)}  {sizes}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
