"""What a project says of itself: `socklint.toml`, as it is saved or being written, metadata, and baselines."""

import os
import subprocess

from conftest import FIXED, LEAK, PRELUDE, until
from lsprotocol import types as lsp

RULE = "unclosed_socket"
ALLOW = f'[[allow]]\nrule = "{RULE}"\npath = "src/old/**"\nreason = "it goes"\n'


def place(text, part):
    """Where a part of a text is."""
    before = text[: text.index(part)]
    line = before.count("\n")
    start = len(before) - (before.rfind("\n") + 1)
    return lsp.Range(lsp.Position(line, start), lsp.Position(line, start + len(part)))


def written(editor, file, text, kind=lsp.FileChangeType.Changed):
    file.write_text(text)
    editor.changed_on_disk((file, kind))


async def test_saved_settings_count_and_change(start, package):
    folder = package(
        "saved",
        {
            "src/lib.rs": "pub mod old;\npub mod new;\n",
            "src/old/mod.rs": PRELUDE + LEAK,
            "src/new.rs": PRELUDE + LEAK,
            "socklint.toml": f'[rules]\n{RULE} = "warn"\n\n{ALLOW}',
        },
    )
    old, new = ((folder / file).as_uri() for file in ("src/old/mod.rs", "src/new.rs"))
    settings = folder / "socklint.toml"
    editor = await start("visual_studio_code", folder)
    (found,) = await editor.shows(new, RULE)
    assert found.severity == lsp.DiagnosticSeverity.Warning
    await editor.shows(editor.open(folder / "src/old/mod.rs"))
    written(editor, settings, ALLOW)
    await until(
        lambda: editor.client.diagnostics[new][0].severity == lsp.DiagnosticSeverity.Error, "deny"
    )
    written(editor, settings, f'exclude = ["src/new.rs"]\n[rules]\n{RULE} = "forbid"\n')
    await editor.shows(old, RULE)
    await editor.shows(new)
    # What is excluded is so in the editor, too.
    await editor.shows(editor.open(folder / "src/new.rs"))
    editor.replace(new, PRELUDE + LEAK + "\n")
    settings.unlink()
    editor.changed_on_disk((settings, lsp.FileChangeType.Deleted))
    await editor.shows(new, RULE)
    await editor.shows(old, RULE)


async def test_settings_that_are_not_saved(start, package):
    folder = package("unsaved", {"src/lib.rs": PRELUDE + LEAK, "socklint.toml": ""})
    settings = folder / "socklint.toml"
    editor = await start("neovim@v0.7", folder)
    uri = editor.open(folder / "src/lib.rs")
    await editor.shows(uri, RULE)
    edited = editor.open(settings)
    for level, shown in [("allow", []), ("warn", [RULE]), ("allow", [])]:
        editor.replace(edited, f'[rules]\n{RULE} = "{level}"\n')
        await editor.shows(uri, *shown)
    # It is closed unsaved.
    editor.close(edited)
    await editor.shows(uri, RULE)
    # One that is not on the disk at all.
    settings.unlink()
    editor.open(settings.as_uri(), f'[rules]\n{RULE} = "allow"\n')
    await editor.shows(uri)


async def test_faults_are_shown_where_they_are(start, package):
    folder = package("faults", {"src/lib.rs": PRELUDE + LEAK})
    editor = await start("visual_studio_code", folder)
    uri = editor.open(folder / "src/lib.rs")
    await editor.shows(uri, RULE)
    text = f'# \U0001f600\n[rules]\n{RULE} = "warn"\ndouble_clothes = "deny"\n'
    settings = editor.open((folder / "socklint.toml").as_uri(), text)
    (found,) = await editor.shows(settings, "None")
    assert found.range.start.line == 3
    assert "double_clothes" in found.message
    assert found.severity == lsp.DiagnosticSeverity.Error
    # What is right counts.
    assert editor.client.diagnostics[uri][0].severity == lsp.DiagnosticSeverity.Warning
    text = text.replace("double_clothes", "double_close")
    editor.replace(settings, text)
    await editor.shows(settings)
    text += '[[allow]\nrule = "x"\n'
    editor.replace(settings, text)
    (found,) = await editor.shows(settings, "None")
    assert found.range.start.line == 4
    editor.replace(settings, "")
    await editor.shows(settings)
    await until(
        lambda: editor.client.diagnostics[uri][0].severity == lsp.DiagnosticSeverity.Error, "deny"
    )


async def test_suppressions_in_vain_are_shown_when_that_is_known(start, package):
    folder = package(
        "vain", {"src/lib.rs": "pub mod old;\n", "src/old/mod.rs": PRELUDE + FIXED, "socklint.toml": "\n" + ALLOW}
    )
    editor = await start("visual_studio_code", folder)
    settings = (folder / "socklint.toml").as_uri()
    (found,) = await editor.shows(settings, "unused_suppression")
    assert found.range.start.line == 1
    uri = editor.open(folder / "src/old/mod.rs")
    for _ in range(3):
        editor.replace(uri, PRELUDE + LEAK)
        await editor.shows(settings)
        await editor.shows(uri)
        # While it is no Rust nothing is known.
        editor.replace(uri, PRELUDE + LEAK + "fn broken( {\n")
        await editor.shows(uri, "None")
        assert editor.rules(settings) == []
        editor.replace(uri, PRELUDE + FIXED)
        await editor.shows(settings, "unused_suppression")
    # Lines move, and what is reported moves with them.
    text = "# a line\n" * 7 + ALLOW
    edited = editor.open(folder / "socklint.toml")
    assert edited == settings
    editor.replace(settings, text)
    await until(
        lambda: (found := editor.client.diagnostics[settings]) and found[0].range.start.line == 7,
        "the new place",
    )
    assert editor.rules(uri) == []


async def test_metadata_of_manifests(start, package):
    folder = package("metadata", {"src/lib.rs": PRELUDE + LEAK})
    manifest = folder / "Cargo.toml"
    before = manifest.read_text()
    editor = await start("visual_studio_code", folder)
    uri = editor.open(folder / "src/lib.rs")
    await editor.shows(uri, RULE)
    text = before + f'\n[package.metadata.socklint.rules]\n{RULE} = "allow"\nnothing = "deny"\n'
    written(editor, manifest, text)
    await editor.shows(uri)
    (found,) = await editor.shows(manifest.as_uri(), "None")
    assert found.range.start.line == place(text, "nothing").start.line
    assert found.severity == lsp.DiagnosticSeverity.Error
    written(editor, manifest, before)
    await editor.shows(uri, RULE)
    await editor.shows(manifest.as_uri())


async def test_a_baseline(start, package):
    folder = package(
        "baseline", {"src/lib.rs": PRELUDE + LEAK, "socklint.toml": 'baseline = "known.json"\n'}
    )
    command = [os.environ["SOCKLINT"], "socklint", ".", "--write-baseline"]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    known = folder / "known.json"
    assert known.is_file(), made.stderr
    editor = await start("visual_studio_code", folder)
    uri = editor.open(folder / "src/lib.rs")
    await editor.shows(uri)
    # One more than it counts.
    editor.replace(uri, PRELUDE + LEAK + LEAK.replace("fn open", "fn other"))
    await editor.shows(uri, RULE)
    # Less: what it counts is stale.
    editor.replace(uri, PRELUDE + FIXED)
    (found,) = await editor.shows(known.as_uri(), "stale_baseline")
    assert RULE in known.read_text().split("\n")[found.range.start.line]
    editor.replace(uri, PRELUDE + LEAK)
    await editor.shows(known.as_uri())
    await editor.shows(uri)
    text = known.read_text()
    written(editor, known, "{")
    await editor.shows(known.as_uri(), "None")
    await editor.shows(uri, RULE)
    written(editor, known, text)
    await editor.shows(uri)
    known.unlink()
    editor.changed_on_disk((known, lsp.FileChangeType.Deleted))
    await editor.shows(uri, RULE)


async def test_a_client_that_pulls(start, package):
    folder = package("pulled", {"src/lib.rs": PRELUDE + LEAK, "socklint.toml": "\n" + ALLOW})
    editor = await start("neovim@v0.11", folder)
    uri = editor.open(folder / "src/lib.rs")
    settings = editor.open(folder / "socklint.toml")
    assert [found.code for found in (await editor.pull(settings)).items] == ["unused_suppression"]
    assert len((await editor.pull(uri)).items) == 1
    editor.replace(settings, f'[rules]\n{RULE} = "allow"\nnothing = "deny"\n')
    (found,) = (await editor.pull(settings)).items
    assert found.range.start.line == 2
    assert not (await editor.pull(uri)).items
