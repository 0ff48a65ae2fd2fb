"""The outbox (发件箱): what a step has to tell somebody, until somebody has passed it on."""
