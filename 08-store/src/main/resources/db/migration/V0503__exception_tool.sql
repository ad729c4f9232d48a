-- Which tool a refused call named: repeats of one agent, rule and tool are one exception.
alter table exception_case add column tool varchar(256) not null default '';
