"""One load and one run at a time: who waits a moment, who is refused."""

from threading import Timer

import pytest

from loaders.locks import try_advisory_lock

WORK = 4_711

pytestmark = pytest.mark.database


def test_a_turn_is_taken_from_a_connection_that_is_just_being_closed(database):
    first = database.open()
    assert try_advisory_lock(first, WORK)
    leaving = Timer(0.3, first.close)
    leaving.start()
    with database.connect() as second:
        assert try_advisory_lock(second, WORK)
        with second.cursor() as cursor:
            cursor.execute("select current_setting('lock_timeout')")
            assert cursor.fetchone() == ("0",)
    leaving.join()


def test_a_turn_is_not_taken_from_one_that_goes_on(database):
    with database.connect() as first, database.connect() as second:
        assert try_advisory_lock(first, WORK)
        assert try_advisory_lock(second, WORK + 1)
        assert not try_advisory_lock(second, WORK)
        second.rollback()
