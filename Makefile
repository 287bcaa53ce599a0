# Banfa 的安装、构建与测试 / installs, builds and tests Banfa.
#
#   make            建立 .venv，按锁定文件安装，生成 site/ 和 workbooks/
#   make test       全部检查与测试（在 Debian 上以 root 运行时，自动安装所需程序）
#   make help       其他目标 / the other targets
#
# PYTHON 指定解释器 / names the interpreter: make PYTHON=/usr/bin/python3

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install -qq

# Without a PYTHON given by name, the one that made the environment stays.
PYTHON ?= $(or $(shell cut -d' ' -f1 $(VENV)/.interpreter 2>/dev/null),python3)

.PHONY: build install check serve doctor test lint format benchmark pictures programs lock clean help FORCE
.DELETE_ON_ERROR:
.DEFAULT_GOAL := build

build: install ## 生成 site/ 和 workbooks/ / writes site/ and workbooks/
	$(BIN)/banfa build

install: $(VENV)/.installed ## 只安装 / installs only

check: install ## 检查 data/ 中的全部数据 / checks the data
	$(BIN)/banfa check

serve: install ## 在本机预览，改动后自动重建 / serves on loopback, rebuilds on change
	$(BIN)/banfa serve

doctor: install ## 已装什么、缺什么 / what is installed, what is missing
	$(BIN)/banfa doctor

# Tests run on several cores, at most four (each takes a LibreOffice and a Chromium of its own);
# whoever is done takes over half of what another still has before it. ARGS=-n0: one after another.
PARALLEL := -n auto --maxprocesses 4 --dist worksteal
test: lint programs ## 全部检查与测试 / everything that must pass
	$(BIN)/python -m pytest $(PARALLEL) $(ARGS)

lint: $(VENV)/.test-installed ## 代码规范、类型、依赖方向 / style, types, import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test-installed ## 整理代码格式 / mends style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

benchmark: $(VENV)/.test-installed ## 测速 / speed
	$(BIN)/python -m pytest tests/benchmarks $(ARGS)

pictures: build programs ## 为 README 重新截图 / takes the README's pictures again
	$(BIN)/python -m tests.support.pictures

# The programs that are not Python's: LibreOffice, Chromium, fonts, as doctor.py lists them.
programs: $(VENV)/.test-installed
	@missing=$$($(BIN)/python -m generator.doctor) || exit 1; \
	test -z "$$missing" && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && [ -e /etc/debian_version ]; then \
		echo "安装测试所需程序 / installing what tests need: $$missing"; \
		apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else \
		echo "测试还缺少程序，请先运行 / tests need more programs, first run:" >&2; \
		echo "    sudo apt-get install --no-install-recommends $$missing" >&2; \
		exit 1; \
	fi

# Freezes both locks again; LOCK=--upgrade also takes newer versions. One version for every
# supported Python (--fork-strategy fewest), so that all of them build the same bytes.
COMPILE = $(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11.2 \
	--fork-strategy fewest --generate-hashes --only-binary :all: --emit-build-options \
	--annotation-style line --custom-compile-command "make lock" --extra build $(LOCK)
lock: $(VENV)/.interpreter ## 重新锁定依赖版本 / freezes the dependencies again
	$(BIN)/python -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip --disable-pip-version-check install --quiet uv
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra test --constraint requirements.lock \
		--output-file requirements-test.lock pyproject.toml

clean: ## 删除环境与全部产物 / removes the environment and all output
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find site workbooks -mindepth 1 -maxdepth 1 ! -name .gitignore -exec rm -rf {} +
	find generator tests -name __pycache__ -prune -exec rm -rf {} +

help: ## 列出目标 / lists the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

# Another interpreter, a moved folder (scripts name their path) or an upgraded Python: a new one.
$(VENV)/.interpreter: FORCE
	@if [ "$$(cat $@ 2>/dev/null)" = "$(PYTHON) $(CURDIR)" ] && $(BIN)/python -c 'import pip' 2>/dev/null; \
	then exit 0; fi; \
	fail() { echo "$$1" >&2; exit 1; }; \
	command -v "$(PYTHON)" >/dev/null || \
		fail "找不到 $(PYTHON)，请先安装 Python / $(PYTHON) not found: install Python 3.11 to 3.13"; \
	"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11, 2) <= sys.version_info[:3] < (3, 14))' || \
		fail "需要 Python 3.11.2 至 3.13，可用 make PYTHON=… 指定 / needs Python 3.11.2 to 3.13: make PYTHON=…"; \
	"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || \
		fail "请先安装 python3-venv / first install it: sudo apt-get install python3-venv"; \
	echo "建立环境 / making $(VENV): $(PYTHON)"; \
	rm -rf $(VENV) && "$(PYTHON)" -m venv $(VENV) && echo "$(PYTHON) $(CURDIR)" > $@

# pip cannot check hashes of a folder that it installs for editing, hence two steps.
$(VENV)/.installed: $(VENV)/.interpreter requirements.lock pyproject.toml
	@echo "安装运行所需的包 / installing from requirements.lock"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test-installed: $(VENV)/.installed requirements-test.lock
	@echo "安装测试所需的包 / installing from requirements-test.lock"
	@$(PIP) --require-hashes -r requirements-test.lock
	@touch $@
