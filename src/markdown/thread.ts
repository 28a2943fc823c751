/** The repositories that pages name by a short name. Any other is written `owner/name#12`. */
const repositories: Readonly<Record<string, string>> = {
  accelerate: 'huggingface/accelerate',
  'alignment-handbook': 'huggingface/alignment-handbook',
  datasets: 'huggingface/datasets',
  'open-r1': 'huggingface/open-r1',
  OpenRLHF: 'OpenRLHF/OpenRLHF',
  peft: 'huggingface/peft',
  pytorch: 'pytorch/pytorch',
  tokenizers: 'huggingface/tokenizers',
  transformers: 'huggingface/transformers',
  trl: 'huggingface/trl',
  unsloth: 'unslothai/unsloth',
  verl: 'volcengine/verl',
  vllm: 'vllm-project/vllm',
};

/** `trl#1236`, `RLHF-V/RLHF-V#26`. */
export const threadReference =
  /(?<![\w/#.-])(?<repository>[A-Za-z][\w.-]*(?:\/[A-Za-z][\w.-]*)?)#(?<number>\d+)\b/;

/** The address of an issue or pull request; undefined for a repository that nobody named. */
export function threadUrl(reference: string): string | undefined {
  const groups = threadReference.exec(reference)?.groups;
  const name = groups?.repository ?? '';
  const repository = name.includes('/')
    ? name
    : Object.hasOwn(repositories, name)
      ? repositories[name]
      : undefined;
  // GitHub leads from /issues/ to the pull request when the number is one.
  return repository && `https://github.com/${repository}/issues/${groups?.number}`;
}
