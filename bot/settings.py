"""Settings from the environment and a `.env` file; what is missing is said with where to get it."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Names are the environment's. Secrets are never shown."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", case_sensitive=False)

    database_url: str = "sqlite:///kierto.db"
    kierto_secret_key: SecretStr = SecretStr("")
    kierto_host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)
    kierto_log: str = Field(default="text", pattern="^(text|json)$")
    kierto_metrics_token: SecretStr = SecretStr("")
    kierto_worker_port: int = Field(default=0, ge=0, le=65535, description="health and figures of a worker; 0 for none")
    kierto_head_file: str = Field(default="", description="where the trail's head is noted; beside SQLite by default")
    kierto_settle: float = Field(default=600.0, ge=0.5, description="seconds after which a lost request is surely dead")

    slack_signing_secret: SecretStr = SecretStr("")
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_client_id: str = ""
    slack_client_secret: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"

    procountor_url: str = "https://api.procountor.com/api"
    procountor_client_id: str = ""
    procountor_client_secret: SecretStr = SecretStr("")
    procountor_redirect_uri: str = ""
    procountor_api_key: SecretStr = SecretStr("")
    procountor_rate: float = Field(default=48.0, gt=0, le=60)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of KIERTO_SECRET_KEY, newest first."""
        return tuple(key.strip() for key in self.kierto_secret_key.get_secret_value().split(",") if key.strip())

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that no log line and no answer may hold: the secrets, each key of several, the password."""
        named = [getattr(self, name) for name in type(self).model_fields]
        values = [value.get_secret_value() for value in named if isinstance(value, SecretStr)]
        return tuple(filter(None, (*values, *self.keys, urlsplit(self.database_url).password)))

    @property
    def oauth(self) -> bool:
        """True when the app may be installed into many workspaces."""
        return bool(self.slack_client_id and self.slack_client_secret.get_secret_value())

    def missing(self) -> tuple[tuple[str, str], ...]:
        """What `run` needs and is not set: the variable's name, and where it comes from."""
        slack = "api.slack.com/apps → your app"
        basic = f"{slack} → Basic Information → App Credentials"
        wanted = [
            ("KIERTO_SECRET_KEY", self.kierto_secret_key.get_secret_value(), "make one with `kierto key`"),
            ("PROCOUNTOR_CLIENT_ID", self.procountor_client_id, "from Procountor, with your API client"),
            ("PROCOUNTOR_CLIENT_SECRET", self.procountor_client_secret.get_secret_value(), "from Procountor"),
            ("PROCOUNTOR_REDIRECT_URI", self.procountor_redirect_uri, "as registered for your API client"),
        ]
        if self.slack_client_id or self.slack_client_secret.get_secret_value():
            wanted.append(("SLACK_CLIENT_ID", self.slack_client_id, basic))
            wanted.append(("SLACK_CLIENT_SECRET", self.slack_client_secret.get_secret_value(), basic))
        else:
            where = f"{slack} → OAuth & Permissions (or set SLACK_CLIENT_ID for many workspaces)"
            wanted.insert(1, ("SLACK_BOT_TOKEN", self.slack_bot_token.get_secret_value(), where))
        if not self.slack_app_token.get_secret_value():
            secret = self.slack_signing_secret.get_secret_value()
            wanted.append(("SLACK_SIGNING_SECRET", secret, f"{slack} → Basic Information (or set SLACK_APP_TOKEN)"))
        return tuple((name, where) for name, value, where in wanted if not value)
