{#- Fails if an e-mail address is parsed wrongly, or a text that is none is made into one. -#}
{% test parse_email_examples(model, column_name) %}
with

examples (cell, expected) as (

    values
    ('ann@mail.example', 'ann@mail.example'),
    (' Ann.Lee+News@Mail.EXAMPLE ', 'ann.lee+news@mail.example'),
    (e'\u00a0ann@mail.example\u202f', 'ann@mail.example'),
    ('ann @ mail.example', 'ann@mail.example'),
    (e'ann@\u3000mail.example', 'ann@mail.example'),
    ('ann@mail.example.', 'ann@mail.example'),
    ('ann@mail.example. ', 'ann@mail.example'),
    ('ann@mail.example ..', 'ann@mail.example'),
    ('o''neil@mail.example', 'o''neil@mail.example'),
    ('a@b.co.example', 'a@b.co.example'),
    ('1@2.example', '1@2.example'),
    ('ann@xn--bcher-kva.example', 'ann@xn--bcher-kva.example'),
    -- Whose address would it be: johndoe@, doe@?
    ('john doe@mail.example', null),
    ('ann@mail.exa mple', null),
    ('ann@mail.example bob@mail.example', null),
    ('ann@mail.examplebob@mail.example', null),
    ('N/A', null),
    ('ann@mail', null),
    ('ann@mail.', null),
    ('ann@localhost', null),
    ('ann@127.0.0.1', null),
    ('ann@mail.e', null),
    ('@mail.example', null),
    ('ann@', null),
    ('@', null),
    ('.', null),
    ('.ann@mail.example', null),
    ('ann.@mail.example', null),
    ('ann..lee@mail.example', null),
    ('ann@mail..example', null),
    ('ann@.mail.example', null),
    ('ann@-mail.example', null),
    ('ann@mail-.example', null),
    ('ann@mail_box.example', null),
    ('ann@@mail.example', null),
    ('<ann@mail.example>', null),
    ('mailto:ann@mail.example', null),
    ('ann@mail.example?subject=hi', null),
    ('https://mail.example/ann', null),
    ('änn@mail.example', null),
    ('', null),
    (e' \u00a0', null),
    (null, null)

),

read as (

    select
        cell,
        expected,
        {{ parse_email('cell') }} as actual
    from examples

)

select * from read
where actual is distinct from expected
{% endtest %}
