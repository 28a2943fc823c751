"""What the pages say of `RLOOTrainer` beside its loss: guards, reward, reference, metrics.

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
from transformers import AutoModelForSequenceClassification, AutoTokenizer
from trl import RLOOConfig, RLOOTrainer

from comparing import QUIET, gradients, load
from distilled.rloo import RLOOOptions, leave_one_out
from tiny_model import save_tiny_model, tiny_model, tiny_tokenizer
from tiny_rloo import (
    CONVERSATIONAL,
    STANDARD,
    build_trainer,
    hinted,
    ids_of,
    letters,
    loss_of_trainer,
    scored_by_trainer,
    seldom,
)

pytestmark = pytest.mark.verifies(
    "rloo/behaviour",
    kind="facts",
    title="What the pages say of RLOOTrainer beside its loss",
    trainers=["rloo"],
    entry=None,
    inputs=[
        "content/distilled/rloo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_rloo.py",
    ],
)

LORA = {"r": 4, "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM"}


def config(**values) -> RLOOConfig:
    return RLOOConfig(output_dir="unused", **{**QUIET, **values})


def one(completions, **columns) -> list[float]:
    return [1.0] * len(completions)


@pytest.fixture(scope="module")
def judge(tmp_path_factory) -> Path:
    """The folder of a reward model with its tokenizer."""
    folder = save_tiny_model(tmp_path_factory.mktemp("judge"), seed=3)
    torch.manual_seed(0)
    AutoModelForSequenceClassification.from_pretrained(folder, num_labels=1).save_pretrained(folder)
    return folder


class TestGuardsOfTheConfig:
    def test_one_sample_a_prompt_is_refused(self) -> None:
        with pytest.raises(ValueError, match="at least 2 num_generations"):
            RLOOOptions(num_generations=1)
        with pytest.raises(ValueError, match="at least 2 generations"):
            config(num_generations=1)

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"per_device_train_batch_size": 3}, "divisible by num_generations"),
            ({"generation_batch_size": 12}, "divisible by the global batch size"),
            ({"generation_batch_size": 8, "steps_per_generation": 1}, "can not be both"),
            ({"auto_find_batch_size": True}, "auto_find_batch_size is not supported"),
            (
                {"eval_strategy": "steps", "eval_steps": 1, "per_device_eval_batch_size": 3},
                "divisible by the number of generations used for evaluation",
            ),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_batches_that_do_not_fit(self, values: dict, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            config(**values)

    def test_a_batch_counts_completions(self) -> None:
        """Eight completions a device, two micro-batches, groups of four: four prompts a step."""
        made = config(num_generations=4, gradient_accumulation_steps=2)
        assert made.per_device_train_batch_size == 8
        assert made.generation_batch_size // made.num_generations == 4
        assert made.steps_per_generation == 2

    def test_the_fields_of_older_scripts_are_gone(self) -> None:
        old = ("rloo_k", "kl_coef", "cliprange", "num_ppo_epochs", "num_mini_batches")
        for name in (*old, "total_episodes", "response_length", "normalize_reward"):
            with pytest.raises(TypeError, match=name):
                config(**{name: 1})
        for name in ("token_level_kl", "missing_eos_penalty", "stop_token", "max_prompt_length"):
            with pytest.raises(TypeError, match=name):
                config(**{name: None})

    def test_paged_generation_is_deprecated(self) -> None:
        with pytest.warns(FutureWarning, match="use_transformers_paged"):
            assert config(use_transformers_paged=True).use_transformers_continuous_batching


class TestGuardsOfTheTrainer:
    def test_numbers_of_weights_and_of_processing_classes(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="Number of reward weights"):
            build_trainer(policy, reward_weights=[1.0, 2.0])
        with pytest.raises(ValueError, match="number of reward processing classes"):
            build_trainer(policy, reward_processing_classes=[None, None])

    def test_a_reward_function_that_returns_too_few(self, policy: Path) -> None:
        trainer = build_trainer(policy, reward_funcs=lambda completions, **_: [1.0])
        with pytest.raises(ValueError, match="returned 1 rewards, but 12 were expected"):
            scored_by_trainer(trainer)

    def test_a_row_without_any_reward_is_warned_about(self, policy: Path, caplog) -> None:
        trainer = build_trainer(policy, reward_funcs=seldom)
        with caplog.at_level(logging.WARNING, logger="trl"):
            scored_by_trainer(trainer)
        assert "All reward functions returned None" in caplog.text

    def test_no_training_data(self, policy: Path) -> None:
        for data, error in ((None, ValueError), (list(STANDARD), TypeError)):
            with pytest.raises(error, match="train_dataset"):
                RLOOTrainer(str(policy), letters, config(), train_dataset=data)

    def test_syncing_without_a_reference(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="sync_ref_model"):
            build_trainer(policy, sync_ref_model=True, beta=0.0)
        with pytest.raises(NotImplementedError, match="PEFT"):
            build_trainer(policy, sync_ref_model=True, peft_config=LoraConfig(**LORA))

    def test_adapters(self, policy: Path) -> None:
        with pytest.raises(TypeError, match="PeftConfig"):
            build_trainer(policy, peft_config=LORA)
        adapted = get_peft_model(load(policy), LoraConfig(**LORA))
        with pytest.raises(ValueError, match="PeftModel"):
            build_trainer(adapted, peft_config=LoraConfig(**LORA))
        head = LoraConfig(r=4, target_modules=["q_proj", "lm_head"], task_type="CAUSAL_LM")
        with pytest.raises(ValueError, match="lm_head"):
            build_trainer(policy, peft_config=head)

    def test_the_rest(self, policy: Path) -> None:
        with pytest.raises(TypeError, match="processing_class"):
            build_trainer(policy, processing_class=object())
        with pytest.raises(ValueError, match="Mixture-of-Experts"):
            build_trainer(policy, router_aux_loss_coef=0.1)
        with pytest.raises(ValueError, match="Invalid `dtype`"):
            build_trainer(policy, model_init_kwargs={"dtype": "int8"})
        trainer = build_trainer(policy)
        batch, _ = scored_by_trainer(trainer)
        with pytest.raises(ValueError, match="returning outputs"):
            trainer.compute_loss(trainer.model, batch, return_outputs=True)
        empty = build_trainer(policy, completions=lambda: [])
        with pytest.raises(RuntimeError, match="No completions were generated"):
            scored_by_trainer(empty)

    def test_arguments_for_a_model_that_stands_already(self, policy: Path, caplog) -> None:
        with caplog.at_level(logging.WARNING, logger="trl"):
            build_trainer(load(policy), model_init_kwargs={"dtype": "float32"})
        assert "`model_init_kwargs` will be ignored" in caplog.text

    def test_a_data_set_smaller_than_a_generation_gives_no_step(self, policy: Path) -> None:
        """Three prompts, but four to be sampled at once: incomplete generations are dropped. With
        `max_steps` the run ends at once without an error; with epochs the error names another
        cause."""
        trainer = build_trainer(policy, per_device_train_batch_size=16, max_steps=1)
        assert len(trainer.get_train_dataloader()) == 0
        trainer.train()
        assert trainer.state.global_step == 0
        with pytest.raises(ValueError, match="max_steps must be set"):
            build_trainer(policy, per_device_train_batch_size=16).train()


class TestAdvantages:
    def test_they_sum_to_zero_in_each_group(self, policy: Path, reference: Path) -> None:
        trainer = build_trainer(policy, reference, reward_funcs=[letters, hinted])
        batch, _ = scored_by_trainer(trainer)
        sums = batch["advantages"].view(-1, 4).sum(dim=1)
        torch.testing.assert_close(sums, torch.zeros(3), atol=1e-5, rtol=0)
        assert loss_of_trainer(trainer, batch)[0].item() == pytest.approx(0, abs=1e-5)

    @pytest.mark.parametrize("functions", [[letters, hinted], [seldom]], ids=["all", "some"])
    def test_so_normalising_only_scales(self, policy, reference, functions) -> None:
        """Over all prompts of the generation together, by the standard deviation alone."""
        plain, _ = scored_by_trainer(build_trainer(policy, reference, reward_funcs=functions))
        scaled, _ = scored_by_trainer(
            build_trainer(policy, reference, reward_funcs=functions, normalize_advantages=True)
        )
        ratio = scaled["advantages"] / plain["advantages"]
        used = plain["advantages"] != 0
        assert ratio[used].max().item() == pytest.approx(ratio[used].min().item(), rel=1e-3)

    def test_micro_batches_do_not_sum_to_zero(self, policy: Path, reference: Path) -> None:
        trainer = build_trainer(
            policy, reference, steps_per_generation=3, per_device_train_batch_size=4
        )
        trainer.model.train()
        torch.manual_seed(0)
        trainer._prepare_inputs([row for row in STANDARD for _ in range(4)])
        means = [part["advantages"].mean().item() for part in trainer._buffered_inputs]
        assert max(map(abs, means)) > 0.01 and sum(means) == pytest.approx(0, abs=1e-5)

    def test_the_gradient_is_that_of_reinforce(self, policy: Path, reference: Path) -> None:
        """On fresh samples: -A times the gradient of the whole log-probability."""
        trainer = build_trainer(policy, reference)
        batch, _ = scored_by_trainer(trainer)
        theirs = gradients(trainer.model, loss_of_trainer(trainer, batch)[0])
        ids = torch.cat([batch["prompt_ids"], batch["completion_ids"]], dim=1)
        mask = torch.cat([batch["prompt_mask"], batch["completion_mask"]], dim=1)
        n = batch["completion_ids"].size(1)
        tokens, _, _ = trainer._get_per_token_logps_and_entropies(trainer.model, ids, mask, n)
        logps = (tokens * batch["completion_mask"]).sum(dim=1)
        plain = gradients(trainer.model, -(batch["advantages"] * logps).mean())
        for name, gradient in theirs.items():
            torch.testing.assert_close(gradient, plain[name], rtol=1e-3, atol=1e-6)

    def test_nothing_of_the_penalty_carries_a_gradient(self, policy, reference) -> None:
        batch, _ = scored_by_trainer(build_trainer(policy, reference))
        assert not batch["advantages"].requires_grad and not batch["old_logps"].requires_grad

    def test_the_clip_is_taken_before_the_penalty(self, policy: Path, reference: Path) -> None:
        values = {"reward_funcs": letters, "reward_clip_range": (0.5, 0.5)}
        batch, metrics = scored_by_trainer(build_trainer(policy, reference, **values))
        assert batch["advantages"].abs().max() > 0  # the penalty alone
        batch, _ = scored_by_trainer(build_trainer(policy, reference, beta=0.0, **values))
        assert batch["advantages"].abs().max() == 0
        assert metrics["reward_std"] > 0  # logged before the clip

    def test_without_a_reward_a_row_is_left_out_of_the_baseline(self) -> None:
        rewards = torch.tensor([1.0, 0.0, math.nan, 0.5, math.nan, math.nan])
        found = leave_one_out(rewards, 3)
        torch.testing.assert_close(
            found, torch.tensor([1.0, -1.0, math.nan, math.nan, math.nan, math.nan]), equal_nan=True
        )


class TestTruncatedOut:
    """`mask_truncated_completions`: no gradient through them, but their reward still counts."""

    def test_they_carry_no_gradient(self, policy: Path, reference: Path) -> None:
        trainer = build_trainer(policy, reference, mask_truncated_completions=True)
        batch, _ = scored_by_trainer(trainer)
        cut = batch["completion_mask"].sum(dim=1) == 0
        assert cut.tolist() == [False, True, False, False] * 3
        assert (batch["old_logps"][cut] == 0).all() and (batch["advantages"][cut] != 0).all()
        only = {n: t[cut] for n, t in batch.items()}
        loss, _ = loss_of_trainer(trainer, only)
        assert all(g.abs().max() == 0 for g in gradients(trainer.model, loss).values())

    def test_their_rewards_stay_in_the_baseline_and_their_place_in_the_mean(self, policy) -> None:
        kept, _ = scored_by_trainer(build_trainer(policy, beta=0.0))
        cut, _ = scored_by_trainer(build_trainer(policy, beta=0.0, mask_truncated_completions=True))
        torch.testing.assert_close(kept["advantages"], cut["advantages"])

    def test_they_pay_no_penalty(self, policy: Path, reference: Path) -> None:
        trainer = build_trainer(
            policy, reference, reward_funcs=one, mask_truncated_completions=True, beta=1.0
        )
        plain = build_trainer(policy, reference, reward_funcs=one, beta=1.0)
        cut, kept = (scored_by_trainer(t)[0]["advantages"] for t in (trainer, plain))
        assert not torch.allclose(cut, kept)


class TestRewards:
    def test_a_function_gets_text_without_special_tokens(self, policy: Path) -> None:
        """The end token and a stray `<user>` are in the ids, and not in the text."""
        seen = {}

        def keep(completions, completion_ids, **columns):
            seen.update(texts=completions, ids=completion_ids, columns=set(columns))
            return [0.0] * len(completions)

        trainer = build_trainer(policy, reward_funcs=keep)
        scored_by_trainer(trainer)
        assert seen["texts"][10] == " is green"
        assert trainer.processing_class.decode(seen["ids"][10]) == " is<user> green<end>"
        assert seen["columns"] == {"prompts", "hint", "trainer_state", "log_extra", "log_metric"}

    def test_a_model_can_not_tell_a_truncated_conversation(self, policy, judge) -> None:
        """The template closes the turn that the policy did not."""
        trainer = build_trainer(policy, rows=CONVERSATIONAL, reward_funcs=str(judge))
        given = []
        real = trainer.reward_processing_classes[0]

        def tokenizer(text, **values):
            given.extend(text)
            return real(text, **values)

        tokenizer.chat_template = real.chat_template
        tokenizer.apply_chat_template = real.apply_chat_template
        trainer.reward_processing_classes = [tokenizer]
        scored_by_trainer(trainer, CONVERSATIONAL)
        assert (
            given[1] == "<user>what colour is the sky<end><assistant> it is blue and not green<end>"
        )

    def test_plain_text_is_scored_without_an_end_token(self, policy, judge) -> None:
        trainer = build_trainer(policy, reward_funcs=str(judge))
        real = trainer.reward_processing_classes[0]
        given = []

        def tokenizer(text, **values):
            given.extend(text)
            return real(text=text, **values)

        trainer.reward_processing_classes = [tokenizer]
        scored_by_trainer(trainer)
        assert given[0] == "what colour is the sky it is blue"

    @pytest.mark.parametrize("side", ["left", "right"])
    def test_the_padding_side_of_its_tokenizer_does_not_matter(self, policy, judge, side) -> None:
        model = AutoModelForSequenceClassification.from_pretrained(judge)
        tokenizer = AutoTokenizer.from_pretrained(judge, padding_side=side)
        trainer = build_trainer(policy, reward_funcs=model, reward_processing_classes=tokenizer)
        path = build_trainer(policy, reward_funcs=str(judge))
        a, b = (scored_by_trainer(t)[1]["reward"] for t in (trainer, path))
        assert a == pytest.approx(b, rel=1e-6)

    def test_a_model_in_memory_needs_its_tokenizer(self, policy: Path, judge: Path) -> None:
        model = AutoModelForSequenceClassification.from_pretrained(judge)
        model.config._name_or_path = ""
        with pytest.raises(OSError):
            build_trainer(policy, reward_funcs=model)

    def test_a_path_is_loaded_with_the_arguments_of_the_policy(self, policy, judge) -> None:
        values = {"model_init_kwargs": {"dtype": "bfloat16"}}
        trainer = build_trainer(policy, reward_funcs=str(judge), **values)
        assert trainer.reward_funcs[0].dtype == torch.bfloat16

    def test_the_list_that_was_passed_is_changed(self, policy: Path, judge: Path) -> None:
        functions = [str(judge)]
        build_trainer(policy, reward_funcs=functions)
        assert isinstance(functions[0], torch.nn.Module)

    def test_the_name_of_a_model_is_the_last_part_of_its_path(self, policy, judge) -> None:
        trainer = build_trainer(policy, reward_funcs=[str(judge), letters])
        assert trainer.reward_func_names == [judge.name, "letters"]


class TestReference:
    def test_it_is_loaded_again_from_the_path_of_the_policy(self, policy: Path) -> None:
        model = load(policy)
        with torch.no_grad():
            model.lm_head.weight.mul_(1.5)
        trainer = build_trainer(model)
        assert torch.equal(trainer.ref_model.lm_head.weight, load(policy).lm_head.weight)
        assert abs(scored_by_trainer(trainer)[1]["kl"]) > 1e-3

    def test_a_model_that_never_lay_on_disk_has_none(self) -> None:
        tokenizer = tiny_tokenizer()
        model = tiny_model(tokenizer, seed=0, spread=0.02)
        with pytest.raises(OSError):
            build_trainer(model, processing_class=tokenizer)
        assert build_trainer(model, processing_class=tokenizer, beta=0.0).ref_model is None

    def test_without_beta_no_kl_is_logged(self, policy: Path) -> None:
        assert "kl" not in scored_by_trainer(build_trainer(policy, beta=0.0))[1]
        assert scored_by_trainer(build_trainer(policy))[1]["kl"] == pytest.approx(0, abs=1e-5)

    def test_a_new_adapter_the_reference_is_the_base_model(self, policy: Path) -> None:
        trainer = build_trainer(policy, peft_config=LoraConfig(**LORA, init_lora_weights=False))
        assert trainer.ref_model is None
        assert abs(scored_by_trainer(trainer)[1]["kl"]) > 1e-4

    def test_a_trained_adapter_the_reference_is_its_copy(self, policy: Path) -> None:
        adapted = get_peft_model(load(policy), LoraConfig(**LORA, init_lora_weights=False))
        trainer = build_trainer(adapted)
        assert set(trainer.model.peft_config) == {"default", "ref"}
        assert scored_by_trainer(trainer)[1]["kl"] == pytest.approx(0, abs=1e-5)

    def test_dropout_stays_on_unless_disabled(self, policy: Path) -> None:
        """The ratio of a fresh sample is then not 1: two passes drop different activations."""
        losses = {}
        for off in (False, True):
            model = load(policy)
            for layer in model.model.layers:
                layer.mlp.act_fn = torch.nn.Sequential(layer.mlp.act_fn, torch.nn.Dropout(0.2))
            trainer = build_trainer(model, disable_dropout=off)
            batch, _ = scored_by_trainer(trainer)
            losses[off] = abs(loss_of_trainer(trainer, batch)[0].item())
        assert losses[True] < 1e-5 < 1e-3 < losses[False]

    @pytest.mark.parametrize(("beta", "passes"), [(0.0, 1), (0.05, 2)])
    def test_each_generation_costs_passes_of_its_own(self, policy, beta, passes) -> None:
        """The old policy's is made even when nothing will differ from it."""
        trainer = build_trainer(policy, beta=beta)
        counted = []
        real = trainer._get_per_token_logps_and_entropies
        trainer._get_per_token_logps_and_entropies = lambda *a, **k: (
            counted.append(1) or real(*a, **k)
        )
        scored_by_trainer(trainer)
        assert len(counted) == passes


class TestMetrics:
    def test_zero_spread_is_looked_for_after_the_penalty(self, policy, reference) -> None:
        """Equal rewards everywhere: 1 while policy and reference agree, 0 once they differ."""
        _, at_start = scored_by_trainer(build_trainer(policy, reward_funcs=one, beta=0.0))
        _, later = scored_by_trainer(build_trainer(policy, reference, reward_funcs=one))
        assert at_start["frac_reward_zero_std"] == 1.0
        assert later["frac_reward_zero_std"] == 0.0
        assert later["reward_std"] == 0.0 and later["reward"] == 1.0

    def test_the_spread_is_that_of_the_whole_generation(self, policy: Path) -> None:
        """Constant in each group, another constant in each group: reward_std is not 0."""

        def by_prompt(hint, **columns):
            return [float(len(word)) for word in hint]

        _, metrics = scored_by_trainer(build_trainer(policy, reward_funcs=by_prompt, beta=0.0))
        assert metrics["frac_reward_zero_std"] == 1.0 and metrics["reward_std"] > 0.5

    def test_low_min_and_high_max_are_of_single_completions(self, policy, reference) -> None:
        trainer = build_trainer(policy, reference)
        batch, _ = scored_by_trainer(trainer)
        batch["old_logps"] = batch["old_logps"] - 1  # ratio e
        _, metrics = loss_of_trainer(trainer, batch)
        up = (batch["advantages"] > 0).float().mean().item()
        assert metrics["clip_ratio/high_mean"] == pytest.approx(up) and 0 < up < 1
        assert metrics["clip_ratio/high_max"] == 1.0 and metrics["clip_ratio/low_min"] == 0.0

    def test_kl_is_a_signed_mean_over_tokens(self, policy: Path, reference: Path) -> None:
        _, one_way = scored_by_trainer(build_trainer(policy, reference))
        _, other_way = scored_by_trainer(build_trainer(reference, policy))
        assert one_way["kl"] == pytest.approx(-other_way["kl"], rel=1e-4)

    def test_the_mean_of_the_penalised_reward(self, policy, reference, monkeypatch) -> None:
        """reward - beta * kl * mean length; the trainer's own comes from its advantages' input."""
        trainer = build_trainer(policy, reference, beta=0.3)
        seen = []
        real = torch.nansum
        monkeypatch.setattr(
            torch, "nansum", lambda t, *a, **k: seen.append(t.clone()) or real(t, *a, **k)
        )
        _, m = scored_by_trainer(trainer)
        expected = m["reward"] - 0.3 * m["kl"] * m["completions/mean_length"]
        penalised = next(t for t in seen if t.shape == (3, 4))
        assert penalised.mean().item() == pytest.approx(expected, rel=1e-4)

    def test_tokens_count_each_copy_of_a_prompt(self, policy: Path) -> None:
        trainer = build_trainer(policy)
        _, metrics = scored_by_trainer(trainer)
        prompts = [len(trainer.processing_class(r["prompt"])["input_ids"]) for r in STANDARD]
        completions = map(len, ids_of(trainer.processing_class, 4))
        assert metrics["num_tokens"] == 4 * sum(prompts) + sum(completions)

    def test_what_a_run_logs(self, policy: Path) -> None:
        trainer = build_trainer(policy, max_steps=1)
        trainer.train()
        assert set(trainer.state.log_history[0]) == {
            *("loss", "grad_norm", "learning_rate", "epoch", "step", "num_tokens", "step_time"),
            *("completions/mean_length", "completions/min_length", "completions/max_length"),
            *("completions/mean_terminated_length", "completions/min_terminated_length"),
            *("completions/max_terminated_length", "completions/clipped_ratio"),
            *("rewards/letters/mean", "rewards/letters/std", "reward", "reward_std"),
            *("frac_reward_zero_std", "kl", "entropy", "clip_ratio/low_mean"),
            *("clip_ratio/low_min", "clip_ratio/high_mean", "clip_ratio/high_max"),
            "clip_ratio/region_mean",
        }

    def test_a_second_pass_logs_no_reward(self, policy: Path) -> None:
        trainer = build_trainer(policy, max_steps=2, num_iterations=2)
        trainer.train()
        first, second = trainer.state.log_history[:2]
        assert {"reward", "kl"} <= first.keys() and not {"reward", "kl"} & second.keys()
        assert {"entropy", "clip_ratio/region_mean"} <= second.keys()


class TestEvaluation:
    def test_one_sample_a_prompt_is_enough(self, policy: Path) -> None:
        rows = Dataset.from_list(list(STANDARD))
        trainer = build_trainer(
            policy, eval_dataset=rows, num_generations_eval=1, per_device_eval_batch_size=3
        )
        trainer._generate_single_turn = lambda *_: ids_of(trainer.processing_class, 1)
        metrics = trainer.evaluate()
        assert metrics["eval_loss"] == 0.0 and metrics["eval_reward"] > 0
        assert set(trainer._logs["advantages"]) == {0.0}
