-- Neovim 0.7 and later: diagnostics of unsaved text, and code actions that are applied.
-- BLOCK is the block for `init.lua` that the documentation has, FILE holds a socket that leaks.

local file = os.getenv('FILE')
local rule = 'unclosed_socket'

local function fail(message)
  io.stderr:write('neovim: ' .. message .. '\n')
  vim.cmd('cquit 1')
end

local function await(what, condition)
  local value
  if not vim.wait(30000, function()
    value = condition()
    return value
  end, 10) then
    fail(what .. ' did not come')
  end
  return value
end

local function main()
  dofile(os.getenv('BLOCK'))
  vim.cmd('filetype on')
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  local client
  await('the client', function()
    for id, _ in pairs(vim.lsp.buf_get_clients(0)) do
      client = id
    end
    return client
  end)

  local function shown()
    return vim.diagnostic.get(0)
  end

  local found = await('the finding', function()
    return #shown() == 1 and shown()[1]
  end)
  local line = vim.api.nvim_buf_get_lines(0, found.lnum, found.lnum + 1, false)[1]
  if found.source ~= 'socklint' or not line:find('= socket%(') then
    fail('the finding is shown at: ' .. line)
  end
  if found.severity ~= vim.diagnostic.severity.ERROR then
    fail('the finding is no error')
  end

  -- The leak is mended, and not saved.
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  local unchanged = vim.deepcopy(lines)
  for index, text in ipairs(lines) do
    if text:find('bind%(s') then
      table.insert(lines, index + 1, '            if closesocket(s) != 0 { return None; }')
      break
    end
  end
  vim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
  await('the end of the finding', function()
    return #shown() == 0
  end)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, unchanged)
  await('the finding again', function()
    return #shown() == 1
  end)

  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })

  -- The action of which `is_wanted` holds, as `vim.lsp.buf.code_action()` would apply it.
  local function apply(what, is_wanted)
    local params = vim.lsp.util.make_range_params()
    params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0, found.lnum) }
    local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 30000)
    for id, answer in pairs(answers or {}) do
      for _, action in ipairs(answer.result or {}) do
        if is_wanted(action) then
          local encoding = vim.lsp.get_client_by_id(id).offset_encoding
          vim.lsp.util.apply_workspace_edit(action.edit, encoding)
          return action
        end
      end
    end
    fail(what .. ' is not offered')
  end

  local fix = apply('the fix', function(action)
    return action.isPreferred and action.kind == 'quickfix'
  end)
  if not table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    :find('bind%(s[^\n]*\n *closesocket%(s%);\n *return None;') then
    fail('the fix is not as it should be: ' .. vim.inspect(fix))
  end
  -- What is at pedantic finds fault with the close that is not looked at.
  await('the end of the mended finding', function()
    return #shown() == 1 and shown()[1].code == 'unchecked_close'
  end)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, unchanged)
  await('the finding once more', function()
    return #shown() == 1 and shown()[1].code == rule
  end)

  apply('the suppression', function(action)
    return action.title == 'Suppress `' .. rule .. '` here'
  end)
  local comment = vim.api.nvim_buf_get_lines(0, found.lnum, found.lnum + 1, false)[1]
  if comment ~= '        // socklint: allow(' .. rule .. ') -- reason' then
    fail('the comment is: ' .. comment)
  end
  await('the end of the suppressed finding', function()
    return #shown() == 0
  end)

  vim.lsp.stop_client(client)
  await('the end of the server', function()
    return vim.lsp.client_is_stopped(client)
  end)
  io.stdout:write('neovim: shows ' .. rule .. ' in unsaved text, mends it and suppresses it\n')
  vim.cmd('quitall!')
end

local ok, message = pcall(main)
if not ok then
  fail(tostring(message))
end
