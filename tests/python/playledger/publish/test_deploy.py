"""What is loaded here goes to an empty production: told, asked, guarded, and once."""

import shutil

import pytest

from loaders.file_index import index_files
from loaders.source_file import find_inputs
from playledger.dbt.build import BuildResult
from playledger.publish.candidate import Candidate
from tests.python.support.ledger import load_into, new_database
from tests.python.support.publishing import ask, done, dump, say, schemas, url_of, write_export

ROWS = [
    {
        "Campaign": f"Artist {number} - Song {number}",
        "Client": f"Client {number % 3}",
        "Goal": str(1000 * number),
        "URL": f"https://open.spotify.com/track/{number:022}",
        "Status": "Active",
        "Start Date": "12/7/2025",
        "Vendor": "Club",
        "Sale price": "$1500.50",
    }
    for number in range(1, 9)
]


@pytest.fixture(scope="module")
def here(server, tmp_path_factory):
    """A database that an own export is loaded into, as the commands find it."""
    folder = tmp_path_factory.mktemp("here")
    files = find_inputs(write_export(folder / "export.csv", ROWS), None, None)
    made = new_database(server, "deploy_from_here")
    database = next(made)
    load_into(database, files, folder)
    index_files(files, folder / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYLEDGER_HOME", str(folder / "home"))
        patch.setenv("DATABASE_URL", url_of(database))
        patch.setenv("LEDGER_PROD_HOST", "")
        yield folder
    next(made, None)


@pytest.fixture(scope="module")
def production(server):
    made = new_database(server, "deploy_to_there")
    yield next(made)
    next(made, None)


def test_a_question_that_is_answered_with_no_changes_nothing(here, production, monkeypatch):
    empty, asked = schemas(production), []

    def build(candidate, *_):
        ask(
            candidate.database,
            "create table ledger_candidate.campaigns (campaign_id bigint primary key);"
            "insert into ledger_candidate.campaigns select generate_series(1, 8); select 1",
        )
        return BuildResult()

    monkeypatch.setattr(Candidate, "run_dbt", build)
    monkeypatch.setattr("click.confirm", lambda question: bool(asked.append(question)))
    tried = done("deploy", "--dsn", url_of(production), "--dry-run", "--yes")
    assert asked == []
    assert "8 new campaigns" in tried
    assert schemas(production) == empty
    refused = say("deploy", "--dsn", url_of(production))
    address = "{host}:5432/{dbname}".format(**production.parameters)
    assert (refused.exit_code, asked) == (2, [f"Publish this to {address}?"])
    assert "8 new campaigns" in refused.stdout
    assert "Nothing was changed. The plan: " in refused.stdout
    assert schemas(production) == empty


def test_what_is_loaded_here_goes_to_an_empty_production_once(here, production):
    there = ("--dsn", url_of(production))
    output = done("deploy", *there, "--yes")
    assert "Published to" in output
    assert "8 new campaigns" in output
    assert ask(production, "select name, goal, sale_price from ledger.campaigns order by goal") == [
        (row["Campaign"], int(row["Goal"]), 1500.5) for row in ROWS
    ]
    assert ask(production, "select status, count(*) from ledger_quality.integrity_checks group by 1"
               )[0][0] == "ok"  # fmt: skip
    assert ask(production, "select count(*) from app.spotify_campaigns") == [(8,)]
    assert not {name for name in schemas(production) if "candidate" in name}

    before = dump(production)
    again = done("deploy", *there, "--yes")
    assert "Nothing to do: everything is there already." in again
    assert dump(production) == before
    names = "('campaigns_in_order', 'campaigns_words')"
    assert ask(production, "select count(*) from pg_indexes where schemaname = 'ledger' "
               f"and indexname in {names}") == [(2,)]  # fmt: skip


REFUSED_DSN = (
    "--dsn contains a password, which every user of this machine could read. Remove it there and "
    "set PGPASSWORD. Nothing was changed.\n"
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--dsn", "postgresql://ada:geheim@localhost/agency"], REFUSED_DSN),
        (["--dsn", "host=localhost password=geheim"], REFUSED_DSN),
        (
            ["--dsn", "nonsense"],
            "--dsn is no PostgreSQL address: write postgresql://user@host:5432/name.\n",
        ),
        (
            [],
            "The address of production is not set: set LEDGER_PROD_HOST and so on (`playledger "
            "config` lists them), or name a database with --dsn. Nothing was changed.\n",
        ),
    ],
)
def test_a_deployment_to_nowhere_is_refused(here, words, told):
    result = say("deploy", "--yes", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", told)


def test_the_sample_is_not_for_production(here, production):
    before = schemas(production)
    sample = here / "home" / "sample"
    sample.mkdir()
    shutil.copy(here / "export.csv", sample)
    result = say("deploy", "--dsn", url_of(production), "--yes")
    shutil.rmtree(sample)
    assert result.exit_code == 2
    assert "The made-up sample is not for production." in result.stderr
    assert schemas(production) == before


def test_a_file_that_is_lost_is_told_before_anything_is_done(here, production):
    export = here / "export.csv"
    export.rename(here / "elsewhere.csv")
    result = say("deploy", "--dsn", url_of(production), "--yes")
    (here / "elsewhere.csv").rename(export)
    assert result.exit_code == 2
    assert "1 of the files that are loaded here are not where they were" in result.stderr
