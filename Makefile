.PHONY: run test lock
run:
	./run
test:
	./run test
# For maintainers (needs uv): both locks from pyproject.toml, hashes only, no address.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt
