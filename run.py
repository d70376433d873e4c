"""Linban from a fresh checkout, with nothing but Python: `python3 run.py`, `python3 run.py test`.

    up (or nothing)      install what is pinned, start everything, print the address
    test                 all tests, in two processes; every branch of workflow/ must be taken
    test PATHS …         those alone, or whatever else pytest understands
    check                lint, types, layers, and that no procedure contradicts itself
    bench                the figures, each a ratio in one run
    help                 this text
    anything else        handed to `linban`, e.g. `python3 run.py rehearse story.yaml`

`--offline DIR` before the command installs from a folder of wheels. `UV_DEFAULT_INDEX`, `PIP_INDEX_URL` and
pip's own configuration choose the mirror. `LINBAN_PYTHON=/path/to/python` uses that interpreter as it stands
and installs nothing. Standard library only, and readable to an old Python, which must still be told what to do.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
NEEDED = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
MODULES = {"test": "pytest", "bench": "bench"}
WHOLE = {"test": ("-n", "2", "--dist", "loadgroup", "--cov=workflow")}
LAYERS = "import importlinter.cli as cli; cli.lint_imports_command()"
CHECKS = {
    "ruff": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy"),
    "procedures": ("-m", "web.cli", "check"),
    "import-linter": ("-c", LAYERS),
}


def say(chinese, english):
    print(f"{chinese} · {english}", flush=True)


def stop(chinese, english):
    say(chinese, english)
    sys.exit(1)


def main(words):
    wheels, words = _offline(words)
    if words and words[0] in ("help", "-h", "--help"):
        print(__doc__)
        return
    _need_python()
    python = os.environ.get("LINBAN_PYTHON") or _installed(wheels)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    _compile_translations(python)
    command, rest = (words[0], words[1:]) if words else ("up", [])
    if command == "check":
        sys.exit(_check(python))
    if command in MODULES:
        os.chdir(ROOT)
        _become(python, "-m", MODULES[command], *(rest or WHOLE.get(command, ())))
    _become(python, "-m", "web.cli", command, *rest)


def _become(*argv):
    """Replaces this process, so that Ctrl-C and signals reach Linban itself."""
    os.execv(argv[0], argv)


def _offline(words):
    if words and words[0] == "--offline":
        if len(words) < 2 or not Path(words[1]).is_dir():
            stop("--offline 后面要写轮子文件夹", "--offline needs a folder of wheels")
        return str(Path(words[1]).resolve()), words[2:]
    return "", words


def _check(python):
    os.chdir(ROOT)
    failed = [name for name, words in CHECKS.items() if subprocess.call([python, *words])]
    if failed:
        say("未通过：" + "、".join(failed), "failed: " + ", ".join(failed))
    return len(failed)


# Python itself


def _need_python():
    if sys.version_info >= NEEDED:
        return
    script = [str(ROOT / "run.py"), *sys.argv[1:]]
    for name in NEWER:
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            _become(path, *script)
    if shutil.which("uv"):
        _become(shutil.which("uv"), "run", "--no-project", "--python", ">=3.11", "python", *script)
    stop("需要 Python 3.11 或更高版本", "Python 3.11 or newer is needed; this is " + sys.version.split()[0])


def _need_venv():
    """Debian ships Python without them."""
    if not all(importlib.util.find_spec(name) for name in ("ensurepip", "venv")):
        stop("缺少 python3-venv，请先运行：apt install python3-venv", "missing python3-venv: apt install python3-venv")


# The pinned packages


def _installed(wheels):
    """The interpreter of .venv, brought to the pins first where the stamps say that it is not."""
    python = str(VENV / "bin" / "python")
    with _alone():
        if _stamp("home") != _home() or not Path(python).exists():
            _create()
        if _stamp("pins") != _pins():
            _install(python, wheels)
            _put_stamp("pins", _pins())
    return python


@contextlib.contextmanager
def _alone():
    """One setup at a time: a second one waits and then finds the work done."""
    with (ROOT / ".venv.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _home():
    return str(ROOT) + "\n" + sys.version


def _pins():
    """Changes with whatever could change what is installed; a checkout that moved is another home."""
    return hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def _stamp(name):
    file = VENV / ("linban-" + name)
    return file.read_text() if file.exists() else ""


def _put_stamp(name, text):
    (VENV / ("linban-" + name)).write_text(text)


def _create():
    _need_venv()
    with _step("建立虚拟环境 .venv", "creating .venv"):
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.check_call([sys.executable, "-m", "venv", str(VENV)])
    _put_stamp("home", _home())


def _install(python, wheels):
    source = ["--no-index", "--find-links", wheels] if wheels else []
    with _step("安装锁定的依赖，首次约需一分钟", "installing the pinned packages, about a minute the first time"):
        if _with_uv(python, source):
            return
        say("改用 pip 安装，需要几分钟", "falling back to pip, this takes some minutes")
        pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", *source]
        if subprocess.call([*pip, "-r", str(LOCK)]):
            stop(
                "安装失败：请检查网络、镜像，或用 --offline 文件夹", "not installed: network, mirror, or --offline DIR?"
            )


def _with_uv(python, source):
    """uv is ten times faster; it is itself installed by its pin, with its hash."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as pin:
        pin.write(_pin_of("uv"))
        pin.flush()
        pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", *source]
        if subprocess.call([*pip, "-r", pin.name]):
            return False
    sync = [python, "-m", "uv", "pip", "sync", "--python", python, "--require-hashes", *source]
    # The hashes decide what is right, so any mirror may bring it.
    return subprocess.call([*sync, "--index-strategy", "unsafe-best-match", str(LOCK)], env=_mirrors(python)) == 0


def _pin_of(package):
    lines = LOCK.read_text().splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith(package + "=="))
    last = next(i for i in range(first, len(lines)) if not lines[i].endswith("\\"))
    return "\n".join(lines[first : last + 1]) + "\n"


def _mirrors(python):
    """uv does not read pip's configuration, where most offices have set their mirror."""
    listing = subprocess.check_output([python, "-m", "pip", "config", "list"], text=True)
    settings = dict(line.split("=", 1) for line in listing.splitlines() if "=" in line)
    found = {key.rpartition(".")[2]: value.strip("'\"") for key, value in settings.items()}
    env = dict(os.environ, UV_LINK_MODE=os.environ.get("UV_LINK_MODE", "copy"))
    for key, name in (("index-url", "UV_DEFAULT_INDEX"), ("extra-index-url", "UV_INDEX"), ("cert", "SSL_CERT_FILE")):
        if key in found:
            env.setdefault(name, found[key].replace("\\n", " "))
    return env


def _compile_translations(python):
    catalogues = (ROOT / "web" / "translations").glob("*/LC_MESSAGES/*.po")
    if any(_is_newer(po, po.with_suffix(".mo")) for po in catalogues):
        babel = [python, "-m", "babel.messages.frontend", "-q", "compile", "-d", str(ROOT / "web" / "translations")]
        subprocess.check_call([*babel, "-D", "messages"])


def _is_newer(source, target):
    return not target.exists() or source.stat().st_mtime > target.stat().st_mtime


@contextlib.contextmanager
def _step(chinese, english):
    say(chinese + " …", english + " …")
    began = time.monotonic()
    yield
    say(f"  完成，{time.monotonic() - began:.0f} 秒", "done")


if __name__ == "__main__":
    main(sys.argv[1:])
