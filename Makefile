.PHONY: run test check bench help
run: ; @python3 run.py
test: ; @python3 run.py test
check: ; @python3 run.py check
bench: ; @python3 run.py bench
help: ; @python3 run.py help
