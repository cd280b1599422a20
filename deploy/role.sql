-- Makes the bot's role, or gives it its password anew:
--   psql --set=bot=kierto_bot --set=password=… --file=deploy/role.sql kierto
SELECT format('CREATE ROLE %I LOGIN', :'bot') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'bot') \gexec
ALTER ROLE :"bot" PASSWORD :'password';
