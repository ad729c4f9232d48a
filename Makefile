# `make` lists the targets. CI runs exactly these.
export JAVA_HOME := $(shell tools/find-jdk.sh)
MVN := ./mvnw
.DEFAULT_GOAL := help
.PHONY: help fmt check test room requirements

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
