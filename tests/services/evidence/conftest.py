"""The demo city for these tests."""

from demo_city import city, demo_postgres, demo_sqlite, demo_url, sqlite_city

__all__ = ["city", "demo_postgres", "demo_sqlite", "demo_url", "sqlite_city"]
