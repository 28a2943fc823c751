"""The distilled PPO equals `PPOTrainer` of TRL 1.12.0: metrics, gradients, weights.

`PPOTrainer.train` is one function, so it runs as it is; replaced is its sampling, by completions
that end, that never end and that end at once. What it logs, the gradient of every parameter after
each backward pass and the weights after the last step are compared, in float32: metrics to 1e-5,
gradients to 1e-4, relatively. Another test lets it sample by itself.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from comparing import assert_same_gradients
from distilled.ppo import PPOOptions, micro_batches, ppo_loss, roll_out, targets, update
from tiny_ppo import (
    EOS,
    LENGTH,
    PAD,
    PROMPTS,
    build_trainer,
    config_of,
    four_models,
    given_completions,
    prompts,
    recorded_gradients,
    seeded,
)

pytestmark = pytest.mark.verifies(
    "ppo/equality",
    kind="equality",
    title="Distilled PPO equals PPOTrainer of TRL 1.12.0",
    trainers=["ppo"],
    entry=None,
    inputs=[
        "content/distilled/ppo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_ppo.py",
    ],
)

BASE = PPOOptions(response_length=LENGTH, stop_token_id=EOS, missing_eos_penalty=1.0)
CASES = {
    "base": BASE,
    "no-stop-token": replace(BASE, stop_token_id=None),
    "no-penalty": replace(BASE, missing_eos_penalty=None),
    "k3": replace(BASE, kl_estimator="k3"),
    "no-kl": replace(BASE, kl_coef=0.0),
    "strong-kl": replace(BASE, kl_coef=2.0),
    "whitened-rewards": replace(BASE, whiten_rewards=True),
    "gamma-0.9": replace(BASE, gamma=0.9),
    "lambda-0": replace(BASE, lam=0.0),
    "lambda-1": replace(BASE, lam=1.0),
    "narrow-clips": replace(BASE, cliprange=0.01, cliprange_value=0.01),
    "vf-coef-1": replace(BASE, vf_coef=1.0),
    "temperature-1": replace(BASE, temperature=1.0),
    "one-epoch": replace(BASE, num_ppo_epochs=1),
    "two-mini-batches": replace(BASE, num_mini_batches=2),
    "four-mini-batches": replace(BASE, num_mini_batches=4, num_ppo_epochs=2),
    "accumulation": replace(BASE, gradient_accumulation_steps=2),
    "accumulation-and-mini-batches": replace(
        BASE, gradient_accumulation_steps=4, num_mini_batches=2
    ),
}
RATE = 0.01


def sgd(models: dict) -> torch.optim.SGD:
    trained = [*models["policy"].parameters(), *models["value"].parameters()]
    return torch.optim.SGD(trained, lr=RATE)


def run_trainer(policy: Path, reference: Path, options: PPOOptions) -> dict:
    """One real update: what it logged, its gradients, its models and the rows that it saw."""
    models = four_models(policy, reference)
    accumulated = options.gradient_accumulation_steps
    # three batches of prompts, so that the one in use is not the last of the pass
    trainer = build_trainer(
        models,
        dataset=prompts(PROMPTS * 3),
        optimizer=sgd(models),
        **config_of(options)
        | {
            "per_device_train_batch_size": len(PROMPTS) // accumulated,
            "total_episodes": len(PROMPTS),
        },
    )
    seen = recorded_gradients(trainer)
    seeded()
    with given_completions(options.stop_token_id) as batches:
        trainer.train()
    return {
        "log": trainer.state.log_history[-1],
        "gradients": seen,
        "models": models,
        "rows": batches[0],
    }


def run_distilled(policy: Path, reference: Path, options: PPOOptions, rows: torch.Tensor) -> dict:
    """The same update by the distilled code."""
    models, context = four_models(policy, reference), rows.shape[1] - LENGTH
    rollout = roll_out(models, rows, context, PAD, EOS, options)
    optimizer, seen = sgd(models), []
    step, clear = optimizer.step, optimizer.zero_grad

    def record() -> None:
        seen.append(
            {
                f"{name}.{key}": parameter.grad.clone()
                for name, model in (("policy", models["policy"]), ("value_model", models["value"]))
                for key, parameter in model.named_parameters()
                if parameter.grad is not None
            }
        )
        step()

    optimizer.step, optimizer.zero_grad = record, clear
    seeded()
    return {"log": update(models, rollout, optimizer, options), "gradients": seen, "models": models}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def both(request, policy: Path, reference: Path) -> tuple[dict, dict, PPOOptions]:
    """One case on both sides."""
    theirs = run_trainer(policy, reference, request.param)
    ours = run_distilled(policy, reference, request.param, theirs["rows"])
    return ours, theirs, request.param


class TestOneUpdate:
    def test_metrics(self, both) -> None:
        ours, theirs, _ = both
        logged = {name: theirs["log"][name] for name in ours["log"]}
        assert ours["log"] == pytest.approx(logged, rel=1e-5, abs=2e-6, nan_ok=True)
        unnamed = {n for n in theirs["log"] if "/" in n} - ours["log"].keys()
        assert not unnamed, "the distilled code leaves out a metric"

    def test_gradients_of_every_step(self, both) -> None:
        ours, theirs, options = both
        every = options.gradient_accumulation_steps
        at_steps = theirs["gradients"][every - 1 :: every]
        assert len(ours["gradients"]) == len(at_steps)
        for mine, other in zip(ours["gradients"], at_steps, strict=True):
            assert_same_gradients(mine, {n: g for n, g in other.items() if n in mine}, rtol=1e-4)
            # the wrapper lists the value model's backbone twice, under one set of tensors
            assert all(n in mine or n.startswith("critic_backbone") for n in other)

    def test_weights(self, both, policy: Path, reference: Path) -> None:
        ours, theirs, _ = both
        fresh = four_models(policy, reference)
        for name in ("policy", "value"):
            moved = False
            for key, parameter in theirs["models"][name].named_parameters():
                torch.testing.assert_close(
                    ours["models"][name].get_parameter(key), parameter, rtol=1e-4, atol=1e-5
                )
                moved |= not torch.equal(parameter, fresh[name].get_parameter(key))
            assert moved
        for name in ("reference", "reward"):
            for key, parameter in theirs["models"][name].named_parameters():
                assert torch.equal(parameter, fresh[name].get_parameter(key)), name


def test_three_updates_with_its_own_samples(policy: Path, reference: Path, monkeypatch) -> None:
    """The trainer samples; the distilled code gets the same completions and no log-probs."""
    from tiny_ppo import ppo_trainer

    options = replace(BASE, num_mini_batches=2, num_ppo_epochs=2)
    models, batches, real = four_models(policy, reference), [], ppo_trainer.batch_generation

    def remember(*arguments):
        rows, logits = real(*arguments)
        batches.append(rows)
        return rows, logits

    monkeypatch.setattr(ppo_trainer, "batch_generation", remember)
    trainer = build_trainer(
        models,
        optimizer=sgd(models),
        **config_of(options) | {"total_episodes": 3 * len(PROMPTS)},
    )
    seeded()
    trainer.train()
    assert len(batches) == 3

    mine = four_models(policy, reference)
    optimizer = sgd(mine)
    context = batches[0].shape[1] - LENGTH
    seeded()
    for step, rows in enumerate(batches):
        rollout = roll_out(mine, rows, context, PAD, EOS, options)
        ours, logged = update(mine, rollout, optimizer, options), trainer.state.log_history[step]
        assert ours == pytest.approx({n: logged[n] for n in ours}, rel=1e-3, abs=1e-5), step
    for name in ("policy", "value"):
        for key, parameter in models[name].named_parameters():
            torch.testing.assert_close(
                mine[name].get_parameter(key), parameter, rtol=1e-3, atol=1e-4
            )


def test_the_loss_is_the_one_that_is_differentiated(policy: Path, reference: Path) -> None:
    """The first micro-batch alone: the gradient of `ppo_loss` is the first one recorded."""
    theirs = run_trainer(policy, reference, BASE)
    models, rows = four_models(policy, reference), theirs["rows"]
    rollout = roll_out(models, rows, rows.shape[1] - LENGTH, PAD, EOS, BASE)
    seeded()
    _, some = next(micro_batches(len(rows), BASE))
    loss, _ = ppo_loss(models, rollout, targets(rollout, BASE), some, BASE)
    loss.backward()
    mine = {f"policy.{n}": p.grad for n, p in models["policy"].named_parameters()}
    other = {n: g for n, g in theirs["gradients"][0].items() if n in mine}
    assert_same_gradients(mine, other)
