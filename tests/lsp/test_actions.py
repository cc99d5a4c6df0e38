"""Hover and code actions."""

import pytest
from conftest import FIXED, LEAK, PRELUDE, applied, edits_of, until
from lsprotocol import types as lsp

RULE = "unclosed_socket"


def titled(actions, start):
    return [action for action in actions or [] if action.title.startswith(start)]


async def hover(editor, uri, line, column):
    params = lsp.HoverParams(lsp.TextDocumentIdentifier(uri), lsp.Position(line, column))
    return await editor.client.text_document_hover_async(params)


async def test_hover_on_a_finding_and_on_a_socket(start, tmp_path):
    file = tmp_path / "hover.rs"
    file.write_text(PRELUDE + LEAK + FIXED.replace("fn open", "fn fine"))
    editor = await start("visual_studio_code")
    uri = editor.open(file)
    (found,) = await editor.shows(uri, RULE)
    at = found.range.start
    text = (await hover(editor, uri, at.line, at.character + 2)).contents.value
    assert found.message.split("\n")[0] in text
    assert "1. " in text and "# unclosed_socket" in text and "```rust" in text
    lines = file.read_text().split("\n")
    (line,) = [
        index for index, line in enumerate(lines) if " = socket(" in line and index != at.line
    ]
    found = await hover(editor, uri, line, lines[line].index("socket(") + 2)
    assert "is closed or handed on, on all paths" in found.contents.value
    assert await hover(editor, uri, 0, 0) is None


STATEMENTS = {
    "one line": LEAK,
    "several lines": LEAK.replace("socket(AF_INET.into(), SOCK_STREAM, 0)", "socket(\n            AF_INET.into(),\n            SOCK_STREAM,\n            0,\n        )"),
    "the middle of a statement": LEAK.replace("let s = socket(AF_INET.into(), SOCK_STREAM, 0);", "let s =\n            // why\n            id(\n                socket(AF_INET.into(), SOCK_STREAM, 0)\n            );") + "fn id(s: SOCKET) -> SOCKET { s }\n",
    "the second of a line": LEAK.replace("let s =", "let _ = 1; let s ="),
    "a macro": "macro_rules! keep { ($e:expr) => { $e }; }\n" + LEAK.replace("let s = socket(AF_INET.into(), SOCK_STREAM, 0);", "let s = keep!(\n            socket(AF_INET.into(), SOCK_STREAM, 0)\n        );"),
    "a whole function": LEAK.replace("\n    ", " ").replace("\n}", "}"),
    "an arm": LEAK.replace("let s = socket(AF_INET.into(), SOCK_STREAM, 0);", "let s = match len {\n            0 => INVALID_SOCKET,\n            _ => socket(AF_INET.into(), SOCK_STREAM, 0),\n        };"),
    "under an attribute": LEAK.replace("let s =", "#[allow(unused)]\n        let s ="),
    "tabs and carriage returns": LEAK.replace("    ", "\t").replace("\n", "\r\n"),
    "outside the plane": LEAK.replace("let s =", "let _ = \"\U0001f600\"; let s ="),
}


@pytest.mark.parametrize("case", STATEMENTS)
async def test_a_suppression_covers_the_finding(start, tmp_path, case):
    text = PRELUDE + STATEMENTS[case]
    file = tmp_path / "suppress.rs"
    file.write_bytes(text.encode())
    editor = await start("visual_studio_code")
    uri = editor.open(file, text)
    (found,) = await editor.shows(uri, RULE)
    range = lsp.Range(found.range.start, found.range.start)
    params = lsp.CodeActionParams(
        lsp.TextDocumentIdentifier(uri), range, lsp.CodeActionContext(diagnostics=[found])
    )
    actions = await editor.client.text_document_code_action_async(params)
    (action,) = titled(actions, f"Suppress `{RULE}` here")
    assert action.kind == lsp.CodeActionKind.QuickFix
    assert list(action.diagnostics) == [found]
    (edit,) = edits_of(action)
    after = applied(text, [edit])
    comment = f"// socklint: allow({RULE}) -- reason"
    (line,) = [line for line in after.split("\n") if comment in line]
    if case not in ("the second of a line", "outside the plane"):
        assert line.strip() == comment
        indented = after.split("\n")[after.split("\n").index(line) + 1]
        assert line[: len(line) - len(line.lstrip())] == indented[: len(indented) - len(indented.lstrip())]
    # What is analysed again has no finding, and no suppression in vain.
    editor.replace(uri, after)
    await editor.shows(uri)


async def test_a_snippet_where_the_client_takes_one(start, tmp_path):
    def change(capabilities):
        capabilities.workspace.workspace_edit.snippet_edit_support = True

    file = tmp_path / "snippet.rs"
    file.write_text(PRELUDE + LEAK)
    editor = await start("visual_studio_code", change=change)
    uri = editor.open(file)
    (found,) = await editor.shows(uri, RULE)
    (action,) = titled(await editor.actions(uri, found.range.start.line), "Suppress")
    (edit,) = edits_of(action)
    assert edit.snippet.value.endswith(f"// socklint: allow({RULE}) -- ${{0:reason}}\n")


async def test_the_documentation_is_opened(start, tmp_path):
    file = tmp_path / "documentation.rs"
    file.write_text(PRELUDE + LEAK)
    editor = await start("visual_studio_code")
    uri = editor.open(file)
    (found,) = await editor.shows(uri, RULE)
    (action,) = titled(await editor.actions(uri, found.range.start.line), "Open the documentation")
    command = action.command
    assert command.command in editor.result.capabilities.execute_command_provider.commands
    await editor.client.workspace_execute_command_async(
        lsp.ExecuteCommandParams(command.command, command.arguments)
    )
    await until(lambda: editor.client.shown_documents, "the page")
    assert editor.client.shown_documents[0].uri.endswith(f"/rules/{RULE}.md")
    assert editor.client.shown_documents[0].external
    with pytest.raises(Exception, match="cannot be run"):
        await editor.client.workspace_execute_command_async(
            lsp.ExecuteCommandParams(command.command, ["no_such_rule"])
        )


async def test_only_what_is_asked_for_is_offered(start, tmp_path):
    file = tmp_path / "only.rs"
    file.write_text(PRELUDE + LEAK)
    editor = await start("emacs")
    uri = editor.open(file)
    (found,) = await editor.shows(uri, RULE)
    line = found.range.start.line
    assert titled(await editor.actions(uri, line, ["quickfix"]), "Suppress")
    assert titled(await editor.actions(uri, line, [""]), "Suppress")
    # A cursor elsewhere in the line, where the client names what it shows there.
    assert not titled(await editor.actions(uri, line, column=0), "Suppress")
    assert titled(await editor.actions(uri, line, diagnostics=[found], column=0), "Suppress")
    assert not await editor.actions(uri, line, ["refactor"])
    assert not titled(await editor.actions(uri, line, ["source.fixAll"]), "Suppress")
    assert not titled(await editor.actions(uri, 0), "Suppress")


async def test_what_is_forbidden_cannot_be_suppressed(start, tmp_path):
    file = tmp_path / "forbidden.rs"
    file.write_text(PRELUDE + LEAK)
    editor = await start("emacs", options={"levels": {RULE: "forbid"}})
    uri = editor.open(file)
    (found,) = await editor.shows(uri, RULE)
    assert not titled(await editor.actions(uri, found.range.start.line), "Suppress")
