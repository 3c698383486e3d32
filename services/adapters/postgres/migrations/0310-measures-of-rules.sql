-- What is done about items because a rule advises it: which rule that was, and how to find what is in force on its word.

ALTER TABLE orders ADD COLUMN rule text;
CREATE INDEX orders_by_rule ON orders (rule, id) WHERE rule IS NOT NULL;
