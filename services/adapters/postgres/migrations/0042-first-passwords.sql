-- A password that somebody else chose: it opens nothing but the change to one's own.
ALTER TABLE users ADD COLUMN is_password_first boolean NOT NULL DEFAULT false;
