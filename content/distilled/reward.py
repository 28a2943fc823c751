"""A reward model from the text of a pair to the gradient, in plain PyTorch.

A reward model reads a prompt with an answer and says one number. It is fitted to pairs, of which
one answer was preferred, by the maximum likelihood of Bradley and Terry (1952). This file computes
what `RewardTrainer` of TRL 1.16.0 computes: the same token ids, scores, loss, metrics and
gradients, with and without margins and centring; `tests/python/test_distilled_reward.py` compares
them. Read it from top to bottom: model, text, batch, scores, loss, metrics. The last regions use a
trained model: a reward function for `GRPOTrainer` and the best of n answers.

Left out: distributed training, PEFT, quantisation, cloning a chat template, tools in chat
templates, `pad_to_multiple_of`, activation offloading, gradient accumulation.

B: pairs in the batch; row b and row B + b are a pair. T: tokens. H: width of the model.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Batch = dict[str, Tensor]


# region options mirrors RewardConfig
@dataclass(frozen=True)
class RewardOptions:
    """What shapes the loss, under TRL's names and with TRL's defaults."""

    max_length: int | None = 1024  # (1)
    center_rewards_coefficient: float | None = None  # (2)


# endregion


# region score-head mirrors RewardTrainer.__init__
class RewardModel(nn.Module):
    """A language model whose output matrix, hidden state to vocabulary, has given way to one
    vector, hidden state to a number. `model` and `score` are transformers' names."""

    def __init__(self, language_model: nn.Module, pad_token_id: int, seed: int = 42) -> None:
        super().__init__()
        self.model = copy.deepcopy(language_model.model)  # (1)
        config = language_model.config
        self.score = nn.Linear(config.hidden_size, 1, bias=False)  # (2)
        torch.manual_seed(seed)  # (3)
        nn.init.normal_(self.score.weight, std=config.initializer_range)
        self.pad_token_id = pad_token_id

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """One score a row, (2B,)."""
        hidden = self.model(
            input_ids, attention_mask=attention_mask
        ).last_hidden_state  # (2B, T, H)
        scores = self.score(hidden).squeeze(-1)  # (4)  (2B, T)
        return pool(scores, input_ids, self.pad_token_id)


# endregion


# region pooling mirrors RewardTrainer.__init__
def pool(scores: Tensor, input_ids: Tensor, pad_token_id: int) -> Tensor:
    """Of the scores of all positions (N, T), the one of each row's last token that is not padding,
    (N,). It looks at the ids alone: the attention mask has no say."""
    position = torch.arange(input_ids.shape[1])  # (T,)
    last = (position * (input_ids != pad_token_id)).argmax(dim=1)  # (1)  (N,)
    return scores[torch.arange(len(scores)), last]  # (2)


# endregion


# region tokenize mirrors RewardTrainer._prepare_dataset
def tokenize(example: dict[str, Any], tokenizer: Any) -> dict[str, list[int]]:
    """Token ids of the two sides, each with the prompt in front, if there is one."""

    def ids(side: str) -> list[int]:
        answer = example[side]
        if isinstance(answer, str) and not answer.endswith(tokenizer.eos_token):
            answer += tokenizer.eos_token  # (1)
        whole = example["prompt"] + answer if "prompt" in example else answer  # (2)
        if isinstance(whole, str):
            return tokenizer(whole)["input_ids"]
        return tokenizer.apply_chat_template(whole, return_dict=True)["input_ids"]  # (3)

    margin = {"margin": example["margin"]} if "margin" in example else {}
    return {"chosen_ids": ids("chosen"), "rejected_ids": ids("rejected"), **margin}


def keep(example: dict[str, Any], options: RewardOptions) -> bool:
    """False for a pair of which one side is longer than `max_length`: it is dropped, not cut."""
    longest = max(len(example["chosen_ids"]), len(example["rejected_ids"]))
    return options.max_length is None or longest <= options.max_length  # (4)


# endregion


# region collate mirrors DataCollatorForPreference.torch_call
def collate(examples: Sequence[dict[str, Any]], pad_token_id: int) -> Batch:
    """B pairs as `input_ids` and `attention_mask`, each (2B, T), and `margin`, (B,), if given."""
    rows = [example[side] for side in ("chosen_ids", "rejected_ids") for example in examples]  # (1)
    length = max(len(row) for row in rows)
    batch = {
        "input_ids": torch.tensor([row + [pad_token_id] * (length - len(row)) for row in rows]),
        "attention_mask": torch.tensor(
            [[1] * len(row) + [0] * (length - len(row)) for row in rows]  # (2)
        ),
    }
    if "margin" in examples[0]:  # (3)
        margins = [float(example["margin"]) for example in examples]
        batch["margin"] = torch.tensor(margins)
    return batch


# endregion


# region bradley-terry mirrors RewardTrainer.compute_loss
def bradley_terry(chosen: Tensor, rejected: Tensor, margin: Tensor | float = 0.0) -> Tensor:
    """-log σ(r_w - r_l - m) of each pair, (B,): how surprising the judge's verdict is."""
    return -F.logsigmoid(chosen - rejected - margin)  # (1)


# endregion


# region centring mirrors RewardTrainer.compute_loss
def centring(chosen: Tensor, rejected: Tensor) -> Tensor:
    """(r_w + r_l)² of each pair, (B,): zero where the two scores lie around zero (2312.09244)."""
    return (chosen + rejected) ** 2  # (1)


# endregion


# region metrics mirrors RewardTrainer.compute_loss
@torch.no_grad()
def reward_metrics(scores: Tensor, batch: Batch) -> dict[str, float]:
    """What the trainer logs of one batch, under its names; `num_tokens` it sums over the steps."""
    chosen, rejected = scores.chunk(2)
    metrics = {
        "num_tokens": batch["attention_mask"].sum(),
        "min_reward": scores.min(),  # (1)
        "mean_reward": scores.mean(),
        "max_reward": scores.max(),
        "accuracy": (chosen > rejected).float().mean(),  # (2)
        "margin": (chosen - rejected).mean(),  # (3)
    }
    return {name: value.item() for name, value in metrics.items()}


# endregion


# region reward-loss mirrors RewardTrainer.compute_loss
def reward_loss(
    model: RewardModel, batch: Batch, options: RewardOptions
) -> tuple[Tensor, dict[str, float]]:
    """The loss of one batch, to be differentiated, and the metrics of that batch."""
    scores = model(batch["input_ids"], batch["attention_mask"])  # (1)  (2B,)
    chosen, rejected = scores.chunk(2)  # (B,) each
    loss = bradley_terry(chosen, rejected, batch.get("margin", 0.0)).mean()
    if options.center_rewards_coefficient is not None:
        loss = loss + options.center_rewards_coefficient * centring(chosen, rejected).mean()
    return loss, reward_metrics(scores, batch)


# endregion


# region train-step mirrors RewardTrainer.training_step
def train_step(
    model: RewardModel, batch: Batch, optimizer: torch.optim.Optimizer, options: RewardOptions
) -> dict[str, float]:
    """One step of the optimizer on one batch; the metrics, with `loss` and `grad_norm`."""
    loss, metrics = reward_loss(model, batch, options)
    optimizer.zero_grad()
    loss.backward()
    norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)  # (1)
    optimizer.step()
    return {"loss": loss.item(), "grad_norm": norm.item(), **metrics}


# endregion


# region reward-function mirrors GRPOTrainer._calculate_rewards, RLOOTrainer._calculate_rewards
def as_reward_function(
    model: Any, tokenizer: Any, mean: float = 0.0, std: float = 1.0
) -> Callable[..., list[float]]:
    """A function that `GRPOTrainer` and `RLOOTrainer` accept: normalised scores of conversations.

    `model` is a transformers model of one label; it gets the pad token that the rows will have.
    """
    model.config.pad_token_id = tokenizer.pad_token_id  # (1)

    @torch.no_grad()
    def reward(prompts: list[Any], completions: list[Any], **_: Any) -> list[float]:  # (2)
        rows = [p + c for p, c in zip(prompts, completions, strict=True)]
        batch = tokenizer.apply_chat_template(
            rows, return_dict=True, return_tensors="pt", padding=True
        )
        scores = model.eval()(**batch.to(model.device)).logits[:, 0]  # (B·G,)
        return ((scores - mean) / std).tolist()  # (3)

    return reward


# endregion


# region best-of-n mirrors RewardTrainer
def best_of_n(scores: Tensor) -> Tensor:
    """Which of n answers to send, for each of P prompts: (P, n) scores to (P,) indices."""
    return scores.argmax(dim=1)  # (1)


def best_of_n_kl(n: int) -> float:
    """The most that the best of n can differ from one sample in KL, nats: log n - (n-1)/n."""
    return math.log(n) - (n - 1) / n  # (2)


# endregion
