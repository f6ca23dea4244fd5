"""`verify --all`: each test looks at all files again, on the database that is asked about."""

import pytest

from playledger.dbt.history_checks import check_everything

ROWS = "assert_no_row_of_an_export_is_lost"


@pytest.mark.database
def test_what_was_lost_after_a_file_was_checked_is_found(changing_ledger, tmp_path):
    ledger = changing_ledger
    ledger.ask("delete from ledger.campaign_sightings where source_row = 2")
    result = check_everything(ledger.database, ledger.schema, tmp_path)
    assert len(result.nodes) > 20
    assert ROWS in {node.name for node in result.nodes if node.is_failed}
