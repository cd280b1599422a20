-- Two roles for PostgreSQL: the owner brings the tables up to date (`kierto migrate`), the bot only uses them.
-- What the bot does may be altered by nobody who holds the bot's password: it can add rows to the trail, not change them.
-- Run once as the database's administrator, after `kierto migrate` as kierto_owner; safe to repeat after each upgrade.
--   psql --set=bot=kierto_bot --file=deploy/roles.sql kierto

GRANT USAGE ON SCHEMA public, dbos TO :"bot";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, dbos TO :"bot";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public, dbos TO :"bot";
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA dbos TO :"bot";
REVOKE UPDATE, DELETE, TRUNCATE ON public.audit FROM :"bot";
REVOKE INSERT, UPDATE, DELETE ON public.alembic_version FROM :"bot";
