"""What we remember. The only home of SQLAlchemy and Alembic."""
