"""A device in a few words, from what its browser says of itself."""

from __future__ import annotations

from training_oversight.texts import Text

# The first that is named wins: browsers also name those that they descend from.
BROWSERS = {"MicroMessenger": "WeChat", "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome"}
SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Macintosh": "macOS",
    "Linux": "Linux",
}


def words(device: str) -> Text | str:
    """``Chrome·Windows``; what cannot be told is said so."""
    browser = next((name for mark, name in BROWSERS.items() if mark in device), None)
    if browser is None and "Safari" in device:
        browser = "Safari"
    system = next((name for mark, name in SYSTEMS.items() if mark in device), None)
    return "·".join(filter(None, (browser, system))) or Text("Unknown device")
