"""What the pages say of pooling, of adapters with and without head, and of scores as rewards.

Longer than 250 lines because each claim of the pages has its own short test.
"""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path

import pytest
import torch
from datasets import Dataset
from peft import AutoPeftModelForSequenceClassification, LoraConfig, PeftModel
from safetensors import safe_open
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification
from trl import GRPOConfig, GRPOTrainer, RLOOConfig, RLOOTrainer

from comparing import QUIET
from distilled.reward import as_reward_function, best_of_n, best_of_n_kl, pool
from test_reward_behaviour import pytestmark  # noqa: F401  the same check
from tiny_model import END, tiny_tokenizer
from tiny_reward import STANDARD, build_trainer, whole_batch

TOKENIZER = tiny_tokenizer()
PAD = TOKENIZER.pad_token_id


def scorer(folder: Path, pad: int | None = PAD):
    """A scoring model with a head from a fixed seed."""
    torch.manual_seed(0)
    model = AutoModelForSequenceClassification.from_pretrained(folder, num_labels=1).eval()
    model.config.pad_token_id = pad
    return model


def score(model, ids: list[list[int]], mask: list[list[int]] | None = None) -> list[float]:
    with torch.no_grad():
        mask = None if mask is None else torch.tensor(mask)
        return model(input_ids=torch.tensor(ids), attention_mask=mask).logits[:, 0].tolist()


class TestPooling:
    IDS = TOKENIZER("the sky is blue<end>")["input_ids"]

    def test_either_side_of_padding(self, policy: Path) -> None:
        model, n = scorer(policy), len(self.IDS)
        plain = score(model, [self.IDS])
        right = score(model, [[*self.IDS, PAD, PAD]], [[1] * n + [0] * 2])
        left = score(model, [[PAD, PAD, *self.IDS]], [[0] * 2 + [1] * n])
        assert right == pytest.approx(plain, rel=1e-4)
        assert left == pytest.approx(plain, rel=1e-4)  # positions are relative in Qwen2

    def test_the_mask_has_no_say_in_the_position(self, policy: Path) -> None:
        """Padding on the right without a mask scores the same: nothing later is looked at."""
        model = scorer(policy)
        bare = score(model, [[*self.IDS, PAD, PAD]])
        assert bare == pytest.approx(score(model, [self.IDS]), rel=1e-4)
        assert score(model, [[PAD, PAD, *self.IDS]]) != pytest.approx(bare, rel=1e-2)

    def test_the_end_token_as_padding_moves_the_position_before_it(self, policy: Path) -> None:
        model = scorer(policy, pad=TOKENIZER.eos_token_id)
        finished, cut = score(model, [self.IDS]), score(model, [self.IDS[:-1]])
        assert finished == pytest.approx(cut, rel=1e-5)
        other = scorer(policy)
        assert score(other, [self.IDS]) != pytest.approx(score(other, [self.IDS[:-1]]), rel=1e-2)

    def test_no_pad_token(self, policy: Path) -> None:
        model = scorer(policy, pad=None)
        assert score(model, [self.IDS]) == pytest.approx(score(scorer(policy), [self.IDS]))
        with pytest.raises(ValueError, match="no padding token is defined"):
            score(model, [self.IDS, self.IDS])

    def test_a_pad_token_that_the_model_does_not_know(self, policy: Path) -> None:
        """The score is then read on the padding, and depends on the longest row of the batch."""
        model, n, other = scorer(policy), len(self.IDS), TOKENIZER.convert_tokens_to_ids("<user>")
        padded = score(model, [[*self.IDS, other, other]], [[1] * n + [0] * 2])
        assert padded != pytest.approx(score(model, [self.IDS]), rel=1e-2)

    def test_a_row_of_padding_reads_position_zero(self) -> None:
        found = pool(
            torch.tensor([[5.0, 6.0], [7.0, 8.0]]), torch.tensor([[PAD, PAD], [9, PAD]]), PAD
        )
        assert found.tolist() == [5.0, 7.0]

    def test_a_tokenizer_without_pad_token_gets_its_end_token(self, policy: Path) -> None:
        tokenizer = tiny_tokenizer()
        tokenizer.pad_token = None
        trainer = build_trainer(policy, processing_class=tokenizer)
        end = trainer.processing_class.eos_token_id
        assert trainer.model.config.pad_token_id == trainer.data_collator.pad_token_id == end


LORA = {"r": 4, "target_modules": ["q_proj", "v_proj"]}
ADAPTERS = {
    "nothing": {},
    "modules_to_save": {"modules_to_save": ["score"]},
    "task_type": {"task_type": "SEQ_CLS"},
    "both": {"task_type": "SEQ_CLS", "modules_to_save": ["score"]},
    "all-linear": {"target_modules": "all-linear"},
    "all-linear, task_type": {"target_modules": "all-linear", "task_type": "SEQ_CLS"},
}
WITHOUT_HEAD = {"nothing", "all-linear"}


class TestAdapters:
    @pytest.fixture(scope="class", params=ADAPTERS)
    def saved(self, request, policy: Path):
        """(name, trainer after three steps, folder of the saved adapter)."""
        lora = LoraConfig(**(LORA | ADAPTERS[request.param]))
        trainer = build_trainer(policy, peft_config=lora, max_steps=3, learning_rate=1e-2)
        trainer.train()
        folder = tempfile.mkdtemp(prefix="adapter-")
        trainer.save_model(folder)
        return request.param, trainer, Path(folder)

    def test_what_trains(self, saved) -> None:
        name, trainer, _ = saved
        heads = {n for n, p in trainer.model.named_parameters() if "score" in n and p.requires_grad}
        if name == "nothing":
            assert heads == set()
        elif name == "all-linear":  # a low-rank change of a frozen random head
            assert all("lora" in head for head in heads) and len(heads) == 2
        else:
            assert heads == {"base_model.model.score.modules_to_save.default.weight"}

    def test_what_is_saved(self, saved) -> None:
        name, _, folder = saved
        with safe_open(folder / "adapter_model.safetensors", "pt") as file:
            kept = "base_model.model.score.weight" in file.keys()  # noqa: SIM118
        assert kept == (name not in WITHOUT_HEAD)

    def test_what_a_reload_gives(self, saved, policy: Path) -> None:
        """From the folder, and as an adapter on the base model: the same scores, or others."""
        name, trainer, folder = saved
        ids = whole_batch(trainer)["input_ids"].tolist()
        mask = whole_batch(trainer)["attention_mask"].tolist()
        now = score(trainer.model.eval(), ids, mask)
        torch.manual_seed(1)
        base = AutoModelForSequenceClassification.from_pretrained(policy, num_labels=1)
        direct = AutoModelForSequenceClassification.from_pretrained(folder, num_labels=1)
        for model in (direct, PeftModel.from_pretrained(base, folder)):
            model.config.pad_token_id = PAD
            same = score(model.eval(), ids, mask) == pytest.approx(now, rel=1e-4, abs=1e-5)
            assert same == (name not in WITHOUT_HEAD)

    def test_the_automatic_class_asks_for_the_head(self, saved) -> None:
        name, _, folder = saved
        if name in WITHOUT_HEAD:
            with pytest.raises(KeyError, match=r"score\.weight"):
                AutoPeftModelForSequenceClassification.from_pretrained(folder, num_labels=1)
        else:
            AutoPeftModelForSequenceClassification.from_pretrained(folder, num_labels=1)

    def test_merging_keeps_the_head_in_every_case(self, saved, tmp_path) -> None:
        _, trainer, _ = saved
        ids = whole_batch(trainer)["input_ids"].tolist()
        mask = whole_batch(trainer)["attention_mask"].tolist()
        live = copy.deepcopy(trainer.model).eval()
        now = score(live, ids, mask)
        live.merge_and_unload().save_pretrained(tmp_path)
        torch.manual_seed(2)
        reloaded = AutoModelForSequenceClassification.from_pretrained(tmp_path).eval()
        assert score(reloaded, ids, mask) == pytest.approx(now, rel=1e-3)

    def test_training_on_from_the_folder_by_path(self, saved) -> None:
        """The matrices come frozen: the head alone trains, and without one nothing does."""
        name, _, folder = saved
        trainer = build_trainer(folder, max_steps=1)
        trained = [n for n, p in trainer.model.named_parameters() if p.requires_grad]
        if name in WITHOUT_HEAD:
            assert trained == []
            with pytest.raises(RuntimeError, match="does not require grad"):
                trainer.train()
        else:
            assert trained == ["score.modules_to_save.default.weight"]


def test_training_on_with_peft(policy: Path, tmp_path: Path) -> None:
    """Loaded with PEFT as trainable, matrices and head go on training."""
    lora = LoraConfig(**LORA, task_type="SEQ_CLS")
    build_trainer(policy, peft_config=lora, max_steps=1).save_model(str(tmp_path))
    base = AutoModelForSequenceClassification.from_pretrained(policy, num_labels=1)
    adapted = PeftModel.from_pretrained(base, tmp_path, is_trainable=True)
    trainer = build_trainer(adapted, max_steps=1)
    trained = [name for name, p in trainer.model.named_parameters() if p.requires_grad]
    assert any("lora_A" in name for name in trained) and any("score" in name for name in trained)
    trainer.train()


def test_the_language_models_task_type_fails(policy: Path) -> None:
    with pytest.raises(AttributeError, match="prepare_inputs_for_generation"):
        build_trainer(policy, peft_config=LoraConfig(**LORA, task_type="CAUSAL_LM"))


@pytest.fixture(scope="module")
def reward_folder(policy: Path, tmp_path_factory) -> Path:
    """A saved reward model with its tokenizer."""
    trainer = build_trainer(policy, max_steps=2, learning_rate=1e-2)
    trainer.train()
    folder = tmp_path_factory.mktemp("reward-model")
    trainer.save_model(str(folder))
    return folder


def rewards(trainer_class, config_class, policy: Path, reward_funcs, rows) -> tuple:
    """(prompts, completions, rewards) of one step of a trainer that samples."""
    arguments = {**QUIET, "max_steps": 1, "num_generations": 4, "max_completion_length": 6}
    arguments |= {"per_device_train_batch_size": 4, "output_dir": tempfile.mkdtemp()}
    trainer = trainer_class(
        model=str(policy),
        reward_funcs=reward_funcs,
        args=config_class(**arguments),
        train_dataset=Dataset.from_list(rows),
        processing_class=TOKENIZER,
    )
    seen, original = [], trainer._calculate_rewards

    def watched(inputs, prompts, completions, ids):
        seen.append((prompts, completions, original(inputs, prompts, completions, ids)))
        return seen[-1][2]

    trainer._calculate_rewards = watched
    trainer.train()
    return seen[0]


CHAT = [{"prompt": [{"role": "user", "content": row["prompt"]}]} for row in STANDARD]
TRAINERS = [(GRPOTrainer, GRPOConfig), (RLOOTrainer, RLOOConfig)]


class TestAsRewards:
    @pytest.mark.parametrize("classes", TRAINERS, ids=["grpo", "rloo"])
    def test_a_path_and_a_function_give_the_same_scores(
        self, policy, reward_folder, classes
    ) -> None:
        model = AutoModelForSequenceClassification.from_pretrained(reward_folder)
        function = as_reward_function(model, TOKENIZER, mean=1.0, std=2.0)
        both = rewards(*classes, policy, [str(reward_folder), function], CHAT)[2]
        assert torch.allclose(both[:, 1], (both[:, 0] - 1.0) / 2.0, atol=1e-4)
        assert both[:, 0].std() > 0

    @pytest.mark.parametrize("classes", TRAINERS, ids=["grpo", "rloo"])
    def test_plain_text_is_scored_without_its_end_token(
        self, policy, reward_folder, classes
    ) -> None:
        """The reward model was trained with it: `RewardTrainer` adds it to plain text."""
        rows = [{"prompt": row["prompt"]} for row in STANDARD]
        prompts, answers, found = rewards(*classes, policy, [str(reward_folder)], rows)
        model = scorer(reward_folder)
        texts = [p + a for p, a in zip(prompts, answers, strict=True)]

        def score_texts(texts: list[str]) -> torch.Tensor:
            batch = TOKENIZER(texts, return_tensors="pt", padding=True, padding_side="right")
            with torch.no_grad():
                return model(batch["input_ids"], batch["attention_mask"]).logits[:, 0]

        assert not any(text.endswith(END) for text in texts)
        assert torch.allclose(found[:, 0], score_texts(texts), atol=1e-4)
        assert not torch.allclose(found[:, 0], score_texts([t + END for t in texts]), atol=1e-2)

    def test_a_folder_needs_its_tokenizer(self, policy: Path, reward_folder, tmp_path) -> None:
        """Or `reward_processing_classes`: an empty tokenizer fails at the first step."""
        AutoModelForSequenceClassification.from_pretrained(reward_folder).save_pretrained(tmp_path)
        with pytest.raises((ValueError, RuntimeError)):
            rewards(GRPOTrainer, GRPOConfig, policy, [str(tmp_path)], CHAT)

    def test_a_language_model_class_loses_the_head(self, reward_folder: Path, tmp_path) -> None:
        AutoModelForCausalLM.from_pretrained(reward_folder).save_pretrained(tmp_path)
        heads = [
            AutoModelForSequenceClassification.from_pretrained(folder, num_labels=1).score.weight
            for folder in (reward_folder, tmp_path)
        ]
        assert not torch.allclose(*heads)

    def test_a_folder_without_a_head_is_taken(self, policy: Path) -> None:
        """A language model as the reward: a random head, and no error."""
        found = rewards(GRPOTrainer, GRPOConfig, policy, [str(policy)], CHAT)[2]
        assert found.isfinite().all()


def test_best_of_n() -> None:
    assert best_of_n(torch.tensor([[0.1, 0.9], [3.0, -1.0]])).tolist() == [1, 0]
    assert best_of_n_kl(1) == 0.0
    assert best_of_n_kl(4) == pytest.approx(0.6363, abs=1e-4)
