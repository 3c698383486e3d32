-- Banks have an owner, an end and a limit of change; an entry keeps what its sources say beside it, with all that they say.

ALTER TABLE banks
	ADD COLUMN owner text CHECK (length(owner) BETWEEN 1 AND 128),
	ADD COLUMN expires_at timestamptz(3),
	ADD COLUMN allowed_share real NOT NULL DEFAULT 0.1 CHECK (allowed_share BETWEEN 0 AND 1),
	ADD COLUMN allowed_added_entries integer NOT NULL DEFAULT 10000 CHECK (allowed_added_entries >= 0);
UPDATE banks SET owner = 'unknown', expires_at = now() + interval '90 days' WHERE kind = 'exempt';
ALTER TABLE banks ADD CHECK (kind <> 'exempt' OR (owner IS NOT NULL AND expires_at IS NOT NULL));

-- One row an entry: the opinions are read and written with it, a million at a time. An object of source → opinion
-- {kind, externalId, note, categories, severity, expiresAt}; what a source did not say is left out.
ALTER TABLE bank_entries
	ADD COLUMN opinions jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(opinions) = 'object'),
	ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT now(),
	-- Since when, and why, its matches go to people; null while it is trusted as before.
	ADD COLUMN quarantined_at timestamptz(3),
	ADD COLUMN quarantine_reason text,
	-- People have looked at its sudden matches and confirmed it: no quarantine before then.
	ADD COLUMN vouched_until timestamptz(3),
	ADD CHECK ((quarantined_at IS NULL) = (quarantine_reason IS NULL));
UPDATE bank_entries SET opinions = said.opinions FROM (
	SELECT entry_id, jsonb_object_agg(source,
		jsonb_strip_nulls(jsonb_build_object('kind', kind, 'externalId', external_id, 'note', note))) AS opinions
	FROM bank_opinions GROUP BY entry_id
) AS said WHERE said.entry_id = bank_entries.id;
DROP TABLE bank_opinions;
CREATE INDEX bank_entries_quarantined ON bank_entries (quarantined_at) WHERE quarantined_at IS NOT NULL;
-- Entries of one bank in the order of their ids, page by page.
CREATE INDEX bank_entries_by_bank ON bank_entries (bank_id, id);

UPDATE bank_changes SET data = jsonb_set(data, '{opinions}', COALESCE(
	(SELECT jsonb_object_agg(said ->> 'source', said - 'source') FROM jsonb_array_elements(data -> 'opinions') AS said), '{}'))
WHERE kind = 'entry' AND jsonb_typeof(data -> 'opinions') = 'array';

-- What the verdict would have been with the banks in shadow counted; null where it would have been the same.
ALTER TABLE verdicts
	ADD COLUMN shadow_tier text CHECK (shadow_tier IN ('K1', 'K2', 'K3', 'M', 'T', 'none')),
	ADD COLUMN shadow_action text CHECK (shadow_action IN ('withhold', 'review', 'none')),
	ADD CHECK ((shadow_tier IS NULL) = (shadow_action IS NULL));
CREATE INDEX verdicts_in_shadow ON verdicts (item_id) WHERE shadow_tier IS NOT NULL;
