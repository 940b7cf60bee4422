"""The look of the house: colours, sizes and the page, in one place."""

INK = "1B2733"
BLUE = "1F3A5F"
GREY = "56636F"
LINE = "C9D2DB"
FAINT = "EEF2F6"
WARNING = "9C2B1F"
WARNING_FAINT = "FBEEEC"
LINK = "1F5FA8"
FONT = "Calibri"
MONO = "Consolas"

# A4 in twentieths of a point; the text is 16.6 cm wide.
PAGE = (11906, 16838)
SIDE = 1247
TOP = 1588
BOTTOM = 1247
HEADER = 624
FOOTER = 510
WIDTH = PAGE[0] - 2 * SIDE
