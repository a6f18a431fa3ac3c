-- Pauses of mandates by the day on which they must be looked at again, however many mandates there are.
CREATE INDEX mandate_item_review ON mandate_item (review_by, mandate, until_at) WHERE status = 'suspended';
