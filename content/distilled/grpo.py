"""Group Relative Policy Optimization from completions to the gradient, in plain PyTorch.

GRPO (arXiv 2402.03300) samples a group of answers to each prompt, scores them, and raises the
probability of those that beat their group's mean. This file computes what `GRPOTrainer` of TRL
1.16.0 computes once the answers exist: the same advantages, loss, metrics and gradients for each of
its 8 loss types; `tests/python/test_distilled_grpo.py` compares them on the same answers. Read it
from top to bottom: options, batch, rewards, advantages, log-probabilities, ratio, loss, metrics.

Left out: the sampling itself, distributed training, vLLM (its correction stands here, the engine
does not), images, tools and environments, reward models, async rewards, PEFT, moving the reference,
the adaptive entropy coefficient, the auxiliary loss of mixtures of experts, `pad_to_multiple_of`.

G: answers a prompt. N: answers in a batch, a multiple of G while they are scored. P, C: tokens of
the longest prompt and completion. K: reward functions. V: vocabulary.
Longer than 250 lines because all 8 losses and each mask stand in it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

Batch = dict[str, Tensor]
CLIPPED = ("grpo", "bnpo", "dr_grpo", "dapo", "luspo")  # one formula, five normalisations


# region rare-options mirrors GRPOConfig
@dataclass(frozen=True)
class RareOptions:
    """What few runs set, under TRL's names and with TRL's defaults."""

    delta: float | None = None  # (1)
    mask_truncated_completions: bool = False
    top_entropy_quantile: float = 1.0
    off_policy_mask_threshold: float | None = None
    entropy_coef: float = 0.0
    multi_objective_aggregation: str = "sum_then_normalize"
    use_bias_correction_kl: bool = True
    sapo_temperature_neg: float = 1.05
    sapo_temperature_pos: float = 1.0
    vespo_k_pos: float = 2.0
    vespo_lambda_pos: float = 3.0
    vespo_k_neg: float = 3.0
    vespo_lambda_neg: float = 2.0
    vllm_importance_sampling_mode: str = "sequence_mask"  # (2)
    vllm_importance_sampling_clip_max: float | None = 3.0
    vllm_importance_sampling_clip_min: float | None = None


# endregion


# region batch-plan mirrors GRPOConfig.__post_init__, GRPOTrainer._get_train_sampler
@dataclass(frozen=True)
class BatchPlan:
    """How many answers make what, on one device. Everything counts answers, not prompts."""

    num_generations: int = 8  # (1)
    per_device_train_batch_size: int = 8  # answers in a micro-batch
    gradient_accumulation_steps: int = 1  # micro-batches in a step of the optimizer
    steps_per_generation: int | None = None  # (2)
    num_iterations: int = 1

    def __post_init__(self) -> None:
        if self.num_generations < 2 or self.generated % self.num_generations:
            raise ValueError(f"expected whole groups of G >= 2, found {self}")

    slices = property(lambda p: p.steps_per_generation or p.gradient_accumulation_steps)
    generated = property(lambda p: p.per_device_train_batch_size * p.slices)
    prompts = property(lambda p: p.generated // p.num_generations)  # in a generation batch
    passes = property(lambda p: p.slices * p.num_iterations)  # micro-batches until the next one
    stale = property(lambda p: p.gradient_accumulation_steps % p.passes != 0)  # (3)


# endregion


# region options mirrors GRPOConfig
@dataclass(frozen=True)
class GRPOOptions(BatchPlan, RareOptions):
    """What shapes the loss, under TRL's names and with TRL's defaults."""

    loss_type: str = "dapo"  # (1)
    scale_rewards: str = "group"  # "group", "batch" or "none"
    reward_weights: Sequence[float] | None = None  # one a reward function; None: 1.0 each
    epsilon: float = 0.2
    epsilon_high: float | None = None  # (2)
    importance_sampling_level: str = "token"
    beta: float = 0.0  # (3)
    temperature: float = 1.0
    max_completion_length: int = 512

    low = property(lambda o: o.epsilon)
    high = property(lambda o: o.epsilon if o.epsilon_high is None else o.epsilon_high)


# endregion


# region collate mirrors GRPOTrainer._generate_and_score_completions
def collate(
    prompts: Sequence[list[int]],
    completions: Sequence[list[int]],
    pad_token_id: int,
    end_token_ids: Sequence[int],
    options: GRPOOptions,
) -> Batch:
    """Prompts padded on the left, completions on the right: (N, P) and (N, C), with masks."""
    p, c = max(map(len, prompts)), max(map(len, completions))
    ended = [y[-1] in (*end_token_ids, pad_token_id) for y in completions]  # (1)
    count = [not options.mask_truncated_completions or end for end in ended]
    batch = {
        "prompt_ids": [[pad_token_id] * (p - len(x)) + x for x in prompts],
        "prompt_mask": [[0] * (p - len(x)) + [1] * len(x) for x in prompts],
        "completion_ids": [y + [pad_token_id] * (c - len(y)) for y in completions],
        "completion_mask": [  # (2)
            [int(k)] * len(y) + [0] * (c - len(y)) for k, y in zip(count, completions, strict=True)
        ],
    }
    tensors = {name: torch.tensor(rows) for name, rows in batch.items()}
    return tensors | {"num_items_in_batch": tensors["completion_mask"].sum()}  # (3)


# endregion


# region rewards mirrors GRPOTrainer._calculate_rewards
def score(
    reward_funcs: Sequence[Callable[..., Sequence[float | None]]],
    prompts: Sequence[Any],
    completions: Sequence[Any],
    completion_ids: Sequence[list[int]],
    columns: dict[str, Sequence[Any]],
) -> Tensor:
    """A row a completion, a column a reward function, (N, K); None becomes NaN."""
    rewards = torch.zeros(len(completions), len(reward_funcs))
    for k, reward in enumerate(reward_funcs):
        values = reward(  # (1)
            prompts=prompts, completions=completions, completion_ids=completion_ids, **columns
        )
        if len(values) != len(completions):
            raise ValueError(f"expected {len(completions)} rewards, found {len(values)}")
        rewards[:, k] = torch.tensor([math.nan if v is None else float(v) for v in values])  # (2)
    return rewards


# endregion


# region advantages mirrors GRPOTrainer._generate_and_score_completions
def std(x: Tensor, dim: int) -> Tensor:
    """Standard deviation with n-1 below, over what is not NaN; NaN when that is fewer than two."""
    n = (~x.isnan()).sum(dim, keepdim=True)
    squares = (x - x.nanmean(dim, keepdim=True)).square().nansum(dim, keepdim=True)
    return torch.where(n > 1, squares / (n - 1), math.nan).sqrt()


def total_rewards(rewards: Tensor, options: GRPOOptions) -> Tensor:
    """The weighted sum over reward functions, (N,); NaN where none of them applied."""
    weights = torch.tensor(options.reward_weights or [1.0] * rewards.shape[1])
    return (rewards * weights).nansum(1).masked_fill(rewards.isnan().all(1), math.nan)


def group_advantages(rewards: Tensor, options: GRPOOptions) -> tuple[Tensor, Tensor]:
    """Â_i = (r_i - mean r) / (std r + 1e-4) over each group, (N,); and whose std is zero, (N,)."""
    groups = total_rewards(rewards, options).view(-1, options.num_generations)  # (N/G, G)
    whole_batch = options.scale_rewards == "batch"
    spread = std(groups.reshape(1, -1) if whole_batch else groups, 1).expand_as(groups)  # (1)
    centred = groups - groups.nanmean(1, keepdim=True)  # (2)
    scaled = centred if options.scale_rewards == "none" else centred / (spread + 1e-4)
    return scaled.nan_to_num(0.0).flatten(), spread.isclose(torch.tensor(0.0)).flatten()  # (3)


# endregion


# region advantages-apart mirrors GRPOTrainer._generate_and_score_completions
def decoupled_advantages(rewards: Tensor, options: GRPOOptions) -> tuple[Tensor, Tensor]:
    """GDPO (2601.05242): each reward function gets its own group advantage before they are added,
    and the sum is normalised over the batch. Returns as `group_advantages` does."""
    groups = rewards.view(-1, options.num_generations, rewards.shape[1])  # (N/G, G, K)
    apart = (groups - groups.nanmean(1, keepdim=True)) / (std(groups, 1) + 1e-4)  # (1)
    total = total_rewards(apart.view_as(rewards), options)  # (N,)
    spread = std(total, 0)
    scaled = (total - total.nanmean()) / (spread + 1e-4)
    return scaled.nan_to_num(0.0), spread.isclose(torch.tensor(0.0)).expand_as(total)


ADVANTAGES = {"sum_then_normalize": group_advantages, "normalize_then_sum": decoupled_advantages}

# endregion


# region log-probs mirrors GRPOTrainer._get_per_token_logps_and_entropies, add_fused_lm_head
def log_probs_and_entropy(
    model: nn.Module, batch: Batch, temperature: float
) -> tuple[Tensor, Tensor]:
    """log π(y_t | x, y_<t) of each completion token and the entropy there, (N, C) each."""
    ids = torch.cat([batch["prompt_ids"], batch["completion_ids"]], dim=1)  # (N, P+C)
    mask = torch.cat([batch["prompt_mask"], batch["completion_mask"]], dim=1)
    c = batch["completion_ids"].shape[1]
    logits = model(input_ids=ids, attention_mask=mask).logits[:, -c - 1 : -1]  # (1)  (N, C, V)
    log_softmax = (logits.float() / temperature).log_softmax(dim=-1)  # (2)
    log_probs = log_softmax.gather(-1, batch["completion_ids"].unsqueeze(-1)).squeeze(-1)
    entropy = -(log_softmax.exp() * log_softmax).sum(dim=-1)
    return log_probs * batch["completion_mask"], entropy * batch["completion_mask"]


# endregion


# region ratio mirrors GRPOTrainer._compute_loss
@dataclass(frozen=True)
class Tokens:
    """A micro-batch as the losses see it; (N, C), but `advantages` (N, 1)."""

    log_probs: Tensor
    old_log_probs: Tensor
    advantages: Tensor
    mask: Tensor
    mismatch: Tensor | None = None  # of the engine that sampled: (N, C) or (N, 1)

    log_ratio = property(lambda t: t.log_probs - t.old_log_probs)


def ratio(t: Tokens, level: str) -> Tensor:
    """ρ = π_θ / π_old: of each token, (N, C), or (GSPO, 2507.18071) of each completion, (N, 1)."""
    if level == "token":
        return t.log_ratio.exp()  # (1)
    lengths = t.mask.sum(1, keepdim=True).clamp(min=1)
    return ((t.log_ratio * t.mask).sum(1, keepdim=True) / lengths).exp()  # (2)


# endregion


# region loss-clipped mirrors GRPOTrainer._compute_loss
def clipped(t: Tokens, o: GRPOOptions) -> Tensor:
    """PPO's clipped surrogate, negated: no pull once ρ has left the trust region on the side to
    which the advantage pushes it. (N, C), or (N, 1) with a ratio a sequence."""
    rho = ratio(t, o.importance_sampling_level)
    inside = rho.clamp(1 - o.low, 1 + o.high)  # (1)
    if o.delta is not None:
        rho = rho.clamp(max=o.delta)  # (2)
    return -torch.min(rho * t.advantages, inside * t.advantages)  # (3)


# endregion


# region loss-cispo mirrors GRPOTrainer._compute_loss
def cispo(t: Tokens, o: GRPOOptions) -> Tensor:
    """CISPO (2506.13585): REINFORCE with a capped importance weight that carries no gradient."""
    weight = ratio(t, o.importance_sampling_level).clamp(max=o.high).detach()  # (1)
    return -weight * t.advantages * t.log_probs


# endregion


# region loss-soft mirrors GRPOTrainer._compute_loss
def sapo(t: Tokens, o: GRPOOptions) -> Tensor:
    """SAPO (2511.20347): a sigmoid of ρ in place of the clip, steeper for bad completions."""
    tau = torch.where(t.advantages > 0, o.sapo_temperature_pos, o.sapo_temperature_neg)
    rho = ratio(t, o.importance_sampling_level)
    return -torch.sigmoid(tau * (rho - 1)) * 4 / tau * t.advantages  # (1)


# endregion


# region loss-vespo mirrors GRPOTrainer._compute_loss, GRPOTrainer.get_gamma_weights
@torch.no_grad()
def vespo_weight(t: Tokens, o: GRPOOptions) -> Tensor:
    """φ(w) = e^λ w^k e^(-λw) of the whole sequence's ratio w, with φ(1) = 1; (N, 1)."""
    floor = math.log(1e-8)
    log_w = (t.log_ratio.clamp(-20, 20) * t.mask).sum(1, keepdim=True)  # (1)
    if t.mismatch is not None:
        log_w = log_w + t.mismatch.log().clamp(floor, 20).sum(1, keepdim=True)
    log_w = log_w.clamp(floor, 20)
    good = t.advantages >= 0
    k = torch.where(good, o.vespo_k_pos, o.vespo_k_neg)
    lam = torch.where(good, o.vespo_lambda_pos, o.vespo_lambda_neg).clamp(min=1e-4)
    return (lam + k * log_w - lam * log_w.exp()).exp()


def vespo(t: Tokens, o: GRPOOptions) -> Tensor:
    """VESPO (2602.10693): REINFORCE, each completion weighted by φ, which carries no gradient."""
    return -vespo_weight(t, o) * t.advantages * t.log_probs


# endregion

LOSSES: dict[str, Callable[[Tokens, GRPOOptions], Tensor]] = {
    **dict.fromkeys(CLIPPED, clipped),
    **{"cispo": cispo, "sapo": sapo, "vespo": vespo},
}


# region kl mirrors GRPOTrainer._compute_loss
def kl_to_reference(t: Tokens, ref_log_probs: Tensor, o: GRPOOptions) -> Tensor:
    """The k3 estimate of KL(π_θ || π_ref) at each token, never negative, (N, C)."""
    gap = ref_log_probs - t.log_probs
    k3 = gap.exp() - gap - 1  # (1)
    return k3 * ratio(t, o.importance_sampling_level) if o.use_bias_correction_kl else k3  # (2)


# endregion


# region masks mirrors GRPOTrainer.get_high_entropy_mask, GRPOTrainer.get_off_policy_mask
def uncertain(entropy: Tensor, mask: Tensor, o: GRPOOptions) -> Tensor:
    """80/20 (2506.01939): the tokens in the top quantile of entropy, (N, C), True where kept."""
    counted = entropy[mask.bool()]
    if not counted.numel():
        return torch.zeros_like(mask, dtype=torch.bool)
    return (entropy >= counted.quantile(1 - o.top_entropy_quantile)) & mask.bool()  # (1)


def near_policy(t: Tokens, sampled_log_probs: Tensor, o: GRPOOptions) -> Tensor:
    """DeepSeek-V3.2 (2512.02556): False, (N, 1), for a bad completion that has become unlikely."""
    drift = (sampled_log_probs - t.log_probs.detach()).nan_to_num(0.0) * t.mask
    mean = drift.sum(1, keepdim=True) / t.mask.sum(1, keepdim=True).clamp(min=1)
    return (t.advantages >= 0) | (mean <= o.off_policy_mask_threshold)  # (2)


# endregion


# region mismatch mirrors GRPOTrainer._generate_and_score_completions
def mismatch_ratio(old: Tensor, sampled: Tensor, mask: Tensor, o: GRPOOptions) -> Tensor:
    """π_old of the trainer over π of the engine that sampled: (N, C), or (N, 1) by sequence."""
    gap = ((old - sampled) * mask).nan_to_num(0.0)  # (1)
    granularity, constraint = o.vllm_importance_sampling_mode.split("_")
    w = (gap.sum(1, keepdim=True) if granularity == "sequence" else gap).exp()  # (2)
    low, high = o.vllm_importance_sampling_clip_min, o.vllm_importance_sampling_clip_max
    if constraint == "truncate":
        return w.clamp(low, high)
    low, high = -math.inf if low is None else low, math.inf if high is None else high
    return w.masked_fill((w < low) | (w > high), 0.0)  # (3)


# endregion


# region normalise mirrors GRPOTrainer._compute_loss
def normalise(loss: Tensor, batch: Batch, o: GRPOOptions, training: bool = True) -> Tensor:
    """Token losses (N, C) to the scalar of a micro-batch, summed over accumulation as it is."""
    mask = batch["completion_mask"]
    sums, lengths = (loss * mask).sum(1), mask.sum(1)  # (N,) each
    accumulation = o.gradient_accumulation_steps if training else 1
    if o.loss_type in ("grpo", "sapo"):
        return (sums / lengths.clamp(min=1)).mean() / accumulation  # (1)
    if o.loss_type == "bnpo":
        return sums.sum() / lengths.sum().clamp(min=1) / accumulation  # (2)
    if o.loss_type == "dr_grpo":
        return sums.mean() / o.max_completion_length / accumulation  # (3)
    if o.loss_type == "luspo":
        return sums.mean() / accumulation
    tokens = batch["num_items_in_batch"].clamp(min=1)  # (4)
    if training:
        tokens = tokens * o.gradient_accumulation_steps / o.slices
    return sums.sum() / tokens


# endregion


# region rollout mirrors GRPOTrainer._generate_and_score_completions
@torch.no_grad()
def prepare(
    policy: nn.Module,
    reference: nn.Module | None,
    batch: Batch,
    rewards: Tensor,
    o: GRPOOptions,
    sampled: Tensor | None = None,  # (N, C), log-probs of the engine that sampled
) -> Batch:
    """What is fixed before the first step on a generation batch, added to `collate`'s tensors."""
    advantages, _ = ADVANTAGES[o.multi_objective_aggregation](rewards, o)
    more = {"advantages": advantages}
    if o.stale or sampled is not None:  # (1)
        more["old_log_probs"], _ = log_probs_and_entropy(policy, batch, o.temperature)
    if sampled is not None:
        mismatch = mismatch_ratio(more["old_log_probs"], sampled, batch["completion_mask"], o)
        more |= {"sampled_log_probs": sampled, "mismatch": mismatch}
    if o.beta != 0.0:  # (2)
        more["ref_log_probs"], _ = log_probs_and_entropy(reference, batch, o.temperature)
    return batch | more


# endregion


# region grpo-loss mirrors GRPOTrainer._compute_loss
def grpo_loss(
    policy: nn.Module, batch: Batch, o: GRPOOptions, training: bool = True
) -> tuple[Tensor, dict[str, float]]:
    """The loss of one micro-batch, to be differentiated, and the metrics of that micro-batch."""
    log_probs, entropy = log_probs_and_entropy(policy, batch, o.temperature)
    old = batch.get("old_log_probs", log_probs.detach())  # (1)
    mask, mismatch = batch["completion_mask"], batch.get("mismatch")
    t = Tokens(log_probs, old, batch["advantages"].unsqueeze(1), mask, mismatch)
    kept = uncertain(entropy, mask, o) if o.top_entropy_quantile < 1 else mask.bool()
    loss = LOSSES[o.loss_type](t, o) * kept
    if o.off_policy_mask_threshold is not None:
        loss = loss * near_policy(t, batch.get("sampled_log_probs", old), o)
    if mismatch is not None and o.loss_type != "vespo":
        loss = loss * mismatch
    kl = kl_to_reference(t, batch["ref_log_probs"], o) if o.beta != 0.0 else None
    if kl is not None:
        loss = loss + o.beta * kl  # (2)
    total = normalise(loss, batch, o, training)
    if o.entropy_coef != 0.0:  # (3)
        bonus = (entropy * kept).sum() / kept.sum().clamp(min=1)
        total = total - o.entropy_coef * bonus / (o.gradient_accumulation_steps if training else 1)
    return total, loss_metrics(t, entropy, kl, o)


# endregion


# region metrics mirrors GRPOTrainer._compute_loss
@torch.no_grad()
def loss_metrics(t: Tokens, entropy: Tensor, kl: Tensor | None, o: GRPOOptions) -> dict[str, float]:
    """What the trainer logs of a micro-batch's loss, under its names."""
    rho, good = ratio(t, o.importance_sampling_level), t.advantages > 0

    def rows(x: Tensor) -> Tensor:  # (N,), NaN where no token counts
        return x[:, 0].float() if x.shape[1] == 1 else (x * t.mask).sum(1) / t.mask.sum(1)

    def mean(x: Tensor) -> float:  # over tokens, or over sequences where that is all there is
        tokens = (x * t.mask).sum() / t.mask.sum().clamp(min=1)
        return (x.float().mean() if x.shape[1] == 1 else tokens).item()

    metrics = {"entropy": mean(entropy)} | ({} if kl is None else {"kl": mean(kl)})
    if o.loss_type in CLIPPED:
        rho = rho if o.delta is None else rho.clamp(max=o.delta)  # (1)
        low, high = (rho < 1 - o.low) & (t.advantages < 0), (rho > 1 + o.high) & good  # (2)
        for name, clip in {"low": low, "high": high, "region": low | high}.items():
            metrics[f"clip_ratio/{name}_mean"] = mean(clip)
        metrics["clip_ratio/low_min"] = rows(low).nan_to_num(math.inf).min().item()
        metrics["clip_ratio/high_max"] = rows(high).nan_to_num(-math.inf).max().item()
    extra = {"cispo": {"cispo_clip_ratio": (rho > o.high) & good}}  # (3)
    extra["vespo"] = {"vespo/phi_seq_mean": vespo_weight(t, o)}
    return metrics | {name: mean(x) for name, x in extra.get(o.loss_type, {}).items()}


# endregion


# region rollout-metrics mirrors GRPOTrainer._generate, GRPOTrainer._generate_and_score_completions
def rollout_metrics(
    completions: Sequence[list[int]], ends: Sequence[int], rewards: Tensor, o: GRPOOptions
) -> dict[str, float]:
    """What the trainer logs of a generation batch, under its names; `ends`: tokens that end one.

    TRL puts the function's name in the place of k in `rewards/k/...`."""
    lengths = torch.tensor([float(len(y)) for y in completions])
    ended = torch.tensor([y[-1] in ends for y in completions])
    finished = lengths[ended] if ended.any() else torch.zeros(1)  # (1)
    metrics = {"completions/clipped_ratio": 1 - ended.float().mean()}
    for kind, x in {"length": lengths, "terminated_length": finished}.items():
        for name, f in {"mean": torch.mean, "min": torch.min, "max": torch.max}.items():
            metrics[f"completions/{name}_{kind}"] = f(x)
    for k, column in enumerate(rewards.T):
        metrics[f"rewards/{k}/mean"] = column.nanmean()
        metrics[f"rewards/{k}/std"] = std(column, 0)
    total, (_, flat) = (
        total_rewards(rewards, o),
        ADVANTAGES[o.multi_objective_aggregation](rewards, o),
    )
    metrics |= {"reward": total.nanmean(), "reward_std": std(total, 0)}  # (2)
    metrics["frac_reward_zero_std"] = flat.float().mean()  # (3)
    return {name: value.item() for name, value in metrics.items()}


# endregion


# region slices mirrors GRPOTrainer._prepare_inputs, shuffle_sequence_dict, split_tensor_dict
def slices(batch: Batch, o: GRPOOptions) -> list[Batch]:
    """A generation batch, shuffled and cut into its micro-batches."""
    order = torch.randperm(len(batch["advantages"]))  # (1)
    parts = order.chunk(o.slices)
    return [{k: x if x.ndim == 0 else x[part] for k, x in batch.items()} for part in parts]  # (2)


# endregion


# region train-step mirrors GRPOTrainer.training_step
def train_step(
    policy: nn.Module, batches: Sequence[Batch], optimizer: torch.optim.Optimizer, o: GRPOOptions
) -> dict[str, float]:
    """One step of the optimizer on its micro-batches; their mean metrics, `loss`, `grad_norm`."""
    optimizer.zero_grad()
    logged: list[dict[str, float]] = []
    for batch in batches:
        loss, metrics = grpo_loss(policy, batch, o)
        loss.backward()  # (1)
        logged.append(metrics | {"loss": loss.item() * len(batches)})
    norm = nn.utils.clip_grad_norm_(policy.parameters(), max_norm=1.0)
    optimizer.step()
    means = {name: sum(m[name] for m in logged) / len(logged) for name in logged[0]}
    return {**means, "grad_norm": norm.item()}


# endregion
