"""Statements that make up rows of a ledger of any size: names, notes and ids follow from numbers.

HELPERS, INSERTS, values ──► bench.million ──► tables of a ledger
"""

from __future__ import annotations

# Rows of each kind for one campaign.
PER_CAMPAIGN = {
    "clients": 0.06, "vendors": 0.002, "playlists": 0.3, "songs": 0.5, "groups": 0.4,
    "issues": 0.15, "placements": 3, "streams": 3,
}  # fmt: skip
SYLLABLES = (  # noqa: SIM905 (readable)
    "a al an ar as be bo bra ca cha co da de do dra e el en fa fi flo ga glo go ha he hi in is ja "
    "jo ka ki la le li lo lu ma me mi mo na ne ni no o or pa pe pho qui ra re ri ro sa se sha so "
    "sta su ta te the ti to tra u va ve vi wa we wi ya yo za zo"
).split()
PEOPLE = ("Alma", "Bengt", "Christelle", "Eduardo", "Hilda", "Homero", "Kelsey", "Olov", "Teresa")

# `word` makes words of two to three syllables, some 10,000 different ones; some have an accent.
HELPERS = """
    create function pg_temp.h(n bigint, salt text) returns bigint language sql immutable
    as $$ select abs(hashint8extended(n, hashtext(salt))) $$;
    create function pg_temp.word(n bigint, salt text) returns text language sql immutable as $$
        select initcap(
            (%(syllables)s::text[])[1 + pg_temp.h(n, salt) % 79]
            || (%(syllables)s::text[])[1 + pg_temp.h(n, salt) / 97 % 79]
            || case when pg_temp.h(n, salt) % 7 < 4
                then (%(syllables)s::text[])[1 + pg_temp.h(n, salt) / 9973 % 60] else '' end
            || case when pg_temp.h(n, salt) % 31 = 0 then 'é' else '' end
        ) $$;
    create function pg_temp.id(kind text, n bigint) returns uuid language sql immutable
    as $$ select md5(kind || n)::uuid $$;
    create function pg_temp.track(n bigint) returns text language sql immutable
    as $$ select left(md5('track' || n), 22) $$;
"""
INSERTS = {
    "clients": """
        insert into {ledger}.clients (client_id, name, name_key, emails, created_at, updated_at)
        select
            pg_temp.id('client', n), name, lower(name) || ' ' || n,
            array['mail' || n || '@example.com'], now(), now()
        from generate_series(1, %(clients)s) as n
        cross join lateral (
            select pg_temp.word(n, 'client') || ' ' || pg_temp.word(n, 'house') as name
        ) as called
    """,
    "vendors": """
        insert into {ledger}.vendors (vendor_id, name, name_key, created_at, updated_at)
        select pg_temp.id('vendor', n), name, lower(name) || ' ' || n, now(), now()
        from generate_series(1, %(vendors)s) as n
        cross join lateral (select pg_temp.word(n, 'vendor') || ' Promo' as name) as called
    """,
    "songs": """
        insert into {ledger}.songs (
            track_id, artist_id, sfa_url, sfa_source, last_scraped_at, scraped_7d_at,
            scraped_28d_at, scraped_12m_at, created_at, updated_at
        )
        select
            pg_temp.track(n), left(md5('artist' || n / 3), 22),
            case when n % 3 > 0 then 'https://artists.spotify.com/c/artist/' || left(md5('artist' ||
                n / 3), 22) || '/song/' || pg_temp.track(n) || '/stats' end,
            case when n % 3 > 0 then 'roster' end,
            at, at, at, at, now(), now()
        from generate_series(1, %(songs)s) as n
        cross join lateral (
            select case
                when n % 3 > 0 then timestamp '2025-10-01' + n % 5000000 * interval '1 second'
            end as at
        ) as scraped
    """,
    "groups": """
        insert into {ledger}.campaign_groups (
            campaign_group_id, client_id, name, start_date, song_count, campaign_count, goal,
            sale_price, created_at, updated_at
        )
        select
            pg_temp.id('group', n), client_id, clients.name || ', ' || start_date, start_date,
            2, 3, 60000, 900, now(), now()
        from generate_series(0, %(groups)s - 1) as n
        cross join lateral (select date '2015-01-01' + (n / 100)::int as start_date) as day
        inner join {ledger}.clients as clients
            on clients.client_id = pg_temp.id('client', 1 + pg_temp.h(n, 'of') % %(clients)s)
    """,
    "campaigns": """
        insert into {ledger}.campaigns (
            campaign_id, name, client_id, vendor_id, campaign_group_id, track_id, sfa_track_id, url,
            url_kind, sfa_url, sfa_source, status, goal, remaining, salesperson, salespeople,
            sale_price, start_date, notes, playlists, is_in_latest_export, source_row, created_at,
            updated_at
        )
        select
            10000000 + n,
            initcap(pg_temp.word(n / 2, 'artist')) || ' ' || pg_temp.word(n / 2, 'family') || ' - '
                || pg_temp.word(n / 2, 'song') || ' ' || pg_temp.word(n / 2, 'title'),
            orders.client_id,
            case when n % 11 > 0
                then pg_temp.id('vendor', 1 + pg_temp.h(n, 'vendor') % %(vendors)s) end,
            orders.campaign_group_id, pg_temp.track(track),
            case when n % 3 = 0 then pg_temp.track(track) end,
            'https://open.spotify.com/track/' || pg_temp.track(track), 'track',
            case when n % 3 = 0 then 'https://artists.spotify.com/c/song/' || n end,
            case when n % 3 = 0 then 'roster' end,
            (array['complete', 'complete', 'complete', 'complete', 'complete', 'complete',
                'complete', 'active', 'cancelled', 'paused', 'pending', 'unknown'])
                [1 + pg_temp.h(n, 'status') % 12],
            pg_temp.h(n, 'goal') % 50 * 1000, pg_temp.h(n, 'left') % 9000, person, array[person],
            pg_temp.h(n, 'price') % 200 * 10, start_date,
            repeat(pg_temp.word(n, 'note') || ' is to hear from the client again. ', 7),
            '- ' || pg_temp.word(n, 'list') || ' Hits [NEW]', n % 50 > 0, n, now(), now()
        from generate_series(1, %(campaigns)s) as n
        cross join lateral (
            select
                1 + pg_temp.h(n / 2, 'track') % %(songs)s as track,
                (%(people)s::text[])[1 + pg_temp.h(n, 'seller') % %(sellers)s] as person
        ) as made
        inner join {ledger}.campaign_groups as orders
            on orders.campaign_group_id = pg_temp.id('group', n / 3 % %(groups)s)
    """,
    "campaign_clients": """
        insert into {ledger}.campaign_clients
            (campaign_id, client_id, position, created_at, updated_at)
        select campaign_id, client_id, 1, now(), now() from {ledger}.campaigns
        where campaign_id > 10000000
    """,
    "playlists": """
        insert into {ledger}.playlists (
            playlist_id, name, name_key, curator, kind, vendor_id, created_at, updated_at
        )
        select
            pg_temp.id('playlist', n), name, lower(name) || ' ' || n,
            pg_temp.word(n / 9, 'curator'),
            (array['other', 'other', 'vendor', 'editorial', 'algorithmic'])[1 + n % 5],
            case when n % 5 = 2
                then pg_temp.id('vendor', 1 + pg_temp.h(n, 'by') % %(vendors)s) end, now(), now()
        from generate_series(1, %(playlists)s) as n
        cross join lateral (
            select pg_temp.word(n, 'mood') || ' ' || pg_temp.word(n, 'kind') || ' Hits' as name
        ) as called
    """,
    "placements": """
        insert into {ledger}.campaign_playlists (
            campaign_id, playlist_id, streams_7d, streams_28d, streams_12m, scraped_at, is_claimed,
            is_observed, created_at, updated_at
        )
        select
            10000000 + n / 3,
            pg_temp.id('playlist', 1 + (pg_temp.h(n / 3, 'on') + n * 7) % %(playlists)s),
            pg_temp.h(n, 'a') % 900, pg_temp.h(n, 'a') % 9000, pg_temp.h(n, 'a') % 90000,
            timestamp '2025-10-01', n % 3 = 0, n % 4 > 0, now(), now()
        from generate_series(3, %(placements)s) as n
        on conflict do nothing
    """,
    "streams": """
        insert into {ledger}.playlist_streams (
            track_id, playlist_id, time_window, scraped_at, streams, rank, file_sha256, created_at,
            updated_at
        )
        select
            pg_temp.track(1 + n / 6),
            pg_temp.id('playlist', 1 + (pg_temp.h(n / 6, 'on') + n / 3 * 7) % %(playlists)s),
            (array['7d', '28d', '12m'])[1 + n % 3],
            timestamp '2025-10-01' + n % 5000000 / 6 * interval '6 seconds',
            pg_temp.h(n, 's') % 9000, 1 + n % 100, md5((n / 60)::text), now(), now()
        from generate_series(0, %(streams)s - 1) as n
        on conflict do nothing
    """,
    "issues": """
        insert into {quality}.data_issues (
            issue_id, severity, entity, campaign_id, source_file, source_row, place, column_name,
            raw_value, reason, suggestion, created_at, updated_at
        )
        select
            pg_temp.id('issue', n), (array['info', 'info', 'info', 'warning', 'error'])[1 + n % 5],
            'campaign', 10000000 + pg_temp.h(n, 'in') % %(campaigns)s, 'campaigns_export.csv', n,
            'row ' || n, 'url', 'tba ' || pg_temp.word(n, 'raw'),
            (array['not_a_link', 'not_an_email', 'unknown_status', 'repeated_playlist'])[1 + n % 4],
            'Correct the cell in the sheet', now(), now()
        from generate_series(1, %(issues)s) as n
    """,
}
