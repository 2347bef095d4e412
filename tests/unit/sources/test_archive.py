import struct
import time
import zipfile

import pytest

from vft.errors import FileRefused
from vft.sources import archive, read


def zipped(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def refusal(path):
    with pytest.raises(FileRefused) as caught:
        archive.check(path)
    return caught.value.kind, str(caught.value)


def test_an_ordinary_zip_is_let_through(tmp_path):
    archive.check(zipped(tmp_path / "a.xlsx", {"xl/workbook.xml": "<a/>" * 1000, "b": ""}))


def test_a_bomb_is_refused_from_its_directory_before_it_is_opened(tmp_path, visits):
    path = zipped(tmp_path / "besok.xlsx", {"xl/worksheets/sheet1.xml": bytes(40 << 20)})
    began = time.perf_counter()
    with pytest.raises(FileRefused, match=r"Den er \d+,\d kB, men pakkes ut til 41,9 MB") as caught:
        read.open_delivery(path, visits(kind="excel"))
    assert caught.value.kind == "zip_bomb"
    assert time.perf_counter() - began < 1


def test_a_bomb_whose_directory_lies_is_found_by_counting(tmp_path):
    path = zipped(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": bytes(40 << 20)})
    content = bytearray(path.read_bytes())
    size = struct.pack("<I", 40 << 20)
    while (at := content.find(size)) != -1:
        content[at : at + 4] = struct.pack("<I", 1000)
    path.write_bytes(content)
    kind, message = refusal(path)
    assert kind == "zip_bomb"
    assert "større enn innholdsfortegnelsen sier" in message


def test_a_zip_of_too_many_parts_is_refused(tmp_path):
    kind, message = refusal(zipped(tmp_path / "a.xlsx", dict.fromkeys(map(str, range(10_001)), "")))
    assert kind == "zip_bomb"
    assert "10001 deler" in message


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_zip_that_is_cut_off_is_refused(tmp_path, keep):
    path = zipped(tmp_path / "a.xlsx", {"a": "tekst" * 1000})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    assert refusal(path)[0] == "truncated"
