"""How often something may be sent or asked for from one address, without an account."""

from __future__ import annotations

from limits import parse

from training_oversight.accounts.tries import Pace

# A class of parents may share one address.
SENT = Pace(parse("20 per 10 minutes"), parse("1 per 60 seconds"))
# Turning pages and sending photos.
TURNED = Pace(parse("120 per 10 minutes"), parse("1 per 5 seconds"))
# Of the tracking page, from one address.
ASKED = Pace(parse("30 per 10 minutes"), parse("1 per 20 seconds"))
