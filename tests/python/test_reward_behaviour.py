"""What the pages say of `RewardTrainer` beside its loss: data, guards, metrics, precision.

Pooling, adapters and use as a reward function: `test_reward_head.py`.
Longer than 250 lines because each claim of the pages has its own short test.
"""

from __future__ import annotations

import inspect
import logging
import math
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from datasets import Dataset
from peft import LoraConfig, get_peft_model
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    BertConfig,
    BertForSequenceClassification,
    GPT2Config,
    GPT2LMHeadModel,
    pipeline,
)
from trl import GRPOConfig, RewardConfig, RewardTrainer, RLOOConfig

from comparing import QUIET, gradients
from tiny_model import tiny_tokenizer
from tiny_reward import CONVERSATIONAL, MARGINS, STANDARD, build_trainer, trainer_loss, whole_batch

pytestmark = pytest.mark.verifies(
    "reward/behaviour",
    kind="facts",
    title="What the pages say of RewardTrainer beside its loss",
    trainers=["reward"],
    entry=None,
    inputs=[
        "content/distilled/reward.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_reward.py",
    ],
)


def scores(trainer: RewardTrainer, batch: dict) -> tuple[torch.Tensor, torch.Tensor]:
    inputs = {name: batch[name] for name in ("input_ids", "attention_mask")}
    with torch.no_grad():
        return trainer.model(**inputs).logits[:, 0].chunk(2)


class TestData:
    def test_a_long_pair_is_dropped_and_not_cut(self, policy: Path) -> None:
        """Also when it comes as ids, and also from the evaluation set."""
        ids = [{"chosen_ids": [5, 6, 1], "rejected_ids": [5] * 9}] + [
            {"chosen_ids": [5, 6, 1], "rejected_ids": [5, 7, 1]}
        ]
        trainer = build_trainer(policy, ids, eval_rows=ids, max_length=8)
        assert len(trainer.train_dataset) == len(trainer.eval_dataset) == 1
        assert len(build_trainer(policy, ids, max_length=9).train_dataset) == 2

    def test_when_all_are_dropped_training_fails_with_another_message(self, policy: Path) -> None:
        trainer = build_trainer(policy, max_length=2)
        with pytest.raises(ValueError, match="num_samples should be a positive integer"):
            trainer.train()

    def test_chat_data_gets_its_end_token_from_the_template(self, policy: Path) -> None:
        trainer = build_trainer(policy, CONVERSATIONAL)
        text = trainer.processing_class.decode(trainer.train_dataset[0]["chosen_ids"])
        assert text == "<user>what colour is the sky<end><assistant> it is blue and not green<end>"

    def test_plain_text_gets_one_end_token(self, policy: Path) -> None:
        trainer = build_trainer(policy)
        end = trainer.processing_class.eos_token_id
        for side in ("chosen_ids", "rejected_ids"):
            for ids in trainer.train_dataset[side]:
                assert ids[-1] == end and ids.count(end) == 1

    def test_a_string_prompt_beside_messages_fails(self, policy: Path) -> None:
        """Which of the two errors comes depends on the order of a set of column names."""
        rows = [{**row, "prompt": "is it"} for row in CONVERSATIONAL]
        with pytest.raises((AttributeError, TypeError), match=r"endswith|concatenate"):
            build_trainer(policy, rows)

    def test_margins_of_another_name_are_dropped_in_silence(self, policy: Path) -> None:
        rows = [{**row, "score_difference": 1.0} for row in STANDARD]
        assert "margin" not in whole_batch(build_trainer(policy, rows))
        batch = next(iter(build_trainer(policy, MARGINS).get_train_dataloader()))
        assert sorted(batch["margin"].tolist()) == [-0.5, 0.0, 1.0, 3.0]

    def test_one_missing_margin_stops_the_run(self, policy: Path) -> None:
        rows = [{**row, "margin": None if i == 2 else 1.0} for i, row in enumerate(STANDARD)]
        with pytest.raises(TypeError, match="must be real number"):
            build_trainer(policy, rows, max_steps=1).train()

    def test_the_legacy_columns_are_renamed(self, policy: Path) -> None:
        rows = [{"chosen_input_ids": [5, 6, 1], "rejected_input_ids": [5, 7, 1]}]
        with pytest.warns(FutureWarning, match="legacy dataset columns"):
            trainer = build_trainer(policy, rows)
        assert {"chosen_ids", "rejected_ids"} <= set(trainer.train_dataset.column_names)


class TestGuards:
    def test_a_loaded_model_needs_one_label(self, policy: Path) -> None:
        two = AutoModelForSequenceClassification.from_pretrained(policy)
        for model in (two, AutoModelForCausalLM.from_pretrained(policy)):
            with pytest.raises(ValueError, match="num_labels=2"):
                build_trainer(model)

    def test_the_label_guard_reads_the_config_only(self, policy: Path) -> None:
        """A language model whose config says one label trains: on logits that mean nothing."""
        model = AutoModelForCausalLM.from_pretrained(policy)
        model.config.num_labels = 1
        trainer = build_trainer(model)
        assert trainer.compute_loss(trainer.model, whole_batch(trainer)).item() > 0

    def test_a_path_without_a_head_loads_in_silence(self, policy: Path, caplog, capfd) -> None:
        """Where transformers alone reports the missing head."""
        with caplog.at_level(logging.WARNING):
            build_trainer(policy)
        assert "score.weight" not in caplog.text + capfd.readouterr().err
        AutoModelForSequenceClassification.from_pretrained(policy, num_labels=1)
        assert "score.weight" in caplog.text + capfd.readouterr().err

    def test_the_silence_is_for_generic_classes_only(self, tmp_path, caplog, capfd) -> None:
        """GPT-2's class is not built on GenericForSequenceClassification, and is reported."""
        size = {"n_embd": 16, "n_layer": 1, "n_head": 2, "n_positions": 32}
        config = GPT2Config(vocab_size=300, bos_token_id=0, eos_token_id=0, **size)
        GPT2LMHeadModel(config).save_pretrained(tmp_path)
        with caplog.at_level(logging.WARNING):
            build_trainer(tmp_path)
        assert "score.weight" in caplog.text + capfd.readouterr().err

    def test_a_tokenizer_with_neither_pad_nor_end(self, policy: Path, tmp_path) -> None:
        bare = tiny_tokenizer()
        bare.pad_token = bare.eos_token = None
        ids = Dataset.from_list([{"chosen_ids": [5, 6], "rejected_ids": [5]}])
        args = RewardConfig(output_dir=str(tmp_path), **QUIET)
        with pytest.raises(ValueError, match=r"`pad_token` \('None'\)"):
            RewardTrainer(model=str(policy), args=args, train_dataset=ids, processing_class=bare)

    @pytest.mark.parametrize("rows", [None, list(STANDARD)])
    def test_training_data_must_be_a_dataset(self, policy: Path, rows, tmp_path) -> None:
        args = RewardConfig(output_dir=str(tmp_path), **QUIET)
        with pytest.raises((ValueError, TypeError), match="train_dataset"):
            RewardTrainer(
                model=str(policy), args=args, train_dataset=rows, processing_class=tiny_tokenizer()
            )

    def test_unknown_tokens(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="eos_token"):
            build_trainer(policy, eos_token="<nope>")
        with (
            pytest.warns(FutureWarning, match="`pad_token` is deprecated"),
            pytest.raises(ValueError, match="pad_token"),
        ):
            build_trainer(policy, pad_token="<nope>")

    def test_dtype_of_a_path(self, policy: Path) -> None:
        assert build_trainer(policy).model.dtype == torch.float32
        with pytest.raises(ValueError, match="Invalid `dtype`"):
            build_trainer(policy, model_init_kwargs={"dtype": "int8"})

    def test_ignored_for_a_loaded_model(self, policy: Path, caplog) -> None:
        model = AutoModelForSequenceClassification.from_pretrained(policy, num_labels=1)
        with caplog.at_level(logging.WARNING, logger="trl"):
            build_trainer(model, model_init_kwargs={"dtype": "float32"})
        assert "`model_init_kwargs` will be ignored" in caplog.text

    def test_peft(self, policy: Path) -> None:
        model = AutoModelForSequenceClassification.from_pretrained(policy, num_labels=1)
        lora = LoraConfig(target_modules=["q_proj"], task_type="SEQ_CLS")
        with pytest.raises(TypeError, match="PeftConfig"):
            build_trainer(policy, peft_config={"r": 8})
        with pytest.raises(ValueError, match="PeftModel"):
            build_trainer(get_peft_model(model, lora), peft_config=lora)

    def test_defaults(self) -> None:
        config = RewardConfig(output_dir="x", bf16=False, use_cpu=True)
        assert (config.learning_rate, config.max_length) == (1e-4, 1024)
        assert config.center_rewards_coefficient is None and config.disable_dropout
        assert config.pad_to_multiple_of is None  # "auto" off AWS Neuron


class TestLoss:
    def test_a_constant_on_all_scores_changes_no_loss(self, policy: Path) -> None:
        trainer = build_trainer(policy)
        batch = whole_batch(trainer)
        plain, _ = trainer_loss(trainer, batch)
        forward = trainer.model.forward

        def shifted(*args, **kwargs):
            out = forward(*args, **kwargs)
            out.logits = out.logits + 100.0
            return out

        trainer.model.forward = shifted
        moved, metrics = trainer_loss(trainer, batch)
        assert moved.item() == pytest.approx(plain.item(), rel=1e-5)
        assert metrics["mean_reward"] > 99
        trainer.args.center_rewards_coefficient = 0.01
        centred, _ = trainer_loss(trainer, batch)
        assert centred.item() == pytest.approx(0.01 * 200**2, rel=0.05)

    def test_identical_sides_have_log_2_and_no_gradient(self, policy: Path) -> None:
        row = {"chosen": "the sky is blue", "rejected": "the sky is blue"}
        trainer = build_trainer(policy, [row])
        loss, metrics = trainer_loss(trainer, whole_batch(trainer))
        assert loss.item() == pytest.approx(math.log(2), abs=1e-6)
        assert (metrics["accuracy"], metrics["margin"]) == (0.0, 0.0)
        steps = gradients(trainer.model, loss).values()
        assert max(step.abs().max().item() for step in steps) < 1e-6

    def test_accumulated_micro_batches_are_one_batch(self, policy: Path) -> None:
        """trl#4104: four micro-batches of one pair have the gradient of one batch of four."""
        norms = []
        for size, steps in ((4, 1), (1, 4)):
            trainer = build_trainer(
                policy,
                per_device_train_batch_size=size,
                gradient_accumulation_steps=steps,
                max_steps=1,
            )
            trainer.train()
            norms.append(trainer.state.log_history[0]["grad_norm"])
        assert norms[0] == pytest.approx(norms[1], rel=1e-4)

    def test_bfloat16_makes_ties_that_count_as_wrong(self, policy: Path) -> None:
        """Scores in bfloat16 have 8 significant bits; the config's default is bf16."""
        torch.manual_seed(0)
        ids = torch.randint(5, 200, (300, 2, 6)).tolist()
        rows = [{"chosen_ids": a, "rejected_ids": b} for a, b in ids]
        trainer = build_trainer(policy, rows, bf16=True)
        batch = whole_batch(trainer)
        exact = torch.cat(scores(trainer, batch))
        with trainer.accelerator.autocast():
            rounded = torch.cat(scores(trainer, batch))
        assert rounded.dtype == torch.bfloat16
        assert len(rounded.unique()) < 450 < 590 < len(exact.unique())

    def test_mean_of_a_symmetric_random_head(self) -> None:
        """log 2 - d/2 + d²/8: what a first loss is, for small differences."""
        d = torch.linspace(-0.5, 0.5, 11)
        assert torch.allclose(-F.logsigmoid(d), math.log(2) - d / 2 + d**2 / 8, atol=5e-4)


class TestMetrics:
    def test_they_are_means_over_batches_and_not_over_pairs(self, policy: Path) -> None:
        """Four pairs in batches of three and one: accuracy and minimum of each batch, averaged."""
        rows = [*STANDARD]
        trainer = build_trainer(policy, rows, eval_rows=rows, per_device_eval_batch_size=3)
        found = trainer.evaluate()
        chosen, rejected = scores(trainer, trainer.data_collator(list(trainer.eval_dataset)))
        right = (chosen > rejected).float()
        lowest = torch.minimum(chosen, rejected)
        assert found["eval_accuracy"] == pytest.approx(
            ((right[:3].mean() + right[3]) / 2).item(), abs=1e-6
        )
        assert found["eval_min_reward"] == pytest.approx(
            ((lowest[:3].min() + lowest[3]) / 2).item(), rel=1e-4
        )
        true_loss = -F.logsigmoid(chosen - rejected).mean().item()
        assert found["eval_loss"] == pytest.approx(true_loss, rel=1e-4)  # weighted by pairs

    def test_margin_is_the_plain_difference(self, policy: Path) -> None:
        """Whatever the column `margin` holds."""
        plain, wide = build_trainer(policy, STANDARD), build_trainer(policy, MARGINS)
        without = trainer_loss(plain, whole_batch(plain))[1]["margin"]
        assert trainer_loss(wide, whole_batch(wide))[1]["margin"] == pytest.approx(without)

    def test_predictions_of_the_last_uneven_batch_lose_their_rejected_half(self, policy) -> None:
        seen = []
        trainer = build_trainer(
            policy,
            eval_rows=STANDARD[:3],
            compute_metrics=lambda p: seen.append(p.predictions.shape) or {},
            per_device_eval_batch_size=2,
        )
        trainer.evaluate()
        # two pairs as four scores, then one pair: of its two scores one is left
        assert seen == [(5, 1)]


class TestAfterwards:
    def test_the_model_cards_pipeline_applies_a_sigmoid(self, policy: Path, tmp_path) -> None:
        trainer = build_trainer(policy)
        trainer.save_model(str(tmp_path))
        rewarder = pipeline("text-classification", model=str(tmp_path))
        text = "the sky is blue<end>"
        raw = rewarder(text, function_to_apply="none")[0]["score"]
        assert rewarder(text)[0]["score"] == pytest.approx(1 / (1 + math.exp(-raw)))

    def test_nothing_of_the_router_is_in_the_loss(self) -> None:
        assert "aux" not in inspect.getsource(RewardTrainer.compute_loss)

    def test_who_divides_by_the_deviation_of_a_group(self, tmp_path) -> None:
        assert GRPOConfig(str(tmp_path), use_cpu=True, bf16=False).scale_rewards == "group"
        assert not RLOOConfig(str(tmp_path), use_cpu=True, bf16=False).normalize_advantages

    def test_an_encoder_reads_its_first_token(self) -> None:
        size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
        model = BertForSequenceClassification(
            BertConfig(vocab_size=300, intermediate_size=16, num_labels=1, **size)
        ).eval()
        ids = torch.tensor([[5, 6, 7, 8]])
        with torch.no_grad():
            first = model.bert(ids).last_hidden_state[:, :1]
            assert torch.allclose(model(ids).logits, model.classifier(model.bert.pooler(first)))

    def test_evaluate_takes_raw_rows(self, policy: Path) -> None:
        trainer = build_trainer(policy)
        assert trainer.evaluate(Dataset.from_list(list(CONVERSATIONAL)))["eval_loss"] > 0
