"""Settings: flags, then environment (`SILENT_CHURN_*`), then `silent_churn.toml`, then defaults."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field, PrivateAttr, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from analytics.errors import UsageError
from analytics.redaction import is_secret_name
from analytics.trusted_code import check_trusted


class Settings(BaseSettings):
    """Everything a user may set; read once at the door and passed down."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix="SILENT_CHURN_",
        toml_file="silent_churn.toml",
        frozen=True,
        extra="forbid",
    )

    workspace: Path = Field(
        Path(), description="Folder under which data/, models/ and the state database lie."
    )
    profile: str = Field(
        "",
        description="Shipped profile name or a TOML file of your own; empty picks the shipped one "
        "whose activity is most common in the landed data.",
    )
    currency: str = Field(
        "",
        pattern=r"^([A-Z]{3})?$",
        description="Currency of all amounts, such as USD; empty takes the profile's.",
    )
    host: str = Field("127.0.0.1", description="Address to serve on; beyond localhost is refused.")
    port: int = Field(8050, ge=1, le=65535, description="Port to serve on.")
    workers: int = Field(2, ge=1, le=64, description="Web server processes.")
    threads: int = Field(4, ge=1, le=64, description="Threads in each web server process.")
    cache_timeout_s: int = Field(3600, ge=1, description="Seconds a cached answer is kept.")
    stale_after_h: int = Field(26, ge=1, description="Hours after which a run's age shows amber.")
    very_stale_after_h: int = Field(50, ge=1, description="Hours after which it shows red.")
    state_url: str = Field(
        "", description="State database address; empty is SQLite in the workspace."
    )
    memory_limit_mb: int = Field(2048, ge=256, description="Memory for sorting and aggregation.")
    engine: str = Field(
        "duckdb:",
        description="Where features are counted: duckdb:, postgresql://…, "
        "spark+connect://host:port or spark:local[2].",
    )
    custom_features: Path | None = Field(
        None, description="Python file with features of your own, under the name FEATURES."
    )
    max_reject_share: float = Field(
        0.2, ge=0, le=1, description="Share of refused rows above which an ingest stops."
    )
    log_level: str = Field("warning", description="debug, info, warning or error.")
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signs browser sessions; empty makes one per start on localhost."
    )

    _given: frozenset[str] = PrivateAttr(frozenset())

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Fix the order of precedence: flags, environment, file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @classmethod
    def load(cls, **flags: Any) -> Settings:
        """Read the settings; flags that are None were not given.

        Raises
        ------
        UsageError
            A value is unknown, of the wrong type or out of range, or the file is no TOML.
        """
        try:
            given = {name: value for name, value in flags.items() if value is not None}
            made = cls(**given)
            made._given = frozenset(given)
            return made
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            got = "***" if is_secret_name(name) else first.get("input")
            raise UsageError(
                f"Setting {name}: {first['msg'].rstrip('.')}. Got {got!r}.",
                rule="setting_valid",
                got=got,
            ) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(
                f"silent_churn.toml must be TOML. Got {error}.",
                rule="settings_readable",
                got=error,
            ) from None

    @classmethod
    def from_env(cls) -> Settings:
        """Read the settings where there are no flags, as under gunicorn."""
        return cls.load()

    @property
    def own_features_file(self) -> Path | None:
        """The file of custom features; one that only a folder's silent_churn.toml names is code
        that came with the folder, and runs when the user has agreed to it.

        Raises
        ------
        UsageError
            Nobody has agreed to it.
        """
        is_given = "custom_features" in self._given
        is_given |= any(name.upper() == "SILENT_CHURN_CUSTOM_FEATURES" for name in os.environ)
        if self.custom_features is None or is_given:
            return self.custom_features
        return check_trusted(self.custom_features)

    @property
    def data_folder(self) -> Path:
        """Where landed tables, rejects, runs and exports lie."""
        return self.workspace / "data"

    @property
    def models_folder(self) -> Path:
        """Where model files and cards lie."""
        return self.workspace / "models"

    @property
    def state_database_url(self) -> str:
        """The state database, SQLite in the workspace unless set otherwise."""
        return self.state_url or f"sqlite:///{(self.data_folder / 'state.sqlite').as_posix()}"
