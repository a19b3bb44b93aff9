# make test is the README's second command. It installs what the tests need
# where it may, and says what it skips where it may not.
GO ?= go
TOOLS := $(CURDIR)/.tools
LINT := $(TOOLS)/golangci-lint
LINT_VERSION := v2.12.2

.PHONY: deploy test needs fmt vet lint race eval generate bench faults load

test: needs ## All tests.
	$(GO) test ./...

needs: ## redis-server and chromium, through apt where that is allowed.
	@scripts/needs.sh

fmt: ## Fails when a file is not formatted.
	@out=$$(gofmt -l .); if [ -n "$$out" ]; then echo "gofmt would change:"; echo "$$out"; exit 1; fi

vet:
	$(GO) vet ./...

$(LINT):
	GOBIN=$(TOOLS) $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)

lint: $(LINT) ## With a cache of this checkout's own: a shared one repeats what it said of checkouts that are gone.
	GOLANGCI_LINT_CACHE=$(TOOLS)/lint-cache $(LINT) run ./...

deploy: ## Builds the binary as the image has it, and checks manifests, alert rules and dashboard with the types and parsers of Kubernetes and Prometheus.
	scripts/build.sh $(TOOLS)/cymar-release
	$(TOOLS)/cymar-release version --sbom > $(TOOLS)/cymar.cdx.json
	cd deploy/check && $(GO) test ./... && $(GO) run . ..

race:
	$(GO) test -race -short -p 1 ./...

eval: ## The measures on the evaluation sets, in words.
	$(GO) build -o $(TOOLS)/cymar .
	python3 testdata/eval/questions/score.py testdata/eval/questions/dev.jsonl "$(TOOLS)/cymar ask --jsonl"
	$(GO) test ./handlers/meetings/themes -run TestTheFigures -v | grep -E 'mean|FAIL|ok'

generate: ## Trains the models and writes the generated documents again.
	$(GO) generate ./...

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...
	bench/slack/run.sh

faults: ## Every fault with ten times the events; writes docs/reliability.md.
	$(GO) test ./faults -run EveryFaultLoses -count 1 -timeout 30m -v -long -page ../docs/reliability.md

PEOPLE ?= 100000
load: ## 20,000 reminders in a minute while people ask; PEOPLE=1000000 for more; writes docs/scaling.md.
	$(GO) test ./load -run AStorm -count 1 -timeout 60m -v -people $(PEOPLE) -tenants 1000 -due 20000 -asked 5000 -write
