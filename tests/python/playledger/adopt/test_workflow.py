"""Legacy tables of a web application: adopted once, matched by the next export, only ever read."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from loaders.database import Database
from loaders.errors import Exit
from playledger.adopt import workflow
from playledger.adopt.legacy_contacts import Contact, merge_same_names
from sample import evolve_sample
from tests.python.support.ledger import Ledger, new_database
from tests.python.support.publishing import ask, done, say, schemas, url_of

TABLES = ("spotify_campaigns", "clients", "vendors", "campaign_playlists")
HIGHEST = 999_999
TWIN = "f8a6d918-2acf-ae31-33fd-1f1153f67707"
SFA = "https://artists.spotify.com/c/artist/{0}/song/{0}/stats".format("T1y2P3e4D5i6N7a8B9c0De")
BROKEN = "https://artists.spotify.com/c/broken"
COLUMNS = """
    select string_agg(format('%%I %%s', attname, format_type(atttypid, atttypmod)), ', '
        order by attnum)
    from pg_attribute where attrelid = %s::regclass and attnum > 0
"""
# What an installation's own history did to its tables: other ids, other types, and people's work.
LIVED_IN = f"""
    update spotify_campaigns set id = id * 10, client_id = md5('old ' || client_id)::uuid,
        vendor_id = md5('old ' || vendor_id)::uuid;
    update clients set id = md5('old ' || id)::uuid;
    update vendors set id = md5('old ' || id)::uuid, contact_person = 'Vera ' || name;
    update clients set phone = '555 ' || left(id::text, 4) where id::text < '8';
    update clients set contact_person = 'Ada ' || name where id::text > '4';
    update campaign_playlists set campaign_id = campaign_id * 10;

    alter table spotify_campaigns
        alter start_date type date using to_date(start_date, 'MM/DD/YYYY'),
        alter last_modified type timestamptz using
            to_timestamp(last_modified, 'MM/DD/YYYY HH12:MIam')::timestamp
            at time zone 'America/New_York',
        alter goal type integer using goal::integer,
        alter sale_price type numeric(14, 4) using ltrim(sale_price, '$')::numeric,
        alter paid_vendor type boolean using paid_vendor is not null,
        drop column sp_vendor_updates,
        add column booked_by text;
    alter table clients alter emails type text using array_to_string(emails, '; ');

    update spotify_campaigns set booked_by = 'Grace' where id = 20;
    update spotify_campaigns set sfa = '{SFA}' where id = 30;
    update spotify_campaigns set sfa = '{BROKEN}' where id = 40;
    update spotify_campaigns set client = null
        where client_id in (select client_id from spotify_campaigns group by 1 having count(*) = 1)
        and client = (select name from clients where clients.id = client_id);
    insert into spotify_campaigns (id, notes) values ({HIGHEST}, 'a row without a name');
    insert into spotify_campaigns (campaign, client) values ('Nobody - Without Id', 'Newcomer');
    insert into clients (id, name, phone) values (md5('client newcomer')::uuid, 'Renamed', '555 R');
    insert into clients (id, name, phone, contact_person)
        select '{TWIN}'::uuid, upper(name) || ' ', '555 twin', 'Twin' from clients
        where contact_person is not null and phone is null order by name limit 1;
"""
MADE = "a2d401f6-03ad-d182-293f-4d455120854a"  # the MD5 of `client bob & söhne`
FILE = "spotify_campaigns_of_public.csv"


@dataclass(frozen=True)
class Agency:
    """The production of an agency: its database, the legacy tables as they were, and next week."""

    database: Database
    before: dict[str, list]
    later: Path
    rows: dict[int, int]  # the first export's row → old id
    output: str = ""  # of its adoption
    matches: dict[int, int | None] = field(default_factory=dict)  # next week's row → the first's

    def ask(self, query: str, *values: object) -> list[tuple]:
        return ask(self.database, query, *values)

    def one(self, query: str, *values: object) -> object:
        return self.ask(query, *values)[0][0]


def copy_views(ledger: Ledger, there: Database) -> None:
    """The views of a ledger as tables of another database."""
    with ledger.database.connect() as source, there.connect() as target:
        read, write = source.cursor(), target.cursor()
        for table in TABLES:
            read.execute(COLUMNS, [f"app.{table}"])
            write.execute(f"create table public.{table} ({read.fetchone()[0]})")
            rows = io.StringIO()
            read.copy_expert(f"copy (select * from app.{table}) to stdout", rows)
            rows.seek(0)
            write.copy_expert(f"copy public.{table} from stdin", rows)


def versions(database: Database) -> dict[str, list]:
    """Every row of the legacy tables with the transaction that wrote it, and where it is."""
    rows = "select xmin::text, ctid::text, old::text from public.{} as old"
    return {table: ask(database, rows.format(table)) for table in TABLES}


@pytest.fixture(scope="module")
def agency(ledger, server, tmp_path_factory):
    """Old tables out of a built ledger's views, lived in; commands mean their database."""
    folder = tmp_path_factory.mktemp("agency")
    evolve_sample(folder, 653, 1)
    made = new_database(server, "agency")
    database = next(made)
    copy_views(ledger, database)
    ask(database, LIVED_IN)
    rows = {row: own * 10 for own, row in ledger.ask(
        "select campaign_id, source_row from ledger.campaigns"
    )}  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYLEDGER_HOME", str(folder / "home"))
        patch.setenv("DATABASE_URL", url_of(database))
        patch.setenv("LEDGER_PROD_HOST", "")
        yield Agency(database, versions(database), folder / "later", rows)
    next(made, None)


@pytest.fixture(scope="module")
def adopted(agency):
    """The same after it was adopted."""
    return replace(agency, output=done("adopt", "--yes"))


@pytest.fixture(scope="module")
def deployed(adopted):
    """The same after the next export was deployed."""
    export = adopted.later / "campaigns_export.csv"
    done("deploy", "--dsn", url_of(adopted.database), "--csv", export, "--yes")
    with (adopted.later / "matches.tsv").open(encoding="utf-8", newline="") as file:
        matches = list(csv.DictReader(file, dialect="excel-tab"))
    known = {int(row["row"]): int(row["known_row"] or 0) or None for row in matches}
    return replace(adopted, matches=known)


@pytest.mark.thorough
def test_what_is_read_is_told(adopted):
    assert "655 rows" in adopted.output
    assert "653 keep their id (10 to 6530)" in adopted.output
    assert f"1 without a name, rejected (id {HIGHEST})" in adopted.output
    assert "without sp_vendor_updates" in adopted.output
    assert "kept as unknown columns: booked_by" in adopted.output
    assert "not adopted: exports and scrapes bring them" in adopted.output


@pytest.mark.thorough
def test_every_old_campaign_is_there_under_its_id_as_it_was(adopted):
    assert adopted.ask(
        """
        select old.id, new.campaign_id, new.name
        from
            (select * from public.spotify_campaigns where id < %s) as old
        full join ledger.campaigns as new on old.id = new.campaign_id
        where (
            old.campaign, old.goal, old.start_date, old.sale_price, old.url, old.notes,
            old.last_modified at time zone 'America/New_York', coalesce(old.paid_vendor, false),
            old.client_id, old.vendor_id, case when old.id <> 40 then old.sfa end
        ) is distinct from (
            new.name, new.goal, new.start_date, new.sale_price, new.url, new.notes,
            new.last_modified_at, new.is_vendor_paid,
            new.client_id, new.vendor_id, new.sfa_url
        )
        """,
        HIGHEST,
    ) == [(None, HIGHEST + 1, "Nobody - Without Id")]


@pytest.mark.thorough
def test_every_old_client_and_vendor_keeps_its_id_and_what_was_typed(adopted):
    assert adopted.ask(
        "select old.phone, new.phone, old.contact_person = new.contact_person "
        "from public.clients as old left join ledger.clients as new on new.client_id = old.id "
        "where (old.phone, old.contact_person) is distinct from (new.phone, new.contact_person) "
        "and old.id <> %s",
        TWIN,
    ) == [(None, "555 twin", True)]
    assert adopted.one("select count(*) from ledger.clients where client_id = %s", TWIN) == 0
    assert adopted.ask(
        "select name, contact_person from public.vendors except "
        "select name, contact_person from ledger.vendors"
    ) == []  # fmt: skip
    assert adopted.one("select count(phone) from ledger.clients") > 50


@pytest.mark.thorough
def test_a_new_name_does_not_take_the_id_of_one_that_was_renamed(adopted):
    assert adopted.ask(
        "select name, name_key, phone, client_id = md5('client newcomer')::uuid "
        "from ledger.clients where name in ('Newcomer', 'Renamed') order by 1"
    ) == [("Newcomer", "newcomer", None, False), ("Renamed", "renamed", "555 R", True)]


@pytest.mark.thorough
def test_a_client_that_is_there_twice_is_told(adopted):
    name = adopted.one("select upper(name) from ledger.clients where phone = '555 twin'")
    (said,) = (line for line in adopted.output.splitlines() if line.startswith("Two clients"))
    assert f"“{name} ” (id {TWIN}, 0) is merged into it and fills in phone 555 twin" in said
    assert said.endswith("; not adopted: its contact_person Twin.")


@pytest.mark.thorough
def test_what_cannot_be_read_is_reported_and_what_is_unknown_is_kept(adopted):
    assert adopted.ask(
        "select campaign_id, raw_value, source_file from ledger_quality.data_issues "
        "where reason = 'not_an_sfa_url'"
    ) == [(40, BROKEN, FILE)]
    assert adopted.one("select extra from ledger.campaigns where campaign_id = 20") == {
        "booked_by": "Grace"
    }
    assert adopted.ask(
        "select reason, raw_text ~ 'a row without a name' from ledger_quality.rejected_records"
    ) == [("no_campaign_name", True)]


@pytest.mark.thorough
def test_a_second_adoption_has_nothing_to_do(adopted):
    before = runs_of(adopted)
    again = say("adopt", "--yes")
    assert (again.exit_code, again.stderr) == (0, "")
    assert "Nothing to do: " in again.stdout
    assert "adopted its legacy tables on 20" in again.stdout
    assert runs_of(adopted) == before


@pytest.mark.thorough
def test_what_was_adopted_verifies(adopted):
    result = say("verify")
    assert result.exit_code == 0, result.output


@pytest.mark.thorough
def test_the_next_export_meets_the_adopted_campaigns(deployed):
    found = dict(
        deployed.ask(
            "select source_row, campaign_id from ledger.campaign_sightings "
            "inner join ledger_staging.stg_airtable__files using (file_sha256) "
            "where file_name = 'campaigns_export.csv'"
        )
    )
    assert found.keys() == deployed.matches.keys()
    wrong = {
        row: found[row]
        for row, known in deployed.matches.items()
        if found[row] != deployed.rows.get(known) and (known or found[row] <= HIGHEST + 1)
    }
    assert wrong == {}
    assert len(set(found.values())) == len(found)


@pytest.mark.thorough
def test_a_deployment_takes_nothing_away_that_was_adopted(deployed):
    assert deployed.ask(
        "select old.id from public.spotify_campaigns as old "
        "left join ledger.campaigns as new on new.campaign_id = old.id "
        "where old.sfa is distinct from new.sfa_url and old.id not in (40, %s)"
        "and old.sfa is not null",
        HIGHEST,
    ) == []  # fmt: skip
    assert deployed.ask(
        "select old.name from public.clients as old "
        "left join ledger.clients as new on new.client_id = old.id "
        "where old.id <> %s and (new.client_id is null or old.phone <> new.phone "
        "or old.contact_person <> new.contact_person)",
        TWIN,
    ) == []  # fmt: skip
    assert say("verify").exit_code == 0


@pytest.mark.thorough
def test_the_old_tables_are_as_they_were_to_the_byte(deployed):
    assert versions(deployed.database) == deployed.before


@pytest.mark.thorough
def test_an_adoption_is_in_the_history_and_can_be_taken_back(deployed):
    assert [kind.rpartition("-")[2] for kind in runs_of(deployed)] == ["adopt", "deploy"]
    for _ in range(2):
        done("undo")
    for table in ("campaigns", "clients", "vendors", "campaign_sightings"):
        assert deployed.one(f"select count(*) from ledger.{table}") == 0
    assert deployed.one("select count(*) from staging_airtable.campaigns") == 0
    assert versions(deployed.database) == deployed.before


def test_a_ledger_that_has_campaigns_adopts_no_more(agency, ledger):
    before = schemas(ledger.database)
    result = say("adopt", "--dsn", url_of(ledger.database), "--yes")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "has a ledger with campaigns already. An id never changes" in result.stderr
    assert "only be adopted before the first deployment" in result.stderr
    assert schemas(ledger.database) == before


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ("nowhere", "There is nothing to adopt in schema `nowhere`"),
        ("app", "The schema `app` is the ledger's own"),
    ],
)
def test_a_schema_without_old_tables_is_refused(agency, database, schema, told):
    result = say("adopt", "--dsn", url_of(database), "--from", schema, "--yes")
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert schemas(database) == {"public", "pg_catalog", "pg_toast", "information_schema"}


@dataclass
class Read:
    """What was read of legacy tables: the output, what is adopted, and the rows of the file."""

    output: str
    adoption: object
    rows: list[dict[str, str]]


@pytest.fixture
def read(agency, database, monkeypatch):
    """Old tables that a script makes, read and not published."""
    given = []

    def stop(target, files, allowed, *, prepare, **_: object) -> Exit:
        given.append((files, prepare.keywords["adoption"]))
        return Exit.DONE

    def run(script: str) -> Read:
        ask(database, script)
        monkeypatch.setattr(workflow, "deploy_command", stop)
        output = done("adopt", "--dsn", url_of(database), "--yes")
        ((files, adoption),) = given
        rows = []
        for file in files:
            with file.path.open(encoding="utf-8-sig", newline="") as lines:
                rows += csv.DictReader(lines)
        return Read(output, adoption, rows)

    return run


def test_campaign_ids_that_are_uuids_are_made_anew_and_kept_beside(read):
    found = read(
        """
        create table spotify_campaigns as
            select md5('one')::uuid as id, 'Artist - Song' as campaign, 'Bob' as client
        """
    )
    assert found.adoption.export.ids == {2: None}
    assert found.rows == [
        {"Campaign": "Artist - Song", "Client": "Bob", "id": "f97c5d29-941b-fb1b-2fda-b0874906ab82"}
    ]
    assert "1 get new ids: theirs are uuids, and a campaign's id is a whole number" in found.output
    assert "clients: does not exist" in found.output


def test_ids_of_clients_that_are_no_uuids_are_those_that_the_ledger_makes(read):
    found = read(
        "create table clients as select 7 as id, 'Bob & Söhne' as name, '555' as phone, 'x' as fax"
    )
    (bob,) = found.adoption.clients
    assert (bob.id, bob.key, bob.phone) == (MADE, "bob & söhne", "555")
    assert "New ids for 1 client, whose own are not uuids: “Bob & Söhne” (id 7)." in found.output
    assert "clients: 1 row; columns not adopted: fax" in found.output
    assert found.rows == []


def test_a_client_that_only_an_id_names_is_named_and_a_comma_is_quoted(read):
    found = read(
        """
        create table clients as select md5('1')::uuid as id, 'Smith, "Joe"' as name;
        create table spotify_campaigns (id bigint, campaign text, client text, client_id uuid);
        insert into spotify_campaigns values
            (3, 'C', 'Ann', md5('1')::uuid), (1, 'A', null, md5('1')::uuid),
            (2, 'B', 'Smith, "Joe", Ann', md5('1')::uuid), (2, 'D', 'Smith, "Joe"', null)
        """
    )
    quoted = '"Smith, ""Joe"""'
    assert [(row["Campaign"], row["Client"], row["id"]) for row in found.rows] == [
        ("A", quoted, ""),
        ("B", f"{quoted}, Ann", ""),
        ("D", 'Smith, "Joe"', "2"),
        ("C", "Ann", ""),
    ]  # fmt: skip
    assert found.adoption.export.ids == {2: 1, 3: 2, 4: None, 5: 3}


def test_the_same_name_keeps_the_id_with_more_campaigns_then_the_oldest():
    old, busy, young = (Contact(str(number), "Bob", None, None, [], "bob") for number in range(3))
    assert merge_same_names("client", [old, busy, young], Counter({"1": 2}))[0] == [busy]
    assert merge_same_names("client", [old, young], Counter())[0] == [old]


def runs_of(agency: Agency) -> list[str]:
    """The runs that were published."""
    return [run for (run,) in agency.ask(
        "select run_id from ledger_quality.plans where published_at is not null order by 1"
    )]  # fmt: skip
