-- Violations of one account are what people removed of it, and did not take back: they are read, and kept nowhere besides.
CREATE INDEX items_removed_by_account ON items (platform_id, author_id) WHERE state = 'removed';
