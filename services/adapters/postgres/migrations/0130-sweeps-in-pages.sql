-- Entries are compared a page at a time: a sweep goes on where it stopped among the entries, too.
ALTER TABLE sweeps ADD COLUMN entries_after uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';

-- The sweep that led to the order.
ALTER TABLE orders ADD COLUMN sweep_id uuid REFERENCES sweeps;
UPDATE orders SET sweep_id = finding.sweep_id FROM sweep_findings AS finding WHERE finding.order_id = orders.id;
