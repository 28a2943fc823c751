/** Packages by the module that scripts import, where the two names differ or the package is known to be meant. */
const packages: Readonly<Record<string, string>> = {
  PIL: 'pillow',
  sklearn: 'scikit-learn',
  yaml: 'pyyaml',
};
const sameName = new Set([
  ...[
    'accelerate',
    'bitsandbytes',
    'datasets',
    'deepspeed',
    'einops',
    'evaluate',
    'huggingface_hub',
    'jinja2',
  ],
  ...['matplotlib', 'numpy', 'pandas', 'peft', 'requests', 'rich', 'safetensors', 'scipy', 'sentencepiece'],
  ...['tokenizers', 'torch', 'tqdm', 'trackio', 'transformers', 'trl', 'unsloth', 'vllm', 'wandb'],
]);

/**
 * The packages that a script imports, as far as they are known by name, without versions: nobody ran it. A name
 * that is not known is left out, since a stranger may own it on the index.
 */
export function dependenciesOf(python: string): string[] {
  const modules = [...python.matchAll(/^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*)/gm)].map(
    ([, name = '']) => name,
  );
  const named = modules.flatMap((name) => {
    if (Object.hasOwn(packages, name)) return [packages[name] ?? name];
    return sameName.has(name) ? [name.replaceAll('_', '-')] : [];
  });
  const unique = [...new Set(named)].sort();
  return unique.length > 0 ? unique : ['trl'];
}
