"""Diagnostics, pushed and pulled, of texts that may not be saved."""

import asyncio

import pytest
from conftest import FIXED, LEAK, PRELUDE, until
from lsprotocol import types as lsp

EDITORS = ["visual_studio_code", "neovim@v0.7", "neovim@v0.9", "emacs"]


@pytest.mark.parametrize("name", EDITORS)
async def test_while_typing(start, package, name):
    folder = package("typing", {"src/lib.rs": PRELUDE + FIXED})
    editor = await start(name, folder)
    uri = editor.open(folder / "src/lib.rs")
    await editor.shows(uri)
    editor.replace(uri, PRELUDE + LEAK)
    (found,) = await editor.shows(uri, "unclosed_socket")
    assert found.source == "socklint"
    assert found.severity == lsp.DiagnosticSeverity.Error
    text = (PRELUDE + LEAK).split("\n")
    line = text[found.range.start.line]
    assert "socket(AF_INET" in line
    assert line[found.range.start.character :].startswith("socket(")
    editor.replace(uri, PRELUDE + FIXED)
    await editor.shows(uri)


async def test_steps_and_documentation(start, package):
    folder = package("steps", {"src/lib.rs": PRELUDE + LEAK})
    editor = await start("visual_studio_code", folder)
    uri = editor.open(folder / "src/lib.rs")
    (found,) = await editor.shows(uri, "unclosed_socket")
    steps = [place.message for place in found.related_information]
    assert [step.split(". ")[0] for step in steps] == [str(n + 1) for n in range(len(steps))]
    assert len(steps) >= 2
    assert {place.location.uri for place in found.related_information} == {uri}
    assert found.code_description.href.endswith("/docs/book/src/rules/unclosed_socket.md")
    assert found.data["rule"] == "unclosed_socket"
    assert found.tags is None


async def test_a_part_is_edited_after_characters_outside_the_plane(start, tmp_path):
    smiley = "    let _ = \"\U0001f600\U0001f600\"; "
    text = PRELUDE + "pub unsafe fn f() {\n" + smiley + "unsafe { g(); }\n}\nfn g() {}\n"
    file = tmp_path / "loose.rs"
    file.write_text("")
    line = PRELUDE.count("\n") + 1
    for name, encoding, column in [
        ("visual_studio_code", "utf-16", len(smiley) + 2),
        ("emacs", "utf-8", len(smiley.encode())),
    ]:
        editor = await start(name)
        assert editor.result.capabilities.position_encoding == encoding
        uri = editor.open(file, text)
        await editor.shows(uri)
        column += len("unsafe { ")
        call = lsp.Range(lsp.Position(line, column), lsp.Position(line, column + len("g();")))
        new = "let s = socket(AF_INET.into(), SOCK_STREAM, 0);"
        editor.change(uri, lsp.TextDocumentContentChangePartial(range=call, text=new))
        (found,) = await editor.shows(uri, "unclosed_socket")
        assert found.range.start == lsp.Position(line, column + len("let s = "))


async def test_several_changes_at_once_apply_in_order(start, tmp_path):
    file = tmp_path / "loose.rs"
    file.write_text("")
    editor = await start("neovim@v0.7")
    uri = editor.open(file, "")
    start_of_file = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
    end = lsp.Range(lsp.Position(999, 0), lsp.Position(999, 0))
    editor.change(
        uri,
        lsp.TextDocumentContentChangePartial(range=start_of_file, text=PRELUDE),
        lsp.TextDocumentContentChangePartial(range=end, text=LEAK),
    )
    await editor.shows(uri, "unclosed_socket")


async def test_pulled_and_not_pushed(start, package):
    folder = package("pulled", {"src/lib.rs": PRELUDE + LEAK, "src/other.rs": ""})
    editor = await start("neovim@v0.11", folder)
    assert editor.result.capabilities.diagnostic_provider.workspace_diagnostics
    uri = editor.open(folder / "src/lib.rs")
    report = await editor.pull(uri)
    assert [item.code for item in report.items] == ["unclosed_socket"]
    again = await editor.pull(uri, report.result_id)
    assert again.kind == "unchanged"
    editor.replace(uri, PRELUDE + FIXED)
    report = await editor.pull(uri, report.result_id)
    assert report.kind == "full" and not report.items
    assert editor.client.diagnostics == {}


async def test_the_whole_workspace_is_pulled(start, package):
    folder = package(
        "whole", {"src/lib.rs": "pub mod net;", "src/net.rs": PRELUDE + LEAK, "src/main.rs": "fn main() {}"}
    )
    editor = await start("neovim@v0.11", folder)

    async def pull(ids=()):
        params = lsp.WorkspaceDiagnosticParams(previous_result_ids=list(ids))
        return (await editor.client.workspace_diagnostic_async(params)).items

    (item,) = await pull()
    uri = (folder / "src/net.rs").as_uri()
    assert item.uri == uri
    assert [found.code for found in item.items] == ["unclosed_socket"]
    (again,) = await pull([lsp.PreviousResultId(uri, item.result_id)])
    assert again.kind == "unchanged"
    editor.open(folder / "src/net.rs", PRELUDE + FIXED)
    (gone,) = await pull([lsp.PreviousResultId(uri, item.result_id)])
    assert gone.kind == "full" and not gone.items and gone.version == 1


async def test_a_client_that_pulls_is_told_to_ask_again(start, package):
    def change(capabilities):
        capabilities.workspace.diagnostics = lsp.DiagnosticWorkspaceClientCapabilities(
            refresh_support=True
        )

    folder = package("again", {"src/lib.rs": PRELUDE + FIXED})
    editor = await start("neovim@v0.11", folder, change=change)
    assert not (await editor.pull(editor.open(folder / "src/lib.rs"))).items
    count = editor.client.diagnostic_refresh_count
    file = folder / "src/main.rs"
    file.write_text(PRELUDE + LEAK + "fn main() {}")
    editor.changed_on_disk((file, lsp.FileChangeType.Created))
    editor.changed_on_disk((folder / "Cargo.toml", lsp.FileChangeType.Changed))
    await until(lambda: editor.client.diagnostic_refresh_count > count, "a wish to be asked")


async def test_a_pull_is_cancelled(start, package):
    folder = package("cancelled", {"src/lib.rs": PRELUDE + LEAK})
    editor = await start("neovim@v0.11", folder)
    uri = editor.open(folder / "src/lib.rs")
    params = lsp.DocumentDiagnosticParams(text_document=lsp.TextDocumentIdentifier(uri))
    protocol = editor.client.protocol
    asked = protocol.send_request_async("textDocument/diagnostic", params, msg_id="slow")
    asked = asyncio.ensure_future(asked)
    await asyncio.sleep(0)
    protocol.notify("$/cancelRequest", lsp.CancelParams("slow"))
    with pytest.raises(Exception, match="(?i)cancel"):
        await asyncio.wait_for(asked, 60)
    assert [item.code for item in (await editor.pull(uri)).items] == ["unclosed_socket"]


async def test_what_does_not_parse_is_no_error(start, package):
    folder = package("broken", {"src/lib.rs": PRELUDE + LEAK})
    editor = await start("visual_studio_code", folder)
    uri = editor.open(folder / "src/lib.rs")
    (before,) = await editor.shows(uri, "unclosed_socket")
    # What was known stays while something is no Rust, and moves with the text.
    editor.replace(uri, PRELUDE + LEAK + "pub fn broken( {\n")
    found = await editor.shows(uri, "None", "unclosed_socket")
    by_code = {diagnostic.code: diagnostic for diagnostic in found}
    assert by_code[None].severity == lsp.DiagnosticSeverity.Information
    assert by_code["unclosed_socket"].range == before.range
    editor.replace(uri, "\n\n" + PRELUDE + LEAK + "pub fn broken( {\n")
    line = before.range.start.line + 2
    await until(
        lambda: line in [found.range.start.line for found in editor.client.diagnostics[uri]],
        "a finding that moved",
    )
    # What was edited goes, and what parses decides.
    editor.replace(uri, "\n\n" + PRELUDE + LEAK.replace("= socket(", "= so(") + "pub fn broken( {\n")
    await editor.shows(uri, "None")
    editor.replace(uri, PRELUDE + FIXED)
    await editor.shows(uri)
