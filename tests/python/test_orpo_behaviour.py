"""What the pages say of `ORPOTrainer` beside its loss: guards, data, numerics, metrics, adapters.

Longer than 250 lines because each claim of the pages has its own short test.
"""

from __future__ import annotations

import inspect
import logging
import math
import tempfile
from pathlib import Path

import pytest
import torch
from datasets import Dataset, DatasetDict, IterableDataset
from peft import LoraConfig, get_peft_model
from torch import nn
from transformers import AutoModelForCausalLM, TrainerCallback
from trl.experimental.orpo import ORPOConfig, ORPOTrainer
from trl.experimental.orpo.orpo_trainer import log1mexp

from comparing import QUIET, gradients, load
from distilled.orpo import odds_ratio_loss
from tiny_dpo import CONVERSATIONAL, STANDARD
from tiny_model import tiny_tokenizer
from tiny_orpo import batch_of, build_trainer, mixture_of_experts, trainer_loss

pytestmark = pytest.mark.verifies(
    "orpo/behaviour",
    kind="facts",
    title="What the pages say of ORPOTrainer beside its loss",
    trainers=["orpo"],
    entry=None,
    inputs=[
        "content/distilled/orpo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_dpo.py",
        "tests/python/tiny_orpo.py",
    ],
)

LORA = {"r": 4, "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM"}
LONG_PROMPT = [{"prompt": "the sky is blue and the sea", "chosen": " is green", "rejected": " no"}]


def config(**values) -> ORPOConfig:
    return ORPOConfig(output_dir=tempfile.mkdtemp(prefix="orpo-"), **QUIET, **values)


def dataset(rows=STANDARD) -> Dataset:
    return Dataset.from_list(list(rows))


class TestNumerics:
    """log(1 - e^x) near 0."""

    def test_values_are_right_down_to_the_smallest_numbers(self) -> None:
        x = torch.tensor([-1e-3, -1e-6, -1e-8, -1e-12, -1e-20])
        exact = log1mexp(x.double())
        torch.testing.assert_close(log1mexp(x).double(), exact, rtol=1e-6, atol=0)

    def test_the_form_before_0_27_is_off_by_a_hundredth_and_then_infinite(self) -> None:
        x = torch.tensor([-1e-6, -1e-7, -2e-8])
        old, exact = torch.log1p(-torch.exp(x)).double(), log1mexp(x.double())
        assert (old[0] - exact[0]).abs() > 0.01 and (old[1] - exact[1]).abs() > 0.1
        assert old[2] == -math.inf

    @pytest.mark.parametrize(("x", "finite"), [(-1e-6, True), (-3e-8, True), (-2e-8, False)])
    def test_the_gradient_is_nan_where_e_to_the_x_rounds_to_one(self, x, finite) -> None:
        point = torch.tensor(x, requires_grad=True)
        value = log1mexp(point)
        value.backward()
        assert value.isfinite()
        assert bool(point.grad.isfinite()) is finite

    def test_nothing_is_clamped_so_certainty_is_nan(self, policy: Path) -> None:
        trainer = build_trainer(policy)
        zero, low = torch.tensor([0.0]), torch.tensor([-1.0])
        assert trainer.odds_ratio_loss(zero, low)[0] == 0.0  # infinite odds: no loss
        assert trainer.odds_ratio_loss(zero, zero)[0].isnan()

    def test_bf16_knows_no_log_prob_between_0_and_minus_one_256th_in_probabilities(self) -> None:
        near_one = torch.tensor([0.999, 0.9985]).bfloat16()
        assert near_one.tolist() == [1.0, 1.0]
        assert torch.tensor([-1e-3]).bfloat16().item() == pytest.approx(-1e-3, rel=4e-3)

    def test_the_ratio_is_computed_in_float32(self, policy: Path) -> None:
        trainer = build_trainer(policy)
        losses, *_ = trainer.odds_ratio_loss(torch.tensor([-0.1]).bfloat16(), torch.tensor([-1.0]))
        assert losses.dtype == torch.float32


class TestData:
    def test_no_answer_is_longer_than_max_length_allows(self, policy: Path) -> None:
        trainer = build_trainer(policy, max_length=9)
        for row in trainer.train_dataset:
            assert max(len(row["chosen_input_ids"]), len(row["rejected_input_ids"])) <= 9

    def test_each_answer_is_cut_by_itself(self, policy: Path) -> None:
        """Before 1.15.0 the longer answer decided for both."""
        row = {"prompt": "is it", "chosen": " is", "rejected": " it is the sea and the sky"}
        whole = build_trainer(policy, [row]).train_dataset[0]
        cut = build_trainer(policy, [row], max_length=6).train_dataset[0]
        assert cut["chosen_input_ids"] == whole["chosen_input_ids"]
        assert len(cut["rejected_input_ids"]) == 6

    def test_the_prompt_is_never_cut_and_an_answer_may_vanish(self, policy: Path) -> None:
        (row,) = build_trainer(policy, LONG_PROMPT, max_length=4).train_dataset
        assert len(row["chosen_input_ids"]) == len(row["prompt_input_ids"]) > 4
        assert set(row["chosen_labels"]) == {-100}

    def test_an_empty_answer_makes_the_loss_of_the_whole_batch_nan(self, policy: Path) -> None:
        trainer = build_trainer(policy, [*STANDARD, *LONG_PROMPT], max_length=7)
        empty = [set(row["chosen_labels"]) == {-100} for row in trainer.train_dataset]
        assert sum(empty) == 1
        loss, metrics = trainer_loss(trainer, batch_of(trainer))
        assert loss.isnan() and math.isnan(metrics["logps/chosen"])
        assert math.isfinite(metrics["nll_loss"])

    def test_a_pair_cut_to_the_same_tokens_still_trains_its_nll(self, policy: Path) -> None:
        row = {"prompt": "the sea", "chosen": " is not green", "rejected": " is not blue"}
        trainer = build_trainer(policy, [row], max_length=4)
        loss, metrics = trainer_loss(trainer, batch_of(trainer))
        assert metrics["log_odds_chosen"] == 0.0 and metrics["rewards/accuracies"] == 0.0
        assert loss.item() == pytest.approx(metrics["nll_loss"] + 0.1 * math.log(2), rel=1e-6)
        assert max(g.abs().max() for g in gradients(trainer.model, loss).values()) > 1e-3

    def test_max_completion_length_does_nothing_to_a_decoder(self, policy: Path) -> None:
        plain = build_trainer(policy).train_dataset[:]
        assert build_trainer(policy, max_completion_length=1).train_dataset[:] == plain

    def test_label_smoothing_of_the_arguments_does_nothing(self, policy: Path) -> None:
        losses = [
            trainer_loss(trainer := build_trainer(policy, **values), batch_of(trainer))[0].item()
            for values in ({}, {"label_smoothing_factor": 0.3})
        ]
        assert losses[0] == losses[1]

    def test_a_prompt_may_not_end_with_a_system_message(self, policy: Path) -> None:
        row = {**CONVERSATIONAL[0], "prompt": [{"role": "system", "content": "is it"}]}
        with pytest.raises(ValueError, match="Invalid role"):
            build_trainer(policy, [row])

    def test_each_row_may_bring_arguments_of_its_chat_template(self, policy: Path) -> None:
        tokenizer = tiny_tokenizer()
        tokenizer.chat_template = "{{ mark }}" + tokenizer.chat_template
        rows = [{**row, "chat_template_kwargs": {"mark": "sea"}} for row in CONVERSATIONAL]
        trainer = build_trainer(policy, rows, processing_class=tokenizer)
        assert trainer.train_dataset[0]["prompt"].startswith("sea<user>")
        assert batch_of(trainer)["chosen_input_ids"].shape[0] == len(rows)

    def test_columns_of_another_type_are_refused(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="prompt should be an str"):
            build_trainer(policy, [{"prompt": 1, "chosen": "a", "rejected": "b"}])

    def test_no_limit_means_512(self, policy: Path, caplog) -> None:
        with caplog.at_level(logging.WARNING, logger="trl"):
            trainer = build_trainer(policy, max_length=None)
        assert trainer.max_length == 512
        assert "`max_length` is not set" in caplog.text

    def test_an_end_token_is_added_after_a_template_that_ends_with_a_newline(self, policy) -> None:
        """As ChatML does: the answer then ends twice, with a newline between."""
        tokenizer = tiny_tokenizer()
        tokenizer.chat_template = tokenizer.chat_template.replace("<end>", "<end>\n")
        trainer = build_trainer(policy, CONVERSATIONAL, processing_class=tokenizer)
        assert tokenizer.decode(trainer.train_dataset[0]["chosen_input_ids"]).endswith(
            "<end>\n<end>"
        )

    def test_nll_counts_prompts_and_the_odds_do_not(self, policy: Path) -> None:
        (row,) = (trainer := build_trainer(policy, STANDARD[:1])).train_dataset
        _, metrics = trainer_loss(trainer, batch_of(trainer))
        ids, labels = (torch.tensor([row[f"chosen_{n}"]]) for n in ("input_ids", "labels"))
        with torch.no_grad():
            log_softmax = load(policy)(ids).logits.log_softmax(-1)[0, :-1]
        tokens = log_softmax.gather(1, ids[0, 1:, None]).squeeze(1)
        assert metrics["nll_loss"] == pytest.approx(-tokens.mean().item(), rel=1e-5)
        answer = tokens[labels[0, 1:] != -100]
        assert metrics["logps/chosen"] == pytest.approx(answer.mean().item(), rel=1e-5)

    def test_padding_value_does_not_replace_a_missing_pad_token(self, policy: Path) -> None:
        tokenizer = tiny_tokenizer()
        tokenizer.pad_token = None
        trainer = build_trainer(policy, processing_class=tokenizer, padding_value=0)
        with pytest.raises(ValueError, match="not configured with a padding token"):
            batch_of(trainer)

    def test_a_string_prompt_beside_messages_is_dropped_for_the_common_start(self, policy) -> None:
        row = {
            "prompt": "the sea",
            "chosen": CONVERSATIONAL[2]["prompt"] + CONVERSATIONAL[2]["chosen"],
            "rejected": CONVERSATIONAL[2]["prompt"] + CONVERSATIONAL[2]["rejected"],
        }
        mixed = build_trainer(policy, [row]).train_dataset[0]
        plain = build_trainer(policy, [CONVERSATIONAL[2]]).train_dataset[0]
        assert mixed["chosen_input_ids"] == plain["chosen_input_ids"]
        assert mixed["chosen_labels"] == plain["chosen_labels"]


class TestSetUp:
    def test_there_is_no_reference(self, policy: Path) -> None:
        assert "ref_model" not in inspect.signature(ORPOTrainer.__init__).parameters
        models = {id(v) for v in vars(build_trainer(policy)).values() if isinstance(v, nn.Module)}
        assert len(models) == 1

    def test_a_path_keeps_the_dtype_of_the_checkpoint(self, policy: Path, tmp_path: Path) -> None:
        load(policy).bfloat16().save_pretrained(tmp_path)
        tokenizer = tiny_tokenizer()
        trainer = ORPOTrainer(
            model=str(tmp_path), args=config(), train_dataset=dataset(), processing_class=tokenizer
        )
        assert trainer.model.dtype == torch.bfloat16

    def test_the_default_rate_is_rounded_away_in_bfloat16(self, policy: Path) -> None:
        shares = {}
        for dtype in (torch.bfloat16, torch.float32):
            model = load(policy).to(dtype)
            before = {n: p.clone() for n, p in model.named_parameters()}
            build_trainer(model, processing_class=tiny_tokenizer(), max_steps=3).train()
            moved = [(p != before[n]).float().flatten() for n, p in model.named_parameters()]
            shares[dtype] = torch.cat(moved).mean().item()
        assert shares[torch.bfloat16] < 0.05 < 0.5 < shares[torch.float32]

    def test_the_tokenizer_is_found_by_the_path_of_the_model(self, policy: Path) -> None:
        assert build_trainer(policy).processing_class.eos_token == "<end>"

    def test_args_are_needed(self, policy: Path) -> None:
        with pytest.raises(AttributeError, match="model_init_kwargs"):
            ORPOTrainer(model=load(policy), train_dataset=dataset())

    def test_training_data_is_needed(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="`train_dataset` is required"):
            ORPOTrainer(model=load(policy), args=config())

    def test_model_init_kwargs_with_a_loaded_model_are_refused(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="already instantiated"):
            build_trainer(policy, model_init_kwargs={"dtype": "float32"})

    def test_an_unknown_dtype_is_refused(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="Invalid `dtype`"):
            build_trainer(str(policy), model_init_kwargs={"dtype": 32})

    def test_model_init_fails_although_the_signature_has_it(self, policy: Path) -> None:
        init = lambda: load(policy)  # noqa: E731
        with pytest.raises(AttributeError, match="get_input_embeddings"):
            args = config()
            args.gradient_checkpointing = True  # TRL's default
            ORPOTrainer(model_init=init, args=args, train_dataset=dataset())
        with pytest.raises(ValueError, match="is_encoder_decoder"):
            ORPOTrainer(model_init=init, args=config(), train_dataset=dataset())
        with pytest.raises(AttributeError):
            ORPOTrainer(
                model_init=init,
                args=config(is_encoder_decoder=False),
                train_dataset=dataset(),
                processing_class=tiny_tokenizer(),
            )

    def test_several_evaluation_sets_fail_although_the_signature_has_them(self, policy) -> None:
        with pytest.raises(AttributeError, match="map"):
            ORPOTrainer(
                model=load(policy),
                args=config(),
                train_dataset=dataset(),
                eval_dataset={"a": dataset()},
            )

    def test_a_dataset_dict_works_and_its_sets_share_the_names_of_the_metrics(self, policy) -> None:
        sets = DatasetDict(a=dataset(), b=dataset())
        trainer = ORPOTrainer(
            model=load(policy), args=config(), train_dataset=dataset(), eval_dataset=sets
        )
        metrics = trainer.evaluate()
        assert {"eval_a_loss", "eval_b_loss", "eval_nll_loss"} <= set(metrics)
        assert not any(name.endswith("_nll_loss") and name != "eval_nll_loss" for name in metrics)

    def test_a_stream_fails(self, policy: Path) -> None:
        stream = IterableDataset.from_generator(lambda: iter(STANDARD))
        with pytest.raises(TypeError, match="num_proc"):
            ORPOTrainer(model=load(policy), args=config(max_steps=1), train_dataset=stream)

    def test_a_set_given_to_evaluate_is_not_tokenized(self, policy: Path) -> None:
        with pytest.raises(KeyError, match="chosen_input_ids"):
            build_trainer(policy).evaluate(dataset())

    def test_generating_needs_a_tracker(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="Weights and Biases or Comet"):
            build_trainer(policy, generate_during_eval=True)

    def test_remove_unused_columns_is_switched_off_with_a_warning(self, policy, caplog) -> None:
        with caplog.at_level(logging.WARNING, logger="trl"):
            trainer = build_trainer(policy)
        assert trainer.args.remove_unused_columns is False
        assert "remove_unused_columns=False" in caplog.text

    def test_the_fields_of_older_scripts_are_gone(self) -> None:
        for name in ("max_prompt_length", "label_pad_token_id", "truncation_mode"):
            with pytest.raises(TypeError, match=name):
                config(**{name: None})

    def test_dropout_modules_are_switched_off(self, policy: Path) -> None:
        model = load(policy)
        for layer in model.model.layers:
            layer.mlp.act_fn = torch.nn.Sequential(layer.mlp.act_fn, torch.nn.Dropout(0.5))
        trainer = build_trainer(model, processing_class=tiny_tokenizer())
        drops = [m.p for m in trainer.model.modules() if isinstance(m, torch.nn.Dropout)]
        assert drops == [0.0, 0.0]


class TestAdapters:
    def test_peft_config_trains_the_adapter_alone(self, policy: Path) -> None:
        trainer = build_trainer(policy, peft_config=LoraConfig(**LORA))
        trained = {name for name, p in trainer.model.named_parameters() if p.requires_grad}
        assert trained and all("lora" in name for name in trained)

    def test_an_adapted_model_is_trained_as_it_is(self, policy: Path) -> None:
        adapted = get_peft_model(load(policy), LoraConfig(**LORA))
        trainer = build_trainer(adapted, processing_class=tiny_tokenizer())
        assert trainer.model is adapted and set(adapted.peft_config) == {"default"}

    def test_both_are_refused(self, policy: Path) -> None:
        adapted = get_peft_model(load(policy), LoraConfig(**LORA))
        with pytest.raises(ValueError, match="PeftModel"):
            build_trainer(adapted, peft_config=LoraConfig(**LORA))

    def test_a_peft_config_must_be_one(self, policy: Path) -> None:
        with pytest.raises(TypeError, match="PeftConfig"):
            build_trainer(policy, peft_config=LORA)


class TestMetrics:
    def test_names(self, policy: Path) -> None:
        _, metrics = trainer_loss(trainer := build_trainer(policy), batch_of(trainer))
        assert set(metrics) == {
            *("rewards/chosen", "rewards/rejected", "rewards/accuracies", "rewards/margins"),
            *("logps/chosen", "logps/rejected", "logits/chosen", "logits/rejected"),
            *("nll_loss", "log_odds_ratio", "log_odds_chosen"),
        }

    def test_the_loss_is_the_sum_of_two_logged_numbers(self, policy: Path) -> None:
        loss, m = trainer_loss(trainer := build_trainer(policy, beta=0.7), batch_of(trainer))
        assert loss.item() == pytest.approx(m["nll_loss"] - 0.7 * m["log_odds_ratio"], rel=1e-6)

    def test_without_beta_rewards_and_accuracy_are_zero(self, policy: Path) -> None:
        _, metrics = trainer_loss(trainer := build_trainer(policy, beta=0.0), batch_of(trainer))
        for name in ("chosen", "rejected", "margins", "accuracies"):
            assert metrics[f"rewards/{name}"] == 0.0
        assert metrics["log_odds_chosen"] != 0.0

    def test_accuracy_and_log_odds_agree_in_sign_on_each_pair(self, policy: Path) -> None:
        for row in STANDARD:
            _, m = trainer_loss(trainer := build_trainer(policy, [row]), batch_of(trainer))
            assert m["rewards/accuracies"] == float(m["log_odds_chosen"] > 0)

    def test_logits_are_means_over_padding_and_prompt_too(self, policy: Path) -> None:
        _, metrics = trainer_loss(trainer := build_trainer(policy), batch := batch_of(trainer))
        joined = trainer.concatenated_inputs(batch, padding_value=trainer.padding_value)
        with torch.no_grad():
            logits = load(policy)(
                joined["concatenated_input_ids"],
                attention_mask=joined["concatenated_attention_mask"],
            ).logits
        n = len(STANDARD)
        assert metrics["logits/chosen"] == pytest.approx(logits[:n, :-1].mean().item(), rel=1e-4)

    def test_the_auxiliary_loss_is_not_logged(self, tmp_path: Path) -> None:
        loss, metrics = trainer_loss(
            trainer := build_trainer(mixture_of_experts(tmp_path)), batch_of(trainer)
        )
        assert "aux_loss" not in metrics
        assert loss.item() > metrics["nll_loss"] - 0.1 * metrics["log_odds_ratio"] + 0.1

    def test_evaluation_averages_batches_not_pairs(self, policy: Path) -> None:
        """Three pairs in batches of two: the last pair counts as much as the first two."""
        rows = STANDARD[:3]
        values = {"eval_rows": rows, "per_device_eval_batch_size": 2}
        trainer = build_trainer(policy, **values)
        trainer.evaluate()
        logged = trainer.state.log_history[-1]["eval_logps/chosen"]
        single = []
        for row in rows:
            _, m = trainer_loss(one := build_trainer(policy, [row]), batch_of(one))
            single.append(m["logps/chosen"])
        assert logged == pytest.approx(((single[0] + single[1]) / 2 + single[2]) / 2, rel=1e-5)
        assert logged != pytest.approx(sum(single) / 3, rel=1e-3)

    def test_the_loss_of_an_evaluation_averages_pairs(self, policy: Path) -> None:
        rows = STANDARD[:3]
        trainer = build_trainer(policy, eval_rows=rows, per_device_eval_batch_size=2)
        metrics = trainer.evaluate()
        halves = []
        for part in (rows[:2], rows[2:]):
            loss, _ = trainer_loss(one := build_trainer(policy, part), batch_of(one))
            halves.append(loss.item())
        assert metrics["eval_loss"] == pytest.approx((2 * halves[0] + halves[1]) / 3, rel=1e-5)
        parts = metrics["eval_nll_loss"] - 0.1 * metrics["eval_log_odds_ratio"]
        assert parts == pytest.approx((halves[0] + halves[1]) / 2, rel=1e-5)

    def test_the_logged_loss_hides_nan(self, policy: Path) -> None:
        trainer = build_trainer(policy, max_steps=1, max_length=1, logging_steps=1)
        trainer.train()
        first = trainer.state.log_history[0]
        assert first["loss"] == 0 and first["rewards/accuracies"] == 0
        assert math.isfinite(first["nll_loss"]) and math.isnan(first["logps/chosen"])

    def test_accumulation_averages_micro_batches(self, policy: Path) -> None:
        seen = []

        class Read(TrainerCallback):
            def on_log(self, args, state, control, logs=None, **kwargs):
                seen.append(logs)

        values = {"per_device_train_batch_size": 2, "gradient_accumulation_steps": 2}
        trainer = build_trainer(policy, max_steps=1, **values)
        trainer.add_callback(Read())
        trainer.train()
        assert seen[0]["loss"] == pytest.approx(
            seen[0]["nll_loss"] - 0.1 * seen[0]["log_odds_ratio"], rel=1e-3
        )


class TestGradient:
    """The paper's form of the gradient: β δ(d) h, with h = ∇x/(1-p_w) - ∇y/(1-p_l)."""

    @pytest.mark.parametrize(("x", "y"), [(-1.0, -1.0), (-0.1, -2.0), (-2.0, -0.1), (-0.01, -5.0)])
    def test_delta_times_h(self, x: float, y: float) -> None:
        a, b = (torch.tensor([v], dtype=torch.float32, requires_grad=True) for v in (x, y))
        loss, d = odds_ratio_loss(a, b)
        loss.backward()
        delta = 1 / (1 + math.exp(d.item()))
        assert a.grad.item() == pytest.approx(-delta / (1 - math.exp(x)), rel=1e-4)
        assert b.grad.item() == pytest.approx(delta / (1 - math.exp(y)), rel=1e-4)


def test_a_saved_model_is_reloaded(policy: Path, tmp_path: Path) -> None:
    trainer = build_trainer(policy, max_steps=1)
    trainer.train()
    trainer.save_model(str(tmp_path))
    again = AutoModelForCausalLM.from_pretrained(tmp_path)
    assert torch.equal(again.lm_head.weight, trainer.model.lm_head.weight)
