-- Orders that failed and are tried again are listed and counted beside those that were given up.
CREATE INDEX orders_retried ON orders (issued_at) WHERE state = 'pending' AND attempts > 0;
