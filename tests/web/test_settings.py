"""Settings that cannot be used are refused at the start, with a sentence that says which."""

import pytest

import config


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "not a url"), ("TIMEZONE", "Asia/Nowhere"), ("TIMEZONE", "../etc"),
        ("PROXIES", "nginx"), ("PROXIES", "-1"), ("IDLE_MINUTES", "1.5"),
        ("IDLE_MINUTES", "9" * 5000),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_named(name, value):
    with pytest.raises(config.WrongSetting, match=name):
        config.read({"DEMO": "1", name: value})


def test_defaults_are_a_file_in_var_and_the_countys_time():
    settings = config.read({"DEMO": "1"})

    assert settings.database_url.endswith("/var/oversight.sqlite3")
    assert settings.timezone == "Asia/Shanghai"
