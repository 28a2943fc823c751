"""The distilled GRPO equals `GRPOTrainer`: rewards, tensors, advantages, loss, metrics, gradient.

Both sides are given the same answers; in the trainer only `_generate_single_turn` is replaced.
Three checkpoints of one model play the reference, the policy that sampled, and the policy that
learns, so that no ratio is 1. Loss and metrics agree to 1e-5, gradients to 1e-4, relatively.
Longer than 250 lines because each option meets each loss in a table of cases.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from comparing import assert_same_gradients, gradients, load
from distilled.grpo import (
    CLIPPED,
    LOSSES,
    GRPOOptions,
    collate,
    grpo_loss,
    prepare,
    rollout_metrics,
    score,
    slices,
    train_step,
)
from tiny_grpo import (
    PROMPTS,
    TEXTS,
    G,
    answer_ids,
    build_trainer,
    given,
    inputs,
    last_metrics,
    length,
    prompt_ids,
    rolled_out,
    trainer_loss,
)
from tiny_model import save_tiny_model

pytestmark = pytest.mark.verifies(
    "grpo/equality",
    kind="equality",
    title="Distilled GRPO equals GRPOTrainer",
    trainers=["grpo"],
    entry=None,
    inputs=[
        "content/distilled/grpo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_grpo.py",
    ],
)

STALE = {"num_iterations": 2}  # the policy moves between sampling and learning
SEQUENCE = {"importance_sampling_level": "sequence"}
MODES = ("token_truncate", "token_mask", "sequence_truncate", "sequence_mask")


def as_an_engine_reports(log_probs: torch.Tensor, ids: list[int], row: int) -> list[float | None]:
    """The sampling policy's log-probs of an answer, a little off; row 3 far off, one unknown."""
    values: list[float | None] = [
        log_probs[row, t].item() + 0.3 * ((t + row) % 5 - 2) for t in range(len(ids))
    ]
    if row == 3:
        values = [-20.0] * len(ids)
    if row == 5:
        values[0] = None
    return values


def cases() -> dict[str, dict[str, Any]]:
    """Options by name. `rewards`: which functions; `engine`: log-probs of another sampler."""
    found: dict[str, dict[str, Any]] = {}
    for loss in LOSSES:
        base = {"loss_type": loss, **STALE}
        found[loss] = {"loss_type": loss}
        found[f"{loss}, stale"] = base
        found[f"{loss}, sequence"] = {**base, **SEQUENCE}
        found[f"{loss}, asymmetric"] = {**base, "epsilon": 0.1, "epsilon_high": 0.28}
        found[f"{loss}, kl"] = {**base, "beta": 0.3}
        found[f"{loss}, kl without correction"] = {
            **base,
            "beta": 0.3,
            "use_bias_correction_kl": False,
        }
        found[f"{loss}, kl, sequence"] = {**base, **SEQUENCE, "beta": 0.3}
        found[f"{loss}, temperature"] = {**base, "temperature": 0.7}
        found[f"{loss}, truncated masked"] = {**base, "mask_truncated_completions": True}
        found[f"{loss}, top entropy"] = {**base, "top_entropy_quantile": 0.3, "beta": 0.3}
        found[f"{loss}, off-policy mask"] = {**base, "off_policy_mask_threshold": 0.05}
        found[f"{loss}, entropy bonus"] = {**base, "entropy_coef": 0.1, "top_entropy_quantile": 0.5}
        found[f"{loss}, accumulated"] = {
            **base,
            "gradient_accumulation_steps": 3,
            "per_device_train_batch_size": 4,
        }
        found[f"{loss}, more slices than accumulated"] = {
            **base,
            "steps_per_generation": 3,
            "per_device_train_batch_size": 4,
        }
        modes = MODES[:2] if loss == "vespo" else MODES
        for mode in modes:
            found[f"{loss}, {mode}"] = {
                **base,
                "vllm_importance_sampling_mode": mode,
                "vllm_importance_sampling_clip_min": 0.4,
                "engine": True,
            }
    for loss in CLIPPED:
        found[f"{loss}, delta"] = {"loss_type": loss, "delta": 1.1, "beta": 0.1, **STALE}
    found["sapo, temperatures"] = {
        "loss_type": "sapo",
        "sapo_temperature_neg": 2.0,
        "sapo_temperature_pos": 0.5,
        **STALE,
    }
    found["vespo, gamma"] = {
        "loss_type": "vespo",
        "vespo_k_pos": 1.0,
        "vespo_lambda_pos": 2.0,
        "vespo_k_neg": 1.5,
        "vespo_lambda_neg": 0.5,
        **STALE,
    }
    found["cispo, epsilon_high=5"] = {"loss_type": "cispo", "epsilon_high": 5.0, **STALE}
    found["off-policy mask, engine"] = {
        "off_policy_mask_threshold": 0.3,
        "engine": True,
        **STALE,
    }
    for scale in ("group", "batch", "none"):
        found[f"scale {scale}"] = {"scale_rewards": scale}
        found[f"scale {scale}, two rewards"] = {
            "scale_rewards": scale,
            "rewards": "two",
            "reward_weights": [1.0, -0.5],
        }
    found["decoupled"] = {"multi_objective_aggregation": "normalize_then_sum"}
    found["decoupled, two rewards"] = {
        "multi_objective_aggregation": "normalize_then_sum",
        "rewards": "two",
        "reward_weights": [2.0, 0.5],
    }
    found["one function abstains"] = {"rewards": "length"}
    found["conversational"] = {"conversational": True}
    return found


CASES = cases()
FUNCTIONS = {"one": [given], "two": [given, length], "length": [length]}


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory) -> dict[str, Path]:
    """Reference, sampling policy and learning policy: one model after 9, 10 and 11 steps."""
    return {
        name: save_tiny_model(tmp_path_factory.mktemp(name), seed=0, steps=steps)
        for name, steps in {"reference": 9, "old": 10, "new": 11}.items()
    }


@pytest.fixture(scope="module")
def weights(checkpoints) -> dict[str, dict]:
    return {name: load(folder).state_dict() for name, folder in checkpoints.items()}


@pytest.fixture(scope="module")
def model(checkpoints):
    return load(checkpoints["new"])


@pytest.fixture(scope="module")
def sampler(checkpoints) -> torch.Tensor:
    """Log-probs of the sampling policy of all answers, (12, 6)."""
    trainer = build_trainer(checkpoints["old"], num_iterations=2)
    return rolled_out(trainer)["old_per_token_logps"]


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def both(request, checkpoints, weights, model, sampler) -> dict:
    """One case on both sides, (ours, theirs) each."""
    values = dict(request.param)
    functions = FUNCTIONS[values.pop("rewards", "one")]
    chat = values.pop("conversational", False)
    reported = (
        (lambda y, i: as_an_engine_reports(sampler, y, i)) if values.pop("engine", 0) else None
    )
    values.setdefault("per_device_train_batch_size", len(TEXTS))
    options = GRPOOptions(num_generations=G, max_completion_length=6, **values)

    trainer = build_trainer(
        checkpoints["reference"], list(functions), chat, sampled=reported, **values
    )
    trainer.model.load_state_dict(weights["old"])
    theirs = rolled_out(trainer, chat)
    their_rollout = last_metrics(trainer)

    ids, ends = answer_ids(trainer), trainer.eos_token_ids
    prompts = [x for x in prompt_ids(trainer, chat) for _ in range(G)]
    ours = collate(prompts, ids, trainer.processing_class.pad_token_id, ends, options)
    columns = {"number": [row["number"] for row in inputs()]}
    rewards = score(functions, [*PROMPTS], [*TEXTS], ids, columns)
    sampled = reported and torch.tensor(
        [
            [float("nan") if x is None else x for x in reported(y, i)] + [0.0] * (6 - len(y))
            for i, y in enumerate(ids)
        ]
    )
    model.load_state_dict(weights["old"])
    ours = prepare(model, load(checkpoints["reference"]), ours, rewards, options, sampled)

    trainer.model.load_state_dict(weights["new"])
    model.load_state_dict(weights["new"])
    rows = slice(0, values["per_device_train_batch_size"])
    cut = lambda batch: {k: x if x.ndim == 0 else x[rows] for k, x in batch.items()}  # noqa: E731
    loss, metrics = grpo_loss(model, cut(ours), options)
    their_loss = trainer_loss(trainer, cut(theirs))
    their_metrics = last_metrics(trainer)
    names = [function.__name__ for function in functions]
    rollout = rollout_metrics(ids, ends, rewards, options)
    for k, name in enumerate(names):
        for kind in ("mean", "std"):
            rollout[f"rewards/{name}/{kind}"] = rollout.pop(f"rewards/{k}/{kind}")
    return {
        "batch": (ours, theirs),
        "loss": (loss.item(), their_loss.item()),
        "metrics": (metrics, {k: v for k, v in their_metrics.items() if k in metrics}),
        "unmatched": set(their_metrics) - set(metrics) - set(rollout),
        "rollout": (rollout, {name: their_rollout[name] for name in rollout}),
        "gradients": (gradients(model, loss), gradients(trainer.model, their_loss)),
    }


NAMES = {
    "old_log_probs": "old_per_token_logps",
    "ref_log_probs": "ref_per_token_logps",
    "sampled_log_probs": "sampling_per_token_logps",
    "mismatch": "importance_sampling_ratio",
}


class TestOneBatch:
    """From given answers to the gradient, in every case."""

    def test_tensors(self, both) -> None:
        ours, theirs = both["batch"]
        assert {NAMES.get(name, name) for name in ours} == theirs.keys()
        for name, tensor in ours.items():
            torch.testing.assert_close(
                tensor.float(),
                theirs[NAMES.get(name, name)].float(),
                rtol=1e-5,
                atol=1e-6,
                equal_nan=True,
            )

    def test_rollout_metrics(self, both) -> None:
        ours, theirs = both["rollout"]
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-6)

    def test_loss(self, both) -> None:
        ours, theirs = both["loss"]
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-6)

    def test_metrics(self, both) -> None:
        ours, theirs = both["metrics"]
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-6)
        sampling = {name for name in both["unmatched"] if name.startswith("sampling/")}
        assert both["unmatched"] - sampling <= {"num_tokens", "policy_loss", "entropy_coef"}

    def test_gradients(self, both) -> None:
        assert_same_gradients(*both["gradients"])


@pytest.mark.parametrize("loss_type", LOSSES)
def test_a_real_run(loss_type: str, checkpoints) -> None:
    """Three steps of `trainer.train()` over two generation batches, accumulated: same log, weights.

    Both sides shuffle the generation batch, with the same seed."""
    plan = {
        "per_device_train_batch_size": 3,
        "gradient_accumulation_steps": 2,
        "steps_per_generation": 4,
        "beta": 0.1,
        "num_iterations": 1,
    }
    if loss_type == "cispo":
        plan["epsilon_high"] = 5.0
    options = GRPOOptions(num_generations=G, max_completion_length=6, loss_type=loss_type, **plan)
    sgd = {"optim": "sgd", "learning_rate": 0.05, "lr_scheduler_type": "constant", "max_steps": 3}
    trainer = build_trainer(checkpoints["reference"], loss_type=loss_type, **plan, **sgd)
    orders: list[torch.Tensor] = []
    shuffle = torch.randperm

    def remember(n: int, **keywords: Any) -> torch.Tensor:
        order = shuffle(n, **keywords)
        if n == len(TEXTS):
            orders.append(order)
        return order

    torch.randperm = remember
    try:
        trainer.train()
    finally:
        torch.randperm = shuffle

    model, reference = load(checkpoints["reference"]), load(checkpoints["reference"])
    ids, ends = answer_ids(trainer), trainer.eos_token_ids
    prompts = [x for x in prompt_ids(trainer) for _ in range(G)]
    start = collate(prompts, ids, trainer.processing_class.pad_token_id, ends, options)
    columns = {"number": [row["number"] for row in inputs()]}
    rewards = score([given], [*PROMPTS], [*TEXTS], ids, columns)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for step in range(3):
        if step % 2 == 0:  # four slices, two a step
            batch = prepare(model, reference, start, rewards, options)
            torch.randperm = lambda n, o=orders[step // 2]: o
            try:
                parts = slices(batch, options)
            finally:
                torch.randperm = shuffle
        half = parts[2 * (step % 2) : 2 * (step % 2) + 2]
        ours = train_step(model, half, optimizer, options)
        logged = trainer.state.log_history[step]
        assert ours == pytest.approx({name: logged[name] for name in ours}, rel=1e-3, abs=1e-5)
    for name, parameter in trainer.model.named_parameters():
        torch.testing.assert_close(model.get_parameter(name), parameter, rtol=1e-4, atol=1e-5)
