"""How often each kind of value occurs: counted in a real export of 585 rows and 300 scraped files.

A deck per row holds at most 585 cards, per song at most 540 (the songs of 630 rows), per file at
most 300, so that a sample of 653 campaigns deals every card.
"""

# By row ---------------------------------------------------------------------------------------
STATUS = {
    "Complete": 291, "Active": 248, "Cancelled": 31, "Unreleased": 9, "Pending": 3, "Paused": 1,
    "Completed": 1, "Updated via API": 1,
}  # fmt: skip
CANONICAL_STATUS = {"Completed": "complete", "Updated via API": "unknown"}  # others: lower case
INVOICE = {"Paid": 448, "Sent": 81, "N/A": 29, "TBD": 21, "": 6}
CURATOR_STATUS = {"Accepted": 519, "": 48, "TBD": 11, "Denied": 7}
VENDOR = {0: 364, 1: 66, 2: 58, 3: 35, 4: 23, 5: 11, 6: 8, 7: 4, 8: 2, None: 14}
VENDORS_WITHOUT_EMAIL = (3, 5, 7)
SALESPEOPLE: dict[tuple[int, ...], int] = {
    (0,): 407, (1,): 44, (2,): 44, (3,): 15, (4,): 12, (0, 1): 10, (): 10, (5,): 8, (6,): 7,
    (7,): 5, (0, 8): 5, (9,): 4, (10,): 3, (11,): 2, (12,): 2, (13,): 2, (14,): 1, (15,): 1,
    (16,): 1, (17,): 1, (1, 2): 1,
}  # fmt: skip
SALESPEOPLE_WITH_COMMA = (0, 8)  # other pairs are joined by a slash
GOAL = {
    10000: 194, 20000: 83, 15000: 54, 5000: 35, 30000: 32, 35000: 25, 25000: 27, 50000: 24,
    12000: 16, 75000: 12, 100000: 11, 40000: 13, 21250: 8, 18000: 12, 70000: 7, 8000: 8,
    3000: 7, 250000: 4, 519000: 1, 17500: 11, None: 1,
}  # fmt: skip
PRICE_IN_CENTS = {
    20000: 125, None: 42, 30000: 45, 50000: 46, 15000: 40, 13000: 26, 0: 18, 25000: 22, 35000: 18,
    14000: 18, 100000: 17, 40000: 16, 31000: 14, 31250: 8, 26000: 13, 10000: 13, 75000: 13,
    17500: 13, 12500: 12, 150000: 12, 85000: 12, 12000: 12, 7000: 12, 140000: 6, 300000: 6,
    700000: 6,
}  # fmt: skip
STARTS_ON_FRIDAY = {True: 2, False: 3}  # of the start days computed for another weekday
HAS_START_DATE = {True: 583, False: 2}
HAS_LAST_MODIFIED = {True: 530, False: 55}
CLAIMED_LINES = {
    0: 86, 1: 160, 2: 96, 3: 80, 4: 52, 5: 36, 6: 26, 7: 16, 8: 13, 9: 8, 10: 5, 12: 4, 15: 2,
    20: 1,
}  # fmt: skip
CLAIMS_FLAW = {
    "": 362, "line break at the end": 98, "blank at the end": 60, "blank line": 20,
    "bare link": 12, "listed link": 12, "quote in front": 10, "U+00A0 at the end": 4,
    "empty item": 4, "glued mark": 2, "small mark": 1,
}  # fmt: skip
EMAIL = {
    "one": 462, "several": 36, "blank at the end": 30, "capitals": 20, "none": 12,
    "several, semicolon": 8, "no top-level domain": 4, "a blank before the comma": 4, "twice": 3,
    "dot at the end": 3, "N/A": 3,
}  # fmt: skip
NOTES = {"": 459, "one line": 102, "lines": 16, "quoted": 4, "curly": 4}
VENDOR_UPDATE = {False: 584, True: 1}
NAME_AS_TYPED = {"": 551, "blank at the end": 32, "two blanks at the end": 2}
CLIENT_AS_TYPED = {"": 575, "small": 5, "capitals": 5}
BOXES = {  # rows of 585 that are checked
    "Paid Vendor?": 569, "SFA": 523, "Notify Vendor?": 40, "Ask For SFA": 50, "Update Client": 407,
}  # fmt: skip

# By song --------------------------------------------------------------------------------------
NAME_STYLE = {
    "": 517, "no dash": 5, "tab": 3, "U+202F and curly": 3, "en dash": 2, "no blank": 2,
    "U+00A0": 2, "quotes": 2, "two blanks": 2, "blank in front": 2,
}  # fmt: skip
CLIENT_STYLE = {
    "one": 490, "two": 22, "none": 10, "three": 3, "two, blank": 4, "blank in front": 2,
    "blank at the end": 5, "one with a comma": 2, "two with a comma": 2,
}  # fmt: skip
CLIENT_OF_ERA = {
    local: max(1, round(38 / (local + 1) ** 0.68)) for local in range(150)
}  # a few clients order often, most of them once or twice
SFA_IS_A_COPY = {True: 8, False: 92}
PLACEMENTS = {
    3: 1, 5: 2, 7: 2, 10: 2, 11: 1, 13: 2, 14: 1, 16: 1, 18: 1, 20: 1, 23: 1, 28: 1, 32: 1, 41: 1,
    72: 1, 130: 1,
}  # fmt: skip

# By file --------------------------------------------------------------------------------------
FILE_FLAW = {
    "": 217, "28 days not switched": 30, "twice": 20, "7 days empty": 12, "short windows empty": 12,
    "old badge": 3, "7 days not switched": 2, "nothing switched": 1, "empty": 1, "login": 1,
    "not JSON": 1,
}  # fmt: skip
FILE_SHAPE = {"song": 196, "roster": 79, "configured": 25}
SCRAPES_OF_SONG = {1: 62, 2: 72, 3: 13, 4: 5, 5: 4, 6: 1, 8: 1}

# By client ------------------------------------------------------------------------------------
ON_ROSTER = {True: 30, False: 70}
