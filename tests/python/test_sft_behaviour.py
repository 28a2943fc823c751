"""What the pages say of `SFTTrainer` beside its loss: masks, ends, templates, packing, guards.

Longer than 250 lines because each claim of the pages has its own short test.
"""

from __future__ import annotations

import logging
import math
from importlib import resources
from pathlib import Path

import pytest
import torch
from datasets import Dataset
from peft import LoraConfig, get_peft_model
from trl import SFTConfig, pack_dataset
from trl.chat_template_utils import (
    get_training_chat_template,
    has_generation_markers,
    is_chat_template_stop_token_trained,
    qwen2_5_chat_template,
)

from comparing import assert_same_gradients, gradients, load
from distilled.sft import SFTOptions, collate, prepare, same_sample, sft_loss
from tiny_model import CHAT_TEMPLATE, tiny_model
from tiny_sft import (
    CHAT,
    DATA,
    MARKED_TEMPLATE,
    PAIRS,
    batch_of,
    build_trainer,
    tokenizer,
    trainer_loss,
    turn,
)

pytestmark = [
    pytest.mark.verifies(
        "sft/behaviour",
        kind="facts",
        title="What the pages say of SFTTrainer beside its loss",
        trainers=["sft"],
        entry=None,
        inputs=[
            "content/distilled/sft.py",
            "tests/python/comparing.py",
            "tests/python/tiny_model.py",
            "tests/python/tiny_sft.py",
        ],
    ),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

SPLIT = DATA["chat prompt-completion"]
LORA = {"r": 4, "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM"}
END_OUTSIDE = MARKED_TEMPLATE.replace("<end>{% endgeneration %}", "{% endgeneration %}<end>")


def paid_for(trainer, i: int = 0) -> str:
    """The text of the tokens of row i that carry loss."""
    labels = [label for label in trainer.train_dataset[i]["labels"] if label != -100]
    return trainer.processing_class.decode(labels)


def first_loss(trainer) -> float:
    return trainer_loss(trainer, batch_of(trainer))[0].item()


class TestWhatCarriesLoss:
    def test_messages_all(self, policy: Path) -> None:
        trainer = build_trainer(policy, CHAT)
        whole = trainer.processing_class.decode(trainer.train_dataset[0]["input_ids"])
        assert paid_for(trainer) == whole

    def test_assistant_only(self, policy: Path) -> None:
        trainer = build_trainer(policy, CHAT, assistant_only_loss=True)
        assert paid_for(trainer) == "it is blue<end>it is not<end>"

    def test_completion_by_the_names_of_the_columns(self, policy: Path) -> None:
        assert paid_for(build_trainer(policy, SPLIT)) == "it is not<end>"
        whole = build_trainer(policy, SPLIT, completion_only_loss=False)
        assert paid_for(whole).startswith("<user>what")

    def test_both_masks_must_agree(self, policy: Path) -> None:
        rows = [
            {
                "prompt": SPLIT[0]["prompt"],
                "completion": SPLIT[0]["completion"] + [turn("user", "the sea")],
            }
        ]
        only = build_trainer(policy, rows)
        assert paid_for(only) == "it is not<end><user>the sea<end>"
        assert paid_for(build_trainer(policy, rows, assistant_only_loss=True)) == "it is not<end>"

    def test_completion_only_does_nothing_on_messages(self, policy: Path, caplog) -> None:
        with caplog.at_level(logging.WARNING, logger="trl"):
            trainer = build_trainer(policy, CHAT, completion_only_loss=True)
        assert paid_for(trainer) == paid_for(build_trainer(policy, CHAT))
        assert not caplog.text

    def test_a_labels_column_is_taken_as_it_is(self, policy: Path) -> None:
        trainer = build_trainer(policy, [{"input_ids": [5, 6, 7], "labels": [-100, -100, 7]}])
        assert trainer.train_dataset["labels"][0] == [-100, -100, 7]

    def test_a_completion_mask_of_tokenised_data_counts_only_when_asked(self, policy: Path) -> None:
        rows = [{"input_ids": [5, 6, 7], "completion_mask": [0, 0, 1]}]
        all_of_it = build_trainer(policy, rows)
        assert all_of_it.train_dataset["labels"][0] == [5, 6, 7]
        asked = build_trainer(policy, rows, completion_only_loss=True)
        assert asked.train_dataset["labels"][0] == [-100, -100, 7]

    def test_the_prompts_that_are_read_count_as_tokens(self, policy: Path) -> None:
        trainer = build_trainer(policy, SPLIT)
        batch = batch_of(trainer)
        _, metrics = trainer_loss(trainer, batch)
        assert metrics["num_tokens"] == batch["attention_mask"].sum().item()


class TestEnds:
    def test_plain_text_gets_one_end(self, policy: Path) -> None:
        ends = [
            row["input_ids"].count(1) for row in build_trainer(policy, DATA["text"]).train_dataset
        ]
        assert ends == [1, 1, 1]  # one of them had it

    def test_a_text_column_takes_the_end_of_a_completion(self, policy: Path) -> None:
        """A trap: the end goes to `text`, and the completion is what is trained on."""
        rows = [{"text": "the sea", **PAIRS[1]}]
        assert paid_for(build_trainer(policy, rows)) == " is green"
        assert paid_for(build_trainer(policy, PAIRS[1:2])) == " is green<end>"

    def test_conversations_get_none(self, policy: Path) -> None:
        endless = tokenizer(CHAT_TEMPLATE.replace("<end>", ""))
        assert "<end>" not in paid_for(build_trainer(policy, CHAT, endless))

    def test_an_end_that_is_also_the_pad_token_keeps_its_loss(self, policy: Path) -> None:
        words = tokenizer()
        words.pad_token = words.eos_token
        trainer = build_trainer(policy, PAIRS, words)
        batch = batch_of(trainer)
        ends = (batch["input_ids"] == 1) & (batch["attention_mask"] == 1)
        assert ends.sum() == 3 and (batch["labels"][ends] == 1).all()
        assert (batch["labels"][batch["attention_mask"] == 0] == -100).all()

    def test_no_pad_token_means_that_the_end_pads(self, policy: Path) -> None:
        words = tokenizer()
        words.pad_token = None
        assert build_trainer(policy, PAIRS, words).processing_class.pad_token == "<end>"

    def test_eos_token_is_set_everywhere(self, policy: Path) -> None:
        trainer = build_trainer(policy, CHAT, eos_token="<user>")
        assert trainer.processing_class.eos_token == "<user>"
        end = trainer.processing_class.convert_tokens_to_ids("<user>")
        assert trainer.model.config.eos_token_id == end
        assert trainer.model.generation_config.eos_token_id == [end, 1]

    def test_an_unknown_eos_or_pad_token_is_refused(self, policy: Path) -> None:
        for name in ("eos_token", "pad_token"):
            with pytest.raises(ValueError, match=name):
                build_trainer(policy, CHAT, **{name: "<none>"})


class TestTemplates:
    def test_without_markers_and_unknown(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="not training-compatible"):
            build_trainer(policy, CHAT, tokenizer(CHAT_TEMPLATE), assistant_only_loss=True)

    def test_without_a_template(self, policy: Path) -> None:
        with pytest.raises(TypeError, match="bytes-like"):
            build_trainer(policy, CHAT, tokenizer(None), assistant_only_loss=True)

    def test_markers_that_mark_nothing(self, policy: Path) -> None:
        rows = [*CHAT, {"messages": [turn("user", "the sea")]}]
        with pytest.raises(RuntimeError, match="no assistant"):
            build_trainer(policy, rows, assistant_only_loss=True)

    def test_the_end_outside_of_the_markers_is_warned_about(self, policy: Path, caplog) -> None:
        with caplog.at_level(logging.WARNING, logger="trl"):
            trainer = build_trainer(policy, CHAT, tokenizer(END_OUTSIDE), assistant_only_loss=True)
        assert "may not learn to stop" in caplog.text
        assert paid_for(trainer) == "it is blueit is not"
        assert is_chat_template_stop_token_trained(tokenizer())

    def test_a_known_template_is_swapped_for_the_data_and_not_for_the_tokenizer(
        self, policy: Path
    ) -> None:
        words = tokenizer(qwen2_5_chat_template)
        assert not has_generation_markers(qwen2_5_chat_template)
        assert has_generation_markers(get_training_chat_template(words))
        trainer = build_trainer(policy, CHAT, words, assistant_only_loss=True)
        # the line break before the answer too, which at inference the prompt supplies
        assert paid_for(trainer) == "\nit is blue<|im_end|>\n\nit is not<|im_end|>\n"
        assert trainer.processing_class.chat_template == qwen2_5_chat_template

    def test_one_space_more_and_it_is_unknown(self) -> None:
        with pytest.raises(ValueError, match="not training-compatible"):
            get_training_chat_template(tokenizer(qwen2_5_chat_template + " "))

    def test_there_are_31(self) -> None:
        files = resources.files("trl").joinpath("chat_templates").iterdir()
        assert sum(file.name.endswith("_training.jinja") for file in files) == 31


class TestTruncation:
    def test_the_end_goes_first(self, policy: Path) -> None:
        full = len(build_trainer(policy, PAIRS[:1]).train_dataset[0]["input_ids"])
        cut = build_trainer(policy, PAIRS[:1], max_length=full - 1)
        assert not paid_for(cut).endswith("<end>")

    def test_rows_without_a_label_are_dropped_unless_packed(self, policy: Path) -> None:
        prompt = len(tokenizer()(PAIRS[0]["prompt"])["input_ids"])
        kept = build_trainer(policy, PAIRS, max_length=prompt)
        assert len(kept.train_dataset) == 2
        packed = build_trainer(policy, PAIRS, max_length=prompt, packing=True)
        assert sum(len(row["seq_lengths"]) for row in packed.train_dataset) == 3

    def test_all_of_them(self, policy: Path) -> None:
        assert len(build_trainer(policy, SPLIT, max_length=2).train_dataset) == 0

    def test_a_batch_without_labels_costs_nothing(self, policy: Path) -> None:
        trainer = build_trainer(policy, PAIRS, max_length=2, packing=True)
        loss, metrics = trainer_loss(trainer, batch_of(trainer))
        found = gradients(trainer.model, loss)
        assert loss.item() == metrics["entropy"] == metrics["mean_token_accuracy"] == 0
        assert all(gradient.abs().max() == 0 for gradient in found.values())


class TestPacking:
    @pytest.mark.parametrize("attention", ["sdpa", "eager"])
    def test_samples_in_one_row_do_not_see_each_other(self, policy: Path, attention: str) -> None:
        model = {"model_init_kwargs": {"attn_implementation": attention}}
        alone = build_trainer(policy, PAIRS, **model)
        packed = build_trainer(policy, PAIRS, packing=True, max_length=64, **model)
        assert len(packed.train_dataset) == 1
        losses = [trainer_loss(trainer, batch_of(trainer))[0] for trainer in (alone, packed)]
        assert losses[0].item() == pytest.approx(losses[1].item(), rel=1e-5)
        ours, theirs = (gradients(t.model, l) for t, l in zip((alone, packed), losses, strict=True))
        assert_same_gradients(ours, theirs)

    def test_without_positions_or_wrapped_they_do(self, policy: Path) -> None:
        alone = first_loss(build_trainer(policy, PAIRS))
        packed = build_trainer(policy, PAIRS, packing=True, max_length=64)
        batch = {name: batch_of(packed)[name] for name in ("input_ids", "labels")}
        with torch.no_grad():
            blind = packed.model(**batch, fused_lm_head=True).loss.item()
        wrapped = {"packing": True, "packing_strategy": "wrapped", "max_length": 64}
        assert blind != pytest.approx(alone, rel=1e-2)
        assert first_loss(build_trainer(policy, PAIRS, **wrapped)) == pytest.approx(blind, rel=1e-5)

    def test_our_mask_is_the_one_that_transformers_builds(self, policy: Path) -> None:
        words, options = tokenizer(), SFTOptions(packing=True, max_length=64)
        batch = collate(prepare(PAIRS, words, options), words.pad_token_id, options)
        model = load(policy).eval()
        positions = {"position_ids": batch["position_ids"], "use_cache": False}
        with torch.no_grad():
            theirs = model(batch["input_ids"], **positions).logits
            mask = same_sample(batch["position_ids"])
            ours = model(batch["input_ids"], attention_mask=mask, **positions).logits
        torch.testing.assert_close(ours, theirs)

    def test_the_filter_sees_1000_rows_at_a_time(self) -> None:
        rows = [{"input_ids": [1], "labels": [1]}] * 1_500
        packed = pack_dataset(Dataset.from_list(rows), seq_length=1_200, strategy="bfd")
        assert [len(row["input_ids"]) for row in packed] == [1_000, 500]

    def test_what_packing_needs(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="max_length"):
            build_trainer(policy, PAIRS, packing=True, max_length=None)
        with pytest.raises(ValueError, match="not enforced"):
            build_trainer(policy, PAIRS, padding_free=True)
        with pytest.raises(ValueError, match="Invalid packing strategy"):
            build_trainer(policy, PAIRS, packing=True, packing_strategy="ffd")

    @pytest.mark.parametrize(
        "values", [{"packing": True, "max_length": None}, {"padding_free": True}]
    )
    def test_the_distilled_options_refuse_the_same(self, values: dict) -> None:
        with pytest.raises(ValueError, match="max_length"):
            SFTOptions(**values)

    def test_no_warning_without_flash_attention(self, policy: Path, caplog) -> None:
        with caplog.at_level(logging.WARNING, logger="trl"):
            build_trainer(policy, PAIRS, packing=True, max_length=64)
        assert not caplog.text


class TestFormattingFunction:
    def test_it_makes_a_text_column(self, policy: Path) -> None:
        trainer = build_trainer(policy, [{"a": "the sea"}], formatting_func=lambda e: e["a"])
        assert paid_for(trainer) == "the sea<end>"

    def test_with_another_text_field_it_is_not_found(self, policy: Path) -> None:
        with pytest.raises(KeyError):
            build_trainer(
                policy, [{"a": "it"}], formatting_func=lambda e: e["a"], dataset_text_field="b"
            )

    def test_it_is_refused_or_ignored(self, policy: Path) -> None:
        other = {"formatting_func": lambda e: "the sea"}
        with pytest.raises(ValueError, match="formatting function"):
            build_trainer(policy, PAIRS, **other)
        assert paid_for(build_trainer(policy, CHAT, **other)).startswith("<user>what colour")
        whole = build_trainer(policy, PAIRS, completion_only_loss=False, **other)
        assert paid_for(whole) == "what colour is the sky it is blue and not green"  # and no end


class TestColumns:
    def test_from_and_value_are_converted_role_and_content_are_not(self, policy: Path) -> None:
        said = [{"from": "user", "value": "is it"}, {"from": "assistant", "value": "it is"}]
        assert "it is" in paid_for(build_trainer(policy, [{"conversations": said}]))
        with pytest.raises(KeyError, match="text"):
            build_trainer(policy, [{"conversations": CHAT[0]["messages"]}])

    def test_prompt_and_completion_must_have_one_format(self, policy: Path) -> None:
        # which of the two depends on the column that is looked at: the first of a set
        with pytest.raises((TypeError, AttributeError)):
            build_trainer(policy, [{"prompt": "is it", "completion": SPLIT[0]["completion"]}])

    def test_assistant_only_wants_conversations(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="not conversational"):
            build_trainer(policy, PAIRS, assistant_only_loss=True)

    def test_masks_without_labels_are_refused_when_nothing_is_prepared(self, policy: Path) -> None:
        rows = [{"input_ids": [5, 6], "completion_mask": [0, 1]}]
        with pytest.raises(ValueError, match="no 'labels'"):
            build_trainer(policy, rows, dataset_kwargs={"skip_prepare_dataset": True})


class TestLosses:
    def test_an_unknown_one(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="loss_type"):
            SFTOptions(loss_type="ce")
        with pytest.raises(ValueError, match="Invalid `loss_type`"):
            build_trainer(policy, PAIRS, loss_type="ce")

    def test_chunked_nll_is_an_alias(self) -> None:
        with pytest.warns(FutureWarning, match="chunked_nll"):
            config = SFTConfig(bf16=False, use_cpu=True, loss_type="chunked_nll")
        assert config.loss_type == "nll"

    def test_dft_ignores_label_smoothing(self, policy: Path) -> None:
        plain = first_loss(build_trainer(policy, PAIRS, loss_type="dft"))
        smoothed = build_trainer(policy, PAIRS, loss_type="dft", label_smoothing_factor=0.3)
        assert first_loss(smoothed) == plain

    def test_dft_and_a_loss_of_your_own(self, policy: Path) -> None:
        own = {"compute_loss_func": lambda outputs, labels, num_items_in_batch=None: 0}
        with pytest.raises(ValueError, match="dft"):
            build_trainer(policy, PAIRS, loss_type="dft", **own)

    @pytest.mark.parametrize("options", [{}, {"label_smoothing_factor": 0.2}])
    def test_a_uniform_model_starts_at_ln_v(self, options: dict) -> None:
        words = tokenizer()
        model = tiny_model(words, seed=0, spread=1e-6)
        loss = first_loss(build_trainer(model, PAIRS, words, **options))
        assert loss == pytest.approx(math.log(len(words)), rel=1e-4)

    def test_and_dft_at_ln_v_over_v(self) -> None:
        words = tokenizer()
        model = tiny_model(words, seed=0, spread=1e-6)
        loss = first_loss(build_trainer(model, PAIRS, words, loss_type="dft"))
        assert loss == pytest.approx(math.log(len(words)) / len(words), rel=1e-3)

    def test_dft_is_descent_on_minus_p(self, policy: Path) -> None:
        """The gradient of the real trainer's dft loss is that of the mean probability."""
        trainer = build_trainer(policy, PAIRS, loss_type="dft")
        batch = batch_of(trainer)
        theirs = gradients(trainer.model, trainer_loss(trainer, batch)[0])
        output = trainer.model(**batch, fused_lm_head=True)
        p = output.log_probs.exp() * output.label_mask
        assert_same_gradients(gradients(trainer.model, -p.sum() / output.label_mask.sum()), theirs)


class TestAccumulation:
    @pytest.mark.parametrize("accepts", [True, False])
    def test_the_step_is_counted_only_for_models_that_accept_loss_arguments(
        self, policy: Path, accepts: bool
    ) -> None:
        model, sizes = load(policy), {"per_device_train_batch_size": 1, "max_steps": 1}
        model.accepts_loss_kwargs = accepts
        trainer = build_trainer(model, CHAT[:2], gradient_accumulation_steps=2, **sizes)
        trainer.train()
        logged = next(e["loss"] for e in trainer.state.log_history if "loss" in e)
        rows, options = prepare(CHAT[:2], tokenizer(), SFTOptions()), SFTOptions()
        same = load(policy)
        with torch.no_grad():
            whole = sft_loss(same, collate(rows, 0, options), options)[0].item()
            parts = [sft_loss(same, collate([row], 0, options), options)[0].item() for row in rows]
        means = sum(parts) / 2
        assert abs(whole - means) > 1e-3
        assert logged == pytest.approx(whole if accepts else means, abs=1e-4)

    def test_who_says_no(self) -> None:
        from transformers import (
            Gemma4ForConditionalGeneration,
            Qwen2_5_VLForConditionalGeneration,
            Qwen3VLForConditionalGeneration,
        )

        names = (
            Gemma4ForConditionalGeneration,
            Qwen2_5_VLForConditionalGeneration,
            Qwen3VLForConditionalGeneration,
        )
        assert not any(name.accepts_loss_kwargs for name in names)


class TestEvaluation:
    def test_eval_loss_depends_on_the_batch_size(self, policy: Path) -> None:
        trainer = build_trainer(policy, CHAT[:2])
        rows = prepare(CHAT, tokenizer(), SFTOptions())
        model = load(policy).eval()
        for size in (1, 2):
            trainer.args.per_device_eval_batch_size = size
            found = trainer.evaluate(Dataset.from_list(list(CHAT)))["eval_loss"]
            parts = [rows[i : i + size] for i in range(0, 3, size)]
            batches = [collate(part, 0, SFTOptions()) for part in parts]
            with torch.no_grad():
                losses = [sft_loss(model, batch, SFTOptions())[0].item() for batch in batches]
            expected = sum(x * len(p) for x, p in zip(losses, parts, strict=True)) / 3
            assert found == pytest.approx(expected, rel=1e-4)


class TestPeft:
    def test_an_adapter_on_the_head(self, policy: Path) -> None:
        with pytest.raises(ValueError, match="lm_head"):
            build_trainer(policy, PAIRS, peft_config=LoraConfig(target_modules=["lm_head"]))

    def test_all_linear_leaves_the_head_out(self, policy: Path) -> None:
        config = LoraConfig(target_modules="all-linear", task_type="CAUSAL_LM")
        trainer = build_trainer(policy, PAIRS, peft_config=config)
        assert not any("lm_head" in n for n, p in trainer.model.named_parameters() if "lora" in n)

    def test_a_saved_head_trains(self, policy: Path) -> None:
        config = LoraConfig(**LORA, modules_to_save=["lm_head"])
        trainer = build_trainer(policy, PAIRS, peft_config=config, max_steps=1, learning_rate=0.1)
        name = next(
            n for n, p in trainer.model.named_parameters() if "lm_head" in n and p.requires_grad
        )
        before = trainer.model.get_parameter(name).detach().clone()
        trainer.train()
        assert not torch.equal(trainer.model.get_parameter(name), before)

    def test_both_are_refused(self, policy: Path) -> None:
        model = get_peft_model(load(policy), LoraConfig(**LORA))
        with pytest.raises(ValueError, match="PeftModel"):
            build_trainer(model, PAIRS, peft_config=LoraConfig(**LORA))

    def test_new_tokens_of_a_cloned_template_are_made_trainable(
        self, policy: Path, tmp_path: Path, caplog
    ) -> None:
        other = tokenizer()
        other.add_special_tokens({"additional_special_tokens": ["<tool>"]})
        other.save_pretrained(tmp_path)
        config = LoraConfig(**LORA)
        with caplog.at_level(logging.WARNING, logger="trl"):
            build_trainer(policy, PAIRS, chat_template_path=str(tmp_path), peft_config=config)
        assert "lm_head" in config.modules_to_save
        assert config.trainable_token_indices["embed_tokens"]
        assert "added new tokens" in caplog.text

    def test_a_peft_model_is_trained_as_it_is(self, policy: Path, tmp_path: Path) -> None:
        from peft import PeftModel

        get_peft_model(load(policy), LoraConfig(**LORA)).save_pretrained(tmp_path)
        for trainable in (True, False):
            model = PeftModel.from_pretrained(load(policy), tmp_path, is_trainable=trainable)
            trainer = build_trainer(model, PAIRS)
            assert any(p.requires_grad for p in trainer.model.parameters()) is trainable


def test_the_defaults_that_the_pages_name() -> None:
    config = SFTConfig(bf16=False, use_cpu=True)
    assert (config.learning_rate, config.max_length, config.loss_type) == (2e-5, 1024, "nll")
    assert config.gradient_checkpointing and config.logging_steps == 10
    for gone in ("max_seq_length", "dataset_batch_size", "num_of_sequences"):
        with pytest.raises(TypeError, match=gone):
            SFTConfig(bf16=False, use_cpu=True, **{gone: None})
