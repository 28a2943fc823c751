"""What the pages say of `KTOTrainer` beside its loss: guards, traps, data, reference, metrics.

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
from torch.utils.data import RandomSampler, SequentialSampler
from trl import KTOConfig, KTOTrainer

from comparing import QUIET, gradients, load
from distilled.kto import (
    LOSSES,
    KTOOptions,
    advised_ranges,
    apo_zero_unpaired,
    kto,
    weighted_loss,
)
from tiny_kto import (
    DESIRABLE,
    PAIRS,
    STANDARD,
    UNDESIRABLE,
    batch_of,
    build_trainer,
    rows_of,
    trainer_loss,
)

pytestmark = pytest.mark.verifies(
    "kto/behaviour",
    kind="facts",
    title="What the pages say of KTOTrainer beside its loss",
    trainers=["kto"],
    entry=None,
    inputs=[
        "content/distilled/kto.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_kto.py",
    ],
)

LORA = {"r": 4, "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM"}
MANY = rows_of(*[("is it" + " the sky" * (i % 3), f" it is {i}", i % 2 == 0) for i in range(12)])
WARNING = "don't seem to be in an ideal range"


def first_loss(trainer) -> float:
    return trainer_loss(trainer, batch_of(trainer))[0].item()


def sources(dataset) -> list[int]:
    """The row whose answer each row was mismatched with."""
    answers = list(dataset["completion_ids"])
    return [answers.index(other) for other in dataset["KL_completion_ids"]]


class TestGuards:
    """The distilled code refuses what the trainer refuses."""

    def test_a_batch_of_one(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="batch of 2 or more"):
            KTOOptions(per_device_train_batch_size=1)
        with pytest.raises(ValueError, match="batch size must be > 1"):
            build_trainer(policy, per_device_train_batch_size=1)
        with pytest.raises(ValueError, match="batch size must be > 1"):
            build_trainer(policy, per_device_train_batch_size=1, gradient_accumulation_steps=32)

    @pytest.mark.parametrize("strategy", ["random", "group_by_length"])
    def test_another_order_than_that_of_the_data(self, policy: Path, strategy: str) -> None:
        with pytest.raises(ValueError, match="sequential"):
            KTOOptions(train_sampling_strategy=strategy)
        with pytest.raises(ValueError, match="train_sampling_strategy='sequential'"):
            build_trainer(policy, train_sampling_strategy=strategy)

    def test_apo_has_neither_guard(self, policy: Path) -> None:
        values = {"per_device_train_batch_size": 1, "train_sampling_strategy": "random"}
        KTOOptions(loss_type="apo_zero_unpaired", **values)
        trainer = build_trainer(policy, loss_type="apo_zero_unpaired", **values)
        assert isinstance(trainer._get_train_sampler(), RandomSampler)

    def test_an_unknown_loss_fails_at_the_first_step_without_a_message(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="loss type"):
            KTOOptions(loss_type="bco")
        trainer = build_trainer(policy, loss_type="bco")
        with pytest.raises(UnboundLocalError, match="chosen_losses"):
            first_loss(trainer)

    def test_no_data_and_data_of_another_kind(self, policy: Path) -> None:
        arguments = KTOConfig(output_dir="unused", **QUIET)
        with pytest.raises(ValueError, match="train_dataset"):
            KTOTrainer(model=str(policy), args=arguments)
        with pytest.raises(TypeError, match="list"):
            KTOTrainer(model=str(policy), args=arguments, train_dataset=list(STANDARD))

    def test_policy_and_reference_may_not_be_one_object(self, policy: Path) -> None:
        model = load(policy)
        with pytest.raises(ValueError, match="same object"):
            build_trainer(model, model)

    def test_an_adapter_on_the_head(self, policy: Path) -> None:
        head = LoraConfig(r=4, target_modules=["q_proj", "lm_head"], task_type="CAUSAL_LM")
        with pytest.raises(ValueError, match="lm_head"):
            build_trainer(policy, peft_config=head)

    def test_syncing(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="sync_ref_model"):
            build_trainer(policy, sync_ref_model=True, precompute_ref_log_probs=True)
        with pytest.raises(NotImplementedError, match="PEFT"):
            build_trainer(policy, sync_ref_model=True, peft_config=LoraConfig(**LORA))

    def test_precomputing_takes_no_stream(self, policy: Path) -> None:
        stream = Dataset.from_list(list(STANDARD)).to_iterable_dataset()
        arguments = KTOConfig(
            output_dir="unused", max_steps=1, precompute_ref_log_probs=True, **QUIET
        )
        with pytest.raises(ValueError, match="IterableDataset"):
            KTOTrainer(model=str(policy), args=arguments, train_dataset=stream)

    def test_evaluating_new_data_after_a_step_with_precomputed_reference(self, policy) -> None:
        trainer = build_trainer(policy, precompute_ref_log_probs=True, max_steps=1)
        trainer.train()
        with pytest.raises(ValueError, match="after training has started"):
            trainer.evaluate(Dataset.from_list(list(STANDARD)))


class TestWeightsWarning:
    def warned(self, policy: Path, caplog, rows, **config) -> bool:
        caplog.clear()
        with caplog.at_level(logging.WARNING, logger="trl"):
            build_trainer(policy, rows=rows, **config)
        return WARNING in caplog.text

    @pytest.mark.parametrize("desirable", [1.0, 0.33, 0.4, 0.44, 0.45, 0.3])
    def test_it_comes_where_the_distilled_ranges_say(self, policy, caplog, desirable) -> None:
        rows = [*[MANY[0]] * 3, MANY[1]]  # 3 wanted, 1 unwanted
        expected = advised_ranges([True] * 3 + [False], KTOOptions(desirable_weight=desirable))
        warned = self.warned(policy, caplog, rows, desirable_weight=desirable)
        assert warned == bool(expected)
        for low, high in expected.values():
            assert f"[{low}, {high}]" in caplog.text

    def test_equal_counts_are_not_checked(self, policy, caplog) -> None:
        assert not self.warned(policy, caplog, MANY, desirable_weight=50.0)
        assert advised_ranges([True, False], KTOOptions(desirable_weight=50.0)) == {}

    def test_one_label_alone_counts_as_if_the_other_had_a_row(self, policy, caplog) -> None:
        assert self.warned(policy, caplog, [*DESIRABLE, *DESIRABLE])
        assert "[0.25, 0.33]" in caplog.text
        assert advised_ranges([True] * 4, KTOOptions())["desirable_weight"] == (0.25, 0.33)


class TestMismatching:
    """Which answers the reference point is estimated from."""

    def test_rotation_within_the_batch(self, policy: Path) -> None:
        trainer = build_trainer(policy, rows=MANY, per_device_train_batch_size=4)
        assert sources(trainer.train_dataset) == [3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10]

    def test_a_last_row_alone_is_its_own_mismatch(self, policy: Path) -> None:
        trainer = build_trainer(policy, per_device_train_batch_size=2)
        assert sources(trainer.train_dataset) == [1, 0, 3, 2, 4]

    def test_evaluation_is_cut_by_the_training_batch(self, policy: Path) -> None:
        sizes = {"per_device_train_batch_size": 4, "per_device_eval_batch_size": 3}
        trainer = build_trainer(policy, rows=MANY, eval_rows=MANY, **sizes)
        assert sources(trainer.eval_dataset) == [3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10]

    def test_more_processes_move_the_pieces(self, policy: Path) -> None:
        sizes = {"per_device_train_batch_size": 4, "dataset_num_proc": 5}
        trainer = build_trainer(policy, rows=MANY, **sizes)
        assert sources(trainer.train_dataset) == [2, 0, 1, 5, 3, 4, 7, 6, 9, 8, 11, 10]
        whole = build_trainer(policy, rows=MANY, **{**sizes, "dataset_num_proc": 3})
        assert sources(whole.train_dataset) == [3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10]

    def test_a_stream_is_rotated_too(self, policy: Path) -> None:
        stream = Dataset.from_list(list(MANY)).to_iterable_dataset()
        arguments = {**QUIET, "per_device_train_batch_size": 4, "max_steps": 1}
        trainer = KTOTrainer(
            model=str(policy), args=KTOConfig("unused", **arguments), train_dataset=stream
        )
        rows = list(trainer.train_dataset)
        answers = [row["completion_ids"] for row in rows]
        assert [answers.index(row["KL_completion_ids"]) for row in rows][:4] == [3, 0, 1, 2]

    def test_every_epoch_has_the_same_batches(self, policy: Path) -> None:
        for loss_type in LOSSES:
            trainer = build_trainer(
                policy, rows=MANY, loss_type=loss_type, per_device_train_batch_size=4,
                num_train_epochs=2,
            )  # fmt: skip
            assert isinstance(trainer._get_train_sampler(), SequentialSampler)
            seen, collate = [], trainer.data_collator

            def spy(rows, collate=collate, seen=seen):
                seen.append([row["completion_ids"] for row in rows])
                return collate(rows)

            trainer.data_collator = spy
            trainer.train()
            assert len(seen) == 6 and seen[:3] == seen[3:]

    def test_pairs_give_batches_of_one_class(self, policy: Path) -> None:
        trainer = build_trainer(policy, rows=PAIRS, per_device_train_batch_size=3, max_steps=2)
        assert list(trainer.train_dataset["label"]) == [True] * 3 + [False] * 3
        trainer.train()
        first, second = trainer.state.log_history[:2]
        assert "rewards/chosen" in first and "rewards/rejected" not in first
        assert "rewards/rejected" in second and "rewards/chosen" not in second
        assert not any("rewards/margins" in entry for entry in (first, second))


class TestLabels:
    def labelled(self, policy: Path, reference: Path, relabel) -> KTOTrainer:
        rows = [{**row, "label": relabel(row["label"])} for row in STANDARD]
        return build_trainer(policy, reference, rows=rows)

    def test_one_and_zero_work(self, policy: Path, reference: Path) -> None:
        plain = first_loss(build_trainer(policy, reference))
        assert first_loss(self.labelled(policy, reference, int)) == plain

    def test_minus_one_is_wanted(self, policy: Path, reference: Path) -> None:
        signed = self.labelled(policy, reference, lambda label: 1 if label else -1)
        loss, metrics = trainer_loss(signed, batch_of(signed))
        everything = self.labelled(policy, reference, lambda label: True)
        assert loss.item() == pytest.approx(first_loss(everything), rel=1e-6)
        assert "rewards/chosen" not in metrics and metrics["rewards/rejected"] == 0.0

    def test_words_fail_while_the_data_is_prepared(self, policy: Path, reference: Path) -> None:
        with pytest.raises(TypeError, match="unsupported operand"):
            self.labelled(policy, reference, lambda label: "good" if label else "bad")


class TestFirstLoss:
    @pytest.mark.parametrize("loss_type", LOSSES)
    @pytest.mark.parametrize("weights", [(1.0, 1.0), (3.0, 0.5)])
    def test_mean_of_half_the_weights(self, policy: Path, loss_type: str, weights) -> None:
        d, u = weights
        values = {"loss_type": loss_type, "desirable_weight": d, "undesirable_weight": u}
        trainer = build_trainer(policy, max_steps=1, **values)
        trainer.train()
        first = trainer.state.log_history[0]
        assert first["loss"] == pytest.approx((2 * d + 3 * u) / 2 / 5, abs=1e-4)
        zeros = ("kl", "rewards/chosen", "rewards/rejected", "rewards/margins")
        assert [first[name] for name in zeros] == [0.0] * 4

    def test_equal_classes_hide_a_common_offset(self) -> None:
        labels = torch.tensor([True, False] * 4)
        loss = weighted_loss(torch.full((8,), 18.4), labels, torch.zeros(()), KTOOptions())
        assert loss.item() == pytest.approx(0.5)

    def test_apo_is_kto_with_the_reference_point_at_zero(self) -> None:
        log_ratios, labels = torch.linspace(-80, 80, 33), torch.arange(33) % 2 == 0
        pair = [f(log_ratios, labels, torch.zeros(()), KTOOptions()) for f in LOSSES.values()]
        torch.testing.assert_close(*pair)
        assert list(LOSSES.values()) == [kto, apo_zero_unpaired]

    def test_the_trainer_agrees_where_kl_is_zero(self, policy: Path, reference: Path) -> None:
        both = [build_trainer(reference, policy, loss_type=name) for name in LOSSES]
        losses = [trainer_loss(trainer, batch_of(trainer)) for trainer in both]
        if losses[0][1]["kl"] > 0:
            both = [build_trainer(policy, reference, loss_type=name) for name in LOSSES]
            losses = [trainer_loss(trainer, batch_of(trainer)) for trainer in both]
        assert losses[0][1]["kl"] == losses[1][1]["kl"] == 0.0
        assert losses[0][0].item() == pytest.approx(losses[1][0].item(), rel=1e-6)


class TestMetrics:
    def test_margins_over_a_window_can_have_the_other_sign(self, policy, reference) -> None:
        """A batch of a low wanted and a higher unwanted answer, then two high wanted ones."""
        probe = build_trainer(policy, reference, rows=MANY)
        reward = [
            next(v for k, v in trainer_loss(probe, probe.data_collator([row]))[1].items()
                 if k in ("rewards/chosen", "rewards/rejected"))
            for row in probe.train_dataset
        ]  # fmt: skip
        wanted = sorted(range(0, 12, 2), key=reward.__getitem__)
        above = [i for i in range(1, 12, 2) if reward[wanted[0]] < reward[i]]
        unwanted = min(above, key=reward.__getitem__)
        rows = [MANY[i] for i in (wanted[0], unwanted, wanted[-1], wanted[-2])]
        trainer = build_trainer(
            policy, reference, rows=rows, per_device_train_batch_size=2, max_steps=2,
            logging_steps=2, learning_rate=0.0,
        )  # fmt: skip
        trainer.train()
        logged = trainer.state.log_history[0]
        difference = logged["rewards/chosen"] - logged["rewards/rejected"]
        assert logged["rewards/margins"] < 0 < difference

    def test_a_missing_class_logs_nothing(self, policy: Path, reference: Path) -> None:
        for rows, absent in ((DESIRABLE, "rejected"), (UNDESIRABLE, "chosen")):
            _, metrics = trainer_loss(t := build_trainer(policy, reference, rows=rows), batch_of(t))
            assert not any(absent in name or "margins" in name for name in metrics)

    def test_a_nan_row_leaves_the_loss_finite_and_the_gradient_nan(self, policy) -> None:
        trainer = build_trainer(policy)
        batch = batch_of(trainer)
        trainer.precompute_ref_logps = True
        batch |= {
            "ref_logps": torch.tensor([float("nan"), -9.0, -9.0, -9.0, -9.0]),
            "ref_KL_logps": torch.full((5,), -9.0),
        }
        loss, metrics = trainer_loss(trainer, batch)
        assert math.isfinite(loss.item()) and math.isfinite(metrics["rewards/chosen"])
        assert all(g.isnan().any() for g in gradients(trainer.model, loss).values())

    def test_tokens_of_mismatched_answers_are_not_counted(self, policy: Path) -> None:
        trainer = build_trainer(policy)
        batch = batch_of(trainer)
        _, metrics = trainer_loss(trainer, batch)
        assert metrics["num_tokens"] == batch["attention_mask"].sum()


class TestReference:
    def test_four_forward_passes_or_two(self, policy: Path) -> None:
        for values, expected in (
            ({}, 4),
            ({"loss_type": "apo_zero_unpaired"}, 2),
            ({"precompute_ref_log_probs": True}, 2),
            ({"peft_config": LoraConfig(**LORA)}, 4),
        ):
            trainer = build_trainer(policy, **values)
            calls: list[int] = []
            models = {id(m): m for m in (trainer.model, trainer.ref_model) if m is not None}
            for model in models.values():
                model.register_forward_hook(lambda *_, calls=calls: calls.append(1))
            first_loss(trainer)
            assert len(calls) == expected, values
            one_model = "precompute_ref_log_probs" in values or "peft_config" in values
            assert (trainer.ref_model is None) == one_model

    @pytest.mark.parametrize("loss_type", LOSSES)
    def test_precomputed_log_probs_give_the_same_loss(self, policy, reference, loss_type) -> None:
        live = build_trainer(policy, reference, loss_type=loss_type)
        stored = build_trainer(
            policy, reference, loss_type=loss_type, precompute_ref_log_probs=True,
            precompute_ref_batch_size=2,
        )  # fmt: skip
        assert first_loss(stored) == pytest.approx(first_loss(live), rel=1e-5)

    def test_it_is_loaded_again_from_the_path_of_the_policy(self, policy: Path) -> None:
        model = load(policy)
        with torch.no_grad():
            model.lm_head.weight.mul_(1.5)
        trainer = build_trainer(model)
        assert torch.equal(trainer.ref_model.lm_head.weight, load(policy).lm_head.weight)
        _, metrics = trainer_loss(trainer, batch_of(trainer))
        assert metrics["rewards/chosen"] != 0.0

    def test_precomputing_takes_the_weights_in_memory(self, policy: Path) -> None:
        model = load(policy)
        with torch.no_grad():
            model.lm_head.weight.mul_(1.5)
        trainer = build_trainer(model, precompute_ref_log_probs=True)
        _, metrics = trainer_loss(trainer, batch_of(trainer))
        assert metrics["rewards/chosen"] == pytest.approx(0.0, abs=1e-5)

    def test_arguments_said_to_be_ignored_reach_the_reference(self, policy, caplog) -> None:
        with caplog.at_level(logging.WARNING, logger="trl"):
            trainer = build_trainer(load(policy), model_init_kwargs={"dtype": "bfloat16"})
        assert "`model_init_kwargs` will be ignored" in caplog.text
        assert trainer.model.dtype == torch.float32
        assert trainer.ref_model.dtype == torch.bfloat16
        _, metrics = trainer_loss(trainer, batch_of(trainer))
        assert metrics["rewards/chosen"] != 0.0

    def test_adapters(self, policy: Path) -> None:
        fresh = build_trainer(policy, peft_config=LoraConfig(**LORA))
        trained = get_peft_model(load(policy), LoraConfig(**LORA, init_lora_weights=False))
        copied = build_trainer(trained)
        assert set(copied.model.peft_config) == {"default", "ref"}
        for trainer in (fresh, copied):
            assert trainer.ref_model is None
            assert first_loss(trainer) == pytest.approx(0.5, abs=1e-5)
        with pytest.raises(ValueError, match="PeftModel"):
            build_trainer(
                get_peft_model(load(policy), LoraConfig(**LORA)), peft_config=LoraConfig(**LORA)
            )

    def test_nothing_flows_through_the_reference_point(self, policy, reference) -> None:
        """The gradient with z_0 as a number equals that of the trainer."""
        trainer = build_trainer(policy, reference, beta=0.5)
        batch = batch_of(trainer)
        loss, metrics = trainer_loss(trainer, batch)
        theirs = gradients(trainer.model, loss)
        trainer._compute_kl_logps = lambda model, _: torch.full(
            (5,), metrics["kl"] if model is trainer.model else 0.0
        )
        again, _ = trainer_loss(trainer, batch)
        ours = gradients(trainer.model, again)
        for name, gradient in theirs.items():
            torch.testing.assert_close(ours[name], gradient, rtol=1e-4, atol=1e-6)

    def test_a_given_reference_is_used_with_an_adapter_too(self, policy, reference) -> None:
        plain = first_loss(build_trainer(policy, reference))
        fresh = build_trainer(policy, reference, peft_config=LoraConfig(**LORA))
        adapted = get_peft_model(load(policy), LoraConfig(**LORA))
        wrapped = build_trainer(adapted, reference)
        assert set(wrapped.model.peft_config) == {"default"}
        for trainer in (fresh, wrapped):
            assert trainer.ref_model is not None
            assert first_loss(trainer) == pytest.approx(plain, rel=1e-5)

    def test_a_copied_adapter_is_saved_beside_the_trained_one(self, policy, tmp_path) -> None:
        adapted = get_peft_model(load(policy), LoraConfig(**LORA, init_lora_weights=False))
        build_trainer(adapted).save_model(str(tmp_path / "saved"))
        assert (tmp_path / "saved" / "ref" / "adapter_config.json").is_file()


class TestEvaluation:
    def test_metrics_of_several_sets_bear_one_name(self, policy: Path, reference: Path) -> None:
        trainer = build_trainer(policy, reference)
        sets = {"a": Dataset.from_list(list(STANDARD)), "b": Dataset.from_list(list(DESIRABLE))}
        found = trainer.evaluate(sets)
        assert {"eval_a_loss", "eval_b_loss"} <= found.keys()
        assert not any(name.startswith("eval_a_rewards") for name in found)
        assert "eval_rewards/chosen" in found

    def test_a_last_uneven_batch_counts_as_a_whole_one(self, policy: Path, reference: Path) -> None:
        trainer = build_trainer(
            policy, reference, rows=MANY[:4], eval_rows=MANY[:5], per_device_eval_batch_size=4
        )
        logged = trainer.evaluate()["eval_rewards/chosen"]
        trainer.model.eval()
        rows = list(trainer.eval_dataset)
        means = []
        for part in (rows[:4], rows[4:]):
            trainer._metrics["eval"].clear()
            with torch.no_grad():
                trainer.compute_loss(trainer.model, trainer.data_collator(part))
            means.append(trainer._metrics["eval"]["rewards/chosen"][0])
        assert logged == pytest.approx(sum(means) / 2, rel=1e-5)

    def test_text_prompt_beside_messages_fails(self, policy: Path) -> None:
        """With one error or the other: TRL asks one column, taken from a set, for the format."""
        rows = [{"prompt": "the sea", "completion": [{"role": "assistant", "content": "x"}]}]
        with pytest.raises((AttributeError, TypeError), match=r"endswith|concatenate"):
            build_trainer(policy, rows=[{**rows[0], "label": True}] * 2)
