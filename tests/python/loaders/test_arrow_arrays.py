"""Arrow arrays that share the memory they are made of."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.arrow_arrays import is_text, joined_text, text_array
from loaders.files.code_page import is_utf8

PIECE = st.binary(max_size=4) | st.text(max_size=4).map(str.encode)


@given(st.lists(PIECE, max_size=5).map(b"".join))
@example(b"\xed\xa0\x80")
@example(b"\xc0\x80")
@example(b"\xf4\x90\x80\x80")
@example(b"cut \xf0\x9f\x94")
def test_utf8_is_what_python_takes_for_it(block):
    assert is_text(block) == is_utf8(block)


@given(st.lists(st.text(max_size=3)), st.integers(0, 9), st.integers(0, 9))
def test_the_joined_texts_of_a_part_are_those_of_the_part(texts, start, length):
    encoded = [text.encode() for text in texts]
    array = text_array(b"".join(encoded), np.cumsum([len(each) for each in encoded]))
    part = array.slice(min(start, len(texts)), length)
    assert bytes(joined_text(part)).decode() == "".join(texts[start : start + length])
