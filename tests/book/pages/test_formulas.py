"""Formulas as MathML: what the book writes in LaTeX comes out as its signs."""

import re

import pytest

from book.pages.formulas import mathml


@pytest.mark.parametrize(
    ("latex", "signs"),
    [
        (r"A = Z\hat{x}^{-1}", "A=Zx^−1"),
        (r"v' = \iota' - \iota' A", "v′=ι′−ι′A"),
        (r"\sum_{r \neq s} e_{sr}", "∑r≠sesr"),
        (r"\sqrt{VAEX_r \cdot VAIM_s}", "VAEXr·VAIMs"),
        (r"\underbrace{FC}_{\text{gains}}", "FC⏟gains"),
        (r"B^{\not s}_{rs}", "Brs/s"),
    ],
)
def test_each_sign_is_there(latex: str, signs: str) -> None:
    written = mathml(latex)
    said = re.sub(r"<[^>]+>", "", written).replace("&#x0005E;", "^")
    for code in set(re.findall(r"&#x([0-9A-F]+);", said)):
        said = said.replace(f"&#x{code};", chr(int(code, 16)))
    assert said.replace(" ", "").replace("\u00a0", "") == signs
    assert "\\" not in written


def test_a_fraction_and_a_root_are_drawn_as_such() -> None:
    assert "<mfrac>" in mathml(r"\frac{a}{b}")
    assert "<msqrt>" in mathml(r"\sqrt{a}")
    assert 'display="block"' in mathml("a", block=True)


def test_lines_of_a_block_stand_below_one_another() -> None:
    written = mathml(r"\text{one: } & a = b \\ \text{two: } & c", block=True)
    assert written.count("<mtr>") == 2
    assert written.count("<mtd") == 4
    assert "&</mi>" not in written
    assert mathml(r"\begin{cases} a \\ b \end{cases}", block=True).count("<mtable") == 1
