"""REINFORCE Leave-One-Out from the completions of a prompt to the gradient, in plain PyTorch.

RLOO (arXiv 2402.14740) samples G completions for each prompt, scores them, and moves the policy
along each completion's score function, weighted by its reward minus the mean reward of the G - 1
others. This file computes what `RLOOTrainer` of TRL 1.16.0 computes once completions are there:
the same tensors, rewards, advantages, loss, metrics and gradients;
`tests/python/test_distilled_rloo.py` compares them. Read it from top to bottom: text, batch,
log-probabilities, rewards, penalty, baseline, loss, metrics, step.

Left out: sampling itself (transformers, continuous batching, vLLM), several processes, images,
the auxiliary loss of mixtures of experts, the LM head that works in tiles, PEFT, moving the
reference (TR-DPO), async reward functions and what they may log, `pad_to_multiple_of`,
`chat_template_kwargs`, streaming data, evaluation with another number of samples.

G: completions a prompt. B: completions in the batch, G in a row for each prompt. P, C: tokens of
the longest prompt and completion. V: vocabulary. F: reward functions.
Longer than 250 lines because each step from text to gradient stands in it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

Batch = dict[str, Tensor]
RewardFunction = Callable[..., Sequence[float | None]]


# region options mirrors RLOOConfig
@dataclass(frozen=True)
class RLOOOptions:
    """What shapes a batch and its loss, under TRL's names and with TRL's defaults."""

    num_generations: int = 2  # (1)
    beta: float = 0.05  # (2)
    temperature: float = 1.0
    reward_weights: Sequence[float] | None = None  # one a reward function; None: 1.0 each
    reward_clip_range: tuple[float, float] | None = None
    normalize_advantages: bool = False  # (3)
    mask_truncated_completions: bool = False
    epsilon: float = 0.2  # (4)
    epsilon_high: float | None = None  # None: as `epsilon`
    num_iterations: int = 1
    steps_per_generation: int = 1  # TRL: None, which is gradient_accumulation_steps

    def __post_init__(self) -> None:
        if self.num_generations < 2:  # (5)
            raise ValueError(f"expected at least 2 num_generations, found {self.num_generations}")


# endregion


# region tokenize mirrors RLOOTrainer._tokenize_prompts, RLOOTrainer._get_train_sampler
def tokenize(prompts: Sequence[Any], tokenizer: Any) -> list[list[int]]:
    """Token ids of prompts, which are strings or lists of messages."""
    if isinstance(prompts[0], str):
        return [tokenizer(prompt)["input_ids"] for prompt in prompts]
    chat = {"add_generation_prompt": True, "return_dict": True}  # (1)
    return [tokenizer.apply_chat_template(p, **chat)["input_ids"] for p in prompts]


def repeat(rows: Sequence[Any], options: RLOOOptions) -> list[Any]:
    """Each row G times in a row: the copies of a prompt are its group."""
    return [row for row in rows for _ in range(options.num_generations)]  # (2)


# endregion


# region completions mirrors RLOOTrainer._generate_single_turn
def until_end(ids: Sequence[int], end_ids: Sequence[int]) -> list[int]:
    """The sampled ids up to and with the first end token; all of them if there is none."""
    end = next((i for i, token in enumerate(ids) if token in end_ids), len(ids) - 1)
    return list(ids[: end + 1])  # (1)


def is_truncated(ids: Sequence[int], end_ids: Sequence[int], pad_id: int) -> bool:
    """True for a completion that the length limit stopped."""
    return ids[-1] not in (*end_ids, pad_id)  # (2)


# endregion


# region collate mirrors RLOOTrainer._generate_and_score_completions
def collate(
    prompts: Sequence[Sequence[int]],
    completions: Sequence[Sequence[int]],
    end_ids: Sequence[int],
    pad_id: int,
    options: RLOOOptions,
) -> Batch:
    """Ids and masks of prompts (B, P), padded left, and of completions (B, C), padded right."""
    p, c = max(map(len, prompts)), max(map(len, completions))
    left = [(p - len(x), x) for x in prompts]  # (1)
    right = [(c - len(y), y) for y in completions]
    mask = torch.tensor([[1] * len(y) + [0] * n for n, y in right])  # (B, C)
    if options.mask_truncated_completions:
        whole = [not is_truncated(y, end_ids, pad_id) for y in completions]
        mask = mask * torch.tensor(whole).unsqueeze(1)  # (2)
    return {
        "prompt_ids": torch.tensor([[pad_id] * n + list(x) for n, x in left]),
        "prompt_mask": torch.tensor([[0] * n + [1] * len(x) for n, x in left]),
        "completion_ids": torch.tensor([list(y) + [pad_id] * n for n, y in right]),
        "completion_mask": mask,
    }


# endregion


# region log-probs mirrors RLOOTrainer._get_per_token_logps_and_entropies, add_fused_lm_head
def completion_log_probs(model: nn.Module, batch: Batch, temperature: float) -> tuple[Tensor, ...]:
    """log π(y_t | x, y_<t) and the entropy of its distribution, zero off the mask: (B, C) each."""
    ids = torch.cat([batch["prompt_ids"], batch["completion_ids"]], dim=1)  # (B, P+C)
    attention_mask = torch.cat([batch["prompt_mask"], batch["completion_mask"]], dim=1)
    logits = model(input_ids=ids, attention_mask=attention_mask).logits  # (B, P+C, V)
    n = batch["completion_ids"].size(1)
    logits = logits[:, -n - 1 : -1].float() / temperature  # (1)  (B, C, V)
    log_softmax = logits.log_softmax(dim=-1)
    targets = batch["completion_ids"].unsqueeze(-1)
    log_probs = log_softmax.gather(-1, targets).squeeze(-1)  # (B, C)
    entropy = -(log_softmax.exp() * log_softmax).sum(dim=-1)  # (B, C)
    return log_probs * batch["completion_mask"], entropy * batch["completion_mask"]  # (2)


# endregion


# region decode mirrors RLOOTrainer._generate
def decode(completions: Sequence[Sequence[int]], prompts: Sequence[Any], tokenizer: Any) -> list:
    """What a reward function is given: text without special tokens, or a message of it."""
    texts = tokenizer.batch_decode(completions, skip_special_tokens=True)  # (1)
    if isinstance(prompts[0], str):
        return texts
    return [[{"role": "assistant", "content": text}] for text in texts]


# endregion


# region reward-functions mirrors RLOOTrainer._calculate_rewards
def score_functions(
    functions: Sequence[RewardFunction],
    prompts: Sequence[Any],
    completions: Sequence[Any],
    completion_ids: Sequence[Sequence[int]],
    columns: dict[str, list],
) -> Tensor:
    """The score of each completion by each function, (B, F); NaN where a function gave None."""
    given = {"prompts": prompts, "completions": completions, "completion_ids": completion_ids}
    scores = []
    for function in functions:
        values = function(**given, **columns)  # (1)
        if len(values) != len(prompts):
            raise ValueError(f"expected {len(prompts)} rewards, found {len(values)}")
        scores.append([math.nan if value is None else value for value in values])  # (2)
    return torch.tensor(scores, dtype=torch.float32).T


# endregion


# region reward-model mirrors RLOOTrainer._calculate_rewards
@torch.no_grad()
def score_model(
    model: nn.Module, tokenizer: Any, prompts: Sequence[Any], completions: Sequence[Any]
) -> Tensor:
    """The score of each completion by a sequence classifier with one label, (B,)."""
    texts = [x + y for x, y in zip(prompts, completions, strict=True)]  # strings or messages
    if not isinstance(texts[0], str):
        texts = [tokenizer.apply_chat_template(text, tokenize=False) for text in texts]  # (1)
    sides = {"padding": True, "padding_side": "right"}  # (2)
    inputs = tokenizer(texts, return_tensors="pt", add_special_tokens=False, **sides)
    return model(**inputs).logits[:, 0]


# endregion


# region total-reward mirrors RLOOTrainer._generate_and_score_completions
def total_reward(scores: Tensor, options: RLOOOptions, clip: bool = True) -> Tensor:
    """The weighted sum of the scores of each completion, (B,); NaN where all of them are."""
    weights = torch.tensor(options.reward_weights or [1.0] * scores.size(1))  # (F,)
    total = (scores * weights).nansum(dim=1)  # (1)
    total = total.masked_fill(scores.isnan().all(dim=1), math.nan)  # (2)
    if clip and options.reward_clip_range:
        total = total.clamp(*options.reward_clip_range)  # (3)
    return total


# endregion


# region penalty mirrors RLOOTrainer._generate_and_score_completions
@torch.no_grad()
def kl_estimate(log_probs: Tensor, ref_log_probs: Tensor) -> Tensor:
    """k1 of each token, log π(y_t) - log π_ref(y_t): the KL in expectation, signed; (B, C)."""
    return log_probs - ref_log_probs


def penalised(rewards: Tensor, token_kl: Tensor, options: RLOOOptions) -> Tensor:
    """The reward minus β times the log-ratio of the whole completion, (B,)."""
    return rewards - options.beta * token_kl.sum(dim=1)  # (1)


# endregion


# region leave-one-out mirrors RLOOTrainer._generate_and_score_completions
def leave_one_out(rewards: Tensor, num_generations: int) -> Tensor:
    """Each reward minus the mean of the others of its group, (B,); NaN where there is none."""
    groups = rewards.view(-1, num_generations)  # (1)  (B/G, G)
    counts = (~groups.isnan()).sum(dim=1, keepdim=True)  # (B/G, 1)
    others = groups.nansum(dim=1, keepdim=True) - groups  # (B/G, G)
    return (groups - others / (counts - 1)).view(-1)  # (2)


def advantages_of(rewards: Tensor, options: RLOOOptions) -> Tensor:
    """Leave-one-out advantages, (B,), normalised over the batch on demand; 0 for a NaN."""
    advantages = leave_one_out(rewards, options.num_generations)
    if options.normalize_advantages:
        mean, std = advantages.nanmean(), nanstd(advantages)  # (3)
        advantages = (advantages - mean) / (std + 1e-4)
    return advantages.nan_to_num(nan=0.0)  # (4)


# endregion


def nanstd(values: Tensor) -> Tensor:
    """The sample standard deviation of what is not NaN; NaN for fewer than two values."""
    return values[~values.isnan()].std() if (~values.isnan()).sum() > 1 else torch.tensor(math.nan)


# region length-metrics mirrors RLOOTrainer._generate
def length_metrics(
    prompts: Sequence[Sequence[int]],
    completions: Sequence[Sequence[int]],
    end_ids: Sequence[int],
    pad_id: int,
) -> dict[str, float]:
    """What the trainer logs of completions; `num_tokens` it sums over the batches."""
    lengths = [len(y) for y in completions]
    cut = [is_truncated(y, end_ids, pad_id) for y in completions]
    ended = [n for n, c in zip(lengths, cut, strict=True) if not c] or [0]  # (1)
    found = {"num_tokens": sum(map(len, prompts)) + sum(lengths)}
    for name, values in {"": lengths, "terminated_": ended}.items():
        found[f"completions/mean_{name}length"] = sum(values) / len(values)
        found[f"completions/min_{name}length"] = min(values)
        found[f"completions/max_{name}length"] = max(values)
    return {**found, "completions/clipped_ratio": sum(cut) / len(cut)}


# endregion


# region reward-metrics mirrors RLOOTrainer._generate_and_score_completions
def reward_metrics(
    scores: Tensor,
    used: Tensor,
    token_kl: Tensor | None,
    mask: Tensor,
    names: Sequence[str],
    options,
) -> dict[str, float]:
    """What the trainer logs of scores (B, F) and of the rewards `used` for advantages, (B,)."""
    found = {}
    for name, column in zip(names, scores.T, strict=True):
        found[f"rewards/{name}/mean"] = column.nanmean().item()
        found[f"rewards/{name}/std"] = nanstd(column).item()
    total = total_reward(scores, options, clip=False)  # (1)
    found["reward"], found["reward_std"] = total.nanmean().item(), nanstd(total).item()
    spread = torch.stack([nanstd(group) for group in used.view(-1, options.num_generations)])
    found["frac_reward_zero_std"] = (spread.abs() < 1e-8).float().mean().item()  # (2)
    if token_kl is not None:
        found["kl"] = (token_kl.sum() / mask.sum().clamp(min=1)).item()  # (3)
    return found


# endregion


# region score mirrors RLOOTrainer._generate_and_score_completions
@torch.no_grad()
def score(
    policy: nn.Module,
    reference: nn.Module | None,
    batch: Batch,
    scores: Tensor,
    options: RLOOOptions,
    names: Sequence[str] = ("reward",),
) -> tuple[Batch, dict[str, float]]:
    """The batch with `old_logps` and `advantages`, (B,) each, from scores (B, F); the metrics."""
    old, _ = completion_log_probs(policy, batch, options.temperature)  # (1)  (B, C)
    rewards, token_kl = total_reward(scores, options), None
    if options.beta != 0.0:
        ref, _ = completion_log_probs(reference, batch, options.temperature)  # (2)
        token_kl = kl_estimate(old, ref)
        rewards = penalised(rewards, token_kl, options)
    advantages = advantages_of(rewards, options)
    metrics = reward_metrics(scores, rewards, token_kl, batch["completion_mask"], names, options)
    return {**batch, "old_logps": old.sum(dim=1), "advantages": advantages}, metrics


# endregion


# region surrogate mirrors RLOOTrainer._compute_loss
def surrogate(log_ratios: Tensor, advantages: Tensor, options: RLOOOptions) -> Tensor:
    """The clipped loss of each completion from its log-ratio to the old policy, both (B,)."""
    low = 1 - options.epsilon
    high = 1 + (options.epsilon if options.epsilon_high is None else options.epsilon_high)
    ratio = log_ratios.exp()  # (1)
    return -torch.min(ratio * advantages, ratio.clamp(low, high) * advantages)  # (2)


# endregion


# region loss mirrors RLOOTrainer._compute_loss
def rloo_loss(
    policy: nn.Module, batch: Batch, options: RLOOOptions
) -> tuple[Tensor, dict[str, float]]:
    """The loss of a micro-batch, to be differentiated, and its metrics."""
    log_probs, entropy = completion_log_probs(policy, batch, options.temperature)
    log_ratios = log_probs.sum(dim=1) - batch["old_logps"]  # (1)
    loss = surrogate(log_ratios, batch["advantages"], options).mean()  # (2)
    tokens = batch["completion_mask"].sum().clamp(min=1)
    metrics = {"entropy": (entropy.sum() / tokens).item()}
    return loss, metrics | clip_metrics(log_ratios, batch["advantages"], options)


# endregion


# region clip-metrics mirrors RLOOTrainer._compute_loss
@torch.no_grad()
def clip_metrics(log_ratios: Tensor, advantages: Tensor, options: RLOOOptions) -> dict[str, float]:
    """Shares of the completions, (B,), that the clipping has silenced."""
    ratio, epsilon = log_ratios.exp(), options.epsilon
    high = epsilon if options.epsilon_high is None else options.epsilon_high
    is_low = ((ratio < 1 - epsilon) & (advantages < 0)).float()  # (1)
    is_high = ((ratio > 1 + high) & (advantages > 0)).float()
    return {
        "clip_ratio/low_mean": is_low.mean().item(),
        "clip_ratio/low_min": is_low.min().item(),  # (2)
        "clip_ratio/high_mean": is_high.mean().item(),
        "clip_ratio/high_max": is_high.max().item(),
        "clip_ratio/region_mean": (is_low + is_high).mean().item(),
    }


# endregion


# region micro-batches mirrors RLOOTrainer._prepare_inputs, shuffle_sequence_dict, split_tensor_dict
def micro_batches(batch: Batch, options: RLOOOptions) -> list[Batch]:
    """A scored batch in random order, cut into `steps_per_generation` parts."""
    order = torch.randperm(len(batch["advantages"]))  # (1)
    parts = order.chunk(options.steps_per_generation)
    return [{name: tensor[part] for name, tensor in batch.items()} for part in parts]


# endregion


# region train mirrors RLOOTrainer.training_step, RLOOTrainer._prepare_inputs
def train_on(
    policy: nn.Module,
    batch: Batch,
    optimizer: torch.optim.Optimizer,
    options: RLOOOptions,
    accumulation: int = 1,
) -> list[dict[str, float]]:
    """All steps of the optimizer on one scored batch; `loss` and `grad_norm` of each."""
    parts = micro_batches(batch, options) * options.num_iterations  # (1)
    logged = []
    for start in range(0, len(parts), accumulation):
        optimizer.zero_grad()
        losses = []
        for part in parts[start : start + accumulation]:
            loss, _ = rloo_loss(policy, part, options)
            (loss / accumulation).backward()
            losses.append(loss.item())
        norm = nn.utils.clip_grad_norm_(policy.parameters(), max_norm=1.0)
        optimizer.step()
        logged.append({"loss": sum(losses) / accumulation, "grad_norm": norm.item()})
    return logged


# endregion
