-- Orders that wait for their first attempt, behind others or for an answer: they are listed once that takes seconds.
CREATE INDEX orders_waiting ON orders (issued_at) WHERE state = 'pending' AND attempts = 0;
