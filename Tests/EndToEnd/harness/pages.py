"""Pages of the documentation whose files and sessions are real.

A page has files, `<!-- file: NAME -->` before a code block, and sessions, `<!-- session -->` before one. In a session a
line that begins with `$ ` is a command, and what follows is what it prints; `# ends with 1` behind a command names its
exit status where it is not 0. Pictures that a session writes stand beside the page. Between `<!-- printed: COMMAND -->`
and `<!-- end -->` stands what a command prints.
"""

import os
import pathlib
import re
import subprocess
import tempfile

from . import programs

folder = programs.repository / "Sources" / "pillion" / "Documentation.docc"
proxy_folder = programs.repository / "Sources" / "pillion-proxy" / "Documentation.docc"
printed = re.compile(r"(<!-- printed: (?P<command>[^>]+) -->\n).*?(<!-- end -->\n)", re.DOTALL)
block = re.compile(r"<!-- (file: (?P<name>\S+)|session) -->\n```\w*\n(?P<text>.*?)```\n", re.DOTALL)


def _run(command, cwd):
    path = f"{programs.folder}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1"}
    result = subprocess.run(["bash", "-uc", command], cwd=cwd, env=environment, capture_output=True, timeout=60, check=False)
    expected = re.search(r"# ends with (\d+)$", command)
    assert result.returncode == int(expected.group(1) if expected else 0), f"$ {command}\n{programs.told(result)}"
    return result.stdout.decode()


def place_of(name):
    """Where a page is; those of the proxy are named `proxy/NAME`."""
    return proxy_folder / name.removeprefix("proxy/") if name.startswith("proxy/") else folder / name


def renewed(name):
    """The page as it would be with what its commands print now, and the pictures that it shows, by name."""
    page = place_of(name).read_text()
    with tempfile.TemporaryDirectory() as place:
        cwd = pathlib.Path(place)

        def session(match):
            if match["name"]:
                (cwd / match["name"]).write_text(match["text"])
                return match[0]
            commands = [line[2:] for line in match["text"].splitlines() if line.startswith("$ ")]
            assert commands, f"a session of {name} has no command"
            text = "".join(f"$ {command}\n{_run(command, cwd)}" for command in commands)
            return match[0].replace(match["text"], text)

        result = block.sub(session, page)
        result = printed.sub(lambda match: f"{match[1]}\n{_run(match['command'], cwd)}\n{match[3]}", result)
        pictures = {picture: (cwd / picture).read_text() for picture in re.findall(r"!\[[^\]]*\]\((\S+\.svg)\)", page)}
    return result, pictures


def update(name):
    """Writes the page anew."""
    page, pictures = renewed(name)
    place_of(name).write_text(page)
    for picture, text in pictures.items():
        place_of(name).with_name(picture).write_text(text)
