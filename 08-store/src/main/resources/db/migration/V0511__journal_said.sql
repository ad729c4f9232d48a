-- Why a change was made, in the agent's own words, when it gave any.
alter table journal_change add column said text;
