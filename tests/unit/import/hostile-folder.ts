import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Text that would call `window.run` in every way that a Markdown page could. Everything calls it by one name. */
const attacks =
  String.raw`# Hostile <script>run('title')</script>

<script>run('script')</script>

<SCRIPT SRC="https://evil.example/x.js"></SCRIPT>

<script
>run('split')</script
>

text <script>run('inline')</script> text <img src=x onerror="run('img')"> <svg onload=run('svg')></svg>

<img src="x" onerror="run('block')">

<iframe src="javascript:run('iframe')"></iframe><iframe srcdoc="<script>parent.run('srcdoc')</script>"></iframe>

<object data="javascript:run('object')"></object><embed src="javascript:run('embed')">

<details ontoggle="run('details')" open><summary onclick="run('summary')">folded</summary></details>

<div style="background:url(javascript:run('style'))" onmouseover="run('over')">styled</div>

<a href="javascript:run('a')">raw link</a> <a href="java&#115;cript:run('entity')">entity</a> <a href=" &#9;javascript:run('tab')">tab</a>

<a id="x" href="data:text/html,<script>run('data')</script>">data</a> <a href="vbscript:run('vb')">vb</a>

[one](javascript:run('link')) [two](JaVaScRiPt:run('case')) [three](java&#115;cript:run('entity2')) [four](&#x6A;avascript:run('hex'))

[five](<java	script:run('tab2')>) [six]( javascript:run('space')) [seven](data:text/html;base64,PHNjcmlwdD5ydW4oMSk8L3NjcmlwdD4=) [eight](//evil.example/x)

[nine][ref] [ten] <javascript:run('auto')> ![img](javascript:run('image')) ![ref][ref]

[ref]: javascript:run('reference')
[ten]: data:text/html,<script>run('ten')</script>

<form action="javascript:run('form')"><button formaction="javascript:run('button')">press</button></form>

<meta http-equiv="refresh" content="0;url=javascript:run('meta')"><base href="https://evil.example/"><link rel=stylesheet href="https://evil.example/x.css">

<math><mtext></p><style><img src=x onerror=run('math')></style></mtext></math>

<noscript><p title="</noscript><img src=x onerror=run('noscript')>"></noscript>

<!-- --!><img src=x onerror="run('comment')"> -->

<![CDATA[ <script>run('cdata')</script> ]]> <?php run('pi') ?> <!DOCTYPE html [ <!ENTITY x "y"> ]>

<div><p><b><i>never closed <script>run('open')

$\href{javascript:run('tex')}{x}$ and $$\htmlData{x=y}{z} \url{javascript:run('url')}$$

{run('mdx')} {(() => { throw 1 })()} <Explorer client:load onload={run('component')} />

import x from 'data:text/javascript,run("import")'

export default run('export')

` +
  '`` `<script>run(0)</script>` ``\n\n```html onload="run(1)" title="<script>run(2)</script>"\n<script>run("fence")</script>\n```\n\n' +
  '```python"><script>run(3)</script>\nx = 1\n```\n\n| <script>run("cell")</script> | [x](javascript:run("cell2")) |\n|---|---|\n| <img src=x onerror=run("td")> | ok |\n\nlast words: aardvark\n';

/** Files that a stranger might put into a folder. Names, links and devices included; some need a POSIX system. */
export async function writeHostileFolder(dir: string): Promise<void> {
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  };
  await write('README.md', attacks);
  await write('annotated_trainers/SFTTrainer_ANNOTATED.md', attacks.replace('# Hostile', '# Trainer'));
  await write(
    'annotated_examples/evil_training_ANNOTATED.py',
    `"""</script><script>run('docstring')</script>\n\`\`\`\n<img src=x onerror=run('fence')>\n"""\n# %% [markdown]\n# <script>run('cell')</script> [x](javascript:run('cell'))\n# STEP 1: <img src=x onerror=run('step')>\nprint("</script><script>run('print')</script>")\n`,
  );
  await write('quote".md', '# A name with a quote\n\nSee `quote".md`.\n');
  await write("new\nline'.md", '# A name with a line break\n\nText.\n');
  await write('<img src=x onerror=run(4)>.md', 'No heading: the name is the title.\n');
  await write('..%2f..%2fescape.md', '# Escape\n\n[up](../../../../etc/passwd)\n');
  await write(`${'long'.repeat(60)}.md`, '# A long name\n\nText.\n');
  await write('nul.md', 'text\0more');
  await write('latin.md', Buffer.from('caf\xe9 is not UTF-8', 'latin1'));
  await write('line.md', Buffer.concat([Buffer.from('# One line\n\n'), Buffer.alloc(50 * 1024 * 1024, 'x')]));
  await write('wide.md', `# Wide\n\n${'word '.repeat(5000)}\n`);
  await write('deep.md', `# Deep\n\n${'> '.repeat(3000)}x\n`);
  await write(
    'stars.md',
    `# Stars\n\n${'*a_ [b](c '.repeat(1500)}\n${'`'.repeat(900)}\n${'[['.repeat(2000)}\n`,
  );
  await write('outside.md', '# Inside\n');
  await symlink('/etc/passwd', join(dir, 'passwd.md'));
  await symlink('/etc', join(dir, 'etc'));
  await symlink('.', join(dir, 'loop'));
  await symlink('nowhere', join(dir, 'dangling.md'));
  execFileSync('mkfifo', [join(dir, 'pipe.md')]);
}
