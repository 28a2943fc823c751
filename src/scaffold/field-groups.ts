import type { ConfigField, TrlClass } from '../collections/facts.ts';

/** Fields of a config that one table shows. */
export interface FieldGroup {
  title: string;
  fields: ConfigField[];
}

/** By name; what none of them takes shapes the loss. The first that fits counts. */
const groups: readonly { title: string; names: RegExp }[] = [
  { title: 'Generation by vLLM', names: /vllm/ },
  {
    title: 'Generation',
    names:
      /^(max_new_tokens|max_completion_length|response_length|temperature|top_[pk]|min_p|repetition_penalty|generation_\w+|cache_implementation|num_generations\w*|generate_\w+|ds3_gather_for_generation|stop_token\w*)$/,
  },
  {
    title: 'The data',
    names:
      /^(dataset_\w+|max_length|max_prompt_length|truncation_mode|padding_\w+|pad_\w+|packing\w*|eval_packing|remove_unused_columns|shuffle_dataset|step_separator|label_pad_token_id)$/,
  },
  {
    title: 'The models',
    names:
      /(model_init_kwargs|_name_or_path|_model_path)$|^(trust_remote_code|disable_dropout|is_encoder_decoder|model_init_kwargs|precompute_ref_\w+|ref_\w+|router_\w+|use_liger\w*|gradient_checkpointing|bf16|torch_empty_cache_steps|activation_offloading)$/,
  },
  { title: 'The run', names: /^(learning_rate|lr_scheduler_kwargs|logging_steps)$/ },
];

const loss = 'The loss';
const order = [loss, 'The data', 'Generation', 'Generation by vLLM', 'The models', 'The run'];

/**
 * The fields that TRL declares for a config, itself or anew with another default, grouped by what their names
 * say that they do. What is inherited unchanged stands in `<ConfigRest>`.
 */
export function fieldGroups({ fields }: TrlClass): FieldGroup[] {
  const declared = fields.filter(({ inherited_from, overrides }) => inherited_from === null || overrides);
  return order.flatMap((title) => {
    const own = declared.filter(({ name }) => groupOf(name) === title);
    return own.length > 0 ? [{ title, fields: own }] : [];
  });
}

/** The fields that shape the loss. */
export function lossFields(config: TrlClass): ConfigField[] {
  return fieldGroups(config).find(({ title }) => title === loss)?.fields ?? [];
}

function groupOf(name: string): string {
  return groups.find(({ names }) => names.test(name))?.title ?? loss;
}
