"""Fixes: offered for what they mend, for the version of the text that they were made for, and all at once."""

import pytest
from conftest import LEAK, PRELUDE, applied, edits_of
from lsprotocol import types as lsp

ALL = """\
use windows_sys::Win32::Networking::WinSock::*;
"""

TWO_EXITS = """
pub unsafe fn open(name: *const SOCKADDR, len: i32) -> Option<SOCKET> {
    unsafe {
        let s = socket(AF_INET.into(), SOCK_STREAM, 0);
        if s == INVALID_SOCKET {
            return None;
        }
        if bind(s, name, len) != 0 {
            return None;
        }
        if listen(s, 5) != 0 {
            return None;
        }
        Some(s)
    }
}
"""
ERROR = """
pub unsafe fn error(s: SOCKET, name: *const SOCKADDR, len: i32) -> i32 {
    unsafe {
        if bind(s, name, len) != 0 {
            closesocket(s);
            return WSAGetLastError();
        }
        0
    }
}
"""
SENTINEL = """
pub unsafe fn sentinel() -> Option<SOCKET> {
    unsafe {
        let s = socket(AF_INET.into(), SOCK_STREAM, 0);
        if s == 0 {
            return None;
        }
        Some(s)
    }
}
"""
CLOSER = """
pub unsafe fn closer() {
    unsafe {
        let s = socket(AF_INET.into(), SOCK_STREAM, 0);
        if s != INVALID_SOCKET {
            let _ = windows_sys::Win32::Foundation::CloseHandle(s as _);
        }
    }
}
"""
# Both sockets are to be closed at one place.
MEETING = """
pub unsafe fn meeting(name: *const SOCKADDR, len: i32) -> Option<(SOCKET, SOCKET)> {
    unsafe {
        let a = socket(AF_INET.into(), SOCK_STREAM, 0);
        let b = socket(AF_INET.into(), SOCK_STREAM, 0);
        if a == INVALID_SOCKET || b == INVALID_SOCKET || bind(a, name, len) != 0 {
            return None;
        }
        Some((a, b))
    }
}
"""
# Who is right, the call or the check, a program cannot know.
TWICE = """
pub unsafe fn twice(s: SOCKET) {
    unsafe { closesocket(s) };
    unsafe { closesocket(s) };
}
"""
CASES = {
    "two exits": (TWO_EXITS, "unclosed_socket", "close `s` on these 2 paths", 2),
    "the last error": (ERROR, "clobbered_error", "read the error before the close", 2),
    "a failure value": (SENTINEL, "wrong_sentinel", "compare with `INVALID_SOCKET`", 1),
    "a closer": (CLOSER, "wrong_close_function", "close it with `closesocket`", 1),
}


def fixes(actions):
    others = ("Suppress ", "Open the documentation")
    quick = [action for action in actions or [] if action.kind == lsp.CodeActionKind.QuickFix]
    return [action for action in quick if not action.title.startswith(others)]


async def at(editor, uri, diagnostic, **how):
    start = diagnostic.range.start
    return await editor.actions(uri, start.line, column=start.character, **how)


@pytest.mark.parametrize("client", ["visual_studio_code", "neovim@v0.7", "emacs"])
@pytest.mark.parametrize("case", CASES)
async def test_a_fix_mends_its_finding(start, tmp_path, case, client):
    source, rule, title, count = CASES[case]
    file = tmp_path / "fix.rs"
    file.write_text("")
    # Columns count bytes or UTF-16 units, so all that follows on a line is moved.
    text = ALL + source.replace("        let s", '        let _ = "\U0001f600"; let s')
    editor = await start(client)
    encoding = editor.result.capabilities.position_encoding or "utf-16"
    uri = editor.open(file, text)
    (found,) = await editor.shows(uri, rule)
    (fix,) = fixes(await at(editor, uri, found))
    assert fix.title == title
    assert fix.kind == lsp.CodeActionKind.QuickFix
    assert fix.is_preferred is True
    assert list(fix.diagnostics) == [found]
    assert len(edits_of(fix)) == count
    if fix.edit.document_changes is not None:
        assert fix.edit.document_changes[0].text_document.version == 1
    editor.replace(uri, applied(text, edits_of(fix), encoding))
    await editor.shows(uri)


async def test_a_fix_for_a_person_is_not_preferred(start, tmp_path):
    file = tmp_path / "person.rs"
    file.write_text("")
    text = ALL + TWICE
    editor = await start("visual_studio_code")
    uri = editor.open(file, text)
    (found,) = await editor.shows(uri, "double_close")
    (fix,) = fixes(await at(editor, uri, found))
    assert fix.title == "remove the second close"
    assert not fix.is_preferred
    assert not await editor.actions(uri, 0, ["source.fixAll.socklint"])
    editor.replace(uri, applied(text, edits_of(fix)))
    await editor.shows(uri)


async def test_all_at_once_and_what_meets_after_that(start, tmp_path):
    file = tmp_path / "all.rs"
    file.write_text("")
    text = ALL + "".join((TWO_EXITS, ERROR, MEETING, SENTINEL, CLOSER))
    rules = [rule for _, rule, _, _ in CASES.values()]
    editor = await start("visual_studio_code")
    uri = editor.open(file, text)
    await editor.shows(uri, *rules, "unclosed_socket", "unclosed_socket")
    for left in (["unclosed_socket"], []):
        (everything,) = await editor.actions(uri, 0, ["source.fixAll"])
        assert everything.kind == "source.fixAll.socklint"
        text = applied(text, edits_of(everything))
        editor.replace(uri, text)
        await editor.shows(uri, *left)
    assert not await editor.actions(uri, 0, ["source.fixAll.socklint"])
    assert text.count("closesocket(a);") == text.count("closesocket(b);") == 1


async def test_a_fix_is_for_the_text_as_it_is(start, tmp_path):
    """Whatever is asked right after an edit: edits are for that version, or there are none."""
    file = tmp_path / "stale.rs"
    file.write_text("")
    text = PRELUDE + LEAK
    editor = await start("visual_studio_code")
    uri = editor.open(file, text)
    (found,) = await editor.shows(uri, "unclosed_socket")
    line = found.range.start.line
    for lines in range(1, 20):
        text = "// moved\n" + text
        top = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
        editor.change(uri, lsp.TextDocumentContentChangePartial(range=top, text="// moved\n"))
        # The client has only what it was told before the edit.
        (fix,) = fixes(await editor.actions(uri, line + lines, diagnostics=[found]))
        (change,) = fix.edit.document_changes
        assert change.text_document.version == editor.versions[uri]
        mended = applied(text, change.edits)
        assert "!= 0 {\n            closesocket(s);\n" in mended
    # What is no Rust has its findings still, and no fix of them.
    editor.replace(uri, text + "fn broken( {\n")
    await editor.shows(uri, "None", "unclosed_socket")
    assert not fixes(await editor.actions(uri, line + 19))
    assert not await editor.actions(uri, 0, ["source.fixAll.socklint"])


async def test_what_is_opened_later_is_looked_for_fixes(start, package):
    folder = package("later", {"src/lib.rs": "pub mod net;", "src/net.rs": PRELUDE + LEAK})
    editor = await start("visual_studio_code", folder)
    uri = (folder / "src/net.rs").as_uri()
    (found,) = await editor.shows(uri, "unclosed_socket")
    assert not await at(editor, uri, found)
    editor.open(folder / "src/net.rs")
    (fix,) = fixes(await at(editor, uri, found))
    assert fix.is_preferred
    editor.close(uri)
    assert not await at(editor, uri, found)


async def test_that_fixes_come_later_does_not_show(start, tmp_path):
    file = tmp_path / "once.rs"
    file.write_text("")
    editor = await start("visual_studio_code")
    uri = editor.open(file, PRELUDE + LEAK)
    (found,) = await editor.shows(uri, "unclosed_socket")
    told = editor.client.diagnostics[uri]
    assert fixes(await at(editor, uri, found))
    # Each message brings a list of its own.
    assert editor.client.diagnostics[uri] is told
    editor = await start("neovim@v0.11")
    uri = editor.open(file, PRELUDE + LEAK)
    report = await editor.pull(uri)
    assert fixes(await at(editor, uri, report.items[0]))
    assert (await editor.pull(uri, report.result_id)).kind == "unchanged"
