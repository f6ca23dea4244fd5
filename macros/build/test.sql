{#- dbt's `test`, left out where what it reads is what it was when it passed. -#}
{% materialization test, adapter="postgres" %}
    {%- if is_up_to_date() -%} {{ return({"relations": []}) }} {%- endif -%}
    {%- set result = dbt.materialization_test_default() -%}
    {%- if load_result("main").table.rows[0][0] == 0 -%} {%- do run_query(note_state() ~ "; commit") -%} {%- endif -%}
    {{ return(result) }}
{% endmaterialization %}
