.PHONY: run test check bench prove help
run: ; @python3 run.py
test: ; @python3 run.py test
check: ; @python3 run.py check
bench: ; @python3 run.py bench
prove: ; @python3 run.py prove
help: ; @python3 run.py help
