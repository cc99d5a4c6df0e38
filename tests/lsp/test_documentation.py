"""What `docs/editors.md` says can be pasted, and the settings that it names exist."""

import json
import pathlib
import re
import tomllib

from conftest import LEAK, PRELUDE

TEXT = (pathlib.Path(__file__).parents[2] / "docs/editors.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def test_blocks_are_well_formed():
    assert len([json.loads(block) for block in blocks("json")]) == 3
    (helix,) = [tomllib.loads(block) for block in blocks("toml")]
    (rust,) = helix["language"]
    assert set(rust["language-servers"]) == {"rust-analyzer", *helix["language-server"]}


async def test_settings_exist(start, tmp_path):
    file = tmp_path / "settings.rs"
    file.write_text(PRELUDE + LEAK)
    table = TEXT[TEXT.index("| setting |") : TEXT.index("What is not understood")]
    names = re.findall(r"^\| `(\w+)`", table, re.MULTILINE)
    editor = await start("neovim@v0.7", options=dict.fromkeys(names, 0))
    await editor.shows(editor.open(file), "unclosed_socket")
    said = [message.message for message in editor.client.messages]
    assert len(said) == len(names) == 7
    assert not [message for message in said if "is not a setting" in message]
