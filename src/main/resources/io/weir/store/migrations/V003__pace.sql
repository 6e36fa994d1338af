-- When the pieces of a stream were relayed: 81234+312 18020+9 is 312 bytes 81,234 microseconds after
-- the call was received, and 9 bytes 18,020 microseconds later. Empty where the answer was no stream.
ALTER TABLE contents ADD COLUMN pace VARCHAR DEFAULT '';
