"""What the pages say of `DPOTrainer` beside its loss: guards, reference, data, metrics.

Longer than 250 lines because each claim of the pages has its own short test.
"""

from __future__ import annotations

import logging
import math
from pathlib import Path

import pytest
import torch
from datasets import Dataset, load_from_disk
from peft import LoraConfig, get_peft_model
from trl import DPOConfig, DPOTrainer, extract_prompt

from comparing import QUIET, gradients, load
from distilled.dpo import F_DIVERGENCE_LOSSES, LOSSES, DPOOptions, dpo_loss, wpo_weights
from tiny_dpo import (
    CONVERSATIONAL,
    STANDARD,
    build_trainer,
    set_options,
    trainer_loss,
)
from tiny_model import save_tiny_model, tiny_model, tiny_tokenizer

pytestmark = pytest.mark.verifies(
    "dpo/behaviour",
    kind="facts",
    title="What the pages say of DPOTrainer beside its loss",
    trainers=["dpo"],
    entry=None,
    inputs=[
        "content/distilled/dpo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_dpo.py",
    ],
)

LORA = {"r": 4, "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM"}


def batch_of(trainer) -> dict:
    return trainer.data_collator(list(trainer.train_dataset))


def first_loss(trainer) -> float:
    return trainer_loss(trainer, batch_of(trainer))[0].item()


class TestGuards:
    """The distilled code refuses what the trainer refuses."""

    @pytest.mark.parametrize("kind", ["forward_kl", "js_divergence", "alpha_divergence"])
    @pytest.mark.parametrize("loss_type", sorted(LOSSES.keys() - F_DIVERGENCE_LOSSES))
    def test_other_divergences(self, policy: Path, loss_type: str, kind: str) -> None:
        values = {"loss_type": loss_type, "f_divergence_type": kind}
        with pytest.raises(ValueError, match="f_divergence_type"):
            DPOOptions(**values)
        with pytest.raises(ValueError, match="f_divergence_type"):
            build_trainer(policy, **values)

    def test_exo_pair_needs_label_smoothing(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="label_smoothing"):
            DPOOptions(loss_type="exo_pair")
        with pytest.raises(ValueError, match="Label smoothing"):
            build_trainer(policy, loss_type="exo_pair")

    @pytest.mark.parametrize("loss_type", ["aot", "aot_unpaired"])
    def test_sorted_losses_take_no_weights(self, policy: Path, loss_type: str) -> None:
        values = {"loss_type": loss_type, "use_weighting": True}
        with pytest.raises(NotImplementedError, match="aot"):
            DPOOptions(**values)
        with pytest.raises(NotImplementedError, match="aot"):
            build_trainer(policy, **values)

    def test_loss_weights_are_one_a_loss(self) -> None:
        values = {"loss_type": ["sigmoid", "sft"], "loss_weights": [1.0]}
        with pytest.raises(ValueError, match="loss_weights"):
            DPOOptions(**values)
        with pytest.raises(ValueError, match="loss_weights"):
            DPOConfig(bf16=False, use_cpu=True, **values)

    def test_an_unknown_loss_is_noticed_at_the_first_step_only(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="loss types"):
            DPOOptions(loss_type="kto_pair")
        trainer = build_trainer(policy, loss_type="kto_pair")
        with pytest.raises(ValueError, match="Unknown loss type: kto_pair"):
            first_loss(trainer)

    def test_robust_with_half_the_labels_flipped_only_warns(self, policy: Path, caplog) -> None:
        with caplog.at_level(logging.WARNING, logger="trl"):
            build_trainer(policy, loss_type="robust", label_smoothing=0.5)
        assert "should lie in [0.0, 0.5)" in caplog.text

    def test_padding_free_warns_and_is_switched_off(self, policy: Path, caplog) -> None:
        with caplog.at_level(logging.WARNING, logger="trl"):
            trainer = build_trainer(policy, padding_free=True)
        assert "`padding_free=True` is temporarily unavailable" in caplog.text
        assert trainer.padding_free is False

    def test_keep_end_is_deprecated(self) -> None:
        with pytest.warns(FutureWarning, match="keep_end"):
            DPOConfig(bf16=False, use_cpu=True, truncation_mode="keep_end")

    def test_the_fields_of_older_scripts_are_gone(self) -> None:
        for name in (
            "max_prompt_length",
            "rpo_alpha",
            "generate_during_eval",
            "model_adapter_name",
        ):
            with pytest.raises(TypeError, match=name):
                DPOConfig(bf16=False, use_cpu=True, **{name: None})

    def test_a_dtype_that_cannot_be_read(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="Invalid `dtype`"):
            build_trainer(policy, model_init_kwargs={"dtype": "bf16"})

    def test_a_string_prompt_beside_messages_is_a_trap(self, policy: Path) -> None:
        """Which error depends on the order of a set of strings, so on PYTHONHASHSEED."""
        row = {**CONVERSATIONAL[0], "prompt": "what colour is the sky"}
        with pytest.raises((AttributeError, TypeError)):
            build_trainer(policy, rows=[row])


class TestOptionsWithoutEffect:
    @pytest.mark.parametrize(
        "loss_type", sorted(LOSSES.keys() - {"exo_pair", "robust", "aot", "aot_unpaired"})
    )
    def test_label_smoothing(self, policy: Path, reference: Path, loss_type: str) -> None:
        trainer = build_trainer(policy, reference, loss_type=loss_type)
        plain = first_loss(trainer)
        trainer.label_smoothing = 0.3
        assert first_loss(trainer) == plain

    @pytest.mark.parametrize("loss_type", ["exo_pair", "robust", "aot", "aot_unpaired"])
    def test_label_smoothing_has_one_here(self, policy, reference, loss_type: str) -> None:
        trainer = build_trainer(policy, reference, loss_type=loss_type, label_smoothing=0.1)
        plain = first_loss(trainer)
        trainer.label_smoothing = 0.3
        assert first_loss(trainer) != pytest.approx(plain, rel=1e-3)

    def test_the_divergence_reaches_no_metric(self, policy: Path, reference: Path) -> None:
        """Rewards in the log are β times the log-ratio, whatever divergence the loss uses."""
        trainer = build_trainer(policy, reference)
        loss, plain = trainer_loss(trainer, batch_of(trainer))
        set_options(trainer, DPOOptions(f_divergence_type="forward_kl"))
        other, metrics = trainer_loss(trainer, batch_of(trainer))
        assert other.item() != pytest.approx(loss.item(), rel=1e-3)
        assert metrics == plain


class TestWeighting:
    """`use_weighting` multiplies the losses in place, which two of them cannot bear."""

    def test_sft_fails_on_more_than_one_pair(self, policy: Path, reference: Path) -> None:
        values = {"loss_type": "sft", "use_weighting": True}
        trainer = build_trainer(policy, reference, **values)
        with pytest.raises(RuntimeError, match="single memory location"):
            first_loss(trainer)
        alone = build_trainer(policy, reference, rows=STANDARD[:1], **values)
        assert first_loss(alone) > 0

    def test_hinge_fails_in_the_backward_pass(self, policy: Path, reference: Path) -> None:
        trainer = build_trainer(policy, reference, loss_type="hinge", use_weighting=True)
        loss, _ = trainer_loss(trainer, batch_of(trainer))
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            gradients(trainer.model, loss)

    def test_a_weight_may_exceed_one(self) -> None:
        """log 0.9 - log(0.9² + 0.1²) > 0: a policy sure of both completions weighs above 1."""
        logits = torch.tensor([0.9, 0.1]).log().expand(2, 3, 2)
        weights = wpo_weights(logits, torch.full((2, 2), 0.9).log(), torch.ones(2, 2).long())
        assert weights.item() == pytest.approx((0.9 / 0.82) ** 2)

    def test_a_weight_exceeds_one_in_the_trainer(self, tmp_path: Path) -> None:
        """A policy that knows its corpus by heart, on two completions from it."""
        trainer = build_trainer(
            save_tiny_model(tmp_path, seed=0, steps=60),
            rows=[
                {
                    "prompt": "it is blue it is green",
                    "chosen": " it is not",
                    "rejected": " it is not",
                }
            ],
            use_weighting=True,
        )
        trainer.data_collator.max_length = 8  # the end token was not in the corpus
        batch = batch_of(trainer)
        loss, _ = trainer_loss(trainer, batch)
        assert loss.item() > 0.70 > math.log(2)
        ours, _ = dpo_loss(trainer.model, trainer.ref_model, batch, DPOOptions(use_weighting=True))
        assert ours.item() == pytest.approx(loss.item(), rel=1e-5)


class TestReference:
    def test_it_is_loaded_again_from_the_path_of_the_policy(self, policy: Path) -> None:
        """Weights that were changed in memory do not reach it."""
        model = load(policy)
        with torch.no_grad():
            model.lm_head.weight.mul_(1.5)
        trainer = build_trainer(model)
        saved = load(policy).lm_head.weight
        assert torch.equal(trainer.ref_model.lm_head.weight, saved)
        assert first_loss(trainer) != pytest.approx(0.6931, abs=1e-3)

    def test_it_follows_name_or_path_wherever_that_points(self, policy, reference) -> None:
        model = load(policy)
        model.config._name_or_path = str(reference)
        trainer = build_trainer(model)
        assert torch.equal(trainer.ref_model.lm_head.weight, load(reference).lm_head.weight)

    def test_a_model_that_never_lay_on_disk_needs_one(self, tmp_path: Path) -> None:

        from tiny_model import tiny_tokenizer

        tokenizer = tiny_tokenizer()
        with pytest.raises(OSError):
            DPOTrainer(
                model=tiny_model(tokenizer, seed=0, spread=0.02),
                args=DPOConfig(
                    output_dir=str(tmp_path), bf16=False, use_cpu=True, report_to="none"
                ),
                train_dataset=Dataset.from_list(list(STANDARD)),
                processing_class=tokenizer,
            )

    def test_it_may_not_be_the_policy_itself(self, policy: Path) -> None:
        model = load(policy)
        with pytest.raises(ValueError, match="same object"):
            build_trainer(model, model)

    def test_dropout_is_switched_off_in_both(self, policy: Path) -> None:
        models = [load(policy), load(policy)]
        for model in models:
            for layer in model.model.layers:
                layer.mlp.act_fn = torch.nn.Sequential(layer.mlp.act_fn, torch.nn.Dropout(0.5))
        trainer = build_trainer(*models)
        rates = [
            module.p
            for model in (trainer.model, trainer.ref_model)
            for module in model.modules()
            if isinstance(module, torch.nn.Dropout)
        ]
        assert rates == [0.0] * 4

    @pytest.mark.parametrize("loss_type", LOSSES)
    def test_precomputed_log_probs_give_the_same_loss(self, policy, reference, loss_type) -> None:
        values = {"loss_type": loss_type, "label_smoothing": 0.1, "ld_alpha": 0.5}
        live = build_trainer(policy, reference, **values)
        stored = build_trainer(policy, reference, precompute_ref_log_probs=True, **values)
        assert {"ref_chosen_logps", "ref_rejected_logps"} <= batch_of(stored).keys()
        assert first_loss(stored) == pytest.approx(first_loss(live), rel=1e-5)

    def test_precomputing_keeps_no_reference_in_memory(self, policy: Path) -> None:
        trainer = build_trainer(policy, precompute_ref_log_probs=True)
        assert trainer.ref_model is None
        assert first_loss(trainer) == pytest.approx(0.6931, abs=1e-4)

    def test_syncing_and_precomputing_exclude_each_other(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="sync_ref_model"):
            build_trainer(policy, sync_ref_model=True, precompute_ref_log_probs=True)

    @pytest.mark.parametrize(
        ("first", "then"),
        [
            ({"max_length": None}, {"max_length": None, "ld_alpha": 0.0}),
            (
                {"truncation_mode": "keep_end", "max_length": 64},
                {"truncation_mode": "keep_end", "max_length": 6},
            ),
        ],
    )
    def test_the_cache_of_precomputed_sums_can_be_stale(self, policy, tmp_path, first, then):
        """Its key holds no option; policy = reference, so each reward has to be 0 and is not."""
        Dataset.from_list(list(STANDARD)).save_to_disk(str(tmp_path))
        assert precomputed_reward(policy, tmp_path, **first) == pytest.approx(0, abs=1e-6)
        assert abs(precomputed_reward(policy, tmp_path, **then)) > 0.05

    def test_the_filter_on_long_prompts_keeps_the_cache_fresh(self, policy, tmp_path) -> None:
        Dataset.from_list(list(STANDARD)).save_to_disk(str(tmp_path))
        for ld_alpha in (None, 0.0):
            reward = precomputed_reward(policy, tmp_path, ld_alpha=ld_alpha)
            assert reward == pytest.approx(0, abs=1e-6)

    def test_a_model_that_never_lay_on_disk_may_do_without_a_path(self, reference: Path) -> None:
        """With a reference, with precomputing, or with PEFT."""
        tokenizer = tiny_tokenizer()
        for extra in (
            {"reference": reference},
            {"precompute_ref_log_probs": True},
            {"peft_config": LoraConfig(**LORA)},
        ):
            model = tiny_model(tokenizer, seed=0, spread=0.02)
            assert build_trainer(model, processing_class=tokenizer, **extra).model is not None


def precomputed_reward(policy: Path, data: Path, **config) -> float:
    """`rewards/chosen` of the first batch, on rows from a folder, whose sums are cached there."""
    trainer = DPOTrainer(
        model=str(policy),
        args=DPOConfig(
            output_dir=str(data / "run"),
            precompute_ref_log_probs=True,
            **QUIET,
            **config,
        ),
        train_dataset=load_from_disk(str(data)),
    )
    _, metrics = trainer_loss(trainer, batch_of(trainer))
    return metrics["rewards/chosen"]


class TestAdapters:
    """With PEFT the reference is the model without its adapter, or a frozen copy of it."""

    def test_new_adapter_the_reference_is_the_base_model(self, policy: Path) -> None:
        trainer = build_trainer(policy, peft_config=LoraConfig(**LORA))
        assert trainer.ref_model is None
        assert first_loss(trainer) == pytest.approx(0.6931, abs=1e-4)
        trained = {name for name, p in trainer.model.named_parameters() if p.requires_grad}
        assert trained and all("lora" in name for name in trained)

    def test_trained_adapter_the_reference_is_its_copy(self, policy: Path) -> None:
        adapted = get_peft_model(load(policy), LoraConfig(**LORA, init_lora_weights=False))
        trainer = build_trainer(adapted)
        assert set(trainer.model.peft_config) == {"default", "ref"}
        assert first_loss(trainer) == pytest.approx(0.6931, abs=1e-4)
        frozen = [p for name, p in trainer.model.named_parameters() if ".ref." in name]
        assert frozen and not any(p.requires_grad for p in frozen)

    def test_given_reference_is_used(self, policy: Path, reference: Path) -> None:
        trainer = build_trainer(policy, reference, peft_config=LoraConfig(**LORA))
        plain = build_trainer(policy, reference)
        assert trainer.ref_model is not None
        assert first_loss(trainer) == pytest.approx(first_loss(plain), rel=1e-5)

    def test_given_reference_is_used_beside_an_adapted_model(self, policy, reference) -> None:
        adapted = get_peft_model(load(policy), LoraConfig(**LORA))
        trainer = build_trainer(adapted, reference)
        assert set(trainer.model.peft_config) == {"default"}
        assert trainer.ref_model is not None
        assert first_loss(trainer) == pytest.approx(
            first_loss(build_trainer(policy, reference)), rel=1e-5
        )

    def test_adapted_model_and_peft_config_exclude_each_other(self, policy: Path) -> None:
        adapted = get_peft_model(load(policy), LoraConfig(**LORA))
        with pytest.raises(ValueError, match="PeftModel"):
            build_trainer(adapted, peft_config=LoraConfig(**LORA))

    def test_no_syncing(self, policy: Path) -> None:
        with pytest.raises(NotImplementedError, match="PEFT"):
            build_trainer(policy, peft_config=LoraConfig(**LORA), sync_ref_model=True)

    def test_no_adapter_on_the_head(self, policy: Path) -> None:
        lora = LoraConfig(r=4, target_modules=["q_proj", "lm_head"], task_type="CAUSAL_LM")
        with pytest.raises(ValueError, match="lm_head"):
            build_trainer(policy, peft_config=lora)

    def test_a_whole_head_may_be_trained(self, policy: Path) -> None:
        """`modules_to_save` is not `target_modules`: the copy of the head gets a gradient."""
        lora = {**LORA, "modules_to_save": ["lm_head"]}
        trainer = build_trainer(policy, peft_config=LoraConfig(**lora))
        loss, _ = trainer_loss(trainer, batch_of(trainer))
        assert loss.item() == pytest.approx(0.6931, abs=1e-4)
        loss.backward()
        heads = [p for n, p in trainer.model.named_parameters() if "lm_head.modules_to_save" in n]
        assert [p.grad.norm().item() > 0 for p in heads] == [True]

    def test_a_peft_config_must_be_one(self, policy: Path) -> None:
        with pytest.raises(TypeError, match="PeftConfig"):
            build_trainer(policy, peft_config=LORA)


class TestData:
    def test_a_pair_cut_to_the_same_tokens_has_margin_zero(self, policy, reference) -> None:
        row = {"prompt": "the sea", "chosen": " is not green", "rejected": " is not blue"}
        trainer = build_trainer(policy, reference, rows=[row], max_length=4)
        loss, metrics = trainer_loss(trainer, batch_of(trainer))
        assert metrics["rewards/margins"] == 0.0
        assert loss.item() == pytest.approx(0.6931, abs=1e-4)
        assert all(
            gradient.abs().max() < 1e-6 for gradient in gradients(trainer.model, loss).values()
        )

    def test_the_end_token_carries_loss(self, policy: Path) -> None:
        trainer = build_trainer(policy)
        end = trainer.processing_class.eos_token_id
        assert {row[-1] for row in trainer.train_dataset["chosen_ids"]} == {end}
        batch = batch_of(trainer)
        assert (batch["completion_mask"][batch["input_ids"] == end] == 1).all()

    def test_chat_data_gets_its_end_token_from_the_template(self, policy: Path) -> None:
        trainer = build_trainer(policy, rows=CONVERSATIONAL)
        text = trainer.processing_class.decode(trainer.train_dataset["chosen_ids"][0])
        assert text == " it is blue and not green<end>"

    def test_pad_falls_back_to_the_end_token(self, policy: Path) -> None:
        tokenizer = tiny_tokenizer()
        tokenizer.pad_token = None
        trainer = build_trainer(policy, processing_class=tokenizer)
        assert trainer.processing_class.pad_token == tokenizer.eos_token == "<end>"

    def test_ipo_counts_a_first_token_that_nothing_predicts(self, policy, reference) -> None:
        """Without a prompt the first token has no log-prob, yet counts in the length."""
        row = {"prompt": "", "chosen": "the sky is blue", "rejected": "the sea"}
        batch = batch_of(build_trainer(policy, reference, rows=[row]))
        scored = batch["completion_mask"][:, 1:].sum(dim=1)
        assert (batch["completion_mask"].sum(dim=1) == scored + 1).all()

    def test_an_implicit_prompt_is_the_common_start(self) -> None:
        row = {"chosen": "the sky is blue", "rejected": "the sky is grey"}
        found = extract_prompt(row)
        assert found == {"prompt": "the sky is", "chosen": " blue", "rejected": " grey"}

    def test_an_implicit_prompt_of_sides_that_share_nothing(self) -> None:
        """With a space at the end of chosen, the whole text but that space becomes the prompt."""
        row = {"chosen": "yes, blue ", "rejected": "no"}
        assert extract_prompt(row)["prompt"] == "yes, blue"


class TestMetrics:
    def test_names(self, policy: Path, reference: Path) -> None:
        trainer = build_trainer(policy, reference)
        _, metrics = trainer_loss(trainer, batch_of(trainer))
        assert set(metrics) == {
            *("entropy", "num_tokens", "mean_token_accuracy", "logits/chosen", "logits/rejected"),
            *("rewards/chosen", "rewards/rejected", "rewards/accuracies", "rewards/margins"),
            *("logps/chosen", "logps/rejected"),
        }

    def test_in_evaluation_they_carry_a_prefix(self, policy: Path) -> None:
        trainer = build_trainer(policy)
        metrics = trainer.evaluate(Dataset.from_list(list(STANDARD)))
        assert metrics["eval_loss"] == pytest.approx(0.6931, abs=1e-4)
        logged = trainer.state.log_history[-1]
        assert logged["eval_rewards/accuracies"] == 0.0

    def test_of_several_evaluation_sets_the_last_one_overwrites(self, policy: Path) -> None:
        """Only loss and timings carry the name of the set."""
        sets = {"one": STANDARD[:1], "two": STANDARD[1:]}
        trainer = build_trainer(policy)
        metrics = trainer.evaluate({n: Dataset.from_list(list(r)) for n, r in sets.items()})
        assert {"eval_one_loss", "eval_two_loss", "eval_rewards/chosen"} <= metrics.keys()
        assert not any("one_" in n or "two_" in n for n in metrics if "/" in n or "entropy" in n)
        logged = [e["eval_logps/chosen"] for e in trainer.state.log_history]
        assert len(set(logged)) == 2
        assert metrics["eval_logps/chosen"] == logged[1]

    def test_accuracy_counts_strictly_greater_rewards(self, policy: Path) -> None:
        """Policy = reference: all rewards are equal, and equal is not right: 0, not 0.5."""
        trainer = build_trainer(policy)
        _, metrics = trainer_loss(trainer, batch_of(trainer))
        assert metrics["rewards/accuracies"] == 0.0

    def test_num_tokens_counts_prompts_twice(self, policy: Path) -> None:
        trainer = build_trainer(policy, rows=STANDARD[:1])
        _, metrics = trainer_loss(trainer, batch_of(trainer))
        (row,) = trainer.train_dataset
        prompt, chosen, rejected = (len(row[f"{n}_ids"]) for n in ("prompt", "chosen", "rejected"))
        assert metrics["num_tokens"] == 2 * prompt + chosen + rejected
