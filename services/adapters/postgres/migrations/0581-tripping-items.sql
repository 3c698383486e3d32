-- The item with which an outbreak began; null where a version before this found it.
ALTER TABLE outbreaks ADD COLUMN tripped_by uuid REFERENCES items;
