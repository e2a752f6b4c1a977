"""A database connection that broke off in the middle of a request: its work may be done once more on a new one."""

from django.db import connection


def renew_if_broken() -> bool:
    """Drop the connection when it is of no use any more; True when whatever failed on it may be tried again.

    Never inside a transaction: what was done in it before the break would be missing.
    """
    if connection.in_atomic_block or connection.is_usable():
        return False
    connection.close()
    return True
