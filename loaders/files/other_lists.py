"""Whether an export is another of the agency's lists: YouTube, Instagram seeding, SoundCloud.

    ExportShape ──► evidence_of_other_list() ──► sentences on what was found, none for this list

Those lists have a column `Campaign` too, and their goals are none of Spotify's. Columns decide, and
where they say little, where the links lead (docs/contract.md, 1.1).
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain, islice

from loaders.errors import UserError
from loaders.files.export import ExportShape, read_export
from loaders.files.export_header import letters_key
from loaders.files.staging_schema import EXPORT_COLUMNS

# Columns that this list alone has.
OWN = (
    "client", "salesperson", "vendor", "paid_vendor", "curator_status", "playlists", "sfa",
    "notify_vendor", "ask_for_sfa", "update_client", "sp_vendor_updates", "spotify_campaign",
)  # fmt: skip
# Columns of the other lists, and how much each says; two points are enough.
FOREIGN = {
    "servicetype": 1, "desireddaily": 1, "confirmstartdate": 1, "soundurl": 1, "tracker": 1,
    "reportnotes": 1, "videourl": 1, "videolink": 1, "channel": 1, "channelurl": 1, "youtubeurl": 1,
    "instagramurl": 1, "tiktokurl": 1, "soundcloudurl": 1, "reposts": 1, "creators": 1, "views": 1,
    "price": 0.5, "spend": 0.5, "comments": 0.5, "likes": 0.5, "plays": 0.5, "posts": 0.5,
}  # fmt: skip
# Columns of theirs that are called nearly like one of this list.
LOOKALIKES = {"clients": "client", "salespeople": "salesperson", "vendors": "vendor"}
OTHER_COLUMN = 0.5  # any unknown column, where no own column is there
ENOUGH = 2
# Links of the other lists. A song that is not out yet may be on SoundCloud: that says less.
PLACES = {"YouTube": 3.0, "Instagram": 3.0, "TikTok": 3.0, "SoundCloud": 2.0}
PLACE = re.compile(r"\b(youtu(?:be\.com|\.be)|instagram\.com|tiktok\.com|soundcloud\.com)\b", re.I)
SPOTIFY = re.compile(r"\bspotify(?:\.com|\.link|:)", re.I)
ROWS, FEWEST_LINKS = 2_000, 3
URL = 1 + list(EXPORT_COLUMNS).index("url")  # a row begins with its number


def evidence_of_other_list(shape: ExportShape) -> list[str]:
    """What speaks against this list, a piece each; empty where more speaks for it."""
    own = [column for column in OWN if column in shape.positions]
    found = {header: _weight(header, shape) for header in shape.unknown}
    foreign = [header for header, weight in found.items() if weight]
    points = sum(found.values())
    if not own:
        points += OTHER_COLUMN * (len(found) - len(foreign))
    place, links = _other_place(shape) if len(own) < ENOUGH + 1 else (None, 0)
    points += PLACES[place] if place else 0
    if points < ENOUGH or points <= len(own):
        return []
    pieces = [f"it has {_columns(foreign)}, which other lists have"] if foreign else []
    missing = [EXPORT_COLUMNS[column] for column in OWN if column not in own]
    pieces += [f"it lacks {_columns(missing)}"] if missing else []
    pieces += [f"its {links:,} links lead to {place} and none to Spotify"] if place else []
    return pieces


def refuse_other_lists(shapes: Iterable[ExportShape]) -> None:
    """Raises UserError that names each of these files which is another list."""
    found = {shape.path.name: evidence_of_other_list(shape) for shape in shapes}
    told = [f"{name}: {'; '.join(pieces)}." for name, pieces in found.items() if pieces]
    if told:
        files = "This file is" if len(told) == 1 else f"These {len(told)} files are"
        raise UserError(
            f"{files} not the Spotify campaign list, but looks like another one:\n"
            + "\n".join(told)
            + "\nMove it out of the named folder, or add --accept-list if it is meant: its "
            "campaigns then count with the others. Nothing was loaded."
        )


def _weight(header: str, shape: ExportShape) -> float:
    key = letters_key(header)
    if key in LOOKALIKES:
        return 2 if LOOKALIKES[key] not in shape.positions else 1
    return FOREIGN.get(key, 0)


def _other_place(shape: ExportShape) -> tuple[str | None, int]:
    """Where the links of the first rows lead, and how many; None where it may be Spotify."""
    rows = chain.from_iterable(batch.rows for batch in read_export(shape))
    places: Counter[str] = Counter()
    for row in islice(rows, ROWS):
        text = f"{row[URL] or ''} {row[-1] or ''}"
        if SPOTIFY.search(text):
            return None, 0
        if link := PLACE.search(text):
            places[link[1].lower().replace(".", "").removesuffix("com")] += 1
    if places.total() < FEWEST_LINKS:
        return None, 0
    place = places.most_common(1)[0][0]
    return next(name for name in PLACES if name.lower() == place), places.total()


def _columns(headers: list[str]) -> str:
    return f"the column{'s' if len(headers) > 1 else ''} {', '.join(headers)}"
