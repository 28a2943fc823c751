"""What the pages say of `CPOTrainer` beside its loss: names, guards, data, metrics, numbers.

Longer than 250 lines because each claim of the pages has its own short test.
"""

from __future__ import annotations

import logging
import math
from pathlib import Path

import pytest
import torch
from datasets import Dataset, IterableDataset
from peft import LoraConfig, get_peft_model
from trl.experimental.cpo import CPOConfig, CPOTrainer, cpo_trainer

from comparing import QUIET, gradients, load
from distilled.cpo import CPOOptions, preference_loss
from tiny_cpo import batch_of, build_trainer, set_options, trainer_loss
from tiny_dpo import CONVERSATIONAL, STANDARD
from tiny_model import save_tiny_model, tiny_model, tiny_tokenizer
from tiny_orpo import mixture_of_experts

pytestmark = pytest.mark.verifies(
    "cpo/behaviour",
    kind="facts",
    title="What the pages say of CPOTrainer beside its loss",
    trainers=["cpo"],
    entry=None,
    inputs=[
        "content/distilled/cpo.py",
        "content/distilled/orpo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_dpo.py",
        "tests/python/tiny_orpo.py",
        "tests/python/tiny_cpo.py",
    ],
)

LORA = {"r": 4, "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM"}
SAME: list[dict] = [{"prompt": "the sky", "chosen": " is blue", "rejected": " is blue"}]
SIMPO = {"loss_type": "simpo", "cpo_alpha": 0.0}


def first(trainer: CPOTrainer) -> tuple[float, dict[str, float]]:
    """Loss and metrics of all rows, before a step."""
    loss, metrics = trainer_loss(trainer, batch_of(trainer))
    return loss.item(), metrics


class TestNames:
    """Which flags make which method."""

    def test_alphapo_alone_is_simpo(self, policy: Path) -> None:
        made = CPOConfig(output_dir="out", **QUIET, loss_type="alphapo", cpo_alpha=1.0)
        assert (made.loss_type, made.cpo_alpha, made.alpha) == ("simpo", 0.0, 0.0)
        loss, _ = first(build_trainer(policy, loss_type="alphapo"))
        assert loss == first(build_trainer(policy, **SIMPO))[0]

    def test_simpo_alone_keeps_the_likelihood_term(self, policy: Path) -> None:
        loss, metrics = first(build_trainer(policy, loss_type="simpo"))
        bare, none = first(build_trainer(policy, **SIMPO))
        assert none["nll_loss"] == 0.0 < metrics["nll_loss"]
        assert loss == pytest.approx(bare + metrics["nll_loss"], rel=1e-5)

    def test_gamma_is_subtracted_as_it_is(self, policy: Path) -> None:
        """Equal answers: -log σ(-γ) whatever β, 1.600 at 1.375."""
        for beta in (0.1, 2.5):
            values = {**SIMPO, "beta": beta, "simpo_gamma": 1.375}
            assert first(build_trainer(policy, SAME, **values))[0] == pytest.approx(1.600, abs=5e-4)

    def test_first_losses_of_equal_answers(self, policy: Path) -> None:
        for loss_type, beta, value in (
            *(("sigmoid", 0.1, math.log(2)), ("hinge", 0.1, 1.0)),
            *(("ipo", 0.1, 25.0), ("simpo", 0.1, 0.9741)),
        ):
            values = {"loss_type": loss_type, "beta": beta, "cpo_alpha": 0.0}
            assert first(build_trainer(policy, SAME, **values))[0] == pytest.approx(value, rel=1e-4)

    def test_gamma_belongs_to_simpo(self, policy: Path) -> None:
        assert not hasattr(build_trainer(policy), "simpo_gamma")

    def test_one_model_and_one_pass(self, policy: Path) -> None:
        trainer, seen = build_trainer(policy), []
        assert not hasattr(trainer, "ref_model")
        trainer.model.register_forward_hook(lambda m, a, out: seen.append(out.logits.shape[0]))
        first(trainer)
        assert seen == [2 * len(STANDARD)]


class TestNumbers:
    """Where float32 gives up, in the trainer's own method."""

    def loss_of(self, trainer: CPOTrainer, w: float, l: float, **values) -> tuple[float, float]:
        set_options(trainer, CPOOptions(**values))
        sides = [torch.tensor([v], requires_grad=True) for v in (w, l)]
        loss, _, _ = trainer.cpo_loss(*sides)
        (gradient,) = torch.autograd.grad(loss.sum(), sides[0])
        return loss.item(), gradient.item()

    @pytest.fixture(scope="class")
    def trainer(self, policy: Path) -> CPOTrainer:
        return build_trainer(policy)

    def test_alpha_with_long_sums_is_nan(self, trainer) -> None:
        assert math.isnan(self.loss_of(trainer, -400.0, -420.0, alpha=0.25)[0])

    def test_the_gradient_breaks_before_the_loss(self, trainer) -> None:
        """p^-(α+1) overflows beyond 88.7/(1 + α) = 71 nats."""
        loss, gradient = self.loss_of(trainer, -80.0, -90.0, alpha=0.25)
        assert loss == 0.0 and math.isnan(gradient)
        assert not math.isnan(self.loss_of(trainer, -70.0, -70.5, alpha=0.25)[1])
        assert math.isnan(self.loss_of(trainer, -72.0, -72.5, alpha=0.25)[1])

    def test_a_negative_alpha_saturates(self, trainer) -> None:
        loss, gradient = self.loss_of(trainer, -60.0, -65.0, alpha=-0.25)
        assert loss == pytest.approx(math.log(2), rel=1e-5) and abs(gradient) < 1e-6
        assert math.isnan(self.loss_of(trainer, -400.0, -420.0, alpha=-0.25)[1])

    def test_a_tiny_alpha_is_not_zero(self, trainer) -> None:
        exact = self.loss_of(trainer, -20.0, -31.0)[0]
        assert self.loss_of(trainer, -20.0, -31.0, alpha=1e-4)[0] == pytest.approx(exact, rel=0.01)
        assert self.loss_of(trainer, -20.0, -31.0, alpha=1e-8)[0] != pytest.approx(exact, rel=0.05)

    def test_without_alpha_long_sums_are_harmless(self, trainer) -> None:
        loss, gradient = self.loss_of(trainer, -4000.0, -4200.0)
        assert loss < 1e-6 and not math.isnan(gradient)

    @pytest.mark.parametrize(
        ("values", "loss_is_nan"),
        [(SIMPO, True), ({}, True), ({"cpo_alpha": 0.0}, False)],
        ids=["simpo", "cpo", "cpo without anchor"],
    )
    def test_empty_completions(self, policy: Path, values, loss_is_nan: bool) -> None:
        """A mean of nothing and the cross-entropy of nothing are NaN, a sum of nothing is 0."""
        trainer = build_trainer(policy, STANDARD[:1], max_length=1, **values)
        loss, _ = first(trainer)
        assert math.isnan(loss) == loss_is_nan
        if not loss_is_nan:
            assert loss == pytest.approx(math.log(2), rel=1e-6)

    def test_the_log_shows_zero_for_nan(self, policy: Path) -> None:
        trainer = build_trainer(policy, STANDARD[:1], max_length=1, max_steps=1, **SIMPO)
        trainer.train()
        logged = trainer.state.log_history[0]
        assert logged["loss"] == 0.0 and math.isnan(logged["grad_norm"])
        assert logged["rewards/accuracies"] == 0.0
        assert any(p.isnan().any() for p in trainer.model.parameters())
        shown = build_trainer(
            policy, STANDARD[:1], max_length=1, max_steps=1, logging_nan_inf_filter=False, **SIMPO
        )
        shown.train()
        assert math.isnan(shown.state.log_history[0]["loss"])


class TestGuards:
    def test_an_empty_completion_warns(self, policy: Path, caplog) -> None:
        type(cpo_trainer.logger).warning_once.cache_clear()  # once a process
        with caplog.at_level(logging.WARNING):
            build_trainer(policy, STANDARD[:1], max_length=1)
        assert "leaves an empty completion" in caplog.text

    @pytest.mark.parametrize("loss_type", ["hinge", "ipo"])
    def test_label_smoothing_is_ignored_with_a_warning(self, policy, caplog, loss_type) -> None:
        plain, _ = first(build_trainer(policy, loss_type=loss_type))
        with caplog.at_level(logging.WARNING):
            trainer = build_trainer(policy, loss_type=loss_type, label_smoothing=0.3)
        assert "does not support label smoothing" in caplog.text
        assert first(trainer)[0] == plain

    @pytest.mark.parametrize("loss_type", ["sigmoid", "simpo"])
    def test_label_smoothing_acts(self, policy, loss_type) -> None:
        values = {"loss_type": loss_type, "beta": 1.0}
        plain, _ = first(build_trainer(policy, **values))
        assert first(build_trainer(policy, **values, label_smoothing=0.3))[0] != plain

    def test_a_misspelt_loss_is_noticed_at_the_first_step(self, policy: Path) -> None:
        trainer = build_trainer(policy, loss_type="sigmiod")
        with pytest.raises(ValueError, match="Unknown loss type"):
            first(trainer)
        with pytest.raises(ValueError, match="expected one of"):
            CPOOptions(loss_type="sigmiod")
        with pytest.raises(ValueError, match="kto_pair has been removed"):
            build_trainer(policy, loss_type="kto_pair")

    def test_no_length_means_512(self, policy: Path, caplog) -> None:
        with caplog.at_level(logging.WARNING):
            trainer = build_trainer(policy, max_length=None)
        assert trainer.max_length == 512 and "`max_length` is not set" in caplog.text

    def test_unused_columns_are_kept(self, policy: Path, caplog) -> None:
        with caplog.at_level(logging.WARNING):
            trainer = build_trainer(policy)
        assert trainer.args.remove_unused_columns is False and "we have set it" in caplog.text

    def test_data_is_required(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="train_dataset"):
            CPOTrainer(model=load(policy), args=CPOConfig(output_dir="out", **QUIET))

    def test_loading_arguments_need_a_path(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="already instantiated"):
            build_trainer(policy, model_init_kwargs={"revision": "main"})

    def test_a_dtype_that_cannot_be_read(self, policy: Path) -> None:
        with pytest.raises(AttributeError):
            build_trainer(str(policy), model_init_kwargs={"dtype": "bf16"})
        with pytest.raises(ValueError, match="Invalid `dtype`"):
            build_trainer(str(policy), model_init_kwargs={"dtype": 16})

    def test_samples_in_evaluation_need_a_place(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="generate_during_eval"):
            build_trainer(policy, generate_during_eval=True)

    def test_experts_without_a_coefficient_warn(self, tmp_path: Path, caplog) -> None:
        model = load(mixture_of_experts(tmp_path))
        model.config.router_aux_loss_coef = 0.0
        with caplog.at_level(logging.WARNING):
            build_trainer(model)
        assert "auxiliary loss will not be used" in caplog.text

    def test_a_column_of_other_types(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="chosen should be an str"):
            build_trainer(policy, [{"prompt": "a", "chosen": 1, "rejected": 2}])


class TestTraps:
    """No guard: these end in an error from elsewhere, or in none."""

    def test_no_settings(self, policy: Path) -> None:
        rows = Dataset.from_list(SAME)
        with pytest.raises(AttributeError, match="model_init_kwargs"):
            CPOTrainer(model=str(policy), train_dataset=rows)

    def test_several_evaluation_sets(self, policy: Path) -> None:
        with pytest.raises(AttributeError, match="map"):
            CPOTrainer(
                model=load(policy),
                args=CPOConfig(output_dir="out", **QUIET),
                train_dataset=Dataset.from_list(list(STANDARD)),
                eval_dataset={"one": Dataset.from_list(list(STANDARD))},
            )

    def test_streams(self, policy: Path) -> None:
        with pytest.raises(TypeError, match="num_proc"):
            CPOTrainer(
                model=load(policy),
                args=CPOConfig(output_dir="out", **QUIET, max_steps=1),
                train_dataset=IterableDataset.from_generator(lambda: iter(STANDARD)),
            )

    def test_a_new_set_for_evaluation_is_not_tokenised(self, policy: Path) -> None:
        with pytest.raises((KeyError, AttributeError, ValueError)):
            build_trainer(policy).evaluate(Dataset.from_list(list(STANDARD)))

    def test_a_model_function_is_not_enough(self, policy: Path) -> None:
        with pytest.raises(AttributeError):
            CPOTrainer(
                model_init=lambda: load(policy),
                args=CPOConfig(output_dir="out", **QUIET, is_encoder_decoder=False),
                train_dataset=Dataset.from_list(list(STANDARD)),
                processing_class=tiny_tokenizer(),
            )

    def test_a_tokenizer_without_pad_token(self, policy: Path) -> None:
        """The collator is made before the end token becomes the pad token."""
        tokenizer = tiny_tokenizer()
        tokenizer.pad_token = None
        trainer = build_trainer(policy, processing_class=tokenizer)
        assert trainer.processing_class.pad_token == "<end>"
        with pytest.raises(ValueError, match="padding token"):
            batch_of(trainer)

    def test_a_string_prompt_beside_messages(self, policy: Path) -> None:
        row = {**CONVERSATIONAL[0], "prompt": "ignored"}
        with pytest.raises(IndexError):  # answers alone have no common start
            build_trainer(policy, [row])
        turns = {side: CONVERSATIONAL[0]["prompt"] + row[side] for side in ("chosen", "rejected")}
        whole = build_trainer(policy, [{**row, **turns}]).train_dataset[0]["prompt"]
        assert whole == build_trainer(policy, CONVERSATIONAL[:1]).train_dataset[0]["prompt"]

    def test_evaluation_leaves_out_batches_that_are_nan(self, policy: Path) -> None:
        long = {**STANDARD[0], "prompt": STANDARD[0]["prompt"] * 9}  # fills max_length
        rows = [STANDARD[0], long]
        trainer = build_trainer(
            policy, eval_rows=rows, max_length=12, per_device_eval_batch_size=1, **SIMPO
        )
        seen = trainer.evaluate()
        assert math.isfinite(seen["eval_loss"]) and math.isnan(seen["eval_rewards/chosen"])


class TestModels:
    def test_a_model_in_memory_will_do(self) -> None:
        tokenizer = tiny_tokenizer()
        model = tiny_model(tokenizer, seed=0, spread=0.02)
        assert first(build_trainer(model, processing_class=tokenizer))[0] > 0

    def test_a_path_brings_its_dtype(self, tmp_path: Path) -> None:
        folder = save_tiny_model(tmp_path, seed=0)
        load(folder).to(torch.bfloat16).save_pretrained(folder)
        assert build_trainer(str(folder)).model.dtype == torch.bfloat16

    def test_a_new_adapter(self, policy: Path) -> None:
        trainer = build_trainer(policy, peft_config=LoraConfig(**LORA))
        trained = {name for name, p in trainer.model.named_parameters() if p.requires_grad}
        assert trained and all("lora" in name for name in trained)
        plain, _ = first(build_trainer(policy))
        assert first(trainer)[0] == pytest.approx(plain, rel=1e-5)

    def test_a_trained_adapter_goes_on(self, policy: Path) -> None:
        adapted = get_peft_model(load(policy), LoraConfig(**LORA, init_lora_weights=False))
        trainer = build_trainer(adapted)
        assert set(trainer.model.peft_config) == {"default"}

    def test_not_both(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="PeftModel"):
            build_trainer(
                get_peft_model(load(policy), LoraConfig(**LORA)), peft_config=LoraConfig(**LORA)
            )
        with pytest.raises(TypeError, match="PeftConfig"):
            build_trainer(policy, peft_config=LORA)

    def test_an_adapter_on_the_head_trains(self, policy: Path) -> None:
        lora = LoraConfig(r=4, target_modules=["lm_head"], task_type="CAUSAL_LM")
        trainer = build_trainer(policy, peft_config=lora)
        loss, _ = trainer_loss(trainer, batch_of(trainer))
        assert any(g.abs().sum() > 0 for g in gradients(trainer.model, loss).values())


class TestMetrics:
    def test_names(self, policy: Path) -> None:
        assert set(first(build_trainer(policy))[1]) == {
            *("rewards/chosen", "rewards/rejected", "rewards/accuracies", "rewards/margins"),
            *("logps/chosen", "logps/rejected", "logits/chosen", "logits/rejected", "nll_loss"),
        }

    def test_alpha_reaches_the_rewards_and_not_the_logps(self, policy: Path) -> None:
        plain = first(build_trainer(policy, **SIMPO))[1]
        shaped = first(build_trainer(policy, **SIMPO, alpha=0.25))[1]
        assert shaped["logps/chosen"] == plain["logps/chosen"]
        assert shaped["rewards/chosen"] != pytest.approx(plain["rewards/chosen"], rel=1e-3)

    def test_gamma_reaches_no_metric(self, policy: Path) -> None:
        assert (
            first(build_trainer(policy, **SIMPO))[1]
            == first(build_trainer(policy, **SIMPO, simpo_gamma=3.0))[1]
        )

    def test_logps_are_means_for_simpo(self, policy: Path) -> None:
        rows = STANDARD[:1]
        total = first(build_trainer(policy, rows))[1]["logps/chosen"]
        trainer = build_trainer(policy, rows, **SIMPO)
        tokens = sum(label != -100 for label in trainer.train_dataset[0]["chosen_labels"])
        assert first(trainer)[1]["logps/chosen"] == pytest.approx(total / tokens, rel=1e-5)

    def test_the_likelihood_is_a_mean_over_the_tokens_of_the_batch(self, policy: Path) -> None:
        alone = [first(build_trainer(policy, [row])) for row in STANDARD]
        data = build_trainer(policy).train_dataset
        tokens = [sum(v != -100 for v in row["chosen_labels"]) for row in data]
        mean = sum(m["nll_loss"] * n for (_, m), n in zip(alone, tokens, strict=True)) / sum(tokens)
        together = first(build_trainer(policy))[1]["nll_loss"]
        assert together == pytest.approx(mean, rel=1e-5)
        assert together != pytest.approx(sum(m["nll_loss"] for _, m in alone) / 4, rel=1e-3)

    def test_an_uneven_last_batch_counts_like_a_full_one(self, policy: Path) -> None:
        """Three pairs in batches of two and one: the mean of two means."""
        rows = STANDARD[:3]
        trainer = build_trainer(policy, rows, eval_rows=rows, per_device_eval_batch_size=2)
        logged = trainer.evaluate()["eval_logps/chosen"]
        parts = [first(build_trainer(policy, r))[1]["logps/chosen"] for r in (rows[:2], rows[2:])]
        assert logged == pytest.approx(sum(parts) / 2, rel=1e-5)


def test_the_optimum_of_simpo_with_an_erring_judge() -> None:
    """The guide's quadratic, against a search: z = 2.63 at γ = 0.5, 3.46 at γ = 1.375."""
    z = torch.linspace(0, 8, 80_001, dtype=torch.float64)
    for gamma, root in ((0.5, 2.63), (1.375, 3.46)):
        options = CPOOptions(loss_type="simpo", beta=1.0, simpo_gamma=gamma)
        right, _, _ = preference_loss(z, torch.zeros_like(z), options)
        wrong, _, _ = preference_loss(torch.zeros_like(z), z, options)
        best = z[(0.9 * right + 0.1 * wrong).argmin()].item()
        g, c = math.exp(-gamma), 9.0
        u = ((c - 1) + math.sqrt((c - 1) ** 2 + 4 * c * g * g)) / (2 * g)
        assert best == pytest.approx(math.log(u), abs=1e-3) == pytest.approx(root, abs=6e-3)
