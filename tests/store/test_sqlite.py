"""What the folder, the database and the raw files of a case survive."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tracewire.errors import CaseDamaged, CaseError, CaseLocked, CaseTooNew
from tracewire.store.migrate import migrations
from tracewire.store.sqlite import SqliteStore

Make = Callable[..., Any]


@pytest.fixture
def case(tmp_path: Path, make_page: Make, cleaned: Make) -> Path:
    """A closed case with one document."""
    page = make_page("report.txt", "Guards found nine mortars.")
    with SqliteStore(tmp_path / "one.case", create=True) as store:
        store.add_page(page)
        store.save_documents([cleaned(page)])
    return tmp_path / "one.case"


def raw_file(case: Path) -> Path:
    return next(path for path in (case / "raw").rglob("*") if path.is_file())


def change(case: Path, sql: str) -> None:
    with closing(sqlite3.connect(case / "case.db")) as connection, connection:
        connection.execute(sql)


@contextmanager
def without_root() -> Iterator[None]:
    """Permissions bind root only while it acts as somebody else."""
    if os.name == "nt":
        pytest.skip("permissions of this kind are not on Windows")
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


# ---------------------------------------------------------------- layout


def test_a_case_is_a_database_raw_files_by_hash_and_a_lock(case: Path, make_page: Make) -> None:
    digest = make_page(text="Guards found nine mortars.").sha256
    assert {path.name for path in case.iterdir()} - {"write.lock"} == {"case.db", "raw"}
    assert raw_file(case) == case / "raw" / digest[:2] / digest
    assert raw_file(case).read_bytes() == b"Guards found nine mortars."


def test_raw_text_stands_in_no_table(tmp_path: Path, make_page: Make, cleaned: Make) -> None:
    from dataclasses import replace

    page = make_page("a", "<html>a very peculiar markup</html>words")
    with SqliteStore(tmp_path / "c", create=True) as store:
        store.add_page(page)
        document = cleaned(page)
        store.save_documents([replace(document, reading=replace(document.reading, text="words"))])
    assert b"peculiar" not in (tmp_path / "c" / "case.db").read_bytes()


def test_the_database_keeps_its_own_rules(case: Path) -> None:
    with closing(sqlite3.connect(case / "case.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(migrations()),)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute("UPDATE custody SET how = 'forged'")
        with pytest.raises(sqlite3.IntegrityError, match="never removed"):
            connection.execute("DELETE FROM custody")


# ---------------------------------------------------------------- what is no case


def test_a_file_is_no_case(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for options in ({}, {"write": True}, {"create": True}):
        with pytest.raises(CaseError, match="is a file"):
            SqliteStore(tmp_path / "file", **options)


def test_a_folder_with_other_things_is_no_case_and_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("x")
    for options in ({}, {"write": True}, {"create": True}):
        with pytest.raises(CaseError, match=r"letters.*no case"):
            SqliteStore(tmp_path / "letters", **options)
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["mine.txt"]


def test_an_empty_folder_may_become_a_case_when_asked(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no case"):
        SqliteStore(tmp_path, write=True)
    SqliteStore(tmp_path, create=True).close()
    SqliteStore(tmp_path).close()


def test_another_programs_database_is_no_case(tmp_path: Path) -> None:
    change(tmp_path, "CREATE TABLE songs (name)")
    for options in ({}, {"write": True}, {"create": True}):
        with pytest.raises(CaseDamaged, match="not one of a case"):
            SqliteStore(tmp_path, **options)


def test_a_creation_that_was_cut_off_is_taken_up(tmp_path: Path) -> None:
    (tmp_path / "case.db").touch()
    (tmp_path / "write.lock").touch()
    with SqliteStore(tmp_path) as store:
        assert store.record().documents == ()


# ---------------------------------------------------------------- versions


@pytest.mark.parametrize("options", [{}, {"write": True}, {"create": True}])
def test_a_case_of_a_newer_version_is_refused_untouched(case: Path, options: dict[str, bool]) -> None:
    change(case, f"PRAGMA user_version = {len(migrations()) + 1}")
    before = (case / "case.db").read_bytes()
    with pytest.raises(CaseTooNew, match=r"one\.case.*newer version.*upgrade"):
        SqliteStore(case, **options)
    assert (case / "case.db").read_bytes() == before


def test_a_case_of_an_older_version_is_brought_up_to_date(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = (*migrations(), "ALTER TABLE story ADD COLUMN note TEXT;")
    for module in ("migrate", "opening", "database"):
        monkeypatch.setattr(f"tracewire.store.{module}.migrations", lambda: more)
    with SqliteStore(case) as reader:
        assert len(list(reader.documents())) == 1
    with closing(sqlite3.connect(case / "case.db")) as connection:
        assert connection.execute("SELECT note FROM story").fetchall() == []
        assert connection.execute("PRAGMA user_version").fetchone() == (len(more),)


def test_a_migration_that_fails_changes_nothing(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = (*migrations(), "ALTER TABLE story ADD COLUMN note TEXT; INSERT INTO nowhere VALUES (1);")
    with monkeypatch.context() as patch:
        for module in ("migrate", "opening", "database"):
            patch.setattr(f"tracewire.store.{module}.migrations", lambda: bad)
        with pytest.raises(CaseError, match="nowhere"):
            SqliteStore(case, write=True)
    with SqliteStore(case, write=True) as store:
        assert store._rows("SELECT count(*) FROM pragma_table_info('story') WHERE name = 'note'") == [(0,)]


# ---------------------------------------------------------------- damage


def test_a_missing_raw_file_names_document_and_hash(case: Path) -> None:
    gone = raw_file(case)
    gone.unlink()
    with SqliteStore(case) as store:
        for read in (store.pages, store.documents):
            with pytest.raises(CaseDamaged, match=rf"report\.txt.*{gone.name}.*missing"):
                list(read())
        assert [(name, digest) for name, digest, _ in store.check_raw()] == [("report.txt", gone.name)]


def test_a_changed_raw_file_is_never_read_as_if_it_were_the_page(case: Path) -> None:
    raw_file(case).write_bytes(b"Guards found zero mortars.")
    with SqliteStore(case) as store:
        with pytest.raises(CaseDamaged, match="was changed"):
            list(store.documents())
        assert "changed" in next(store.check_raw())[2]


def test_bringing_the_page_again_restores_its_raw_file(case: Path, make_page: Make) -> None:
    raw_file(case).write_bytes(b"Guards found zero mortars.")
    with SqliteStore(case, write=True) as store:
        store.add_page(make_page("report.txt", "Guards found nine mortars."))
        assert list(store.check_raw()) == []


def test_a_file_that_is_no_database_is_damage(case: Path) -> None:
    (case / "case.db").write_bytes(b"not a database at all" * 100)
    for options in ({}, {"write": True}):
        with pytest.raises(CaseDamaged, match=r"one\.case.*damaged"):
            SqliteStore(case, **options)


def test_any_cut_or_overwritten_database_gives_a_record_or_a_case_error(case: Path) -> None:
    whole = (case / "case.db").read_bytes()
    told: list[str] = []
    for at in range(0, len(whole), 4096):
        for damaged in (whole[:at], whole[:at] + b"\xa5" * 700 + whole[at + 700 :]):
            (case / "case.db").write_bytes(damaged)
            try:
                with SqliteStore(case) as store:
                    store.record()
                    store.search("guards")
            except CaseError as error:
                told.append(str(error))
    assert len(told) > 5
    assert all("one.case" in message for message in told)


def test_rows_that_were_tampered_with_are_damage(case: Path) -> None:
    change(case, "UPDATE document SET data = '{\"id\": 3}'")
    with SqliteStore(case) as store, pytest.raises(CaseDamaged, match=r"report\.txt"):
        store.record()


# ---------------------------------------------------------------- disk


def test_a_full_disk_keeps_nothing_of_the_step_and_says_so(case: Path, make_page: Make) -> None:
    with SqliteStore(case, write=True) as store:
        before = list(store.pages())
        store._connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(CaseError, match="disk is full"):
            store.add_pages(make_page(f"{n} {'long ' * 400}", f"{n}") for n in range(500))
        assert list(store.pages()) == before


def test_a_disk_that_is_full_for_raw_bytes_says_so(
    case: Path, make_page: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with SqliteStore(case, write=True) as store:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(CaseError, match=r"one\.case.*disk is full"):
                store.add_page(make_page("b", "more"))
        assert len(list(store.pages())) == 1
        store.add_page(make_page("b", "more"))
        assert list(store.check_raw()) == []


@contextmanager
def read_only(case: Path) -> Iterator[Path]:
    """A copy of the case that everybody may read and nobody write, seen without the powers of root."""
    folder = Path(tempfile.mkdtemp())
    copy = Path(shutil.copytree(case, folder / case.name, ignore=shutil.ignore_patterns("*-shm")))
    folder.chmod(0o555)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with without_root():
            yield copy
    finally:
        for path in (folder, copy, *copy.rglob("*")):
            path.chmod(0o755)
        shutil.rmtree(folder)


def test_a_read_only_case_can_be_read_and_not_written(case: Path) -> None:
    with read_only(case) as copy:
        with SqliteStore(copy) as store:
            assert [d.name for d in store.documents()] == ["report.txt"]
            assert len(store.search("mortars")) == 1
        with pytest.raises(CaseError, match=r"one\.case.*permission"):
            SqliteStore(copy, write=True)
        with pytest.raises(CaseError, match=r"new\.case.*permission"):
            SqliteStore(copy.parent / "new.case", create=True)


def test_a_read_only_case_of_an_older_version_says_why_it_cannot_be_read(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = (*migrations(), "ALTER TABLE story ADD COLUMN note TEXT;")
    for module in ("migrate", "opening", "database"):
        monkeypatch.setattr(f"tracewire.store.{module}.migrations", lambda: more)
    with read_only(case) as copy, pytest.raises(CaseError, match=r"older version.*permission"):
        SqliteStore(copy)


def test_a_read_only_case_with_an_unmerged_log_is_refused(case: Path) -> None:
    with SqliteStore(case, write=True) as store:
        store.set_meta("late", "change")
        assert (case / "case.db-wal").stat().st_size
        with read_only(case) as copy, pytest.raises(CaseError, match="mid-write"):
            SqliteStore(copy)


# ---------------------------------------------------------------- runs at once and cut off

WRITER = """
import sys
from pathlib import Path
from tracewire.model import RawPage
from tracewire.store.sqlite import SqliteStore
store = SqliteStore(Path(sys.argv[1]), create=True)
for n in range(100_000):
    store.add_page(RawPage(f"{n:06}", str(n).encode() * 50, "text/plain", "here", "file", "2031-01-01T00:00:00Z"))
    print(n, flush=True)
"""


def test_a_run_that_is_killed_in_mid_write_leaves_a_whole_case(tmp_path: Path, make_page: Make) -> None:
    path = tmp_path / "killed.case"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if int(line) == 20:
                with pytest.raises(CaseLocked, match=r"killed\.case.*another run.*wait"):
                    SqliteStore(path, write=True)
                with SqliteStore(path) as reader:
                    assert len(list(reader.pages())) >= 20
                run.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
                break
        run.wait()
    with SqliteStore(path, write=True) as store:
        assert list(store.check_raw()) == []
        names = sorted(page.name for page in store.pages())
        assert names == [f"{n:06}" for n in range(len(names))]
        assert len(names) >= 21
        store.add_page(make_page())


def test_raw_bytes_left_half_written_are_written_again(case: Path, make_page: Make) -> None:
    (case / "raw" / "unfinished").write_bytes(b"half of a pa")
    with SqliteStore(case, write=True) as store:
        store.add_page(make_page("b", "whole"))
        assert sorted(page.data for page in store.pages()) == [b"Guards found nine mortars.", b"whole"]


def test_a_large_batch_is_quick(tmp_path: Path, make_page: Make, cleaned: Make) -> None:
    import time

    pages = [make_page(f"{n}", f"text {n} " * 200) for n in range(300)]
    start = time.perf_counter()
    with SqliteStore(tmp_path / "c", create=True) as store:
        store.add_pages(pages)
        store.save_documents(map(cleaned, pages))
        assert len(store.record().documents) == 300
    assert time.perf_counter() - start < 5  # 0.3 s where it was written; the bound is for slow disks
