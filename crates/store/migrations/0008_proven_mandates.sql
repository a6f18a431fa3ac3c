-- Mandates that can be proven: their events are chained under a key and anchored in the signed log, the hash of what was
-- signed is veiled, and look-ups can be swept.

-- Which node's batch of the log holds a link; nothing while it waits. Links from before had no key: whoever had the
-- database could have made their hashes anew, so they prove nothing and go.
ALTER TABLE mandate_event ADD COLUMN node TEXT;
ALTER TABLE mandate_event ADD COLUMN batch BIGINT;
UPDATE mandate_event SET commitment = NULL, hash = NULL;
CREATE INDEX mandate_event_batch ON mandate_event (node, batch, mandate, number) WHERE node IS NOT NULL;

-- Whether `sha256` is veiled; nothing in rows from before this migration, which stand in clear.
ALTER TABLE evidence ADD COLUMN veiled BIGINT;

-- What is older than it is kept for: look-ups, and mandates and requests with all that was signed.
CREATE INDEX mandate_lookup_at ON mandate_lookup (at);
CREATE INDEX mandate_request_sent ON mandate_request (sent_at);
CREATE INDEX mandate_item_ends ON mandate_item (until_at, mandate, status);
DROP INDEX mandate_item_until;
