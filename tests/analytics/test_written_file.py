"""What `--out` names: links lead to new content, devices and pipes stay what they are."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from analytics.errors import UsageError
from analytics.written_file import is_plain, written_file, written_stream


def write(path: Path, text: str = "new") -> None:
    with written_file(path) as waiting:
        waiting.write_text(text)


def write_straight(path: Path, text: str = "new") -> None:
    with written_stream(path) as file:
        file.write(text.encode())


WAYS = pytest.mark.parametrize("way", [write, write_straight], ids=["whole", "stream"])


@WAYS
def test_a_file_is_replaced_as_a_whole_and_keeps_its_mode(tmp_path: Path, way: object) -> None:
    path = tmp_path / "deep" / "out.csv"
    way(path)  # type: ignore[operator]
    path.chmod(0o640)
    way(path, "newer")  # type: ignore[operator]
    assert path.read_text() == "newer"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in path.parent.iterdir()] == ["out.csv"]


@WAYS
@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_keeps_its_place_and_leads_to_the_new_content(
    tmp_path: Path, is_there: bool, way: object
) -> None:
    target = tmp_path / "elsewhere" / "target.csv"
    target.parent.mkdir()
    if is_there:
        target.write_text("old")
    (tmp_path / "second").symlink_to("elsewhere/target.csv")
    link = tmp_path / "link"
    link.symlink_to("second")
    way(link)  # type: ignore[operator]
    assert link.is_symlink() and (tmp_path / "second").is_symlink()
    assert target.read_text() == "new"
    assert not target.is_symlink()
    assert [one.name for one in target.parent.iterdir()] == ["target.csv"]


@WAYS
def test_a_pipe_carries_the_content_and_stays_a_pipe(tmp_path: Path, way: object) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_text()))
    reader.start()
    way(pipe)  # type: ignore[operator]
    reader.join()
    assert found == ["new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [one.name for one in tmp_path.iterdir()] == ["pipe"]


@WAYS
def test_a_device_stays_a_device(tmp_path: Path, way: object) -> None:
    device = tmp_path / "null"
    try:
        os.mknod(device, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        device = Path("/dev/null")
    try:
        way(device)  # type: ignore[operator]
    except PermissionError:
        pytest.skip("Devices cannot be opened in this folder.")
    assert stat.S_ISCHR(device.stat().st_mode)
    assert not is_plain(device)


@WAYS
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("led_into", ["pipe", "file"])
def test_the_standard_output_carries_the_content_between_what_is_said(
    tmp_path: Path, name: str, led_into: str, way: object
) -> None:
    code = (
        "import sys; from pathlib import Path;"
        f"from tests.analytics.test_written_file import {way.__name__} as way;"  # type: ignore[attr-defined]
        "print('before'); way(Path(sys.argv[1]), 'content\\n'); print('after')"
    )
    command = [sys.executable, "-c", code, name]
    if led_into == "pipe":
        said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    else:
        with (tmp_path / "file").open("w") as file:
            subprocess.run(command, stdout=file, check=True)
        said = (tmp_path / "file").read_text()
    assert said == "before\ncontent\nafter\n"


def test_what_breaks_off_leaves_the_former_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(path, "former")
    for way in (written_file, written_stream):
        with pytest.raises(KeyboardInterrupt), way(path):  # type: ignore[operator]
            raise KeyboardInterrupt
    assert path.read_text() == "former"
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    for way in (written_file, written_stream):
        with pytest.raises(UsageError, match="Got the folder"), way(tmp_path):  # type: ignore[operator]
            pass
