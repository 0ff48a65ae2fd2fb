"""Rewards for reports that proved true (举报奖励), claimed without a name."""
