-- What a user of neovim does; see real_client.py.
local patience = 60000

local function fail(what)
  local file = io.open(vim.env.SAID, 'w')
  file:write(what .. '\n' .. vim.inspect(vim.diagnostic.get(0)) .. '\n' ..
             table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n') .. '\n' ..
             vim.fn.execute('messages'))
  file:close()
  vim.cmd('cquit 1')
end

local function wait(what, is_so)
  if not vim.wait(patience, is_so, 20) then fail('a minute, and not yet: ' .. what) end
end

local function check(is_so, what)
  if not is_so then fail('it is not so: ' .. what) end
end

-- Diagnostics in the buffer that begin in the line, from 1, by who has them.
local function found(source, line)
  return vim.tbl_filter(function(one)
    return one.source == source and (not line or one.lnum == line - 1)
  end, vim.diagnostic.get(0))
end

local function line_of(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
    local at = line:find(text, 1, true)
    if at then return number, at - 1 end
  end
end

local function both(line)
  return function()
    return #found('ddi-check') == 1 and #found('ddi-check', line) == 1 and
      #found('clang') == 1
  end
end

local function main()
  vim.cmd('edit lock.c')
  for name, command in pairs(vim.fn.json_decode(vim.env.SERVERS)) do
    local client = vim.lsp.start_client({
      name = name, cmd = command, root_dir = vim.fn.getcwd()})
    check(client, name .. ' is started')
    vim.lsp.buf_attach_client(0, client)
  end
  local line, column = line_of('ExReleasePushLockExclusive')
  wait('clangd and ddi-check tell of one mistake each', both(line))
  if vim.env.MODE == 'killed' then vim.loop.kill(vim.loop.os_getpid(), 'sigkill') end

  local one = found('ddi-check')[1]
  check(one.col == column, 'the column, behind Korean text')
  check(one.code == 'wdm.PushLock', 'the rule')
  check(one.severity == vim.diagnostic.severity.WARN, 'a warning')
  local data = one.user_data.lsp
  check(data.codeDescription.href:find('exacquirepushlock'), "the rule's page")
  check(#data.relatedInformation == 1, 'the path')

  -- An edit above: both move.
  vim.api.nvim_buf_set_lines(0, 11, 11, true, {''})
  wait('it has moved', both(line + 1))
  -- An edit without a mistake, and back.
  local text = vim.api.nvim_buf_get_lines(0, line, line + 1, true)[1]
  local right = text:gsub('Exclusive', 'Shared')
  vim.api.nvim_buf_set_lines(0, line, line + 1, true, {right})
  wait('it is gone', function() return #found('ddi-check') == 0 and #found('clang') == 1 end)
  vim.api.nvim_buf_set_lines(0, line, line + 1, true, {text})
  wait('it is back', both(line + 1))

  -- Our fix.
  vim.ui.select = function(items, _, choose)
    for number, item in ipairs(items) do
      local action = item.action or item[2]
      if action.title:find('^Fix ') then return choose(item, number) end
    end
    fail('no fix: ' .. vim.inspect(items))
  end
  vim.api.nvim_win_set_cursor(0, {line + 1, column})
  vim.lsp.buf.code_action()
  wait('the text is mended', function() return line_of('ExReleasePushLockShared') end)
  wait('what is mended is gone', function()
    return #found('ddi-check') == 0 and #found('clang') == 1
  end)
  vim.cmd('write')
  vim.cmd('qall')
end

local is_well, why = xpcall(main, debug.traceback)
if not is_well then fail(why) end
