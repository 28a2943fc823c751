"""What the pages say of `PPOTrainer` beside its loss: guards, traps, settings that do nothing.

Longer than 250 lines because each claim of the pages has its own short test.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from accelerate import Accelerator
from datasets import Dataset
from peft import LoraConfig, get_peft_model
from trl.experimental.ppo import PPOConfig, ppo_trainer

from comparing import load
from distilled.ppo import PPOOptions
from tiny_model import tiny_tokenizer
from tiny_ppo import (
    EOS,
    PAD,
    PROMPTS,
    build_trainer,
    four_models,
    given_completions,
    prompts,
)

pytestmark = pytest.mark.verifies(
    "ppo/behaviour",
    kind="facts",
    title="What the pages say of PPOTrainer beside its loss",
    trainers=["ppo"],
    entry=None,
    inputs=[
        "content/distilled/ppo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_ppo.py",
    ],
)

N = len(PROMPTS)
LORA = {"r": 4, "target_modules": ["q_proj", "v_proj"]}


@pytest.fixture
def models(policy: Path, reference: Path) -> dict:
    return four_models(policy, reference)


def logged(trainer) -> list[dict]:
    return [entry for entry in trainer.state.log_history if "objective/kl" in entry]


def run(models: dict, stop: int | None = EOS, given: bool = True, **options):
    """A trained trainer, its log and the number of steps that its optimizer took."""
    options = {"stop_token": "eos" if stop is not None else None, **options}
    trainer = build_trainer(models, **{"learning_rate": 1e-3, **options})
    steps, inner = [], trainer.optimizer.optimizer
    step = inner.step
    inner.step = lambda *a, **k: (steps.append(1), step(*a, **k))
    with given_completions(stop) if given else contextlib.nullcontext():
        trainer.train()
    return trainer, logged(trainer), len(steps)


@contextlib.contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raises TimeoutError inside the block when it takes longer."""

    def ring(*_):
        raise TimeoutError

    previous = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


class TestGuards:
    def test_the_reference_is_not_the_policy(self, models: dict) -> None:
        with pytest.raises(ValueError, match="cannot be the same object"):
            build_trainer({**models, "reference": models["policy"]})

    def test_stop_tokens(self, models: dict) -> None:
        with pytest.raises(ValueError, match="cannot set both"):
            build_trainer(models, stop_token="eos", stop_token_id=3)
        with pytest.raises(ValueError, match="Unknown `stop_token`"):
            build_trainer(models, stop_token="pad")

    def test_both_stop_tokens_pass_when_the_id_is_zero(self, models: dict) -> None:
        trainer = build_trainer(models, stop_token="eos", stop_token_id=0)
        assert trainer.stop_token_id == EOS

    def test_k2_is_refused(self, models: dict) -> None:
        with pytest.raises(ValueError, match="k1"):
            build_trainer(models, kl_estimator="k2")

    def test_batches_must_divide(self, models: dict) -> None:
        with pytest.raises(ValueError, match="inexact division: 8 / 3"):
            build_trainer(models, num_mini_batches=3)

    def test_whitened_rewards_need_eight_rows(self, models: dict) -> None:
        with pytest.raises(AssertionError, match="insufficient for whitening"):
            build_trainer(models, num_mini_batches=2, whiten_rewards=True)

    def test_training_data_is_required(self, models: dict) -> None:
        with pytest.raises(ValueError, match="`train_dataset` is required"):
            ppo_trainer.PPOTrainer(
                args=None,
                processing_class=None,
                model=models["policy"],
                ref_model=None,
                reward_model=models["reward"],
                value_model=models["value"],
                train_dataset=None,
            )

    def test_peft(self, models: dict) -> None:
        with pytest.raises(TypeError, match="PeftConfig"):
            build_trainer(models, peft_config={"r": 4})
        wrapped = get_peft_model(models["policy"], LoraConfig(**LORA))
        with pytest.raises(ValueError, match="PeftModel"):
            build_trainer({**models, "policy": wrapped}, peft_config=LoraConfig(**LORA))


class TestTraps:
    """What has no guard."""

    def test_models_of_the_wrong_kind(self, models: dict, policy: Path) -> None:
        with pytest.raises(AttributeError, match="base_model_prefix"):
            build_trainer({**models, "value": None})
        with pytest.raises(AttributeError, match="modules"):
            build_trainer({**models, "reward": lambda *_: 0.0})
        with pytest.raises(AttributeError, match="score"):
            run({**models, "value": load(policy)})

    def test_a_bare_module_has_no_backbone(self, models: dict) -> None:
        with pytest.raises(AttributeError, match="base_model_prefix"):
            run({**models, "reward": torch.nn.Linear(2, 2)})

    def test_text_is_not_tokenised(self, models: dict) -> None:
        with pytest.raises(ValueError, match="input_ids"):
            run(models, dataset=Dataset.from_dict({"prompt": list(PROMPTS)}))

    def test_a_text_column_beside_the_ids(self, models: dict) -> None:
        with pytest.raises(ValueError, match="Unable to create tensor"):
            run(models, dataset=prompts().add_column("text", list(PROMPTS)))

    def test_fewer_prompts_than_a_batch_hang(self, models: dict) -> None:
        trainer = build_trainer(models, per_device_train_batch_size=2 * N, total_episodes=N)
        with pytest.raises(TimeoutError), time_limit(4):
            trainer.train()

    def test_padding_on_the_right_goes_unnoticed(self, models: dict) -> None:
        tokenizer = tiny_tokenizer()
        tokenizer.padding_side = "right"
        seen = []
        original = ppo_trainer.batch_generation
        try:
            ppo_trainer.batch_generation = lambda *a: (seen.append(a[1]), original(*a))[1]
            _, log, _ = run(models, tokenizer=tokenizer, given=False)
        finally:
            ppo_trainer.batch_generation = original
        assert len(log) == 1
        assert (seen[0][:, -1] == PAD).any(), "the policy continued after padding"

    def test_one_object_as_reward_and_value_model(self, models: dict) -> None:
        before = models["reward"].score.weight.clone()
        run({**models, "value": models["reward"]})
        assert not torch.equal(models["reward"].score.weight, before)

    def test_a_pad_token_that_is_the_end_token_is_never_trained(self, models: dict) -> None:
        """The position of the end token is outside the mask of the advantages."""
        tokenizer = tiny_tokenizer()
        tokenizer.padding_side, tokenizer.pad_token = "left", tokenizer.eos_token
        trainer = build_trainer(models, tokenizer=tokenizer, stop_token="eos")
        rows = torch.tensor([[40, 41, 42, EOS, EOS, EOS]] * N)
        masks, whiten = [], ppo_trainer.masked_whiten

        def generate(model, queries, chunk, pad, config):
            both = torch.cat([queries, rows], dim=1)
            logits = ppo_trainer.forward(model, both, pad).logits
            return both, logits[:, queries.shape[1] - 1 : -1] / config.temperature

        original = ppo_trainer.batch_generation
        try:
            ppo_trainer.batch_generation = generate
            ppo_trainer.masked_whiten = lambda v, m, **k: (masks.append(m), whiten(v, m, **k))[1]
            trainer.train()
        finally:
            ppo_trainer.batch_generation, ppo_trainer.masked_whiten = original, whiten
        assert masks[0][0].tolist() == [True, True, True, False, False, False]

    def test_default_sampling_goes_on_after_the_end_token(self, models: dict) -> None:
        with torch.no_grad():
            models["policy"].lm_head.weight.zero_()  # every token equally likely
        seen, original = [], ppo_trainer.batch_generation
        try:
            ppo_trainer.batch_generation = lambda *a: seen.append(original(*a)) or seen[-1]
            run(models, stop=None, given=False, response_length=400, num_ppo_epochs=1)
        finally:
            ppo_trainer.batch_generation = original
        rows = seen[0][0][:, -400:]
        endings = [(row == EOS).nonzero() for row in rows]
        after = [
            (row[end[0, 0] + 1 :] != PAD).sum().item()
            for row, end in zip(rows, endings, strict=True)
            if len(end)
        ]
        assert after and max(after) > 50
        assert models["policy"].generation_config.eos_token_id is None

    @pytest.mark.parametrize("setting", [None, "repetition_penalty", "min_new_tokens"])
    def test_the_generation_config_of_the_policy_acts(self, policy: Path, setting) -> None:
        models = four_models(policy, policy)
        values = {"repetition_penalty": 3.0, "min_new_tokens": 8}
        if setting:
            setattr(models["policy"].generation_config, setting, values[setting])
        else:
            models["policy"].generation_config.top_k = 2  # is overridden
        _, log, _ = run(models, given=False, response_length=8, num_ppo_epochs=1)
        first = abs(log[0]["objective/kl"]), abs(log[0]["val/ratio"] - 1)
        assert min(first) > 1e-4 if setting else max(first) < 1e-5, first

    def test_numpy_is_not_seeded(self, policy: Path, reference: Path) -> None:
        losses = []
        for _ in range(2):
            _, log, _ = run(four_models(policy, reference), num_mini_batches=2, seed=3)
            losses.append(log[0]["loss/policy_avg"])
        assert losses[0] != losses[1]


class TestSettingsWithoutEffect:
    def test_max_steps_and_logging_steps(self, models: dict) -> None:
        _, log, _ = run(models, max_steps=1, logging_steps=10, total_episodes=3 * N)
        assert len(log) == 3

    def test_gradient_checkpointing(self, models: dict) -> None:
        run(models, gradient_checkpointing=True)
        assert not models["policy"].is_gradient_checkpointing

    def test_max_grad_norm(self, policy: Path, reference: Path) -> None:
        moved = []
        for limit in (1e-6, 1.0):
            models = four_models(policy, reference)
            run(models, max_grad_norm=limit, optim="sgd", learning_rate=0.1, num_ppo_epochs=1)
            moved.append(torch.cat([p.flatten() for p in models["policy"].parameters()]))
        torch.testing.assert_close(*moved, rtol=1e-5, atol=1e-7)

    def test_bf16(self, models: dict) -> None:
        trainer = build_trainer(models, bf16=True)
        assert isinstance(trainer.accelerator, Accelerator)
        assert trainer.accelerator.mixed_precision == "no"

    def test_no_gradient_norm_is_logged(self, models: dict) -> None:
        _, log, _ = run(models)
        assert "grad_norm" not in log[0] and "loss" not in log[0]

    def test_resuming_and_evaluating(self, models: dict) -> None:
        trainer = build_trainer(models, eval_dataset=prompts())
        with pytest.raises(TypeError, match="resume_from_checkpoint"):
            trainer.train(resume_from_checkpoint=True)
        with pytest.raises(AttributeError, match="_memory_tracker"):
            trainer.evaluate()


class TestSteps:
    """How many steps the optimizer takes on one batch of samples."""

    def steps(self, policy, reference, mini, accumulated, passes=3, batches=1):
        models = four_models(policy, reference)
        _, log, steps = run(
            models,
            dataset=prompts(PROMPTS * passes),
            per_device_train_batch_size=N // accumulated,
            gradient_accumulation_steps=accumulated,
            num_mini_batches=mini,
            total_episodes=batches * N,
        )
        return log, steps

    def test_without_accumulation_mini_batches_are_steps(self, policy, reference) -> None:
        assert self.steps(policy, reference, 1, 1)[1] == 4
        assert self.steps(policy, reference, 2, 1)[1] == 8

    def test_with_accumulation_mini_batches_do_nothing(self, policy, reference) -> None:
        assert self.steps(policy, reference, 1, 2)[1] == 4
        assert self.steps(policy, reference, 2, 2)[1] == 4

    def test_and_the_averages_are_divided_by_the_number_of_mini_batches(
        self, policy, reference
    ) -> None:
        """The table of statistics has places that nothing fills; they stay zero."""
        right, _ = self.steps(policy, reference, 1, 2)
        halved, _ = self.steps(policy, reference, 2, 2)
        assert halved[0]["policy/entropy_avg"] == pytest.approx(
            right[0]["policy/entropy_avg"] / 2, rel=0.05
        )

    def test_the_last_batch_of_a_pass_steps_after_every_micro_batch(
        self, policy, reference
    ) -> None:
        assert self.steps(policy, reference, 1, 2, passes=1)[1] == 8
        assert self.steps(policy, reference, 1, 2, passes=3, batches=3)[1] == 4 + 4 + 8


class TestMetrics:
    def test_signs(self, models: dict) -> None:
        """Both parts of the documentation's sentence have the other sign in the code."""
        _, (entry,), _ = run(models, kl_coef=0.3, missing_eos_penalty=2.0)
        assert entry["objective/non_score_reward"] == pytest.approx(-0.3 * entry["objective/kl"])
        total = entry["objective/scores"] + entry["objective/non_score_reward"]
        assert entry["objective/rlhf_reward"] == pytest.approx(total)

    def test_scores_include_the_penalty(self, policy, reference) -> None:
        """Two of the eight given completions never end."""
        plain = run(four_models(policy, reference))[1][0]["objective/scores"]
        fined = run(four_models(policy, reference), missing_eos_penalty=2.0)[1][0]
        assert fined["objective/scores"] == pytest.approx(plain - 2.0 * 2 / 8)

    def test_kl_of_one_batch_may_be_negative(self, models: dict) -> None:
        _, (entry,), _ = run(models)
        assert entry["objective/kl"] < 0
        assert entry["objective/non_score_reward"] > 0, "being unlike the reference is paid for"

    def test_k3_may_not(self, models: dict) -> None:
        assert run(models, kl_estimator="k3")[1][0]["objective/kl"] > 0

    def test_padding_does_not_count_as_entropy(self, policy, reference) -> None:
        """As it did before 1.10.0; the sum over tokens of -log π is the same with more padding."""
        _, (entry,), _ = run(four_models(policy, reference))
        assert entry["objective/entropy"] > 0

    def test_the_first_batch_of_an_untouched_policy(self, policy, reference) -> None:
        """One epoch, one mini-batch: ratio 1, no clipping, and a policy loss of zero."""
        models = {**four_models(policy, reference), "reference": None}
        _, (entry,), _ = run(models, num_ppo_epochs=1)
        expected = {
            "objective/kl": 0.0,
            "objective/non_score_reward": 0.0,
            "policy/approxkl_avg": 0.0,
            "policy/clipfrac_avg": 0.0,
            "loss/policy_avg": 0.0,
            "val/clipfrac_avg": 0.0,
            "val/ratio": 1.0,
        }
        assert {n: entry[n] for n in expected} == pytest.approx(expected, abs=1e-5)
        assert entry["loss/value_avg"] > 0.01

    def test_the_scheduler_moves_once_a_batch(self, models: dict) -> None:
        _, log, _ = run(models, total_episodes=4 * N)
        assert [e["lr"] for e in log] == pytest.approx([1e-3, 7.5e-4, 5e-4, 2.5e-4])


class TestReferenceAndPeft:
    def test_none_copies_the_policy(self, models: dict) -> None:
        trainer, (entry,), _ = run({**models, "reference": None})
        assert trainer.ref_model is not None
        assert entry["objective/kl"] == pytest.approx(0.0, abs=1e-5)
        assert not any(p.requires_grad for p in trainer.ref_model.parameters())

    def test_an_adapter_is_switched_off_for_the_reference(self, models: dict) -> None:
        trainer, _, _ = run({**models, "reference": None}, peft_config=LoraConfig(**LORA))
        assert trainer.ref_model is None

    def test_a_given_reference_stays_beside_an_adapter(self, models: dict) -> None:
        trainer, (entry,), _ = run(models, peft_config=LoraConfig(**LORA))
        assert trainer.ref_model is models["reference"]
        assert entry["objective/kl"] != 0.0

    def test_the_value_model_is_trained_whole(self, models: dict) -> None:
        run({**models, "reference": None}, peft_config=LoraConfig(**LORA))
        assert all(p.requires_grad for p in models["value"].parameters())


class TestSaving:
    def test_a_checkpoint_holds_the_policy_alone(self, models: dict) -> None:
        trainer, _, _ = run(models, save_strategy="steps", save_steps=1)
        folder = Path(trainer.args.output_dir) / "checkpoint-1"
        assert {"model.safetensors", "optimizer.pt", "scheduler.pt"} <= set(os.listdir(folder))
        config = json.loads((folder / "config.json").read_text())
        assert config["architectures"] == ["Qwen2ForCausalLM"]


def test_defaults_of_the_distilled_options() -> None:
    """Same names, same values as `PPOConfig`."""
    config = PPOConfig(use_cpu=True, bf16=False)
    for name in PPOOptions.__dataclass_fields__:
        if name != "gradient_accumulation_steps":
            assert getattr(PPOOptions(), name) == getattr(config, name), name
