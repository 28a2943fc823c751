"""What the pages say of `GRPOTrainer` beside its loss: guards, defaults, batches, reference, masks.

Longer than 250 lines because each claim of the pages has its own short test.
"""

from __future__ import annotations

import logging
import math
from pathlib import Path

import pytest
import torch
from datasets import Dataset
from peft import LoraConfig, get_peft_model
from trl import GRPOConfig, GRPOTrainer

from comparing import QUIET, gradients, load
from distilled.grpo import LOSSES, BatchPlan, GRPOOptions, group_advantages
from tiny_grpo import (
    PROMPTS,
    TEXTS,
    build_trainer,
    inputs,
    last_metrics,
    rolled_out,
    trainer_loss,
)
from tiny_model import tiny_model, tiny_tokenizer

pytestmark = pytest.mark.verifies(
    "grpo/behaviour",
    kind="facts",
    title="What the pages say of GRPOTrainer beside its loss",
    trainers=["grpo"],
    entry=None,
    inputs=[
        "content/distilled/grpo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_grpo.py",
    ],
)

CPU = {"bf16": False, "use_cpu": True}
LORA = {"r": 4, "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM"}


def config(**values) -> GRPOConfig:
    return GRPOConfig(**CPU, **values)


class TestBatchArithmetic:
    """Everything counts answers."""

    @pytest.mark.parametrize(
        "values",
        [
            {},
            {"gradient_accumulation_steps": 4},
            {"per_device_train_batch_size": 2, "gradient_accumulation_steps": 4},
            {"per_device_train_batch_size": 16, "num_generations": 4},
            {"gradient_accumulation_steps": 2, "steps_per_generation": 4},
            {"gradient_accumulation_steps": 4, "steps_per_generation": 2},
            {"num_iterations": 2},
        ],
    )
    def test_the_plan_is_the_configs(self, policy: Path, values: dict) -> None:
        plan, made = BatchPlan(**values), config(**values)
        assert plan.slices == made.steps_per_generation
        assert plan.generated == made.generation_batch_size
        assert plan.prompts == made.generation_batch_size // made.num_generations

    def test_a_batch_of_four_does_not_hold_a_group_of_eight(self) -> None:
        with pytest.raises(ValueError, match="divisible by num_generations"):
            config(per_device_train_batch_size=4)
        with pytest.raises(ValueError, match="whole groups"):
            BatchPlan(per_device_train_batch_size=4)
        config(per_device_train_batch_size=4, gradient_accumulation_steps=2)  # 8 together do

    def test_a_group_has_two_answers_at_least(self) -> None:
        with pytest.raises(ValueError, match="at least 2 generations"):
            config(num_generations=1)

    def test_the_two_sizes_exclude_each_other(self) -> None:
        with pytest.raises(ValueError, match="can not be both"):
            config(generation_batch_size=16, steps_per_generation=2)

    def test_a_generation_batch_is_made_of_micro_batches(self) -> None:
        with pytest.raises(ValueError, match="divisible by the global batch size"):
            config(generation_batch_size=12)
        assert config(generation_batch_size=32).steps_per_generation == 4

    def test_evaluation_is_checked_when_it_is_on_alone(self) -> None:
        config(per_device_eval_batch_size=3)
        with pytest.raises(ValueError, match="global eval batch size"):
            config(per_device_eval_batch_size=3, eval_strategy="steps", eval_steps=1)

    def test_shrinking_on_out_of_memory_is_refused(self) -> None:
        with pytest.raises(ValueError, match="auto_find_batch_size"):
            config(auto_find_batch_size=True)

    @pytest.mark.parametrize(
        ("accumulation", "slices", "iterations", "stale"),
        [(1, 1, 1, False), (4, 4, 1, False), (4, 2, 1, False), (1, 1, 2, True), (2, 4, 1, True)],
    )
    def test_old_log_probs_are_kept_when_a_step_falls_between(
        self, policy, accumulation, slices, iterations, stale
    ) -> None:
        plan = {
            "gradient_accumulation_steps": accumulation,
            "steps_per_generation": slices,
            "num_iterations": iterations,
        }
        assert BatchPlan(**plan).stale == stale
        trainer = build_trainer(policy, per_device_train_batch_size=12 // slices, **plan)
        assert ("old_per_token_logps" in rolled_out(trainer)) == stale

    def test_a_data_set_smaller_than_one_batch_of_prompts_trains_nothing(self, policy) -> None:
        """Three prompts, of which a generation batch wants six."""
        trainer = build_trainer(policy, per_device_train_batch_size=24, num_train_epochs=1)
        assert len(trainer.get_train_dataloader()) == 0
        assert list(trainer._get_train_sampler()) == []

    def test_incomplete_batches_of_prompts_are_dropped(self, policy: Path) -> None:
        trainer = build_trainer(policy, per_device_train_batch_size=8)
        assert list(trainer._get_train_sampler()) == [0, 0, 0, 0, 1, 1, 1, 1]

    def test_answers_are_logged_when_they_are_written(self, policy: Path) -> None:
        trainer = build_trainer(policy, num_iterations=2, max_steps=4)
        trainer.train()
        steps = [entry for entry in trainer.state.log_history if "loss" in entry]
        assert ["reward" in entry for entry in steps] == [True, False, True, False]


class TestGuards:
    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"scale_rewards": "std"}, "Invalid value for scale_rewards"),
            ({"multi_objective_aggregation": "sum"}, "Invalid multi_objective_aggregation"),
        ],
    )
    def test_unknown_scalings_are_noticed_at_the_first_batch(self, policy, values, message) -> None:
        trainer = build_trainer(policy, **values)
        with pytest.raises(ValueError, match=message):
            rolled_out(trainer)

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"loss_type": "gspo"}, "Unknown loss type: gspo"),
            ({"importance_sampling_level": "sentence"}, "Unknown importance sampling level"),
        ],
    )
    def test_unknown_losses_are_noticed_at_the_first_step(self, policy, values, message) -> None:
        trainer = build_trainer(policy, **values)
        with pytest.raises(ValueError, match=message):
            trainer_loss(trainer, rolled_out(trainer))

    def test_reward_weights_are_one_a_function(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="Number of reward weights"):
            build_trainer(policy, reward_weights=[1.0, 2.0])

    def test_a_reward_is_required(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="No reward source"):
            build_trainer(policy, reward_funcs=[])

    def test_a_list_is_no_data_set(self, policy: Path) -> None:
        with pytest.raises(TypeError, match="must be a `Dataset`"):
            build_trainer(policy, data=[{"prompt": "is it"}])  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="`train_dataset` is required"):
            GRPOTrainer(model=str(policy), reward_funcs=len, args=GRPOConfig(**QUIET))

    def test_the_head_takes_no_adapter(self, policy: Path) -> None:
        model = get_peft_model(load(policy), LoraConfig(**{**LORA, "target_modules": ["lm_head"]}))
        with pytest.raises(ValueError, match="`lm_head` is not supported"):
            build_trainer(model)

    def test_a_peft_model_takes_no_second_config(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="`PeftModel` instance together"):
            GRPOTrainer(
                model=get_peft_model(load(policy), LoraConfig(**LORA)),
                reward_funcs=lambda completions, **_: [0.0] * len(completions),
                args=GRPOConfig(**QUIET),
                train_dataset=Dataset.from_list([{"prompt": "is it"}]),
                peft_config=LoraConfig(**LORA),
            )

    def test_syncing_needs_a_reference(self, policy: Path) -> None:
        with pytest.raises(ValueError, match=r"`beta=0\.0`"):
            build_trainer(policy, sync_ref_model=True)
        adapted = get_peft_model(load(policy), LoraConfig(**LORA))
        with pytest.raises(NotImplementedError, match="PEFT"):
            build_trainer(adapted, sync_ref_model=True, beta=0.1)

    def test_vllm_has_to_be_installed(self, policy: Path) -> None:
        with pytest.raises(ImportError, match="vLLM is not available"):
            build_trainer(policy, use_vllm=True)

    def test_vespo_wants_a_ratio_a_token_from_the_engine(self, policy: Path) -> None:
        """Its default mode is one a sequence, so `vespo` with vLLM needs the setting changed."""
        with pytest.raises(ValueError, match="VESPO loss requires"):
            build_trainer(policy, use_vllm=True, loss_type="vespo")

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"loss_type": "luspo"}, "should be set to `'sequence'`"),
            ({"loss_type": "vespo", "importance_sampling_level": "sequence"}, "VESPO computes"),
            (
                {"loss_type": "dapo", "importance_sampling_level": "sequence"},
                "set `loss_type='grpo'`",
            ),
        ],
    )
    def test_levels_that_do_not_fit_warn(self, policy, caplog, values, message) -> None:
        with caplog.at_level(logging.WARNING, logger="trl"):
            build_trainer(policy, **values)
        assert message in caplog.text

    def test_truncation_bounds_of_the_correction(self) -> None:
        with pytest.raises(ValueError, match="At least one of"):
            config(
                vllm_importance_sampling_mode="token_truncate",
                vllm_importance_sampling_clip_max=None,
            )
        with pytest.raises(ValueError, match="must be less than"):
            config(vllm_importance_sampling_clip_min=4.0)

    def test_fields_of_older_scripts_are_gone(self) -> None:
        for name in ("max_prompt_length", "use_liger_loss", "wandb_log_unique_prompts"):
            with pytest.raises(TypeError, match=name):
                config(**{name: None})


class TestDefaults:
    def test_the_correction_masks_whole_sequences(self) -> None:
        """The docstring calls `token_truncate` the default; it is not."""
        assert config().vllm_importance_sampling_mode == "sequence_mask"
        assert config().vllm_importance_sampling_clip_max == 3.0

    def test_a_bool_scales_by_group_or_not(self) -> None:
        assert config(scale_rewards=True).scale_rewards == "group"
        assert config(scale_rewards=False).scale_rewards == "none"

    def test_dr_grpo_needs_a_length(self, policy: Path) -> None:
        trainer = build_trainer(policy, loss_type="dr_grpo", max_completion_length=None)
        with pytest.raises(TypeError):
            trainer_loss(trainer, rolled_out(trainer))


class TestCispoCap:
    """`epsilon_high` is the cap itself in `cispo`, and `epsilon` when unset."""

    def gradient(self, policy: Path, high: float | None) -> tuple[float, dict[str, float]]:
        trainer = build_trainer(policy, loss_type="cispo", epsilon_high=high)
        loss = trainer_loss(trainer, rolled_out(trainer))
        norms = [g.norm() for g in gradients(trainer.model, loss).values()]
        return torch.stack(norms).norm().item(), last_metrics(trainer)

    def test_unset_makes_the_gradient_a_fifth(self, policy: Path, caplog) -> None:
        with caplog.at_level(logging.WARNING, logger="trl"):
            capped, metrics = self.gradient(policy, None)
        assert "epsilon" not in caplog.text
        free, other = self.gradient(policy, 5.0)
        assert capped == pytest.approx(0.2 * free, rel=1e-4)
        assert metrics["cispo_clip_ratio"] > 0.2 and other["cispo_clip_ratio"] == 0

    def test_the_metric_counts_good_answers_only(self, policy: Path) -> None:
        """The cap holds for all tokens; at ε = 0.2 every one of them is cut."""
        _, metrics = self.gradient(policy, None)
        assert 0 < metrics["cispo_clip_ratio"] < 1


class TestFingerprint:
    """The loss on the policy, on four answers of 100, 20, 30 and 50 tokens, rewards 1, 0, 0, 1."""

    LENGTHS = (100, 20, 30, 50)
    EXPECTED = {  # noqa: RUF012
        **{"grpo": 0.0, "dapo": -0.4329, "bnpo": -0.4329, "dr_grpo": -0.0423, "luspo": -21.6469},
        **{"sapo": -0.0412},
    }

    @pytest.mark.parametrize("loss_type", EXPECTED)
    def test_first_loss(self, policy: Path, loss_type: str) -> None:
        trainer = build_trainer(policy, loss_type=loss_type, max_completion_length=512)
        advantages, _ = group_advantages(
            torch.tensor([[1.0], [0.0], [0.0], [1.0]]), GRPOOptions(num_generations=4)
        )
        mask = torch.tensor([[1] * n + [0] * (100 - n) for n in self.LENGTHS])
        log_probs = torch.full(mask.shape, -1.0, requires_grad=True)
        trainer._get_per_token_logps_and_entropies = lambda *_, **__: (
            log_probs,
            log_probs * 0,
            None,
        )
        batch = {
            "prompt_ids": torch.ones(4, 2).long(),
            "prompt_mask": torch.ones(4, 2).long(),
            "completion_ids": torch.ones_like(mask),
            "completion_mask": mask,
            "advantages": advantages,
            "num_items_in_batch": mask.sum(),
        }
        loss = trainer_loss(trainer, batch)
        assert loss.item() == pytest.approx(self.EXPECTED[loss_type], abs=1e-4)
        loss.backward()
        assert log_probs.grad.abs().max() > 0

    def test_the_value_is_zero_and_the_gradient_is_not(self, policy: Path) -> None:
        trainer = build_trainer(policy, loss_type="grpo")
        loss = trainer_loss(trainer, rolled_out(trainer))
        assert loss.item() == pytest.approx(0.0, abs=1e-6)
        assert max(g.abs().max() for g in gradients(trainer.model, loss).values()) > 0.01


class TestOptionsThatHide:
    def test_delta_hides_the_upper_clip_from_the_log(self, policy, reference) -> None:
        """It is applied to the ratio that the metric reads."""
        plain = build_trainer(reference, num_iterations=2)
        batch = rolled_out(plain)
        plain.model.load_state_dict(load(policy).state_dict())
        trainer_loss(plain, batch)
        assert last_metrics(plain)["clip_ratio/high_mean"] > 0
        plain.args.delta = 1.2
        trainer_loss(plain, batch)
        assert last_metrics(plain)["clip_ratio/high_mean"] == 0

    @pytest.mark.parametrize(("scale", "share"), [("group", 1 / 3), ("none", 1 / 3), ("batch", 0)])
    def test_flat_groups_are_not_counted_when_the_batch_scales(self, policy, scale, share) -> None:
        trainer = build_trainer(policy, scale_rewards=scale)
        rolled_out(trainer)  # the second of three groups earns 1 everywhere
        assert last_metrics(trainer)["frac_reward_zero_std"] == pytest.approx(share)

    def test_flat_groups_are_not_counted_one_by_one(self, policy: Path) -> None:
        trainer = build_trainer(policy, multi_objective_aggregation="normalize_then_sum")
        rolled_out(trainer)
        assert last_metrics(trainer)["frac_reward_zero_std"] == 0

    def test_decoupled_rewards_ignore_scale_rewards(self, policy: Path) -> None:
        both = [
            rolled_out(
                build_trainer(
                    policy, scale_rewards=s, multi_objective_aggregation="normalize_then_sum"
                )
            )["advantages"]
            for s in ("group", "none")
        ]
        assert torch.equal(*both)

    def test_truncated_answers_stay_in_the_baseline(self, policy: Path) -> None:
        """They leave the loss, but their rewards still count in the group's mean and deviation."""
        plain, masked = (
            rolled_out(build_trainer(policy, mask_truncated_completions=m)) for m in (False, True)
        )
        assert torch.equal(plain["advantages"], masked["advantages"])
        assert masked["completion_mask"].sum() < plain["completion_mask"].sum()
        cut = masked["completion_mask"].sum(1) == 0
        assert cut.sum() == 2 and (masked["advantages"][cut] != 0).all()

    def test_a_flat_group_still_counts_in_the_denominator(self, policy: Path) -> None:
        """Its tokens carry no advantage and are divided by all the same."""
        batch = rolled_out(build_trainer(policy))
        flat = batch["advantages"] == 0
        assert flat.sum() == 4
        assert batch["num_items_in_batch"] == batch["completion_mask"].sum()


class TestDropout:
    """On by default: it moves the first ratio only where old log-probabilities are stored."""

    @pytest.mark.parametrize(("iterations", "moved"), [(1, False), (2, True)])
    def test_first_ratio(self, policy: Path, iterations: int, moved: bool) -> None:
        assert config().disable_dropout is False
        model = load(policy)
        for layer in model.model.layers:
            layer.self_attn.attention_dropout = 0.5
        trainer = build_trainer(model, loss_type="grpo", num_iterations=iterations)
        torch.manual_seed(0)
        loss = trainer_loss(trainer, rolled_out(trainer)).item()
        assert (abs(loss) > 1e-3) == moved


class TestPolicyLoss:
    @pytest.mark.parametrize(("loss_type", "part"), [("dapo", 1 / 2), ("bnpo", 1)])
    def test_token_means_log_a_share(self, policy: Path, loss_type: str, part: float) -> None:
        """The loss before the bonus; of the token means, the mean of the micro-batches' shares."""
        trainer = build_trainer(
            policy,
            loss_type=loss_type,
            entropy_coef=1e-9,
            per_device_train_batch_size=6,
            gradient_accumulation_steps=2,
            max_steps=1,
        )
        trainer.train()
        logged = trainer.state.log_history[0]
        assert abs(logged["loss"]) > 1e-3
        assert logged["policy_loss"] == pytest.approx(part * logged["loss"], rel=1e-4)


class TestAdaptiveEntropy:
    def test_the_coefficient_moves_after_each_step(self, policy: Path) -> None:
        """Up by δ while the entropy is at or below the target, down above; used one step later."""
        values = {"use_adaptive_entropy": True, "entropy_coef": 0.01, "max_steps": 3}
        for target, expected in ((9.0, [0.015, 0.02, 0.025]), (0.0, [0.005, 0.0, 0.0])):
            trainer = build_trainer(policy, entropy_target=target, **values)
            trainer.train()
            logged = [e["entropy_coef"] for e in trainer.state.log_history if "loss" in e]
            assert logged == pytest.approx(expected)

    def test_the_default_target_is_below_what_a_model_has(self, policy: Path) -> None:
        trainer = build_trainer(policy, use_adaptive_entropy=True, entropy_coef=0.5, max_steps=2)
        trainer.train()
        for entry in trainer.state.log_history[:2]:
            assert entry["loss"] == pytest.approx(entry["policy_loss"], abs=1e-5)


class TestReference:
    def test_none_without_beta(self, policy: Path) -> None:
        trainer = build_trainer(policy)
        assert trainer.ref_model is None
        batch = rolled_out(trainer)
        trainer_loss(trainer, batch)
        assert "ref_per_token_logps" not in batch and "kl" not in last_metrics(trainer)

    def test_it_is_loaded_from_the_path_of_the_policy(self, policy: Path) -> None:
        """Weights that were changed in memory do not reach it."""
        model = load(policy)
        with torch.no_grad():
            model.lm_head.weight.mul_(1.5)
        trainer = build_trainer(model, beta=0.1)
        assert torch.equal(trainer.ref_model.lm_head.weight, load(policy).lm_head.weight)

    def test_a_model_that_never_lay_on_disk_has_none(self) -> None:
        tokenizer = tiny_tokenizer()
        values = {
            "model": tiny_model(tokenizer, seed=0, spread=0.02),
            "reward_funcs": lambda completions, **_: [0.0] * len(completions),
            "train_dataset": Dataset.from_list([{"prompt": "is it"}]),
            "processing_class": tokenizer,
        }
        with pytest.raises(OSError):
            GRPOTrainer(args=GRPOConfig(beta=0.1, **QUIET), **values)
        GRPOTrainer(args=GRPOConfig(**QUIET), **values)

    def test_with_a_peft_config_it_is_the_model_without_the_adapter(self, policy: Path) -> None:
        trainer = build_trainer(policy, beta=0.1, num_iterations=2, peft_config=LoraConfig(**LORA))
        assert trainer.ref_model is None and set(trainer.model.peft_config) == {"default"}
        before = rolled_out(trainer)
        torch.testing.assert_close(before["ref_per_token_logps"], before["old_per_token_logps"])
        with torch.no_grad():
            for name, parameter in trainer.model.named_parameters():
                if "lora_B" in name:
                    parameter.add_(0.5)
        after = rolled_out(trainer)
        torch.testing.assert_close(after["ref_per_token_logps"], before["ref_per_token_logps"])
        assert not torch.allclose(after["old_per_token_logps"], before["old_per_token_logps"])

    def test_a_trained_adapter_is_copied(self, policy: Path) -> None:
        model = get_peft_model(load(policy), LoraConfig(**LORA))
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                torch.nn.init.normal_(parameter, std=0.5)
        trainer = build_trainer(model, beta=0.1, num_iterations=2)
        batch = rolled_out(trainer)
        torch.testing.assert_close(batch["ref_per_token_logps"], batch["old_per_token_logps"])
        assert (
            "ref"
            not in build_trainer(
                get_peft_model(load(policy), LoraConfig(**LORA)), beta=0.0
            ).model.peft_config
        )

    def test_the_adapter_to_copy_has_to_be_named_default(self, policy: Path) -> None:
        model = get_peft_model(load(policy), LoraConfig(**LORA), adapter_name="mine")
        with pytest.raises(KeyError, match="default"):
            build_trainer(model, beta=0.1)

    def test_k3_is_never_negative_and_zero_at_the_start(self, policy: Path) -> None:
        trainer = build_trainer(policy, beta=0.1)
        trainer_loss(trainer, rolled_out(trainer))
        assert last_metrics(trainer)["kl"] == 0


class TestMixedSamplers:
    """The correction for an engine's log-probs, with numbers in the place of vLLM."""

    def test_small_gaps_add_up_over_a_sequence(self) -> None:
        """0.012 nats a token: 1.01 over one token, above the cap of 3 over 100."""
        assert math.exp(0.012) < 1.02 and math.exp(0.012 * 100) > 3.0
        assert math.exp(0.012 * 1000) > 1.6e5

    def test_a_masked_sequence_has_no_gradient(self, policy: Path) -> None:
        far = build_trainer(policy, sampled=lambda y, i: [-30.0] * len(y))
        batch = rolled_out(far)
        assert (batch["importance_sampling_ratio"] == 0).all()
        loss = trainer_loss(far, batch)
        assert loss.item() == 0
        assert all(g.abs().max() == 0 for g in gradients(far.model, loss).values())
        assert last_metrics(far)["sampling/importance_sampling_ratio/max"] == 0


def test_every_loss_type_of_the_facts_is_distilled() -> None:
    facts = {"luspo", "vespo", "cispo", "sapo", "bnpo", "dr_grpo", "dapo", "grpo"}
    assert facts == set(LOSSES)


def test_prompts_are_repeated_and_answers_are_shuffled(policy: Path) -> None:
    """Slices of a generation batch may hold answers of several groups."""
    trainer = build_trainer(policy, per_device_train_batch_size=4, steps_per_generation=3)
    assert [row["prompt"] for row in inputs()] == [p for p in PROMPTS for _ in range(4)]
    torch.manual_seed(0)
    trainer.model.train()
    part = trainer._prepare_inputs(inputs())
    assert len(part["advantages"]) == 4 and len(trainer._buffered_inputs) == 3
    assert part["advantages"].sum().abs() > 1e-3, "no whole group in it"
    assert len(TEXTS) == 12
