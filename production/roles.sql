/*
Three roles, each with the least rights that its work needs:

    ledger_loader    writes staging: what `playledger load` does
    ledger_builder   reads staging; owns the schemas of the ledger and may create more, such as `ledger_candidate`
    ledger_reader    reads `ledger`, `ledger_quality`, `app` and `ledger_history`; never staging, whose raw cells are
                     unchecked

Run it as the owner of the database, who needs CREATEROLE but need not be a superuser (Supabase: `postgres`), either with
`playledger roles` or with

    psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f production/roles.sql

It is one transaction, and a second run corrects what is not as it should be: the roles become the owners of objects that
its user or members of the roles have created since, and what new members will create becomes readable. So run it again when
a user was given a role. The user that runs it becomes a member of ledger_loader and ledger_builder.

The roles are groups that nobody logs in as, and no password is in this file. To give a user one of them:

    create role nightly login;                          -- then \password nightly, in psql
    grant ledger_loader, ledger_builder to nightly;     -- `playledger sync` and `playledger deploy` need both
    grant ledger_reader to web_user;

Settings of a role do not apply to its members. For a user that only reads, add

    alter role web_user set default_transaction_read_only = on;
    alter role web_user set statement_timeout = '15s';
*/
begin;

-- For a ledger in another schema: LEDGER_SCHEMA=<name> playledger roles --sql
set local ledger.schema = 'ledger';

-- The schemas of the ledger: who owns each, and who else reads it.
create temporary table ledger_schemas on commit drop as
select name, 'ledger_loader' as owner, 'ledger_builder' as reader, false as is_shared
from unnest(array['staging_airtable', 'staging_spotify', 'staging_names']) as staging (name)
union all
select current_setting('ledger.schema') || suffix, 'ledger_builder', 'ledger_reader', false
from unnest(array['', '_quality', '_history']) as readable (suffix)
union all
select case current_setting('ledger.schema') when 'ledger' then 'app' else current_setting('ledger.schema') || '_app' end,
    'ledger_builder', 'ledger_reader', true
union all
select nspname, 'ledger_builder', null, false
from pg_namespace
where nspname = any(array[
    current_setting('ledger.schema') || '_intermediate',
    current_setting('ledger.schema') || '_seeds',
    current_setting('ledger.schema') || '_staging'
]) or starts_with(nspname, current_setting('ledger.schema') || '_candidate')
or nspname ~ '^candidate_(new_)?staging_';

-- Whoever creates tables and views in them: the roles, their members, and the user that runs this. This user borrows the
-- rights of some members for this transaction, since only they can set the default privileges of what they create.
create temporary table ledger_creators (name text primary key, is_borrowed boolean not null default false) on commit drop;


do $$
begin
    if not (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) then
        raise insufficient_privilege using
            message = format('The user %s may not create roles.', current_user),
            hint = format('Run it as the owner of the database, after a superuser ran: alter role %I createrole;', current_user);
    end if;
end $$;


-- The roles.
do $$
declare
    role text;
begin
    foreach role in array array['ledger_loader', 'ledger_builder', 'ledger_reader'] loop
        if not exists (select from pg_roles where rolname = role) then
            execute format('create role %I nologin', role);
            raise notice 'Created role %.', role;
        end if;
    end loop;
    -- From PostgreSQL 16 on, the creator of a role may grant it but has none of its rights. These are needed to change
    -- the owner of objects, and to set the default privileges of what the role creates later.
    if not (select rolsuper from pg_roles where rolname = current_user) then
        grant ledger_loader, ledger_builder to current_user;
    end if;
    -- For those who log in as ledger_reader itself.
    alter role ledger_reader set default_transaction_read_only = on;
    alter role ledger_reader set statement_timeout = '15s';
exception when insufficient_privilege then
    raise insufficient_privilege using
        message = format('The user %s could not create the roles: %s', current_user, sqlerrm),
        hint = 'Roles are shared by all databases of a server. Run it as the user that created them, or as a superuser.';
end $$;


-- The database.
do $$
begin
    execute format('grant connect on database %I to ledger_loader, ledger_builder, ledger_reader', current_database());
    execute format('grant create, temporary on database %I to ledger_builder', current_database());
    if not has_database_privilege('ledger_builder', current_database(), 'create') then
        raise insufficient_privilege;
    end if;
exception when insufficient_privilege then
    raise insufficient_privilege using
        message = format(
            'The user %s may not let ledger_builder create schemas in the database %s, which belongs to %s.',
            current_user, current_database(),
            (select pg_get_userbyid(datdba) from pg_database where datname = current_database())
        ),
        hint = 'Run it as the owner of the database, or as a superuser.';
end $$;


-- The members.
insert into ledger_creators (name) values ('ledger_loader'), ('ledger_builder'), (current_user);

do $$
declare
    member text;
begin
    for member in
        select distinct members.rolname
        from pg_auth_members
        inner join pg_roles as members on members.oid = pg_auth_members.member
        where roleid in ('ledger_loader'::regrole, 'ledger_builder'::regrole) and not members.rolsuper
        and members.rolname not in (select name from ledger_creators)
    loop
        insert into ledger_creators values (member, not pg_has_role(current_user, member, 'usage'));
        if not pg_has_role(current_user, member, 'usage') then
            execute format('grant %I to current_user', member);
        end if;
    end loop;
exception when insufficient_privilege then
    raise insufficient_privilege using
        message = format('The user %s may not act for %s, a member of the roles: %s', current_user, member, sqlerrm),
        hint = format('Run it as the user that created %s, or as a superuser.', member);
end $$;


-- The schemas and what is in them get their owners.
do $$
declare
    schema record;
    object record;
    foreign_objects text;
    changed integer;
begin
    -- Sequences of columns, indexes and row types follow their table. Tables in `app` are the web application's own.
    create temporary table ledger_objects on commit drop as
    select schemas.name as schema, schemas.owner, relname as name, pg_get_userbyid(relowner) as present_owner
    from pg_class
    inner join pg_namespace on pg_namespace.oid = relnamespace
    inner join ledger_schemas as schemas on schemas.name = nspname
    where relkind in ('r', 'p', 'v', 'm', 'f', 'S') and relowner <> schemas.owner::regrole
    and (relkind = 'v' or not schemas.is_shared)
    and not exists (
        select from pg_depend
        where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype in ('a', 'i')
        and refclassid = 'pg_class'::regclass and relkind = 'S'
    );

    select string_agg(distinct format('%s (of %s)', object_name, object_owner), ', ') into foreign_objects
    from (
        select format('%I.%I', ledger_objects.schema, name) as object_name, present_owner as object_owner
        from ledger_objects
        union all
        select format('schema %I', nspname), pg_get_userbyid(nspowner)
        from pg_namespace
        inner join ledger_schemas on name = nspname
    ) as objects
    where not pg_has_role(current_user, object_owner, 'usage');
    if foreign_objects is not null then
        raise insufficient_privilege using
            message = format('These belong to other users than %s: %s', current_user, left(foreign_objects, 500)),
            hint = 'Run it as a superuser, or as a user that is a member of those.';
    end if;

    for schema in select * from ledger_schemas order by name loop
        if not exists (select from pg_namespace where nspname = schema.name) then
            execute format('create schema %I authorization %I', schema.name, schema.owner);
            raise notice 'Created schema %.', schema.name;
        elsif (select nspowner from pg_namespace where nspname = schema.name) <> schema.owner::regrole then
            execute format('alter schema %I owner to %I', schema.name, schema.owner);
            raise notice 'Changed the owner of schema % to %.', schema.name, schema.owner;
        end if;
        changed := 0;
        for object in select name from ledger_objects where ledger_objects.schema = schema.name loop
            execute format('alter table %I.%I owner to %I', schema.name, object.name, schema.owner);
            changed := changed + 1;
        end loop;
        if changed > 0 then
            raise notice 'Changed the owner of objects in % to % (tables and views: %).', schema.name, schema.owner, changed;
        end if;
    end loop;
end $$;


-- Who reads what exists, and what will be created.
do $$
declare
    schema record;
    creator text;
begin
    for schema in select * from ledger_schemas where reader is not null loop
        execute format('grant usage on schema %I to %I', schema.name, schema.reader);
        execute format('grant select on all tables in schema %I to %I', schema.name, schema.reader);
        for creator in select name from ledger_creators loop
            execute format(
                'alter default privileges for role %I in schema %I grant select on tables to %I',
                creator, schema.name, schema.reader
            );
        end loop;
    end loop;
    for creator in select name from ledger_creators where is_borrowed loop
        execute format('revoke %I from current_user', creator);
    end loop;
end $$;

commit;
