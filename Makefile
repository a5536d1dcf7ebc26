# Each target installs what it needs first: see .ci/setup.

.DEFAULT_GOAL := help
.PHONY: help run test tour tour-million bench forensic torture lint matrix package package-check reproducible clean

export CGO_ENABLED = 1

# Without the version control's mark: a clone that belongs to somebody else
# would not build.
build := go build -buildvcs=false

help:
	@echo "make run    build Lethe and open its window (ARGS=-demo: with sample customers)"
	@echo "make test   run every test"
	@echo "make tour   use Lethe in a virtual display; the pictures are in build/tour"
	@echo "make tour-million  a day with a million customers; pictures in build/tour-million"
	@echo "make bench  measure it; the figures are in build/bench.json"
	@echo "make forensic  search the files after every way of deleting (long; as root also the raw device)"
	@echo "make torture   kills, power failures, damage, races (long)"
	@echo "make lint   check format, style and the walls between the folders"
	@echo "make matrix print who may do what (INTO=README.md: put it there)"
	@echo "make package  the installers, in dist"
	@echo "make package-check  install them for real, as root; pictures in build/package-check"
	@echo "make reproducible   build them twice and compare, byte for byte"
	@echo "make clean  remove build"

run:
	@.ci/setup run
	@if .ci/display; then \
		.ci/quietly "Building Lethe" $(build) -o build/lethe . && build/lethe $(ARGS); \
	else \
		echo "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): taking the tour instead."; \
		$(MAKE) --no-print-directory tour; \
	fi

test:
	@.ci/setup tour
	@.ci/quietly "Building the counter" $(build) -o build/tools/tally ./.ci/tally
	@build/tools/tally ./... ./.ci/tally

tour:
	@.ci/setup tour
	@.ci/quietly "Building Lethe" $(build) -tags probe -o build/lethe-probe .
	@.ci/quietly "Building the tour" $(build) -o build/tools/tour ./app/tour
	@build/tools/tour

# Fifty times the list of the ordinary tour; it is made once, as make bench does.
tour-million:
	@.ci/setup tour
	@.ci/quietly "Building Lethe" $(build) -tags probe -o build/lethe-probe .
	@.ci/quietly "Building the tour" $(build) -o build/tools/tour ./app/tour
	@build/tools/tour -only many -customers 1000000 -out build/tour-million

bench:
	@.ci/setup tour
	@.ci/quietly "Building the benchmark" $(build) -o build/tools/bench ./app/bench
	@.ci/quietly "Building its peer that doesn't seal" $(build) -tags unsealed -o build/tools/bench-unsealed ./app/bench
	@.ci/quietly "Building Lethe" $(build) -tags probe -o build/lethe-probe .
	@.ci/quietly "Building the tour" $(build) -o build/tools/tour ./app/tour
	@build/tools/bench

# The proofs of make test in large numbers. LETHE_PROOF=10 does a tenth of each.
forensic:
	@.ci/setup proof
	@.ci/proof forensic

torture:
	@.ci/setup proof
	@.ci/proof torture

lint:
	@.ci/setup build
	@.ci/lint

matrix:
	@.ci/setup build
	@go run -buildvcs=false ./.ci/matrix $(INTO)

package:
	@.ci/setup package
	@.ci/package

package-check:
	@.ci/setup installed
	@.ci/package-check

reproducible:
	@.ci/setup package
	@.ci/reproducible

clean:
	@rm -rf build dist
