"""Proximal Policy Optimization from sampled completions to the gradient, in plain PyTorch.

PPO (arXiv 1707.06347), as language models use it (1909.08593): a policy writes completions, a
reward model scores them, a frozen reference charges for every nat of distance, a value model
predicts what is still to come, and both trained models take a few clipped steps on one batch.
This file computes what `PPOTrainer` of TRL 1.12.0 computes, the last release that has it: the same
rewards, advantages, losses, gradients and metrics for the same completions;
`tests/python/trl_1_12_0/test_distilled_ppo.py` compares them.

Left out: distributed training and DeepSpeed, PEFT (the reference is then the policy with its
adapter off), the printed sample tables, checkpoints, mixed precision, and one habit of accelerate:
in the last batch of a pass over the prompts it steps after every micro-batch.

B: completions in the batch. Q: tokens of the padded prompt. T: tokens of the longest completion.
V: vocabulary. Index t of a (B, T) tensor belongs to the t-th completion token.
Longer than 250 lines because sampling, four models, two losses and all metrics stand in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor, nn

PADDED = 1.0  # stands for the log-prob of padding: no log-prob is positive; differences are 0


# region options mirrors PPOConfig
@dataclass(frozen=True)
class PPOOptions:
    """What shapes rewards, losses and steps, under TRL's names and with TRL's defaults."""

    response_length: int = 53
    temperature: float = 0.7  # (1)
    stop_token_id: int | None = None  # (2)
    missing_eos_penalty: float | None = None
    kl_coef: float = 0.05
    kl_estimator: Literal["k1", "k3"] = "k1"
    whiten_rewards: bool = False
    gamma: float = 1.0
    lam: float = 0.95
    cliprange: float = 0.2
    cliprange_value: float = 0.2
    vf_coef: float = 0.1
    num_ppo_epochs: int = 4  # (3)
    num_mini_batches: int = 1
    gradient_accumulation_steps: int = 1  # (4)


# endregion


# region generate mirrors batch_generation
@torch.no_grad()
def sample(policy: nn.Module, queries: Tensor, pad: int, options: PPOOptions) -> Tensor:
    """Continues left-padded prompts (B, Q) token by token; prompts and completions (B, Q + T)."""
    rows, stop = queries, options.stop_token_id
    finished = torch.zeros(len(queries), dtype=torch.bool)
    for _ in range(options.response_length):
        logits = read(policy, rows, pad).logits[:, -1]  # (1)  (B, V)
        probs = (logits / (options.temperature + 1e-7)).softmax(dim=-1)  # (2)
        token = torch.multinomial(probs, 1).squeeze(1)  # (B,)
        token = token.masked_fill(finished, pad)
        rows = torch.cat([rows, token.unsqueeze(1)], dim=1)
        if stop is not None:
            finished |= token == stop  # (3)
            if finished.all():
                break
    return rows


# endregion


# region read mirrors get_reward
def read(model: nn.Module, rows: Tensor, pad: int) -> Any:
    """One forward pass over (B, Q + T) ids in which every pad token is invisible."""
    mask = rows != pad  # (1)
    return model(
        input_ids=rows.masked_fill(~mask, 0),
        attention_mask=mask,
        position_ids=mask.cumsum(1) - mask.long(),  # (2)
    )


# endregion


# region log-probs mirrors selective_log_softmax
def completion_log_probs(
    policy: nn.Module, rows: Tensor, context: int, pad: int, options: PPOOptions
) -> tuple[Tensor, Tensor]:
    """log π(y_t | x, y_<t) of each completion token (B, T), and the logits (B, T, V)."""
    logits = read(policy, rows, pad).logits[:, context - 1 : -1]  # (1)
    logits = logits / (options.temperature + 1e-7)  # (2)
    targets = rows[:, context:].unsqueeze(-1)  # (B, T, 1)
    return logits.log_softmax(dim=-1).gather(-1, targets).squeeze(-1), logits


# endregion


# region score mirrors get_reward, PolicyAndValueWrapper.forward
def values_of(model: nn.Module, rows: Tensor, pad: int) -> Tensor:
    """The head's number at every position, (B, Q + T)."""
    backbone = getattr(model, model.base_model_prefix)  # (1)
    return model.score(read(backbone, rows, pad).last_hidden_state).squeeze(-1)


def score_of(reward_model: nn.Module, rows: Tensor, context: int, pad: int) -> Tensor:
    """The head's number at the last token before the completion's padding, (B,)."""
    last = context + first(rows[:, context:] == pad) - 1  # (2)
    return values_of(reward_model, rows, pad)[torch.arange(len(rows)), last]


# endregion


# region stop mirrors truncate_response, first_true_indices
def first(hits: Tensor) -> Tensor:
    """Index of the first True in each row of (B, T); T where there is none."""
    index = torch.arange(hits.shape[1]).expand_as(hits)
    return index.masked_fill(~hits, hits.shape[1]).min(dim=1).values  # (B,)


def truncate(completions: Tensor, stop: int | None, pad: int) -> Tensor:
    """Everything after the first stop token becomes padding, (B, T)."""
    if stop is None:  # (1)
        return completions
    index = torch.arange(completions.shape[1])
    return completions.masked_fill(index > first(completions == stop).unsqueeze(1), pad)


# endregion


# region rollout mirrors PPOTrainer.train
@dataclass(frozen=True)
class Rollout:
    """A batch of completions and what four models say of it, frozen while the policy moves."""

    rows: Tensor  # prompts and completions, (B, Q + T)
    context: int  # Q
    pad: int
    log_probs: Tensor  # (1)  under the policy that wrote them, (B, T); PADDED off the completion
    ref_log_probs: Tensor  # (B, T)
    values: Tensor  # (B, T), zero off the states
    scores: Tensor  # (B,), after the penalty
    last: Tensor  # index of the last completion token, (B,)
    stops: int  # end tokens in the batch, for the log

    @property
    def tokens(self) -> Tensor:  # (2)
        """True at the tokens of a completion, its end token included, (B, T)."""
        return torch.arange(self.log_probs.shape[1]) <= self.last.unsqueeze(1)

    @property
    def states(self) -> Tensor:  # (3)
        """The same, and one more: the state after the last token, (B, T)."""
        return torch.arange(self.log_probs.shape[1]) <= self.last.unsqueeze(1) + 1


# endregion


# region judge mirrors PPOTrainer.train
def judge_completions(
    reward_model: nn.Module, rows: Tensor, context: int, pad: int, eos: int, options: PPOOptions
) -> tuple[Tensor, Tensor]:
    """Score of each completion, less the penalty for one that never ends, and its last index."""
    completions = truncate(rows[:, context:], options.stop_token_id, pad)
    truncated = torch.cat([rows[:, :context], completions], dim=1)
    scores = score_of(reward_model, truncated, context, pad)  # (1)  (B,)
    if options.missing_eos_penalty is not None:
        endless = ~(completions == eos).any(dim=1)  # (2)  (B,)
        scores = scores - options.missing_eos_penalty * endless
    return scores, first(completions == pad) - 1  # (3)


# endregion


# region four-models mirrors PPOTrainer.train
@torch.no_grad()
def roll_out(
    models: dict[str, nn.Module],
    rows: Tensor,
    context: int,
    pad: int,
    eos: int,
    options: PPOOptions,
) -> Rollout:
    """Lets policy, reference, value model and reward model read the completions."""
    log_probs, _ = completion_log_probs(models["policy"], rows, context, pad, options)  # (1)
    ref_log_probs, _ = completion_log_probs(models["reference"], rows, context, pad, options)
    values = values_of(models["value"], rows, pad)[:, context - 1 : -1]  # (2)  (B, T)
    scores, last = judge_completions(models["reward"], rows, context, pad, eos, options)
    stops = int((rows[:, context:] == eos).sum())
    raw = Rollout(rows, context, pad, log_probs, ref_log_probs, values, scores, last, stops)
    return replace(
        raw,
        log_probs=log_probs.masked_fill(~raw.tokens, PADDED),  # (3)
        ref_log_probs=ref_log_probs.masked_fill(~raw.tokens, PADDED),
        values=values.masked_fill(~raw.states, 0.0),
    )


# endregion


# region kl-estimators mirrors PPOTrainer.train
def kl_estimate(log_probs: Tensor, ref_log_probs: Tensor, kind: str) -> Tensor:
    """KL(π || π_ref) estimated from one sampled token, shape kept."""
    log_ratio = ref_log_probs - log_probs  # (1)  log π_ref/π
    if kind == "k1":
        return -log_ratio  # (2)
    if kind == "k2":
        return log_ratio**2 / 2
    if kind == "k3":
        return log_ratio.exp() - 1 - log_ratio  # (3)
    raise ValueError(f"expected k1, k2 or k3, found {kind!r}")


# endregion


# region rewards mirrors PPOTrainer.train
def token_rewards(rollout: Rollout, options: PPOOptions) -> tuple[Tensor, Tensor, Tensor]:
    """Rewards, their KL part and the KL itself, each (B, T)."""
    kl = kl_estimate(rollout.log_probs, rollout.ref_log_probs, options.kl_estimator)
    penalty = -options.kl_coef * kl  # (1)
    rewards = penalty.clone()
    after = rollout.last + 1  # (2)
    end = torch.where(after < rewards.shape[1], after, rollout.last)  # (B,)
    rewards[torch.arange(len(rewards)), end] += rollout.scores
    if options.whiten_rewards:
        rewards = whiten(rewards, rollout.states, shift_mean=False)  # (3)
        rewards = rewards.masked_fill(~rollout.states, 0.0)
    return rewards, penalty, kl


# endregion


# region whiten mirrors masked_mean, masked_var, masked_whiten
def masked_mean(values: Tensor, mask: Tensor) -> Tensor:
    """Mean over the True positions, a scalar."""
    return (values * mask).sum() / mask.sum()


def whiten(values: Tensor, mask: Tensor, shift_mean: bool = True) -> Tensor:
    """Mean 0 and variance 1 over the True positions, shape kept; or variance 1 alone."""
    mean, n = masked_mean(values, mask), mask.sum()
    variance = masked_mean((values - mean) ** 2, mask) * n / (n - 1)  # (1)
    whitened = (values - mean) * torch.rsqrt(variance + 1e-8)  # (2)
    return whitened if shift_mean else whitened + mean


# endregion


# region gae mirrors PPOTrainer.train
def gae(rewards: Tensor, values: Tensor, gamma: float, lam: float) -> tuple[Tensor, Tensor]:
    """Generalised advantage estimates (1506.02438) and returns, each (B, T)."""
    advantages, running = torch.zeros_like(rewards), torch.zeros(len(rewards))
    for t in reversed(range(rewards.shape[1])):  # (1)
        following = values[:, t + 1] if t + 1 < rewards.shape[1] else 0.0  # (2)
        td_error = rewards[:, t] + gamma * following - values[:, t]  # δ_t, (B,)
        running = td_error + gamma * lam * running
        advantages[:, t] = running
    return advantages, advantages + values  # (3)


# endregion


# region targets mirrors PPOTrainer.train
@dataclass(frozen=True)
class Targets:
    """What the two losses aim at; each (B, T)."""

    advantages: Tensor  # whitened, zero off the completion
    returns: Tensor
    penalty: Tensor  # -kl_coef · KL
    kl: Tensor


def targets(rollout: Rollout, options: PPOOptions) -> Targets:
    """Rewards, advantages, returns."""
    rewards, penalty, kl = token_rewards(rollout, options)
    advantages, returns = gae(rewards, rollout.values, options.gamma, options.lam)
    advantages = whiten(advantages, rollout.tokens)  # (1)
    return Targets(advantages.masked_fill(~rollout.tokens, 0.0), returns, penalty, kl)


# endregion


# region policy-loss mirrors PPOTrainer.train
def clipped_policy_loss(
    ratio: Tensor, advantage: Tensor, cliprange: float
) -> tuple[Tensor, Tensor]:
    """PPO's loss of each token, eq. 7 with its sign turned, and where the clip decides."""
    free = -advantage * ratio
    clipped = -advantage * ratio.clamp(1 - cliprange, 1 + cliprange)
    return torch.max(free, clipped), clipped > free  # (1)


# endregion


# region value-loss mirrors PPOTrainer.train
def clipped_value_loss(
    value: Tensor, old_value: Tensor, target: Tensor, cliprange: float
) -> tuple[Tensor, Tensor]:
    """Squared error of each state, at least that of a value near the old one; where it decides."""
    free = (value - target) ** 2
    near = value.clamp(old_value - cliprange, old_value + cliprange)
    clipped = (near - target) ** 2
    return torch.max(free, clipped), clipped > free  # (1)


# endregion


# region loss mirrors PPOTrainer.train
STATS = ("approxkl", "clipfrac", "policy_loss", "value_loss", "value_clipfrac", "entropy", "ratio")


def ppo_loss(
    models: dict[str, nn.Module], rollout: Rollout, aims: Targets, rows: Any, options: PPOOptions
) -> tuple[Tensor, Tensor]:
    """The loss of some rows of the batch, to be differentiated, and seven statistics."""
    ids, context, pad = rollout.rows[rows], rollout.context, rollout.pad
    tokens, states = rollout.tokens[rows], rollout.states[rows]
    log_probs, logits = completion_log_probs(models["policy"], ids, context, pad, options)
    difference = log_probs.masked_fill(~tokens, PADDED) - rollout.log_probs[rows]
    ratio = difference.exp()  # (1)  (b, T), 1 off the completion
    policy, cut = clipped_policy_loss(ratio, aims.advantages[rows], options.cliprange)
    value = values_of(models["value"], ids, pad)[:, context - 1 : -1].masked_fill(~states, 0.0)
    value, value_cut = clipped_value_loss(
        value, rollout.values[rows], aims.returns[rows], options.cliprange_value
    )
    policy_loss, value_loss = masked_mean(policy, tokens), 0.5 * masked_mean(value, states)
    entropy = torch.distributions.Categorical(logits=logits.detach()).entropy().mean()  # (2)
    fractions = masked_mean(cut.float(), tokens), masked_mean(value_cut.float(), states)
    stats = (0.5 * (difference**2).mean(), fractions[0], policy_loss, value_loss, fractions[1])
    stats = torch.stack([*stats, entropy, ratio.mean()]).detach()  # (3)
    return policy_loss + options.vf_coef * value_loss, stats


# endregion


# region update mirrors PPOTrainer.train
def micro_batches(size: int, options: PPOOptions) -> Iterator[tuple[tuple[int, int, int], Any]]:
    """Rows of each micro-batch, and its place (epoch, mini-batch, micro-batch)."""
    mini, micro = size // options.num_mini_batches, size // options.gradient_accumulation_steps
    for epoch in range(options.num_ppo_epochs):
        order = np.random.permutation(size)  # (1)
        for i, start in enumerate(range(0, size, mini)):
            for j, inner in enumerate(range(0, mini, micro)):
                yield (epoch, i, j), order[start : start + mini][inner : inner + micro]


def update(
    models: dict[str, nn.Module], rollout: Rollout, optimizer: Any, options: PPOOptions
) -> dict[str, float]:
    """All steps on one batch; the metrics of the batch."""
    aims, every = targets(rollout, options), options.gradient_accumulation_steps
    stats = torch.zeros(options.num_ppo_epochs, options.num_mini_batches, every, len(STATS))  # (2)
    for n, (place, rows) in enumerate(micro_batches(len(rollout.rows), options), start=1):
        loss, stats[place] = ppo_loss(models, rollout, aims, rows, options)
        (loss / every).backward()
        if n % every == 0:  # (3)
            optimizer.step()  # (4)
            optimizer.zero_grad()
    return metrics(rollout, aims, stats.flatten(0, 2))


# endregion


# region metrics mirrors PPOTrainer.train
def metrics(rollout: Rollout, aims: Targets, stats: Tensor) -> dict[str, float]:
    """What the trainer logs of one batch, under its names."""
    penalty = aims.penalty.sum(dim=1).mean()
    mean = dict(zip(STATS, stats.mean(dim=0), strict=True))
    logged = {
        "objective/kl": aims.kl.sum(dim=1).mean(),  # (1)
        "objective/entropy": (-rollout.log_probs * rollout.tokens).sum(dim=1).mean(),
        "objective/non_score_reward": penalty,
        "objective/rlhf_reward": penalty + rollout.scores.mean(),  # (2)
        "objective/scores": rollout.scores.mean(),
        "policy/approxkl_avg": mean["approxkl"],
        "policy/clipfrac_avg": mean["clipfrac"],
        "policy/entropy_avg": mean["entropy"],
        "loss/policy_avg": mean["policy_loss"],
        "loss/value_avg": mean["value_loss"],
        "val/clipfrac_avg": mean["value_clipfrac"],
        "val/ratio": mean["ratio"],
        "val/ratio_var": stats[:, STATS.index("ratio")].var(),  # (3)
    }
    return {name: m.item() for name, m in logged.items()} | {"val/num_eos_tokens": rollout.stops}


# endregion
