"""From the queue through the seeds to the ledger and back: accepted, undone, rejected."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from loaders.name_pairs import refresh
from loaders.name_pairs.refresh import refresh_pairs
from loaders.source_file import SourceFile, find_inputs
from playledger.audit import seed_rules
from playledger.audit.account import Account, make_account
from playledger.audit.file_counts import count_files
from playledger.cli.main import main
from playledger.review.name_queue import NamePair, read_queue
from tests.project import PROJECT
from tests.python.models.test_end_to_end import TABLES
from tests.python.support.publishing import url_of

pytestmark = pytest.mark.database

CACHED = (
    seed_rules.read_seed, seed_rules.client_names, seed_rules.playlist_aliases,
    seed_rules.sfa_decisions, seed_rules.accepted_pages,
)  # fmt: skip


@pytest.fixture
def project(copied, monkeypatch):
    """The copy, its seeds as they were, and read by the account too."""
    shutil.rmtree(copied / "seeds")
    shutil.copytree(PROJECT / "seeds", copied / "seeds")
    monkeypatch.setenv("PLAYLEDGER_PROJECT", str(copied))
    for cache in CACHED:
        cache.cache_clear()
    yield copied
    for cache in CACHED:
        cache.cache_clear()


@pytest.fixture
def review(changing_ledger, project, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", url_of(changing_ledger.database))

    def run(*arguments: str, answers: str = "", code: int = 0) -> str:
        result = CliRunner().invoke(main, ["review", *arguments], input=answers)
        assert result.exit_code == code, result.output
        return result.output

    return run


def queue(ledger, *kinds: str) -> list[NamePair]:
    with ledger.database.connect() as conn:
        return read_queue(conn, "ledger", kinds)


def state(ledger) -> dict[str, list]:
    """Every row of every table but for the times at which it was written.

    Orders that lost their campaigns stay, empty, since others may hang on them.
    """
    return {
        table: ledger.ask(
            f"select (to_jsonb(t) - 'created_at' - 'updated_at')::text from ledger.{table} as t "
            "where to_jsonb(t) ->> 'campaign_count' is distinct from '0' order by 1"
        )
        for table in TABLES
    }


def build(ledger, project: Path) -> None:
    ledger.build(project=project)
    assert account(ledger).failed == []


def account(ledger, *results: SourceFile) -> Account:
    """The account of the sample, and of these results of searches."""
    for cache in CACHED:
        cache.cache_clear()
    sample = ledger.home / "sample"
    files = find_inputs(sample / "campaigns_export.csv", sample / "scraped", sample / "roster")
    with ledger.database.connect() as conn:
        return make_account(conn, "ledger", count_files([*files, *results]), 1)


def campaigns_of(ledger, kind: str, name: str) -> set[int]:
    table = {"client": "campaign_clients", "vendor": "campaigns", "playlist": "campaign_playlists"}
    found = ledger.ask(
        f"select campaign_id from ledger.{table[kind]} inner join ledger.{kind}s using ({kind}_id) "
        f"where {kind}s.name = %s",
        name,
    )
    return {campaign for (campaign,) in found}


def make_vendors_alike(ledger, project: Path) -> None:
    """Two vendors of the sample, proposed as if their names were alike."""
    one, two = (
        name
        for (name,) in ledger.ask("select name_key from ledger.vendors order by name_key limit 2")
    )
    assert queue(ledger, "vendor") == []
    ledger.ask("insert into staging_names.pairs values ('vendor', %s, %s, 96)", one, two)
    ledger.build("--select", "int_similar_names", "vendor_match_candidates", project=project)
    (pair,) = queue(ledger, "vendor")
    assert pair.evidence.startswith("names 96 % alike")
    assert pair.kept.campaigns >= pair.alias.campaigns > 0


def names_in(pairs: list[NamePair]) -> set[str]:
    return {side.entity.name for pair in pairs for side in (pair.kept, pair.alias)}


def other_pair(pairs: list[NamePair]) -> int:
    """The place of the first pair that has no name in common with the best."""
    best = names_in(pairs[:1])
    return next(n for n, pair in enumerate(pairs) if best.isdisjoint(names_in([pair])))


def test_decisions_hold_from_the_next_build_on_and_can_be_taken_back(
    changing_ledger, project, review
):
    ledger = changing_ledger
    kinds = ("client", "playlist", "vendor")
    make_vendors_alike(ledger, project)
    before, waiting = state(ledger), {kind: queue(ledger, kind) for kind in kinds}
    spotifys = ledger.one(
        "select name from ledger.campaign_playlists inner join ledger.playlists using (playlist_id)"
        " where is_observed and curator = 'Spotify' group by name order by count(*) desc, 1 limit 1"
    )

    # The best of each kind is accepted (of vendors, the other name stays), another one rejected.
    decided = {}
    rejected = {kind: other_pair(waiting[kind]) for kind in ("client", "playlist")}
    for kind in kinds:
        pair, *rest = waiting[kind][: rejected.get(kind, 0) + 1]
        kept, alias = pair.kept.entity.name, pair.alias.entity.name
        if kind == "vendor":
            kept, alias = alias, kept
        both = campaigns_of(ledger, kind, kept) | campaigns_of(ledger, kind, alias)
        decided[kind] = kept, alias, both
        later = [each for each in rest[:-1] if alias not in names_in([each])]
        answers = ["a", *("l" for _ in later), "reject"] if rest else ["swap"]
        said = review("--kind", kind, "--limit", str(1 + len(rest)), answers="\n".join(answers))
        assert f"Merged: “{alias}” → “{kept}” (this name stays)" in said
        assert f"1 accepted, {len(rest[:1])} rejected, {len(later)} left for later." in said
        assert "Run `dbt build` (or `make sync`)" in said
    assert alias not in review("--list")
    decided["spotify"] = "Made Up", spotifys, campaigns_of(ledger, "playlist", spotifys)
    with (project / "seeds" / "playlist_aliases.csv").open("a") as seed:
        seed.write(f'"{spotifys}",spotify,Made Up\n')

    build(ledger, project)
    for kind, (kept, alias, both) in decided.items():
        kind = "playlist" if kind == "spotify" else kind
        assert campaigns_of(ledger, kind, alias) == set()
        assert campaigns_of(ledger, kind, kept) == both
        assert alias not in names_in(queue(ledger, kind))
        assert ledger.one(f"select count(*) from ledger.{kind}s where name = %s", alias) == 1
    assert state(ledger)["playlist_streams"] == before["playlist_streams"]
    for kind, place in rejected.items():
        assert waiting[kind][place] not in queue(ledger, kind)

    for kind in kinds:
        shutil.copy(PROJECT / "seeds" / f"{kind}_aliases.csv", project / "seeds")
    build(ledger, project)
    ledger.ask("delete from ledger.playlists where name = 'Made Up'")
    assert state(ledger) == before
    assert queue(ledger, "vendor") == waiting["vendor"]
    for kind, place in rejected.items():
        assert queue(ledger, kind) == waiting[kind][:place] + waiting[kind][place + 1 :]


def test_the_keys_of_names_are_those_of_the_models(ledger):
    keys = "select unnest(array[key_a, key_b]) from staging_names.pairs where kind = %s"
    for kind in ("client", "vendor", "playlist"):
        known = {key for (key,) in ledger.ask(f"select name_key from ledger.{kind}s")}
        assert {key for (key,) in ledger.ask(keys, kind)} <= known
    assert ledger.one("select count(*) from staging_names.pairs where key_a >= key_b") == 0


def test_names_are_compared_once_for_the_same_files(database, monkeypatch):
    with database.connect() as conn, conn.cursor() as cur:
        cur.execute(
            "create schema staging_airtable; create schema staging_spotify;"
            "create table staging_airtable.campaigns (client text, vendor text, playlists text);"
            "create table staging_spotify.scraped_playlists "
            "(name text, made_by text, schema_version text);"
            "insert into staging_airtable.campaigns values "
            "('Beyoncé, \"Oak, Pine\"', 'Oak\u00a0 Promo', '- Night ΟΔΥΣΣΕΥΣ [NEW]'), "
            "('Beyonce', 'Oak Promo!', null);"
            "insert into staging_spotify.scraped_playlists values "
            "('Night ΟΔΥΣΣΕΥΣ!', '—', null), ('MixPersonalized', 'Spotify', null)"
        )
        assert refresh_pairs(conn, {"a", "b"}) == ()
        cur.execute("select * from staging_names.pairs order by kind")
        found = cur.fetchall()
        cur.execute("select lower('Night ΟΔΥΣΣΕΥΣ')")
        (night,) = cur.fetchone()
        assert found == [
            ("client", "beyonce", "beyoncé", 100),
            ("playlist", night, f"{night}!", 100),
            ("vendor", "oak promo", "oak promo!", 100),
        ]
        assert refresh_pairs(conn, {"b", "a"}) is None
        monkeypatch.setattr(refresh, "MOST", 1)
        assert refresh_pairs(conn, {"a", "b", "d"}) == ("client", "vendor", "playlist")
        cur.execute("select count(*) from staging_names.pairs")
        assert cur.fetchone() == (0,)
        monkeypatch.setattr(refresh, "MOST", 100)
        cur.execute("delete from staging_airtable.campaigns")
        assert refresh_pairs(conn, {"a", "b", "c"}) == ()
        cur.execute("select count(*) from staging_names.pairs where kind <> 'playlist'")
        assert cur.fetchone() == (0,)


def test_without_a_ledger_the_next_step_is_told(database, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", url_of(database))
    result = CliRunner().invoke(main, ["review", "--list"])
    assert result.exit_code == 2
    assert "There is no ledger with a queue in schema `ledger` yet." in result.stderr
    assert result.stdout == ""


@pytest.mark.thorough
def test_who_is_renamed_keeps_the_id_and_what_was_typed(changing_ledger, project):
    ledger = changing_ledger
    before = state(ledger)
    renamed = {}
    for kind in ("client", "vendor"):
        number, name = ledger.ask(
            f"select {kind}_id, {kind}s.name from ledger.{kind}s "
            f"inner join ledger.campaigns using ({kind}_id) "
            "group by 1, 2 order by count(*) desc, 2 limit 1"
        )[0]
        ledger.ask(f"update ledger.{kind}s set contact_person = 'Ada' where {kind}_id = %s", number)
        renamed[kind] = number, name, campaigns_of(ledger, kind, name)
        with (project / "seeds" / f"{kind}_aliases.csv").open("a") as seed:
            seed.write(f'"{name}",A Name That Nobody Typed\n')

    build(ledger, project)
    for kind, (number, _, theirs) in renamed.items():
        assert ledger.ask(
            f"select {kind}_id, contact_person from ledger.{kind}s where name = %s",
            "A Name That Nobody Typed",
        ) == [(number, "Ada")]
        assert campaigns_of(ledger, kind, "A Name That Nobody Typed") == theirs

    for kind in renamed:
        shutil.copy(PROJECT / "seeds" / f"{kind}_aliases.csv", project / "seeds")
    build(ledger, project)
    for kind, (number, *_) in renamed.items():
        ledger.ask(f"update ledger.{kind}s set contact_person = null where {kind}_id = %s", number)
    assert state(ledger) == before
