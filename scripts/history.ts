import { runPythonTool } from '../src/python-env/run-tool.ts';

process.exitCode = await runPythonTool('src/python/history.py', process.argv.slice(2));
