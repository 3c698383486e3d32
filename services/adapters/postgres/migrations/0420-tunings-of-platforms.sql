-- How a model is read on one platform, in place of how it is read on all.
ALTER TABLE model_proposals ADD COLUMN platform_id uuid REFERENCES platforms;
DROP INDEX model_proposals_open;
CREATE UNIQUE INDEX model_proposals_open ON model_proposals (model, version, category, platform_id) NULLS NOT DISTINCT WHERE state = 'open';
