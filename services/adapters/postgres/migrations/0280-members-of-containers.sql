-- What people see of an archive or a document in place of it: which of its members (core/items/members.ts).
ALTER TABLE item_evidence ADD COLUMN members jsonb;
