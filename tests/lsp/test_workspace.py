"""Which files are analysed: folders, packages, single files, and what happens to them."""

from conftest import FIXED, LEAK, PRELUDE, until
from lsprotocol import types as lsp


async def test_files_that_are_not_open_are_shown(start, package):
    folder = package("closed", {"src/lib.rs": "pub mod net;", "src/net.rs": PRELUDE + LEAK})
    editor = await start("visual_studio_code", folder)
    await editor.shows((folder / "src/net.rs").as_uri(), "unclosed_socket")


async def test_an_edit_reaches_the_crates_that_depend_on_the_file(start, package):
    closes = "pub unsafe fn finish(s: SOCKET) { unsafe { closesocket(s); } }\n"
    keeps = "pub unsafe fn finish(s: SOCKET) { let _ = s; }\n"
    caller = (
        PRELUDE
        + """
pub unsafe fn run() {
    unsafe {
        let s = socket(AF_INET.into(), SOCK_STREAM, 0);
        if s != INVALID_SOCKET {
            below::finish(s);
        }
    }
}
"""
    )
    member = '[package]\nname = "{}"\nedition = "2024"\n\n[dependencies]\n{}\n'
    folder = package(
        "members",
        {
            "Cargo.toml": '[workspace]\nresolver = "3"\nmembers = ["above", "below"]\n',
            "above/Cargo.toml": member.format("above", 'below = { path = "../below" }'),
            "above/src/lib.rs": caller,
            "below/Cargo.toml": member.format("below", ""),
            "below/src/lib.rs": PRELUDE + closes,
        },
    )
    above, below = folder / "above", folder / "below"
    editor = await start("visual_studio_code", folder)
    uri = editor.open(above / "src/lib.rs")
    await editor.shows(uri)
    edited = editor.open(below / "src/lib.rs")
    editor.replace(edited, PRELUDE + keeps)
    await editor.shows(uri, "unclosed_socket")
    editor.replace(edited, PRELUDE + closes)
    await editor.shows(uri)


async def test_folders_come_and_go(start, package):
    one = package("one", {"src/lib.rs": PRELUDE + LEAK})
    two = package("two", {"src/lib.rs": PRELUDE + LEAK})
    editor = await start("visual_studio_code", one)
    await editor.shows((one / "src/lib.rs").as_uri(), "unclosed_socket")
    assert (two / "src/lib.rs").as_uri() not in editor.client.diagnostics

    def change(added, removed):
        folders = [
            [lsp.WorkspaceFolder(uri=folder.as_uri(), name=folder.name) for folder in list]
            for list in (added, removed)
        ]
        event = lsp.WorkspaceFoldersChangeEvent(*folders)
        editor.client.workspace_did_change_workspace_folders(
            lsp.DidChangeWorkspaceFoldersParams(event)
        )

    change([two], [])
    await editor.shows((two / "src/lib.rs").as_uri(), "unclosed_socket")
    change([], [one])
    await editor.shows((one / "src/lib.rs").as_uri())
    assert editor.rules((two / "src/lib.rs").as_uri()) == ["unclosed_socket"]


async def test_a_single_file_and_one_that_is_no_file(start, tmp_path):
    file = tmp_path / "alone.rs"
    file.write_text(PRELUDE + LEAK)
    editor = await start("visual_studio_code", cwd=tmp_path)
    uri = editor.open(file)
    await editor.shows(uri, "unclosed_socket")
    # A file's older version, as editors show it beside the file.
    older = editor.open("git:" + str(file) + "?HEAD", PRELUDE + LEAK)
    untitled = editor.open("untitled:Untitled-1", PRELUDE + LEAK)
    await editor.shows(untitled, "unclosed_socket")
    assert editor.rules(older) is None
    editor.close(untitled)
    await editor.shows(untitled)
    editor.close(uri)
    await editor.shows(uri)


async def test_what_no_target_declares_is_analysed_when_it_is_open(start, package):
    folder = package(
        "targets",
        {"src/lib.rs": "", "tests/net.rs": PRELUDE + LEAK, "src/unused.rs": PRELUDE + LEAK},
    )
    editor = await start("visual_studio_code", folder)
    for file in ("tests/net.rs", "src/unused.rs"):
        uri = editor.open(folder / file)
        await editor.shows(uri, "unclosed_socket")


async def test_files_change_on_the_disk(start, package):
    folder = package("disk", {"src/lib.rs": "pub mod net;", "src/net.rs": PRELUDE + FIXED})
    editor = await start("visual_studio_code", folder)
    file = folder / "src/net.rs"
    uri = file.as_uri()
    opened = editor.open(folder / "src/lib.rs")
    await editor.shows(opened)
    file.write_text(PRELUDE + LEAK)
    editor.changed_on_disk((file, lsp.FileChangeType.Changed))
    await editor.shows(uri, "unclosed_socket")
    # It is called otherwise from now on.
    other = folder / "src/other.rs"
    file.rename(other)
    editor.changed_on_disk((file, lsp.FileChangeType.Deleted), (other, lsp.FileChangeType.Created))
    editor.replace(opened, "pub mod other;")
    await editor.shows(uri)
    await editor.shows(other.as_uri(), "unclosed_socket")
    # It is no longer text.
    other.write_bytes(b"\xff\xfe")
    editor.changed_on_disk((other, lsp.FileChangeType.Changed))
    (found,) = await editor.shows(other.as_uri(), "None")
    assert "not UTF-8" in found.message
    assert found.severity == lsp.DiagnosticSeverity.Information
    other.unlink()
    editor.changed_on_disk((other, lsp.FileChangeType.Deleted))
    await editor.shows(other.as_uri())


async def test_a_client_that_watches_nothing_is_served_when_it_saves(start, package):
    folder = package("saved", {"src/lib.rs": "pub mod net;", "src/net.rs": PRELUDE + FIXED})
    editor = await start("neovim@v0.7", folder)
    uri = editor.open(folder / "src/lib.rs")
    await editor.shows(uri)
    file = folder / "src/net.rs"
    file.write_text(PRELUDE + LEAK)
    editor.client.text_document_did_save(
        lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(uri))
    )
    await editor.shows(file.as_uri(), "unclosed_socket")


async def test_targets_come_and_go(start, package):
    folder = package("targets", {"src/lib.rs": ""})
    editor = await start("visual_studio_code", folder, options={"allTargets": True})
    await editor.shows(editor.open(folder / "src/lib.rs"))
    file = folder / "tests/net.rs"
    file.parent.mkdir()
    for _ in range(2):
        file.write_text(PRELUDE + LEAK)
        editor.changed_on_disk((file, lsp.FileChangeType.Created))
        await editor.shows(file.as_uri(), "unclosed_socket")
        file.unlink()
        editor.changed_on_disk((file, lsp.FileChangeType.Deleted))
        await editor.shows(file.as_uri())
    # It is saved while it is open, and is a target from then on.
    uri = editor.open(file.as_uri(), PRELUDE + LEAK)
    await editor.shows(uri, "unclosed_socket")
    file.write_text(PRELUDE + LEAK)
    editor.changed_on_disk((file, lsp.FileChangeType.Created))
    editor.close(uri)
    editor.replace((folder / "src/lib.rs").as_uri(), "// other\n")
    await editor.shows(uri, "unclosed_socket")


async def test_a_manifest_changes(start, package):
    folder = package("manifest", {"src/lib.rs": "", "odd/place.rs": PRELUDE + LEAK + "fn main() {}"})
    editor = await start("visual_studio_code", folder)
    await editor.shows(editor.open(folder / "src/lib.rs"))
    manifest = folder / "Cargo.toml"
    text = manifest.read_text()
    manifest.write_text(text + '\n[[bin]]\nname = "odd"\npath = "odd/place.rs"\n')
    editor.changed_on_disk((manifest, lsp.FileChangeType.Changed))
    await editor.shows((folder / "odd/place.rs").as_uri(), "unclosed_socket")
    manifest.write_text("[package")
    editor.changed_on_disk((manifest, lsp.FileChangeType.Changed))
    (found,) = await editor.shows(manifest.as_uri(), "None")
    assert found.severity == lsp.DiagnosticSeverity.Information
    manifest.write_text(text)
    editor.changed_on_disk((manifest, lsp.FileChangeType.Changed))
    await editor.shows(manifest.as_uri())
    await editor.shows((folder / "odd/place.rs").as_uri())


async def test_the_projects_configuration_changes(start, package):
    source = PRELUDE + """
pub unsafe fn f(s: SOCKET) { unsafe { closesocket(s); pool::give_back(s); } }
"""
    folder = package("configured", {"src/lib.rs": source})
    editor = await start("visual_studio_code", folder)
    uri = editor.open(folder / "src/lib.rs")
    await until(lambda: editor.rules(uri) is not None)
    before = editor.rules(uri)
    file = folder / "socklint.toml"
    file.write_text('[[contract]]\nfunction = "pool::give_back"\ncloses = 0\n')
    editor.changed_on_disk((file, lsp.FileChangeType.Created))
    await until(lambda: editor.rules(uri) != before, "the contract's effect")
    assert "double_close" in editor.rules(uri)


async def test_folders_that_are_none(start, package, tmp_path):
    one = package("one", {"src/lib.rs": PRELUDE + LEAK})
    (tmp_path / "empty").mkdir()
    editor = await start(
        "visual_studio_code", one, one / "src", tmp_path / "empty", tmp_path / "missing"
    )
    uri = (one / "src/lib.rs").as_uri()
    await editor.shows(uri, "unclosed_socket")
    await editor.shows(editor.open(one / "src/lib.rs", PRELUDE + FIXED))
    assert set(editor.client.diagnostics) == {uri}


async def test_a_new_file_is_part_of_its_crate_before_it_is_saved(start, package):
    opens = LEAK.replace("let s = socket(AF_INET.into(), SOCK_STREAM, 0);", "let s = crate::make();")
    make = PRELUDE + "pub fn make() -> SOCKET { unsafe { socket(AF_INET.into(), SOCK_STREAM, 0) } }\n"
    folder = package("fresh", {"src/lib.rs": make})
    editor = await start("visual_studio_code", folder)
    lib = editor.open(folder / "src/lib.rs")
    await editor.shows(lib)
    new = editor.open((folder / "src/net.rs").as_uri(), PRELUDE + opens)
    editor.replace(lib, "pub mod net;\n" + make)
    # The socket is opened here and lost there, which only one crate can tell.
    await editor.shows(lib, "unclosed_socket")
    await editor.shows(new)
    (folder / "src/net.rs").write_text(PRELUDE + opens)
    editor.changed_on_disk((folder / "src/net.rs", lsp.FileChangeType.Created))
    editor.replace(new, PRELUDE + opens.replace("crate::make()", "INVALID_SOCKET"))
    await editor.shows(lib)
