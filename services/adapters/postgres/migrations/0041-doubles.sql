-- Numbers that come in as JSON are doubles; a real refuses those that are too small for it (1e-50). The shortest text of a real is the
-- number that was meant: 0.1 stays 0.1.
ALTER TABLE banks
	ALTER COLUMN enabled_ratio TYPE double precision USING enabled_ratio::text::double precision,
	ALTER COLUMN allowed_share TYPE double precision USING allowed_share::text::double precision;
ALTER TABLE shadow_disagreements
	ALTER COLUMN live_probability TYPE double precision USING live_probability::text::double precision,
	ALTER COLUMN shadow_probability TYPE double precision USING shadow_probability::text::double precision;
