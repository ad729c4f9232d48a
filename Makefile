# `make` lists the targets. CI runs exactly these.
export JAVA_HOME := $(shell tools/find-jdk.sh)
MVN := ./mvnw
.DEFAULT_GOAL := help
.PHONY: help fmt check test room scenario golden requirements conformance bench run audit-verify matrix kill-loop planted-bugs

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

fmt: ## lay the code out
	$(MVN) -q spotless:apply

check: ## compile, lint, layout and house rules
	$(MVN) -q spotless:check test-compile
	$(MVN) -q test -pl 95-scenarios -am -Dtest='HouseRules*,Tidy*,Docs*,Requirements*' -Dsurefire.failIfNoSpecifiedTests=false

test: ## every test
	find . -path '*/target/requirements' -prune -exec rm -rf {} +
	$(MVN) verify -Drequirements.folder=requirements

room: ## tests of one room: make room R=40-policy
	$(MVN) -q test -pl $(R) -am -Dtest='$(or $(T),*)' -Dsurefire.failIfNoSpecifiedTests=false

requirements: ## which requirement ids are proven, by which tests
	@tools/requirements.sh

scenario: ## one front-door test: make scenario S=StoriesTest
	$(MVN) -q test -pl 95-scenarios -am -Dtest='$(S)' -Dsurefire.failIfNoSpecifiedTests=false

golden: ## rewrite golden files; the diff is reviewed
	$(MVN) -q test -Dtest='*Golden*,AuditLogTest,RefusalMappingTest' -Dsurefire.failIfNoSpecifiedTests=false -Dtest.args=-Dtollgate.golden=write

conformance: ## the MCP conformance suite, both revisions, against a server with fixtures
	$(MVN) -q test -pl 85-server -am -Dtest='*Conformance*' -Dsurefire.failIfNoSpecifiedTests=false

matrix: ## a canary in every cell of both CRMs, by every tool
	$(MVN) -q test -pl 95-scenarios -am -Dtest='*MatrixTest' -Dsurefire.failIfNoSpecifiedTests=false -Dtest.args=-Dtollgate.matrix.whole=true

kill-loop: ## kill -9 in a loop, 100 rounds a log and a store
	$(MVN) -q test -pl 06-merkle,08-store -am -Dtest='*Kill*,*Crash*' -Dsurefire.failIfNoSpecifiedTests=false -Dtest.args=-Dtollgate.kill.rounds=100

planted-bugs: ## plant one bug after another into 05-cedar and see which gate catches it
	$(MVN) -q test -pl 05-cedar -am -Dtest='PlantedBugsTest' -Dsurefire.failIfNoSpecifiedTests=false -Dtest.args=-Dtollgate.planted=all
	@cut -f1 05-cedar/target/planted-bugs.tsv | sort | uniq -c | sort -rn

bench: ## benchmarks, each beside a peer: make bench B=CedarBench A=5
	97-benchmarks/bench.sh $(B) $(A)

run: ## start the gateway
	./tollgate up

audit-verify: ## check the audit log
	./tollgate audit verify
