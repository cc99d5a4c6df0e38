"""Settings: at the start, asked for, and changed; and the progress of a scan."""

from conftest import FIXED, LEAK, PRELUDE, until
from lsprotocol import types as lsp


async def test_levels_at_the_start(start, package):
    folder = package("levels", {"src/lib.rs": PRELUDE + LEAK})
    options = {"levels": {"unclosed_socket": "warn", "pedantic": "warn"}}
    editor = await start("neovim@v0.7", folder, options=options)
    uri = editor.open(folder / "src/lib.rs")
    (found,) = await editor.shows(uri, "unclosed_socket")
    assert found.severity == lsp.DiagnosticSeverity.Warning


async def test_settings_are_asked_for_and_change(start, package):
    gated = PRELUDE + LEAK.replace("pub unsafe", '#[cfg(feature = "extra")]\npub unsafe')
    folder = package("asked", {"src/lib.rs": gated})
    configuration = {"socklint": {"features": ["extra"]}}
    editor = await start("visual_studio_code", folder, configuration=configuration)
    uri = editor.open(folder / "src/lib.rs")
    await editor.shows(uri, "unclosed_socket")
    editor.client.set_configuration({"socklint": {"levels": {"correctness": "allow"}}})
    changed = lsp.DidChangeConfigurationParams(settings=None)
    editor.client.workspace_did_change_configuration(changed)
    await editor.shows(uri)
    editor.client.set_configuration({"socklint": {"allFeatures": True}})
    editor.client.workspace_did_change_configuration(changed)
    await editor.shows(uri, "unclosed_socket")


async def test_settings_are_pushed(start, package):
    gated = PRELUDE + LEAK.replace("pub unsafe", '#[cfg(target_arch = "aarch64")]\npub unsafe')
    folder = package("pushed", {"src/lib.rs": gated})
    editor = await start("neovim@v0.7", folder)
    uri = editor.open(folder / "src/lib.rs")
    await editor.shows(uri)
    settings = {"socklint": {"target": "aarch64-pc-windows-msvc"}}
    editor.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings))
    await editor.shows(uri, "unclosed_socket")


async def test_what_is_not_understood_is_said_and_the_rest_counts(start, package):
    folder = package("unknown", {"src/lib.rs": PRELUDE + LEAK})
    options = {
        "targt": "x",
        "target": "windows",
        "features": 7,
        "levels": {"unclosed_sokket": "deny", "unclosed_socket": "warn", "double_close": "off"},
    }
    editor = await start("neovim@v0.7", folder, options=options)
    uri = editor.open(folder / "src/lib.rs")
    (found,) = await editor.shows(uri, "unclosed_socket")
    assert found.severity == lsp.DiagnosticSeverity.Warning
    said = "\n".join(message.message for message in editor.client.messages)
    for part in ("`targt`", "did you mean `target`?", "target triple", "`features`", "unclosed_sokket", "double_close"):
        assert part in said
    assert len(editor.client.messages) == 5


async def test_all_targets(start, package):
    folder = package("targets", {"src/lib.rs": "", "tests/net.rs": PRELUDE + LEAK})
    editor = await start("neovim@v0.7", folder, options={"allTargets": True})
    await editor.shows((folder / "tests/net.rs").as_uri(), "unclosed_socket")


async def test_progress_of_the_first_scan(start, package):
    # Many functions, so that the scan is still at it when the client has agreed to be told.
    many = "".join(LEAK.replace("fn open", f"fn open{n}") for n in range(1500))
    folder = package("scanned", {"src/lib.rs": PRELUDE + many})
    editor = await start("visual_studio_code", folder)
    reports = editor.client.progress_reports
    await until(lambda: reports and any(kinds(list)[-1:] == ["end"] for list in reports.values()))
    (list,) = reports.values()
    assert kinds(list)[0] == "begin" and list[0].cancellable
    percentages = [report.percentage for report in list if report.kind == "report"]
    assert percentages == sorted(percentages)


async def test_the_first_scan_is_cancelled(start, package):
    many = "".join(LEAK.replace("fn open", f"fn open{n}") for n in range(3000))
    big = package("big", {"src/lib.rs": PRELUDE + many})
    small = package("small", {"src/lib.rs": PRELUDE + LEAK})
    editor = await start("visual_studio_code", big, small)
    reports = editor.client.progress_reports
    await until(lambda: any(reports.values()), "the beginning of progress")
    (token,) = reports
    editor.client.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams(token))
    await until(lambda: kinds(reports[token])[-1] == "end", "the end of progress")
    # What is open is analysed all the same.
    uri = editor.open(small / "src/lib.rs", PRELUDE + LEAK)
    await editor.shows(uri, "unclosed_socket")
    editor.replace(uri, PRELUDE + FIXED)
    await editor.shows(uri)


def kinds(reports):
    return [report.kind for report in reports]
