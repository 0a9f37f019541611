"""What is equal for texts that differ in upper and lower case alone."""


def fold(text: str) -> str:
    """A text in lower case if it is in ASCII, as codes are compared and looked up.

    Others stay as they are: the lower case of some letters is ASCII's (U+212A).
    """
    return text.lower() if text.isascii() else text
