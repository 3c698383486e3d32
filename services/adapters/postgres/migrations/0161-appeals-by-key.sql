-- Organisations that report appeal by their own key.
ALTER TABLE appeals DROP CONSTRAINT appeals_channel_check, ADD CHECK (channel IN ('portal', 'platform', 'key'));
