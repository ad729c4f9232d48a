# `make` lists the targets. CI runs exactly these.
export JAVA_HOME := $(shell tools/find-jdk.sh)
MVN := ./mvnw
.DEFAULT_GOAL := help
.PHONY: help fmt check test room scenario golden requirements conformance bench run audit-verify matrix kill-loop planted-bugs fuzz train-inspection evaluate-inspection

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

conformance: ## the MCP conformance suite, both revisions, against `tollgate up` with fixtures
	tools/conformance-up.sh

matrix: ## a canary in every cell of both CRMs, by every tool
	$(MVN) -q test -pl 95-scenarios -am -Dtest='*MatrixTest' -Dsurefire.failIfNoSpecifiedTests=false -Dtest.args=-Dtollgate.matrix.whole=true

kill-loop: ## kill -9 in a loop, 100 rounds each: a log, a store, the whole gateway
	$(MVN) -q test -pl 06-merkle,08-store,95-scenarios -am -Dtest='SyncOrderTest,SqliteDurabilityTest,KillLoopTest' -Dsurefire.failIfNoSpecifiedTests=false -Dtest.args=-Dtollgate.kill.rounds=100

fuzz: ## damaged messages, bytes, contracts and policies, 50 times as many as in CI
	$(MVN) -q test -pl 05-cedar,20-catalog,85-server -am -Dtest='*Fuzz*,JsonProperties' -Dsurefire.failIfNoSpecifiedTests=false -Dtest.args=-Dtollgate.fuzz=50

planted-bugs: ## plant one bug after another into 05-cedar and see which gate catches it
	$(MVN) -q test -pl 05-cedar -am -Dtest='PlantedBugsTest' -Dsurefire.failIfNoSpecifiedTests=false -Dtest.args=-Dtollgate.planted=all
	@cut -f1 05-cedar/target/planted-bugs.tsv | sort | uniq -c | sort -rn

bench: ## benchmarks, each beside a peer: make bench B=CedarBench A=5
	97-benchmarks/bench.sh $(B) $(A)

train-inspection: ## train the models of 70-inspection to the same bytes again: make train-inspection DATA=../shared/data
	tools/train-inspection.sh dev.tollgate.inspection.training.Train $(DATA)

evaluate-inspection: ## measure such models on sources that they were not trained on
	tools/train-inspection.sh dev.tollgate.inspection.training.Evaluate $(DATA)

run: ## start the gateway
	./tollgate up

audit-verify: ## check the audit log
	./tollgate audit verify
